// Links: drawn in batches of one style, because one stroke of a thousand lines costs less than a thousand strokes.
const BEND = 30;

// The curve of a link: its ends and one control point.
const curveOf = (link) => {
  const { a, b } = link, dx = b.px - a.px, dy = b.py - a.py, length = Math.hypot(dx, dy) || 1;
  const off = link.bend ? link.bend * Math.min(BEND, length * 0.3) : 0;
  return [a.px, a.py, (a.px + b.px) / 2 - (dy / length) * off, (a.py + b.py) / 2 + (dx / length) * off, b.px, b.py];
};
const pointAt = ([x1, y1, cx, cy, x2, y2], t) => {
  const u = 1 - t;
  return [u * u * x1 + 2 * u * t * cx + t * t * x2, u * u * y1 + 2 * u * t * cy + t * t * y2];
};

const inSight = ([x1, y1, , , x2, y2]) => {
  const halfW = view.w / 2 / view.scale + BEND, halfH = view.h / 2 / view.scale + BEND;
  return !(Math.max(x1, x2) < view.x - halfW || Math.min(x1, x2) > view.x + halfW || Math.max(y1, y2) < view.y - halfH || Math.min(y1, y2) > view.y + halfH);
};

const isChosen = (link) => {
  const item = link.deal || link.rel;
  return (emphasis.statement && item === emphasis.statement) || route.links.includes(link);
};

const styleOf = (link) => {
  const dash = link.deal ? link.deal.status : "none";
  if (route.links.includes(link)) return `3|path|1|${dash}|4`;
  if (isChosen(link)) return `3|accent|1|${dash}|2.6`;
  const dim = emphasis.nodes.size && !(touches(link) && !emphasis.statement && !route.nodes.length);
  if (link.count) return `0|${!dim && emphasis.nodes.size ? "accent" : "soft"}|${dim ? 0.45 : 1}|${link.status || "none"}|${(link.inside ? 1 + 0.75 * Math.log2(link.count) : 0.8 + 0.5 * Math.log2(link.count)).toFixed(1)}`;
  if (!dim && emphasis.nodes.size) return `2|accent|1|${dash}|1.8`;
  const dense = scene.lines.length > 90;
  return `1|${link.deal && !dense ? "line" : "soft"}|${dim ? 0.45 : 1}|${dash}|${link.deal && !dense ? 1.3 : 0.9}`;
};
const touches = (link) => emphasis.strong.has(link.a) || emphasis.strong.has(link.b);

const drawLinks = (ctx) => {
  const batches = new Map();
  for (const link of scene.lines) {
    const curve = curveOf(link);
    if (!inSight(curve)) continue;
    const style = styleOf(link);
    if (!batches.has(style)) batches.set(style, []);
    batches.get(style).push(curve);
  }
  for (const [style, curves] of [...batches].sort()) strokeBatch(ctx, style, curves);
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
};

const strokeBatch = (ctx, style, curves) => {
  const [, colour, alpha, status, width] = style.split("|");
  ctx.globalAlpha = Number(alpha);
  ctx.strokeStyle = colours[colour];
  ctx.lineWidth = Number(width) / view.scale;
  ctx.setLineDash(dashOf(status).map((length) => length / view.scale));
  ctx.beginPath();
  for (const [x1, y1, cx, cy, x2, y2] of curves) {
    ctx.moveTo(x1, y1);
    ctx.quadraticCurveTo(cx, cy, x2, y2);
  }
  ctx.stroke();
};

// From some thousands of links on, dashes are thinner than a pixel on the whole map and cost half of the drawing.
const dashOf = (status) => (scene.lines.length > 4000 && view.scale < 0.3 ? [] : graph.about.encoding.dashes[status] || []);

// Marks at the middle of a link: contradicted, or told by one voice only. Arrowheads where direction means something.
const markOf = (item) => (item && item.disputed ? "≠" : item && item.origins === 1 ? "○" : "");

