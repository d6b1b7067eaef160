// The table twin: the same items as on the canvas, as entities or as statements, sorted as the reader likes.
const sorting = { entities: ["links", -1], statements: ["date", -1] };
const ROWS = 300;
let rowsShown = ROWS;

const COLUMNS = {
  entities: [["name", "Name"], ["type", "Type"], ["country", "Country"], ["links", "Links"], ["partners", "Linked to"]],
  statements: [["name", "Statement"], ["kind", "Kind"], ["status", "Status"], ["date", "Date"], ["parties", "Between"], ["origins", "Voices"], ["disputed", "Disputed"], ["pages", "Pages"]],
};

const entityRows = () =>
  scene.nodes.filter((node) => !node.group && !node.deal).map((node) => {
    const near = [...new Set(node.adj[state.draw].filter((link) => link.ok && scene.shown.has(otherEnd(link, node))).map((link) => otherEnd(link, node).label))];
    return { id: node.id, iri: node.iri, name: node.label, type: words(node.type), country: node.country || "", links: near.length + (node.more || 0), partners: near, aliases: node.aliases, open: () => goTo(node) };
  });

const statementRows = () =>
  [...scene.statements].map((item) => ({
    id: item.id, iri: item.iri || "", name: namesOf(item), kind: words(item.kind), status: item.deal && item.now ? words(item.now.s) : "",
    date: item.deal ? lastDate(item) : item.from || item.known || "", parties: (item.deal ? item.parties.map((party) => party.node) : [item.a, item.b]).map((node) => node.label),
    origins: item.origins || 0, disputed: item.disputed ? "≠ yes" : "", pages: sourcesOf(item).length, claim: item.deal && item.now ? item.now.t || "" : "",
    sources: sourcesOf(item), open: () => change((s) => Object.assign(s, { link: item.id, node: "" })),
  }));

const rowsOf = (kind) => {
  const rows = kind === "entities" ? entityRows() : statementRows(), [key, turn] = sorting[kind];
  return rows.sort((p, q) => turn * compare(p[key], q[key]) || (p.id < q.id ? -1 : 1));
};
const compare = (a, b) => (typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en"));

const updateTable = () => {
  const box = byId("table"), kind = state.table;
  box.hidden = !kind;
  byId("network").classList.toggle("covered", Boolean(kind));
  if (!kind) return box.replaceChildren();
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  const rows = rowsOf(kind);
  box.replaceChildren(tableTools(kind), make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table" }, tableOf(kind, rows.slice(0, rowsShown))),
    rows.length > rowsShown ? button(`Show ${Math.min(ROWS, rows.length - rowsShown)} of ${rows.length - rowsShown} rows more`, () => { rowsShown += ROWS; updateTable(); }) : "");
  if (focused) [...box.querySelectorAll("[data-key]")].find((element) => element.dataset.key === focused)?.focus();
};

const tableTools = (kind) => {
  const tab = (value, text) => button(text, () => change((s) => (s.table = value)), { "aria-pressed": String(kind === value), "data-key": `tab:${value}` });
  return make("div", { class: "row" }, tab("entities", "Entities"), tab("statements", "Statements"), button("CSV", () => saveCsv(kind)), button("JSON", () => saveJson()), button("Back to the map", () => change((s) => (s.table = ""))));
};

const tableOf = (kind, rows) =>
  make("table", {}, make("caption", {}, `${kind === "entities" ? "Entities" : "Statements"}, ${dayText()}: ${shownText()}`), make("thead", {}, make("tr", {}, COLUMNS[kind].map((column) => headOf(kind, column)))),
    make("tbody", {}, rows.map((row) => make("tr", {}, COLUMNS[kind].map(([key], i) => cellOf(row, key, i))))));

const headOf = (kind, [key, text]) => {
  const [sorted, turn] = sorting[kind];
  const sort = () => {
    sorting[kind] = [key, sorted === key ? -turn : 1];
    updateTable();
    say(`Sorted by ${text}, ${sorting[kind][1] > 0 ? "ascending" : "descending"}`);
  };
  return make("th", { scope: "col", "aria-sort": sorted === key ? (turn > 0 ? "ascending" : "descending") : null }, button(text + (sorted === key ? (turn > 0 ? " ▲" : " ▼") : ""), sort, { class: "quiet", "data-key": `sort:${key}` }));
};

const cellOf = (row, key, i) => {
  if (i === 0) return make("th", { scope: "row", dir: "auto" }, button(row.name, row.open, { class: "linkish" }));
  const value = row[key];
  return make("td", { dir: "auto", class: typeof value === "number" ? "number" : key === "date" ? "nowrap" : null }, Array.isArray(value) ? value.slice(0, 8).join(", ") + (value.length > 8 ? ` and ${value.length - 8} more` : "") : String(value));
};
