// The legend is the filter: each value with its sign, a count of what is seen of it, and a way to see it alone.
const legendRows = new Map();
const OPEN_FACETS = new Set(["type", "status", "kind"]);

const buildLegend = () => {
  const size = make("p", { class: "muted small" }, "Size: number of links. ", make("span", { class: "nowrap" }, "≠ disputed"), " · ", make("span", { class: "nowrap" }, "○ one voice only"), " · ", make("span", { class: "nowrap" }, "+n not drawn"));
  byId("legend").replaceChildren(make("h2", { class: "unseen" }, "Legend and filters"), ...FACETS.map(facetBox), size);
  if (window.innerWidth < 900) for (const box of byId("legend").querySelectorAll("details")) box.open = false;
};

const facetBox = (key) => {
  const list = make("ul", { class: "facet" });
  legendRows.set(key, { list, rows: new Map() });
  const all = button("show all", () => change((s) => s.hide[key].clear()), { class: "quiet all", "aria-label": `${facetTitles[key]}: show all` });
  const none = button("hide all", () => change((s) => [...tally[key].keys()].forEach((value) => s.hide[key].add(value))), { class: "quiet", "aria-label": `${facetTitles[key]}: hide all` });
  return make("details", { open: OPEN_FACETS.has(key), "data-facet": key }, make("summary", {}, facetTitles[key]), make("div", { class: "facet-tools" }, all, none), list);
};

const signOf = (key, value) => {
  if (key === "type") return swatch(value);
  if (key === "status") return lineSwatch(value);
  if (key === "origins" && value === "one") return make("span", { class: "sign", "aria-hidden": "true" }, "○");
  if (key === "dispute" && value === "yes") return make("span", { class: "sign", "aria-hidden": "true" }, "≠");
  return null;
};

const facetRow = (key, value) => {
  const box = make("input", { type: "checkbox", "data-key": `${key}:${value}` });
  box.addEventListener("change", () => change((s) => s.hide[key][box.checked ? "delete" : "add"](value)));
  const number = make("span", { class: "number" });
  const name = valueName(key, value);
  const only = button("only", () => showOnly(key, value), { class: "quiet only", "aria-label": `${facetTitles[key]}: only ${name}` });
  const item = make("li", {}, make("label", {}, box, signOf(key, value), make("span", { class: "value" }, name), number), only);
  return { item, box, number };
};

const showOnly = (key, value) =>
  change((s) => {
    s.hide[key] = new Set([...tally[key].keys()].filter((other) => other !== value));
  });

const statusOrder = () => [...Object.keys(graph.about.encoding.statuses), "none"];

const updateLegend = () => {
  for (const [key, { list, rows }] of legendRows) {
    for (const value of [...tally[key].keys(), ...state.hide[key]]) if (!rows.has(value)) rows.set(value, facetRow(key, value));
    const missing = [...rows].filter(([, row]) => !row.item.isConnected);
    if (missing.length) list.replaceChildren(...orderedRows(key, rows).map((row) => row.item));
    for (const [value, row] of rows) {
      const number = tally[key].get(value) || 0;
      row.box.checked = !state.hide[key].has(value);
      row.number.textContent = number.toLocaleString("en");
      row.item.classList.toggle("empty", number === 0);
    }
    list.closest("details").hidden = rows.size < (key === "kind" || key === "type" ? 1 : 2);
  }
};

const orderedRows = (key, rows) => {
  const order = key === "status" ? ([value]) => statusOrder().indexOf(value) : ([value]) => -(tally[key].get(value) || 0);
  return [...rows].sort((p, q) => order(p) - order(q) || (p[0] < q[0] ? -1 : 1)).map(([, row]) => row);
};
