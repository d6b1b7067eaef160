// Files for the reader: made here, offered by the browser, sent nowhere.
const saveFile = (name, type, content) => {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  say(`${name} saved`);
};

const fileName = (ending) => `${slug(graph.about.title)}${dayText() === "all time" ? "" : `-${slug(dayText())}`}.${ending}`;

const CSV_FIELDS = {
  entities: ["id", "iri", "name", "type", "country", "links", "partners", "aliases"],
  statements: ["id", "iri", "name", "kind", "status", "date", "parties", "origins", "disputed", "claim", "sources"],
};

const csvOf = (kind) => {
  const fields = CSV_FIELDS[kind];
  const cell = (row, field) => csvCell(field === "sources" ? row.sources.map((source) => source.u) : row[field]);
  return `${fields.join(",")}\r\n${rowsOf(kind).map((row) => fields.map((field) => cell(row, field)).join(",")).join("\r\n")}\r\n`;
};
const saveCsv = (kind) => saveFile(fileName(`${kind}.csv`), "text/csv;charset=utf-8", `\ufeff${csvOf(kind)}`);

const jsonOf = () => {
  const source = ({ t, u, p, d, l, v }) => ({ title: t, url: u, publisher: p, published: d, language: l, archived: v });
  const statements = [...scene.statements].map((item) => ({
    id: item.id, iri: item.iri || undefined, kind: item.kind, label: namesOf(item), status: item.deal && item.now ? item.now.s : undefined, role: item.role || undefined,
    parties: item.deal ? item.parties.map((party) => ({ id: party.node.id, role: party.role, share: party.share })) : [{ id: item.a.id }, { id: item.b.id }],
    steps: item.deal ? item.steps.map((step) => ({ status: step.s, date: step.d, claim: step.t, speaker: step.w, sources: (step.f || []).map((number) => source(graph.sources[number])) })) : undefined,
    contradictions: item.deal ? item.conflicts.map((clash) => ({ text: clash.t, sides: (clash.v || []).map((side) => ({ text: side.t, sources: (side.f || []).map((number) => source(graph.sources[number])) })) })) : undefined, sources: item.deal ? undefined : item.sources.map((number) => source(graph.sources[number])),
  }));
  const nodes = scene.nodes.filter((node) => !node.group && !node.deal).map(({ id, iri, label, type, country, aliases }) => ({ id, iri, label, type, country: country || undefined, aliases }));
  return `${JSON.stringify({ title: graph.about.title, dataset: graph.about.dataset, scope: graph.about.scope, day: dayText(), nodes, statements }, null, 1)}\n`;
};
const saveJson = () => saveFile(fileName("json"), "application/json", jsonOf());

const citationList = () => {
  const sources = new Set([...scene.statements].flatMap(sourcesOf));
  return `${dataLine()}; ${dayText()}\n\n${[...sources].map(citationOf).sort().join("\n")}\n`;
};
