// Start, and the one way in which a change of state reaches the screen.
const timings = { refresh: 0 };

const refresh = ({ fit = false, jump = false } = {}) => {
  const began = performance.now();
  computeScene();
  computeEmphasis();
  scene.lines = state.draw === "links" ? bundled(scene.links) : scene.links;
  syncItems();
  updateNotice();
  if (fit) fitView();
  else if (jump && state.at) network.moveTo({ position: { x: state.at[0], y: state.at[1] }, scale: state.at[2] });
  updateLegend();
  updatePanel();
  updateTimeline();
  updateTable();
  updateStory();
  updateTools();
  later(writeAddress);
  network.redraw();
  timings.refresh = performance.now() - began;
};

const writeFoot = () => {
  const { dataset, scope, licence } = graph.about, hash = byId("materiel-data").dataset.sha256.slice(0, 12);
  const parts = [...scope, dataset, licence, `${count(graph.things.length, "entity", "entities")}, ${count(graph.deals.length, "agreement", "agreements")}, ${count(graph.relations.length, "other statement", "other statements")}, ${count(graph.sources.length, "source", "sources")} in this file`, `data ${hash}`];
  byId("scope").replaceChildren(...parts.filter(Boolean).flatMap((part, i) => [i ? " · " : "", make("span", { dir: "auto" }, part)]));
};

const start = async () => {
  buildGraph(await readPayload());
  prepareClock();
  if (graph.about.depth) state.depth = graph.about.depth;
  firstState = writeState();
  if (location.hash.length > 1) Object.assign(state, readState(location.hash.slice(1)));
  buildTools();
  buildLegend();
  buildTimeline();
  startCanvas();
  startSearch();
  startKeys();
  startPrint();
  writeFoot();
  refresh({ fit: !state.at, jump: true });
  window.addEventListener("hashchange", () => location.hash.slice(1) !== writeState() && restore(location.hash.slice(1)));
  window.addEventListener("resize", oncePerFrame(() => (state.at ? repaint() : (fitView(), repaint()))));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); repaint(); });
  document.documentElement.dataset.ready = "yes";
};

// For those who embed the page, and for its tests. Nothing here changes the data.
window.materiel = {
  graph, scene, state, view, labels, timings, route, overlaps, refresh, svgText, pngBlob, csvOf, jsonOf, citationList, turtleOf, sparqlOf, citationsOf,
  searchNames, goTo, change, undo, under, radiusOf, toScreen, writeState, restore, openGroup, expand, redraw: () => network.redraw(),
};
start().catch((problem) => {
  byId("notice").textContent = `This page could not be drawn: ${problem.message}`;
  throw problem;
});
