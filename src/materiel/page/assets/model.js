// The graph in memory: things, deals, and two sets of links, with deals as nodes or as links between their parties.
const graph = { about: {}, nodes: [], things: [], deals: [], relations: [], sources: [], byId: new Map(), sets: {} };
const MAKING_ROLES = new Set(["supplier", "lead", "licensor", "licensee", "partner", "venture"]);

const buildGraph = (data) => {
  graph.about = data;
  // Types and statuses are words of the data: a table that inherits nothing has no type called "constructor".
  for (const key of ["glyphs", "shapes", "dashes"]) data.encoding[key] = Object.assign(Object.create(null), data.encoding[key]);
  graph.sources = data.sources;
  for (const item of data.nodes) addNode(item);
  for (const item of data.edges) addEdge(item);
  graph.sets.agreements = [...dealSpokes(), ...relationLinks()];
  graph.sets.links = [...graph.deals.flatMap(projected), ...relationLinks()];
  for (const [mode, links] of Object.entries(graph.sets)) connect(mode, links);
};

const addNode = (item) => {
  const node = {
    iri: (graph.about.iriBase || "") + item.id, aliases: [], text: "", country: "", cat: "", ...item,
    deal: item.type === "partnership", adj: { links: [], agreements: [] }, px: item.x, py: item.y,
  };
  if (node.deal) Object.assign(node, { steps: item.steps || [], conflicts: item.conflicts || [], parties: [], products: [], site: null });
  graph.nodes.push(node);
  (node.deal ? graph.deals : graph.things).push(node);
  graph.byId.set(node.id, node);
};

const addEdge = (item) => {
  const a = graph.byId.get(item.from), b = graph.byId.get(item.to);
  if (!a || !b) return;
  if (item.p === "party" && a.deal) a.parties.push({ node: b, role: item.role || "", share: item.share });
  else if (item.p === "concerns" && a.deal) a.products.push(b);
  else if (item.p === "site" && a.deal) a.site = b;
  else {
    graph.relations.push({
      id: item.id, kind: item.p.includes(":") ? item.p : item.p.replaceAll(" ", "-"), a, b, role: item.role || "", share: item.share, from: item.a, until: item.u,
      sources: item.f || [], origins: item.o || 0, iri: item.iri || "",
    });
  }
};

const relationLinks = () =>
  graph.relations.map((rel) => ({ key: rel.id, a: rel.a, b: rel.b, rel, deal: null, kind: rel.kind, role: rel.role }));

const dealSpokes = () =>
  graph.deals.flatMap((deal) => {
    const ends = deal.parties.map((party) => [party.node, party.role]);
    ends.push(...deal.products.map((node) => [node, "product"]));
    if (deal.site) ends.push([deal.site, "site"]);
    return ends.map(([node, role]) => ({ key: `${deal.id}~${node.id}`, a: deal, b: node, deal, rel: null, kind: deal.kind, role }));
  });

// From each to each, unless the parties are many: then from the lead, or the picture is a ball of wool.
const projected = (deal) => {
  const parties = [...new Set(deal.parties.map((party) => party.node))];
  const pairs = [];
  if (parties.length > graph.about.encoding.cliqueLimit) {
    const hub = leadOf(deal);
    for (const node of parties) if (node !== hub) pairs.push([hub, node, ""]);
  } else {
    parties.forEach((a, i) => parties.slice(i + 1).forEach((b) => pairs.push([a, b, ""])));
  }
  const makers = deal.parties.filter((party) => MAKING_ROLES.has(party.role)).map((party) => party.node).slice(0, 3);
  const anchors = makers.length ? [...new Set(makers)] : parties.slice(0, 1);
  for (const product of new Set(deal.products)) for (const anchor of anchors) pairs.push([anchor, product, "product"]);
  if (deal.site && anchors[0]) pairs.push([anchors[0], deal.site, "site"]);
  return pairs
    .filter(([a, b]) => a !== b)
    .map(([a, b, role]) => ({ key: `${deal.id}~${a.id}~${b.id}`, a, b, deal, rel: null, kind: deal.kind, role }));
};

const leadOf = (deal) => (deal.parties.find((p) => p.role === "lead") || deal.parties.find((p) => p.role === "venture") || deal.parties[0]).node;

const connect = (mode, links) => {
  for (const link of links) {
    link.bend = 0;
    link.a.adj[mode].push(link);
    if (link.b !== link.a) link.b.adj[mode].push(link);
  }
  if (mode === "agreements") for (const node of graph.nodes) node.deg = node.adj.agreements.length;
};

const otherEnd = (link, node) => (link.a === node ? link.b : link.a);