const marks = () => {
  const found = [], seen = linesInSight(), few = seen.length <= 70;
  const own = emphasis.strong.size && !emphasis.statement && !route.nodes.length && seen.filter(({ link }) => touches(link)).length <= 36;
  for (const { link, curve } of seen) {
    const mark = link.count > 1 ? String(link.count) : markOf(link.deal || link.rel);
    // On a crowded picture only what belongs to the choice is marked; the legend filters by the same marks.
    if (!mark || (state.draw === "agreements" && link.deal) || !(few || isChosen(link) || (own && touches(link)) || link.count > 5)) continue;
    const [x1, y1] = toScreen(curve[0], curve[1]), [x2, y2] = toScreen(curve[4], curve[5]);
    if (Math.hypot(x2 - x1, y2 - y1) > 64 || isChosen(link)) found.push({ at: toScreen(...pointAt(curve, 0.5)), mark, link });
  }
  for (const node of state.draw === "agreements" ? scene.nodes : []) {
    const mark = node.deal ? markOf(node) : "";
    if (mark) found.push({ at: shifted(toScreen(node.px, node.py), radiusOf(node)), mark, node });
  }
  return found;
};
const linesInSight = () => (scene.lines.length > 2500 ? [] : scene.lines.map((link) => ({ link, curve: curveOf(link) })).filter(({ curve }) => inSight(curve)));
// At the left shoulder; the right one carries the number of what is not drawn.
const shifted = ([x, y], r) => [x - r, y - r * 0.7];

const markWidth = (mark) => 3.5 + 3 * mark.length;
const drawMarks = (ctx, found) => {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 1.2;
  for (const { at: [x, y], mark, link, node } of found) {
    ctx.globalAlpha = emphasis.nodes.size && !(link ? isChosen(link) || touches(link) : !isDim(node)) ? 0.35 : 1;
    ctx.beginPath();
    if (mark === "○") ctx.arc(x, y, 3.6, 0, 7);
    else ctx.roundRect(x - markWidth(mark), y - 6.5, 2 * markWidth(mark), 13, 6.5);
    ctx.fillStyle = colours.paper;
    ctx.fill();
    ctx.strokeStyle = mark === "○" || mark === "≠" ? colours.ink : colours.soft;
    ctx.stroke();
    if (mark !== "○") {
      ctx.fillStyle = colours.ink;
      ctx.font = "600 10px system-ui, sans-serif";
      ctx.fillText(mark, x, y + 0.5);
    }
  }
  ctx.globalAlpha = 1;
};

const DIRECTED = new Set(["owns", "subsidiary-of", "supplies", "procures-from", "produces", "funds", "heads", "successor-of", "parent", "regulates", "holding", "tenure", "supplies-to"]);
const arrows = () => {
  const found = [];
  for (const link of scene.lines) {
    if (!link.rel || !DIRECTED.has(link.kind) || scene.lines.length > 150) continue;
    const curve = curveOf(link), [bx, by] = toScreen(curve[4], curve[5]), [ax, ay] = toScreen(curve[2], curve[3]);
    const length = Math.hypot(bx - ax, by - ay);
    if (length > 34) found.push({ x: bx, y: by, ux: (bx - ax) / length, uy: (by - ay) / length, back: radiusOf(link.b) + 2, link });
  }
  return found;
};

const arrowPoints = ({ x, y, ux, uy, back }) => {
  const tx = x - ux * back, ty = y - uy * back;
  return [[tx, ty], [tx - ux * 7 - uy * 3, ty - uy * 7 + ux * 3], [tx - ux * 7 + uy * 3, ty - uy * 7 - ux * 3]];
};

const drawArrows = (ctx, found) => {
  for (const arrow of found) {
    ctx.globalAlpha = emphasis.nodes.size && !touches(arrow.link) ? 0.45 : 1;
    ctx.fillStyle = touches(arrow.link) ? colours.accent : colours.faint;
    ctx.beginPath();
    arrowPoints(arrow).forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.fill();
  }
  ctx.globalAlpha = 1;
};
