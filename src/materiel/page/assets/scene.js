// What is drawn now: of all that passes the filters, the part that this view shows.
const scene = { nodes: [], links: [], lines: [], frame: [], total: 0, passing: 0, dealsShown: 0, relationsShown: 0, shown: new Set() };
const HUBS = 64, EGO_MOST = 110, ALL_AT_ONCE = 160, OVERVIEW_FROM = 2000;

const defaultBase = () => {
  if (graph.about.focus.length && graph.things.length > ALL_AT_ONCE) return "ego";
  const size = graph.things.length;
  return size <= ALL_AT_ONCE ? "all" : size <= OVERVIEW_FROM ? "hubs" : "groups";
};
const baseNow = () => state.base || (state.ego ? "ego" : defaultBase());

const computeScene = () => {
  const links = graph.sets[state.draw];
  applyClock(state.asof, state.clock);
  applyFacets(links);
  finishFacets();
  const passing = graph.nodes.filter((node) => node.drawn);
  scene.passing = passing.length;
  computeRoute();
  const base = baseNow();
  if (base === "groups") groupScene(passing, links);
  else plainScene(chosen(base, passing), links);
  placeNodes(base);
  countShown();
};

const chosen = (base, passing) => {
  scene.frame = base === "ego" ? around(egoCentres(), state.depth) : base === "hubs" ? hubs() : passing;
  const shown = new Set([...scene.frame].filter((node) => node.drawn));
  for (const id of state.add) if (graph.byId.get(id).drawn) shown.add(graph.byId.get(id));
  for (const id of state.drop) shown.delete(graph.byId.get(id));
  for (const node of [graph.byId.get(state.node), ...state.path.map((id) => graph.byId.get(id)), ...route.nodes]) if (node && node.drawn) shown.add(node);
  return shown;
};

const egoCentres = () => {
  const ids = state.ego ? [state.ego] : graph.about.focus;
  return ids.map((id) => graph.byId.get(id)).filter(Boolean);
};

// Hubs by all their links, not by those of the day: the slider must not change who is looked at.
const hubs = () => {
  const things = byDegree(graph.things.filter((node) => !node.hidden.length)).slice(0, HUBS);
  if (state.draw === "links") return things;
  const kept = new Set(things);
  return [...things, ...byDegree(graph.deals.filter((node) => node.adj.agreements.filter((link) => kept.has(link.b)).length > 1)).slice(0, HUBS)];
};

// The neighbourhood of all days, near ones first, then the best linked, up to what can be read.
const around = (centres, depth) => {
  const seen = new Set(centres);
  let edge = centres;
  // With deals as nodes, a partner is two links away.
  for (let step = 1; step <= (state.draw === "agreements" ? depth * 2 : depth) && seen.size < EGO_MOST; step++) {
    const next = new Set(edge.flatMap((node) => node.adj[state.draw].map((link) => otherEnd(link, node))).filter((node) => !seen.has(node) && !node.hidden.length));
    edge = byDegree([...next]).slice(0, EGO_MOST - seen.size);
    for (const node of edge) seen.add(node);
  }
  return [...seen];
};

const plainScene = (shown, links) => {
  scene.shown = shown;
  scene.nodes = [...shown];
  scene.links = links.filter((link) => link.ok && shown.has(link.a) && shown.has(link.b));
  for (const node of scene.nodes) node.more = hiddenNeighbours(node).length;
};

const hiddenNeighbours = (node) => {
  const found = new Set();
  for (const link of node.adj ? node.adj[state.draw] : []) {
    const other = otherEnd(link, node);
    if (link.ok && !scene.shown.has(other)) found.add(other);
  }
  return [...found];
};

const countShown = () => {
  const statements = new Set(scene.links.map((link) => link.deal || link.rel).filter(Boolean));
  scene.dealsShown = [...statements].filter((item) => item.deal).length;
  scene.relationsShown = statements.size - scene.dealsShown;
  scene.statements = statements;
};

// A pinned node stands where the reader put it; a part of the map is drawn together, the whole stays as it was laid out.
const placeNodes = (base) => {
  const places = base !== "groups" && base !== "all" ? framePlaces(base) : new Map();
  for (const node of scene.nodes) {
    const [x, y] = state.pins.get(node.id) || places.get(node) || [node.x, node.y];
    [node.px, node.py] = [x, y * view.stretch];
  }
};

// The frame does not depend on the day nor on what is chosen, so neither time nor a click moves anything; what is added
// later stands beside what it is joined to.
const framePlaces = (base) => {
  const nodes = new Set(scene.frame);
  if (!nodes.size || nodes.size > SETTLE_LIMIT) return new Map();
  const key = [base, state.draw, [...nodes].map((node) => node.id).sort().join(" ")].join("|");
  const places = settledPlaces(key, nodes, () => graph.sets[state.draw].filter((link) => nodes.has(link.a) && nodes.has(link.b)));
  for (const node of scene.nodes) if (!places.has(node)) places.set(node, besidePlace(node, places));
  return places;
};
