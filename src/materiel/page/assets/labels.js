// Names: no two overlap, hubs come first, the chosen one and its neighbours before all. Drawn in pixels of the screen.
const labels = { boxes: [], widths: new Map() };
const LINE = 14, AREA_PER_LABEL = 9000, GRID = 120;

const textWidth = (ctx, text, font) => {
  const key = `${font}|${text}`;
  if (!labels.widths.has(key)) {
    ctx.font = font;
    labels.widths.set(key, ctx.measureText(text).width);
  }
  return labels.widths.get(key);
};

const fontOf = (node) => `${isStrong(node) || node.group ? "600 " : ""}${node.group ? 13 : 12}px system-ui, "Segoe UI", "DejaVu Sans", sans-serif`;

const rankOf = (node) => (isStrong(node) ? 1e9 : 0) + (emphasis.nodes.has(node) ? 1e6 : 0) + (node.deal ? 0 : 1000) * (node.deg > 1 ? 1 : 0) + node.deg;

const placeLabels = (ctx) => {
  labels.boxes = [];
  const seen = visibleNodes(), cells = new Map(), glyphs = glyphCells(seen);
  keepNoticeFree(cells);
  const budget = Math.max(12, (view.w * view.h) / AREA_PER_LABEL);
  let misses = 0;
  for (const entry of seen.sort((p, q) => q.rank - p.rank || (p.node.id < q.node.id ? -1 : 1))) {
    const must = entry.rank >= 1e6;
    if (!must && (labels.boxes.length >= budget || misses > 260)) break;
    if (!tryLabel(ctx, entry, cells, glyphs)) misses++;
  }
};

// The notice lies over the canvas; no name goes under it.
const keepNoticeFree = (cells) => {
  const notice = byId("notice");
  if (!notice.hidden) put(cells, { x: notice.offsetLeft, y: notice.offsetTop, w: notice.offsetWidth, h: notice.offsetHeight, node: null });
};

const visibleNodes = () => {
  const seen = [];
  for (const node of scene.nodes) {
    const [x, y] = toScreen(node.px, node.py);
    if (x > -20 && y > -20 && x < view.w + 20 && y < view.h + 20) seen.push({ node, x, y, r: radiusOf(node), rank: rankOf(node) });
  }
  return seen;
};

const cellsOf = (box) => {
  const keys = [];
  for (let i = Math.floor(box.x / GRID); i <= Math.floor((box.x + box.w) / GRID); i++) {
    for (let j = Math.floor(box.y / GRID); j <= Math.floor((box.y + box.h) / GRID); j++) keys.push(i * 4096 + j);
  }
  return keys;
};
const put = (cells, box) => {
  for (const key of cellsOf(box)) (cells.get(key) || cells.set(key, []).get(key)).push(box);
};
const clash = (p, q) => p.x < q.x + q.w && q.x < p.x + p.w && p.y < q.y + q.h && q.y < p.y + p.h;
const hits = (cells, box, own) => cellsOf(box).some((key) => (cells.get(key) || []).some((other) => other.node !== own && clash(other, box)));

const glyphCells = (seen) => {
  const cells = new Map();
  for (const { node, x, y, r } of seen) if (r > 4) put(cells, { x: x - r, y: y - r, w: 2 * r, h: 2 * r, node });
  return cells;
};

// Below, above, right, left. First a place that covers no glyph; a hub may cover a small one rather than go nameless.
const tryLabel = (ctx, entry, cells, glyphs) => {
  const { node, x, y, r } = entry, font = fontOf(node), lines = linesOf(node);
  const w = Math.max(...lines.map((line) => textWidth(ctx, line, font))) + 6, h = lines.length * LINE + 2;
  const low = y + r * 0.6, high = y - r * 0.6 - h, east = x + r * 0.7, west = x - r * 0.7 - w;
  const spots = [[x - w / 2, y + r + 2], [x - w / 2, y - r - h - 2], [x + r + 3, y - h / 2], [x - r - w - 3, y - h / 2], [east, low], [west, low], [east, high], [west, high]];
  const boxes = spots.map(([bx, by]) => ({ x: bx, y: by, w, h, node, lines, font })).filter((box) => inFrame(box) && !hits(cells, box));
  const clear = boxes.find((box) => !hits(glyphs, box, node)) || (mayCover(entry) ? boxes[0] : null);
  if (!clear) return false;
  put(cells, clear);
  labels.boxes.push(clear);
  return true;
};
const mayCover = ({ node, rank }) => rank >= 1e6 || (node.group ? node.size > 60 : rank >= 1006);
const inFrame = (box) => box.x > 2 && box.y > 2 && box.x + box.w < view.w - 2 && box.y + box.h < view.h - 2;

const linesOf = (node) => {
  if (!node.lines) node.lines = wrapped(node.label, node.group ? 22 : 24);
  return node.group && node.size > 1 ? [...node.lines, `and ${(node.size - 1).toLocaleString("en")} more`] : node.lines;
};

const drawLabels = (ctx) => {
  ctx.textBaseline = "top";
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  for (const box of labels.boxes) {
    ctx.font = box.font;
    ctx.globalAlpha = isDim(box.node) ? 0.65 : 1;
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = colours.paper;
    ctx.fillStyle = colours.ink;
    box.lines.forEach((line, i) => {
      ctx.strokeText(line, box.x + box.w / 2, box.y + 1 + i * LINE);
      ctx.fillText(line, box.x + box.w / 2, box.y + 1 + i * LINE);
    });
  }
  ctx.globalAlpha = 1;
};

// How many neighbours are not drawn: a number at the glyph's shoulder.
const drawMore = (ctx) => {
  if (scene.nodes.length > 600 && view.scale < 0.4) return;
  ctx.font = "600 10px system-ui, sans-serif";
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const node of scene.nodes) {
    if (!node.more || (isDim(node) && node.more < 3)) continue;
    const [x, y] = toScreen(node.px, node.py), r = radiusOf(node);
    const text = `+${node.more}`, box = { x: x + r * 0.7, y: y - r - 6, w: textWidth(ctx, text, ctx.font) + 2, h: 11 };
    if (labels.boxes.some((label) => clash(label, box))) continue;
    ctx.lineWidth = 3;
    ctx.strokeStyle = colours.paper;
    ctx.strokeText(text, box.x, box.y + 5);
    ctx.fillStyle = colours.muted;
    ctx.fillText(text, box.x, box.y + 5);
  }
};

// For tests and for readers who check: pairs of names that overlap, counted pair by pair without the grid.
const overlaps = () => labels.boxes.reduce((sum, box, i) => sum + labels.boxes.slice(i + 1).filter((other) => clash(box, other)).length, 0);
