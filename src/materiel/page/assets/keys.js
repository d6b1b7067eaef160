// Everything by keyboard, while the network has the focus.
let singleKeys = true, carrying = false;
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const startKeys = () => {
  byId("network").addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key.toLowerCase() === "z") return handled(event, undo);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (DIRECTIONS[event.key]) return handled(event, () => arrow(event));
    const work = COMMANDS[event.key] || (singleKeys && LETTER_KEYS[event.key.toLowerCase()]);
    if (work) handled(event, work);
  });
  byId("network").addEventListener("focus", () => state.node || say(`${shownText()}. Arrow keys walk through the network.`));
};
const handled = (event, work) => {
  event.preventDefault();
  event.stopPropagation();
  work();
};

const current = () => placed.get(state.node) || null;
const COMMANDS = {
  Enter: () => { byId("panel").focus(); },
  Escape: () => { carrying = false; change((s) => Object.assign(s, { node: "", link: "" })); },
  "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8),
};
const LETTER_KEYS = {
  0: () => fitView(), e: () => current() && expand(current()), u: () => undo(), t: () => change((s) => (s.table = "statements")), "/": () => byId("search").focus(), "?": () => openHelp(),
  g: () => current() && change((s) => Object.assign(s, { base: "ego", ego: s.node, depth: 1, add: [], drop: [] }), { fit: true }),
  p: () => openPath(current()), x: () => current() && change((s) => Object.assign(s, { drop: [...s.drop, s.node], node: "" })),
  m: () => carry(), "[": () => nextLink(-1), "]": () => nextLink(1),
};

const carry = () => {
  if (!current()) return;
  carrying = !carrying;
  say(carrying ? `${current().label} taken: arrow keys move it` : `${current().label} put down`);
};

const arrow = (event) => {
  const [dx, dy] = DIRECTIONS[event.key];
  if (event.shiftKey) return network.moveTo({ position: { x: view.x + (80 * dx) / view.scale, y: view.y + (80 * dy) / view.scale } });
  const node = current();
  if (!node) return announce(byDegree(scene.nodes.filter((other) => !other.group))[0]);
  if (carrying) return change((s) => (s.pins = new Map(s.pins).set(node.id, pinOf(node, (12 * dx) / view.scale, (12 * dy) / view.scale))), { gesture: `carry ${node.id}` });
  const next = inDirection(node, dx, dy);
  if (next) announce(next);
  else say(`No linked neighbour that way from ${node.label}`);
};

// Of the linked neighbours within a quarter turn, the one that is nearest along that way.
const inDirection = (node, dx, dy) => {
  let best = null, least = Infinity;
  for (const link of node.adj[state.draw]) {
    const other = otherEnd(link, node);
    if (!link.ok || !scene.shown.has(other)) continue;
    const x = other.px - node.px, y = other.py - node.py, along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
    if (along > 0 && aside <= along * 1.05 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  return best;
};

const announce = (node) => {
  if (!node) return;
  change((s) => Object.assign(s, { node: node.id, link: "" }), { gesture: "walk" });
  bringIntoSight(node);
  const links = node.adj[state.draw].filter((link) => link.ok).length;
  say(`${node.label}, ${words(node.deal ? node.kind : node.type)}${node.country ? `, ${countryName(node.country)}` : ""}, ${count(links, "link", "links")}${node.more ? `, ${node.more} not drawn` : ""}`);
};

const nextLink = (turn) => {
  const node = current();
  if (!node) return;
  const items = [...new Set(node.adj[state.draw].filter((link) => link.ok).map((link) => link.deal || link.rel))];
  if (!items.length) return say(`${node.label} has no links here`);
  const at = items.findIndex((item) => item.id === state.link), item = items[(at + turn + items.length) % items.length];
  change((s) => (s.link = item.id), { gesture: "walk" });
  say(`${namesOf(item)}, ${words(item.kind)}${item.deal ? `, ${words(item.status)} ${lastDate(item)}` : ""}`);
};
