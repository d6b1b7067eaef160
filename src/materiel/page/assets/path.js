// The shortest path between two, over the links that the filters and the day let through.
const route = { nodes: [], links: [] };
let wantsPath = false;
const pathEnds = { from: null, to: null };

const isFirm = (link) => {
  const coded = graph.about.encoding;
  return link.deal ? bears(link.deal.status, "firm") : coded.firmPredicates.includes(link.kind);
};

const computeRoute = () => {
  route.nodes = [];
  route.links = [];
  if (state.path.length !== 2) return;
  const [from, to] = state.path.map((id) => graph.byId.get(id));
  const came = walk(from, to);
  if (!came.has(to)) return;
  for (let node = to; node; ) {
    route.nodes.unshift(node);
    const step = came.get(node);
    if (step) route.links.unshift(strongest(step, node));
    node = step ? otherEnd(step, node) : null;
  }
};

// Between the same two, the step is the statement that went furthest.
const strongest = (step, node) => {
  const rank = (link) => firmnessOf(link.deal ? link.deal.status : "none");
  const before = otherEnd(step, node);
  const same = node.adj[state.draw].filter((link) => link.ok && otherEnd(link, node) === before && (!state.firm || isFirm(link)));
  return same.sort((p, q) => rank(q) - rank(p) || (p.key < q.key ? -1 : 1))[0];
};

// Breadth first. Nobody is reached through a withheld name: two unknowns are not one.
const walk = (from, to) => {
  const came = new Map([[from, null]]), queue = [from];
  for (const node of queue) {
    if (came.has(to)) break;
    if (node.undisclosed && node !== from) continue;
    for (const link of node.adj[state.draw]) {
      const other = otherEnd(link, node);
      if (!link.ok || came.has(other) || (state.firm && !isFirm(link))) continue;
      came.set(other, link);
      queue.push(other);
    }
  }
  return came;
};

const openPath = (from) => {
  wantsPath = true;
  if (from) pathEnds.from = from;
  updatePanel();
  byId(pathEnds.from ? "path-to" : "path-from").focus();
};

const setPath = () => {
  if (!pathEnds.from || !pathEnds.to) return updatePanel();
  change((s) => Object.assign(s, { path: [pathEnds.from.id, pathEnds.to.id], node: "", link: "" }));
  say(routeText());
};

const closePath = () => {
  wantsPath = false;
  pathEnds.from = pathEnds.to = null;
  change((s) => (s.path = []));
  updatePanel();
};

const routeText = () => {
  if (!route.nodes.length) return `no path between ${state.path.map((id) => graph.byId.get(id).label).join(" and ")} over what is shown`;
  return `path of ${count(route.links.length, "step", "steps")}: ${route.nodes.map((node) => node.label).join(", ")}`;
};

const pathPanel = () => {
  if (state.path.length) [pathEnds.from, pathEnds.to] = state.path.map((id) => graph.byId.get(id));
  if (!wantsPath && !state.path.length) return [];
  const firm = make("input", { type: "checkbox", id: "firm", "data-key": "firm" });
  firm.checked = state.firm;
  firm.addEventListener("change", () => change((s) => (s.firm = firm.checked)));
  return [
    make("h2", {}, "Path"), pathField("path-from", "From", "from"), pathField("path-to", "To", "to"),
    make("p", {}, make("label", {}, firm, " signed or better only")),
    state.path.length ? make("p", {}, `${routeText().replace(/^./, (letter) => letter.toUpperCase())}.`) : null,
    state.path.length ? make("ol", { class: "steps" }, route.links.map((link, i) => routeStep(link, route.nodes[i], route.nodes[i + 1]))) : null,
    make("div", { class: "row" }, button("Close the path", closePath, { "data-key": "closepath" })),
  ];
};

const pathField = (id, text, end) => {
  const input = make("input", { id, type: "text", autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-hits`, "aria-autocomplete": "list", "data-key": id });
  input.value = pathEnds[end] ? pathEnds[end].label : "";
  const list = make("ul", { id: `${id}-hits`, class: "hits", role: "listbox", "aria-label": `${text}: names found`, hidden: true });
  nameBox(input, list, (node) => {
    pathEnds[end] = node;
    input.value = node.label;
    setPath();
  });
  return make("div", { class: "search field" }, make("label", { for: id }, text), input, list);
};

const routeStep = (link, from, to) => {
  const item = link.deal || link.rel;
  const open = button("", () => change((s) => (s.link = item.deal ? item.id : item.id)), { class: "statement" });
  fill(open, {}, [make("strong", { dir: "auto" }, `${from.label} – ${to.label}`), make("span", { class: "line2" }, item.deal && item.now ? badge(item.status) : null, ` ${words(link.kind)} ${item.deal ? lastDate(item) : ""}`), item.deal ? make("span", { dir: "auto" }, item.label) : link.role]);
  return make("li", {}, open, sourceList(sourcesOf(item).slice(0, 3), item.origins));
};
