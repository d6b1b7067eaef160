// Glyphs: one outline for canvas, legend and export. Sizes are of the screen, so that a far view keeps its shapes.
const view = { scale: 1, x: 0, y: 0, w: 1, h: 1, ratio: 1, stretch: 1 };
const colours = {};
const outlines = new Map();

const readColours = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "muted", "line", "faint", "soft", "accent", "path", "glyph-edge", "disc"]) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
};

const glyphOf = (type) => graph.about.encoding.glyphs[type] || graph.about.encoding.glyphs.thing;
const shapeOf = (type) => graph.about.encoding.shapes[glyphOf(type)[0]];
const fillOf = (node) => (node.group ? colours.disc : glyphOf(node.type)[1]);

const outlineOf = (type) => {
  if (!outlines.has(type)) {
    const path = new Path2D();
    if (type === "community") path.arc(0, 0, 1, 0, 7);
    else shapeOf(type).forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
    outlines.set(type, path);
  }
  return outlines.get(type);
};

// Radius in pixels of the screen; it grows with the logarithm of the links.
const radiusOf = (node) => {
  // A community's disc is half as wide as the place its members take, so that what joins the discs stays seen.
  if (node.group) return Math.min(Math.max(28 * Math.sqrt(node.size) * view.scale, 6), 42);
  const zoom = Math.min(Math.max(Math.sqrt(view.scale / 0.7), 0.5), 1.7);
  return Math.min(5 + 2.1 * Math.log2(1 + node.deg), 18) * zoom;
};

const toScreen = (x, y) => [(x - view.x) * view.scale + view.w / 2, (y - view.y) * view.scale + view.h / 2];

const drawGlyph = (ctx, node) => {
  const r = radiusOf(node) / view.scale;
  ctx.globalAlpha = isDim(node) ? 0.5 : 1;
  ctx.save();
  ctx.translate(node.px, node.py);
  ctx.scale(r, r);
  const strong = isStrong(node);
  if (strong) haloGlyph(ctx, node, r);
  ctx.fillStyle = fillOf(node);
  ctx.fill(outlineOf(node.type));
  ctx.lineWidth = (strong ? 2.2 : 1.1) / (r * view.scale);
  ctx.strokeStyle = colours["glyph-edge"];
  // Withheld names get a broken outline: this is nobody in particular.
  if (node.undisclosed) ctx.setLineDash([3 / (r * view.scale), 2 / (r * view.scale)]);
  ctx.stroke(outlineOf(node.type));
  ctx.restore();
};

const haloGlyph = (ctx, node, r) => {
  ctx.lineWidth = 8 / (r * view.scale);
  ctx.lineJoin = "round";
  ctx.strokeStyle = onRoute(node) ? colours.path : colours.accent;
  ctx.stroke(outlineOf(node.type));
};

// What is dimmed while something is chosen, and what stands out.
const emphasis = { nodes: new Set(), strong: new Set(), statement: null };
const isDim = (node) => emphasis.nodes.size > 0 && !emphasis.nodes.has(node);
const isStrong = (node) => emphasis.strong.has(node);
const onRoute = (node) => route.nodes.includes(node);

const computeEmphasis = () => {
  emphasis.nodes = new Set();
  emphasis.strong = new Set();
  emphasis.statement = chosenStatement();
  const own = state.node && graph.byId.get(state.node);
  if (route.nodes.length) for (const node of route.nodes) emphasis.strong.add(node);
  if (own) emphasis.strong.add(own);
  if (emphasis.statement) for (const node of endsOf(emphasis.statement)) emphasis.strong.add(node);
  for (const node of emphasis.strong) emphasis.nodes.add(node);
  if (own && !emphasis.statement) for (const link of own.adj[state.draw]) if (link.ok) emphasis.nodes.add(otherEnd(link, own));
};

const endsOf = (item) => (item.deal ? [item, ...item.parties.map((party) => party.node), ...item.products, item.site].filter(Boolean) : [item.a, item.b]);

const swatch = (type, size = 18) => {
  const outline = shapeOf(type).map((point) => point.join(",")).join(" ");
  const shape = makeSvg("polygon", { points: outline, fill: glyphOf(type)[1], class: "glyph", "stroke-width": 0.14 });
  return makeSvg("svg", { width: size, height: size, viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" }, shape);
};

const lineSwatch = (status) => {
  const dash = (graph.about.encoding.dashes[status] || []).join(" ");
  const line = makeSvg("line", { x1: 1, y1: 9, x2: 39, y2: 9, class: status === "none" ? "line faint" : "line", "stroke-dasharray": dash || null });
  return makeSvg("svg", { width: 40, height: 18, "aria-hidden": "true" }, line);
};
