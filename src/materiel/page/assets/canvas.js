// vis-network holds the view, pan, pinch, zoom, drag and the nodes; links, names and marks are our layers on its canvas.
let network = null, items = null;
const placed = new Map();

const startCanvas = () => {
  readColours();
  setStretch();
  items = new vis.DataSet([]);
  network = new vis.Network(byId("network"), { nodes: items, edges: new vis.DataSet([]) }, graph.about.options);
  network.on("beforeDrawing", (ctx) => {
    readView(ctx);
    drawLinks(ctx);
    drawBulk(ctx);
  });
  network.on("afterDrawing", drawLayers);
  network.on("click", ({ pointer }) => pick(under(pointer.canvas.x, pointer.canvas.y)));
  network.on("doubleClick", ({ pointer }) => widen(under(pointer.canvas.x, pointer.canvas.y)));
  network.on("dragging", ({ nodes }) => follow(nodes));
  network.on("dragEnd", ({ nodes }) => (nodes.length ? pinDragged(nodes) : rememberView()));
  network.on("zoom", rememberView);
  followPointer();
};

const readView = (ctx) => {
  const { x, y } = network.getViewPosition();
  Object.assign(view, { scale: network.getScale(), x, y, w: ctx.canvas.clientWidth, h: ctx.canvas.clientHeight });
  view.ratio = ctx.canvas.width / (view.w || 1);
};

const drawLayers = (ctx) => {
  ctx.save();
  ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  drawArrows(ctx, arrows());
  drawMarks(ctx, marks());
  placeLabels(ctx);
  drawLabels(ctx);
  drawMore(ctx);
  ctx.restore();
};

const renderNode = ({ ctx, id }) => {
  const node = placed.get(id);
  const size = (2 * radiusOf(node)) / view.scale;
  return { drawNode: () => drawGlyph(ctx, node), nodeDimensions: { width: size, height: size } };
};

// Only what changed is handed over: a step of the slider touches some nodes, not all.
const syncItems = () => {
  const wanted = new Map(handedOver().map((node) => [node.id, node])), added = [], moved = [];
  const gone = [...placed.keys()].filter((id) => !wanted.has(id));
  for (const id of gone) placed.delete(id);
  for (const [id, node] of wanted) {
    const before = placed.get(id), item = { id, x: node.px, y: node.py };
    if (!before) added.push({ ...item, shape: "custom", ctxRenderer: renderNode });
    else if (node.vx !== node.px || node.vy !== node.py) moved.push(item);
    [node.vx, node.vy] = [node.px, node.py];
    placed.set(id, node);
  }
  if (gone.length) items.remove(gone);
  if (added.length) items.add(added);
  if (moved.length) items.update(moved);
  scene.stamp = (scene.stamp || 0) + 1;
};

const repaint = oncePerFrame(() => network && network.redraw());

const follow = (ids) => {
  for (const [id, { x, y }] of Object.entries(network.getPositions(ids))) {
    const node = placed.get(id);
    if (node) [node.px, node.py, node.vx, node.vy] = [x, y, x, y];
  }
};

const pinDragged = (ids) => {
  follow(ids);
  scene.stamp += 1;
  change((s) => {
    for (const id of ids) if (graph.byId.has(id)) s.pins = new Map(s.pins).set(id, pinOf(placed.get(id)));
  });
};

// Pins are kept in the map's own measure, so that a link opened on a phone shows the same order as on a desk.
const pinOf = (node, dx = 0, dy = 0) => [Math.round(node.px + dx), Math.round((node.py + dy) / view.stretch)];

// A map is wide and a phone is high: there the map is drawn out downwards.
const setStretch = () => {
  const box = byId("network").getBoundingClientRect();
  view.stretch = Math.min(Math.max(box.height / (box.width || 1), 1), 1.9);
};

const rememberView = () => {
  const { x, y } = network.getViewPosition();
  state.at = [x, y, network.getScale()];
  later(writeAddress);
};
let laterTimer = 0;
const later = (work) => {
  clearTimeout(laterTimer);
  laterTimer = setTimeout(work, 250);
};

// Room is left for the names at the rim: a fit that cuts names off is no fit.
const fitView = () => {
  const box = byId("network").getBoundingClientRect();
  if (!scene.nodes.length || !box.width) return;
  const xs = scene.nodes.map((node) => node.px), ys = scene.nodes.map((node) => node.py);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const marginX = Math.min(84, box.width * 0.16), marginY = 44, below = byId("notice").hidden ? 0 : 26;
  const scale = Math.min((box.width - 2 * marginX) / (right - left || 1), (box.height - 2 * marginY - below) / (bottom - top || 1), 1.6);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom - below / Math.max(scale, 0.01)) / 2 }, scale: Math.max(scale, 0.01) });
  state.at = null;
};

const zoomBy = (factor) => {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.01), 8) });
  rememberView();
};

// A chosen node that lies outside the frame is brought in; one that is seen stays where it is.
const bringIntoSight = (node) => {
  const [x, y] = toScreen(node.px, node.py);
  if (x < 60 || y < 60 || x > view.w - 60 || y > view.h - 60) network.moveTo({ position: { x: node.px, y: node.py } });
};
