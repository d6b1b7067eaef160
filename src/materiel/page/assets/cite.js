// What can be taken along: a citation, the IRI, Turtle, and the query that asks for the evidence.
const NS = "https://w3id.org/materiel/ns#", CODE = "https://w3id.org/materiel/code/";
const CLASSES = {
  "joint-venture": "JointVentureCompany", agency: "GovernmentAgency", intergovernmental: "IntergovernmentalOrganization",
  "research-org": "ResearchOrganization", event: "Meeting",
};
const pascal = (code) => code.split("-").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
const camel = (code) => pascal(code).replace(/^./, (letter) => letter.toLowerCase());
const iriRef = (iri) => `<${encodeURI(iri).replace(/[<>"{}|\\^`]/g, encodeURIComponent)}>`;
const literal = (text) => JSON.stringify(text);

const turtleOf = (item) => {
  const head = `@prefix mat: <${NS}> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n`;
  if (item.deal) return head + dealTurtle(item);
  if (item.a) return `${head}${iriRef(item.a.iri)} ${objectOf(item)} .\n`;
  return `${head}${iriRef(item.iri)} a mat:${CLASSES[item.type] || pascal(item.type)} ;\n  rdfs:label ${literal(item.label)}@en .\n`;
};
// A tenure and a holding are value nodes in the model; everything else is a plain edge.
const objectOf = (rel) => {
  if (rel.kind === "tenure") return `mat:tenure [ mat:atOrganization ${iriRef(rel.b.iri)}${rel.role ? ` ; mat:roleAsStated ${literal(rel.role)}` : ""} ]`;
  if (rel.kind === "holding") return `mat:holding [ mat:heldOrganization ${iriRef(rel.b.iri)}${rel.share != null ? ` ; mat:sharePercent ${Number(rel.share)}` : ""} ]`;
  return `${predicateRef(rel)} ${iriRef(rel.b.iri)}`;
};
const predicateRef = (rel) => (rel.kind.includes(":") ? iriRef(rel.kind) : `mat:${camel(rel.kind)}`);

const dealTurtle = (deal) => {
  const lines = [`${iriRef(deal.iri)} a mat:Partnership ;`, `  rdfs:label ${literal(deal.label)}@en ;`, `  mat:kind ${iriRef(`${CODE}kind/${deal.kind}`)} .`];
  for (const party of deal.parties) lines.push(`${iriRef(party.node.iri)} mat:partyTo ${iriRef(deal.iri)} .`);
  return `${lines.join("\n")}\n`;
};

const sparqlOf = (item) => {
  const head = `PREFIX mat: <${NS}>\nPREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nPREFIX dct: <http://purl.org/dc/terms/>\n`;
  if (item.deal) {
    return `${head}SELECT ?status ?date ?claim ?source WHERE {\n  ${iriRef(item.iri)} mat:statusEvent ?event .\n  ?event mat:status ?status .\n  OPTIONAL { ?event mat:date ?date }\n  OPTIONAL { ?event dct:description ?claim }\n  OPTIONAL { ?event mat:reportedIn ?source }\n} ORDER BY ?date\n`;
  }
  if (item.a && item.iri.includes("/claim/")) {
    return `${head}SELECT ?source ?speaker WHERE {\n  ${iriRef(item.iri)} mat:attestation ?attestation .\n  ?attestation mat:source ?source .\n  OPTIONAL { ?attestation mat:attributedTo ?speaker }\n}\n`;
  }
  if (item.a) {
    return `${head}SELECT ?claim ?source WHERE {\n  ?claim rdf:subject ${iriRef(item.a.iri)} ; rdf:object ${iriRef(item.b.iri)} .\n  ?claim mat:attestation/mat:source ?source .\n}\n`;
  }
  return `${head}SELECT ?partnership ?kind ?status WHERE {\n  ${iriRef(item.iri)} mat:partyTo ?partnership .\n  ?partnership mat:kind ?kind .\n  OPTIONAL { ?partnership mat:currentStatus ?status }\n}\n`;
};

const sourcesOf = (item) => {
  const numbers = item.deal ? item.steps.flatMap((step) => step.f || []) : item.sources || [];
  return [...new Set(numbers)].map((number) => graph.sources[number]);
};

const citationOf = (source) => [source.p, `“${source.t}”`, source.d || "undated", source.u].filter(Boolean).join(", ");
const namesOf = (item) => (item.deal || item.label ? item.label : `${item.a.label} – ${item.b.label} (${words(item.kind)})`);
const citationsOf = (item) => `${namesOf(item)}\n${sourcesOf(item).map((source) => `- ${citationOf(source)}`).join("\n")}\n${dataLine()}\n`;
const dataLine = () => [graph.about.title, graph.about.dataset, ...graph.about.scope].filter(Boolean).join("; ");

const copyMenu = (item) =>
  menu("Copy",
    item.deal || item.a ? button("Citation", () => copyText(citationsOf(item), "Citation")) : null,
    item.iri || !item.a ? button("IRI", () => copyText(item.iri, "IRI")) : null,
    button("Turtle", () => copyText(turtleOf(item), "Turtle")),
    button("SPARQL", () => copyText(sparqlOf(item), "SPARQL")));
