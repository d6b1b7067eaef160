// What is under the pointer, by a grid of our own: the library's test walks over everything at each move.
const hitGrid = { cells: new Map(), size: 60, stamp: "" };

const buildHitGrid = () => {
  const stamp = `${scene.stamp}|${view.scale}`;
  if (hitGrid.stamp === stamp) return;
  hitGrid.stamp = stamp;
  hitGrid.cells = new Map();
  hitGrid.size = 60 / view.scale;
  for (const node of scene.nodes) enterHit(node.px, node.py, { node });
  for (const link of scene.lines) {
    const curve = curveOf(link), length = Math.hypot(curve[4] - curve[0], curve[5] - curve[1]);
    const steps = Math.min(Math.max(Math.ceil(length / hitGrid.size) * 2, 2), 60);
    for (let i = 0; i <= steps; i++) enterHit(...pointAt(curve, i / steps), { link });
  }
};
const enterHit = (x, y, entry) => {
  const key = hitKey(x, y);
  (hitGrid.cells.get(key) || hitGrid.cells.set(key, []).get(key)).push(entry);
};
const hitKey = (x, y, dx = 0, dy = 0) => `${Math.floor(x / hitGrid.size) + dx} ${Math.floor(y / hitGrid.size) + dy}`;

const under = (x, y) => {
  buildHitGrid();
  let best = null, nearest = Infinity;
  const found = new Set();
  for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) for (const entry of hitGrid.cells.get(hitKey(x, y, dx, dy)) || []) found.add(entry.node || entry.link);
  for (const item of found) {
    const gap = item.adj !== undefined ? nodeGap(item, x, y) : linkGap(item, x, y);
    if (gap < nearest) [best, nearest] = [item, gap];
  }
  return best && nearest < Infinity ? (best.adj !== undefined ? { node: best } : { link: best }) : null;
};

// In pixels of the screen; a glyph wins over the link that ends in it.
const nodeGap = (node, x, y) => {
  const gap = Math.hypot(node.px - x, node.py - y) * view.scale - radiusOf(node);
  return gap < 5 ? gap - 100 : Infinity;
};
const linkGap = (link, x, y) => {
  const curve = curveOf(link);
  let least = Infinity, [px, py] = pointAt(curve, 0);
  for (let i = 1; i <= 16; i++) {
    const [qx, qy] = pointAt(curve, i / 16);
    least = Math.min(least, segmentGap(x, y, px, py, qx, qy));
    [px, py] = [qx, qy];
  }
  return least * view.scale < 7 ? least * view.scale : Infinity;
};
const segmentGap = (x, y, ax, ay, bx, by) => {
  const dx = bx - ax, dy = by - ay, t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};
