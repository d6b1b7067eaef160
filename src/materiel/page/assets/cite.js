// What can be taken along: a citation, the IRI, Turtle, and the query that asks for the evidence.
const NS = "https://w3id.org/materiel/ns#";
const iriRef = (iri) => `<${encodeURI(iri).replace(/[<>"{}|\\^`]/g, encodeURIComponent)}>`;
// The graph's own Turtle, written when the page was made; what came from elsewhere has none.
const turtleOf = (item) => item.turtle || "";

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
    turtleOf(item) ? button("Turtle", () => copyText(turtleOf(item), "Turtle")) : null,
    button("SPARQL", () => copyText(sparqlOf(item), "SPARQL")));
