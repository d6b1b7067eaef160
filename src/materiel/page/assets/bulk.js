// From some hundred nodes on, nodes are painted by the hundred, one path for each type, and vis-network holds only those
// that are chosen and their neighbours: these can still be dragged. Painting one by one costs eight times as much.
const BULK_FROM = 600;
const isBulk = () => scene.nodes.length > BULK_FROM;
const handedOver = () => (isBulk() ? scene.nodes.filter((node) => emphasis.nodes.has(node)) : scene.nodes);

const drawBulk = (ctx) => {
  if (!isBulk()) return;
  const batches = new Map(), halfW = view.w / 2 / view.scale + 20, halfH = view.h / 2 / view.scale + 20;
  for (const node of scene.nodes) {
    if (placed.has(node.id) || Math.abs(node.px - view.x) > halfW || Math.abs(node.py - view.y) > halfH) continue;
    (batches.get(node.type) || batches.set(node.type, []).get(node.type)).push(node);
  }
  ctx.globalAlpha = emphasis.nodes.size ? 0.5 : 1;
  ctx.lineWidth = 1 / view.scale;
  ctx.strokeStyle = colours["glyph-edge"];
  for (const [type, nodes] of batches) paintBatch(ctx, type, nodes);
  ctx.globalAlpha = 1;
};

const paintBatch = (ctx, type, nodes) => {
  const [shape, colour] = glyphOf(type), outline = shapeOf(type);
  let large = false;
  ctx.beginPath();
  for (const node of nodes) {
    const r = radiusOf(node) / view.scale;
    // Below three pixels no shape can be told.
    if (r * view.scale < 3) ctx.rect(node.px - r, node.py - r, 2 * r, 2 * r);
    else {
      large = true;
      if (shape === "circle") ctx.moveTo(node.px + r, node.py), ctx.arc(node.px, node.py, r, 0, 6.2832);
      else outline.forEach(([x, y], i) => (i ? ctx.lineTo(node.px + x * r, node.py + y * r) : ctx.moveTo(node.px + x * r, node.py + y * r))), ctx.closePath();
    }
  }
  ctx.fillStyle = colour;
  ctx.fill();
  if (large) ctx.stroke();
};
