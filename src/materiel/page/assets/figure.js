// The picture as SVG: what the frame shows, with its legend, scope and sources burnt in. The PNG is this picture, rasterised.
const FIGURE_FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";

const figureOf = () => {
  const w = Math.max(Math.round(view.w), 640), notes = figureNotes(w), h = Math.round(view.h) + notes.height;
  const root = makeSvg("svg", { xmlns: SVG, width: w, height: h, viewBox: `0 0 ${w} ${h}`, "font-family": FIGURE_FONT, role: "img" }, makeSvg("title", {}, `${graph.about.title}, ${dayText()}`));
  const clip = makeSvg("clipPath", { id: "frame" }, makeSvg("rect", { width: w, height: Math.round(view.h) }));
  const picture = makeSvg("g", { "clip-path": "url(#frame)" }, figureLinks(), arrows().map(figureArrow), scene.nodes.map(figureGlyph), marks().map(figureMark), labels.boxes.map(figureLabel));
  root.append(makeSvg("rect", { width: w, height: h, fill: colours.paper }), clip, picture, notes.group);
  return root;
};

const figureLinks = () =>
  scene.lines.map((link) => {
    const curve = curveOf(link);
    if (!inSight(curve)) return null;
    const [, colour, alpha, status, width] = styleOf(link).split("|");
    const [[x1, y1], [cx, cy], [x2, y2]] = [0, 2, 4].map((i) => toScreen(curve[i], curve[i + 1]).map((value) => value.toFixed(1)));
    const d = link.bend ? `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}` : `M${x1} ${y1}L${x2} ${y2}`;
    return makeSvg("path", { d, fill: "none", stroke: colours[colour], "stroke-width": width, "stroke-opacity": alpha === "1" ? null : alpha, "stroke-dasharray": dashOf(status).join(" ") || null });
  });

const figureGlyph = (node) => {
  const [x, y] = toScreen(node.px, node.py), r = radiusOf(node), look = { fill: fillOf(node), stroke: colours["glyph-edge"], "stroke-width": 1.1, opacity: isDim(node) ? 0.5 : null };
  if (x < -30 || y < -30 || x > view.w + 30 || y > view.h + 30) return null;
  const title = makeSvg("title", {}, node.label);
  if (node.group) return makeSvg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...look }, title);
  return makeSvg("polygon", { points: shapeOf(node.type).map(([px, py]) => `${(x + px * r).toFixed(1)},${(y + py * r).toFixed(1)}`).join(" "), ...look, "stroke-dasharray": node.undisclosed ? "3 2" : null }, title);
};

const figureArrow = (arrow) => makeSvg("polygon", { points: arrowPoints(arrow).map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" "), fill: touches(arrow.link) ? colours.accent : colours.faint });

const figureMark = ({ at: [x, y], mark }) => [
  mark === "○" ? makeSvg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 3.6, fill: colours.paper, stroke: colours.ink, "stroke-width": 1.2 })
    : makeSvg("rect", { x: (x - markWidth(mark)).toFixed(1), y: (y - 6.5).toFixed(1), width: 2 * markWidth(mark), height: 13, rx: 6.5, fill: colours.paper, stroke: mark === "≠" ? colours.ink : colours.soft }),
  mark === "○" ? null : makeSvg("text", { x: x.toFixed(1), y: (y + 3.5).toFixed(1), "font-size": 10, "font-weight": 600, "text-anchor": "middle", fill: colours.ink }, mark),
];

const figureLabel = (box) =>
  box.lines.map((line, i) => makeSvg("text", {
    x: (box.x + box.w / 2).toFixed(1), y: (box.y + 12 + i * LINE).toFixed(1), "font-size": box.node.group ? 13 : 12, "font-weight": box.font.startsWith("600") ? 600 : null, "text-anchor": "middle",
    fill: colours.ink, stroke: colours.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round",
  }, line));

