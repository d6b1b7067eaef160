// What is drawn now: of all that passes the filters, the part that this view shows.
const scene = { nodes: [], links: [], total: 0, passing: 0, dealsShown: 0, relationsShown: 0, shown: new Set() };
const HUBS = 90, ALL_AT_ONCE = 260, OVERVIEW_FROM = 2000;

const defaultBase = () => {
  if (graph.about.focus.length && graph.nodes.length > ALL_AT_ONCE) return "ego";
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
  const shown = new Set(base === "ego" ? around(egoCentres(), state.depth) : base === "hubs" ? hubs(passing) : passing);
  for (const id of state.add) if (graph.byId.get(id).drawn) shown.add(graph.byId.get(id));
  for (const id of state.drop) shown.delete(graph.byId.get(id));
  for (const node of [graph.byId.get(state.node), ...state.path.map((id) => graph.byId.get(id)), ...route.nodes]) if (node && node.drawn) shown.add(node);
  return shown;
};

const egoCentres = () => {
  const ids = state.ego ? [state.ego] : graph.about.focus;
  return ids.map((id) => graph.byId.get(id)).filter((node) => node && node.pass);
};

// Hubs by the links that are seen now. A deal is a hub for its hubs, not for itself.
const hubs = (passing) => {
  const rank = new Map(passing.map((node) => [node, node.adj[state.draw].filter((link) => link.ok).length]));
  const things = passing.filter((node) => !node.deal).sort((a, b) => rank.get(b) - rank.get(a) || (a.id < b.id ? -1 : 1)).slice(0, HUBS);
  if (state.draw === "links") return things;
  const kept = new Set(things);
  const between = passing.filter((node) => node.deal && node.adj.agreements.filter((link) => kept.has(link.b)).length > 1);
  return [...things, ...between];
};

const around = (centres, depth) => {
  const seen = new Map(centres.map((node) => [node, 0]));
  let edge = centres;
  // With deals as nodes, a partner is two links away.
  for (let step = 1; step <= (state.draw === "agreements" ? depth * 2 : depth); step++) {
    const next = [];
    for (const node of edge) {
      for (const link of node.adj[state.draw]) {
        const other = otherEnd(link, node);
        if (link.ok && !seen.has(other)) {
          seen.set(other, step);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  return seen.keys();
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

// A pinned node stands where the reader put it, then the rings of an ego view, then the map.
const placeNodes = (base) => {
  const rings = base === "ego" ? ringPlaces(egoCentres()) : null;
  for (const node of scene.nodes) {
    const pin = state.pins[node.id], ring = rings && rings.get(node);
    [node.px, node.py] = pin || ring || [node.x, node.y];
  }
};

const ringPlaces = (centres) => {
  if (centres.length !== 1 || graph.nodes.length <= ALL_AT_ONCE) return null;
  const depth = new Map([[centres[0], 0]]), order = [centres[0]], places = new Map([[centres[0], [0, 0]]]);
  for (const node of order) {
    for (const link of node.adj[state.draw]) {
      const other = otherEnd(link, node);
      if (link.ok && scene.shown.has(other) && !depth.has(other)) {
        depth.set(other, depth.get(node) + 1);
        order.push(other);
      }
    }
  }
  const rings = [];
  for (const node of order) (rings[depth.get(node)] = rings[depth.get(node)] || []).push(node);
  let radius = 0;
  rings.slice(1).forEach((ring) => {
    radius = Math.max(radius + 150, (ring.length * 58) / (2 * Math.PI));
    ring.forEach((node, i) => places.set(node, [radius * Math.cos((2 * Math.PI * i) / ring.length - 1.57), radius * Math.sin((2 * Math.PI * i) / ring.length - 1.57)]));
  });
  return places;
};