// Below the picture: what it shows, in which scope, from which sources.
const figureNotes = (w) => {
  const top = Math.round(view.h), group = makeSvg("g", { fill: colours.ink, "font-size": 12 });
  let y = top + 24;
  const line = (text, more = {}) => {
    for (const part of broken(text, Math.floor((w - 32) / 6.6))) {
      group.append(makeSvg("text", { x: 16, y, ...more }, part));
      y += 16;
    }
  };
  group.append(makeSvg("line", { x1: 0, x2: w, y1: top, y2: top, stroke: colours.faint }));
  line(graph.about.title, { "font-weight": 700, "font-size": 14 });
  line(`${dayText().replace(/^./, (letter) => letter.toUpperCase())}: ${shownText()}`);
  for (const text of [...graph.about.scope, hiddenText(), graph.about.dataset && `Data: ${graph.about.dataset}`, graph.about.licence && `Licence: ${graph.about.licence}`].filter(Boolean)) line(text);
  y = figureLegend(group, y + 4, w) + 14;
  line(sourcesText());
  return { group, height: y - top + 4 };
};

const hiddenText = () => {
  const parts = FACETS.filter((key) => state.hide[key].size).map((key) => `${facetTitles[key].toLowerCase()}: ${[...state.hide[key]].slice(0, 12).map((value) => valueName(key, value)).join(", ")}${state.hide[key].size > 12 ? " …" : ""}`);
  return parts.length ? `Left out by filter: ${parts.join("; ")}` : "";
};

const sourcesText = () => {
  const sources = new Set([...scene.statements].flatMap(sourcesOf)), publishers = new Map();
  for (const source of sources) publishers.set(source.p || "unnamed", (publishers.get(source.p || "unnamed") || 0) + 1);
  const named = [...publishers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 24).map(([name, number]) => (number > 1 ? `${name} (${number})` : name));
  return `Sources: ${count(sources.size, "page", "pages")} of ${count(publishers.size, "publisher", "publishers")}${named.length ? `: ${named.join(", ")}` : ""}${publishers.size > 24 ? " and others" : ""}.`;
};

const broken = (text, width) => {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines[lines.length - 1].length + word.length > width) lines.push("");
    lines[lines.length - 1] += `${lines[lines.length - 1] ? " " : ""}${word}`;
  }
  return lines;
};

const figureLegend = (group, top, w) => {
  let x = 16, y = top;
  const place = (sign, text, width) => {
    const room = width + text.length * 6.6 + 18;
    if (x + room > w - 8) [x, y] = [16, y + 22];
    group.append(makeSvg("g", { transform: `translate(${x} ${y})` }, sign, makeSvg("text", { x: width + 4, y: 13 }, text)));
    x += room;
  };
  const types = [...new Set(scene.nodes.filter((node) => !node.group).map((node) => node.type))].sort();
  for (const type of types) place(makeSvg("polygon", { points: shapeOf(type).map(([px, py]) => `${9 + px * 7},${9 + py * 7}`).join(" "), fill: glyphOf(type)[1], stroke: colours["glyph-edge"] }), words(type), 18);
  for (const status of statusOrder().filter((value) => value !== "none" && [...scene.statements].some((item) => item.deal && item.status === value))) {
    place(makeSvg("line", { x1: 0, x2: 36, y1: 9, y2: 9, stroke: colours.line, "stroke-width": 1.5, "stroke-dasharray": (graph.about.encoding.dashes[status] || []).join(" ") || null }), words(status), 38);
  }
  place(makeSvg("g", {}), "≠ disputed   ○ one voice only", 0);
  return y + 22;
};

// Control characters have no place in XML, not even escaped.
const svgText = () => `${new XMLSerializer().serializeToString(figureOf()).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")}\n`;
const saveSvg = () => saveFile(fileName("svg"), "image/svg+xml", svgText());

const pngBlob = async (times = 2) => {
  const picture = new Image(), url = URL.createObjectURL(new Blob([svgText()], { type: "image/svg+xml" }));
  picture.src = url;
  await picture.decode();
  const canvas = make("canvas", { width: picture.width * times, height: picture.height * times });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};
const savePng = async () => saveFile(fileName("png"), "image/png", await pngBlob());
