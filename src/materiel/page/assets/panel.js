// The evidence panel: what is chosen, who says so, when, and who says otherwise.
const chosenStatement = () => {
  if (!state.link) return null;
  const deal = graph.byId.get(state.link);
  return deal && deal.deal ? deal : graph.relations.find((rel) => rel.id === state.link) || null;
};

let shownInPanel = "";
const updatePanel = () => {
  const statement = emphasis.statement, node = graph.byId.get(state.node), panel = byId("panel");
  const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.key || "head" : "";
  const subject = statement || (node && node.deal ? node : null);
  const body = subject ? (subject.deal ? dealPanel(subject) : relationPanel(subject)) : node ? nodePanel(node) : wantsPath ? [] : emptyPanel();
  panel.replaceChildren(...[pathPanel(), body].flat(3).filter(Boolean));
  const key = `${state.node}|${state.link}`;
  if (key !== shownInPanel) panel.scrollTop = 0;
  shownInPanel = key;
  if (focused) ([...panel.querySelectorAll("[data-key]")].find((element) => element.dataset.key === focused) || panel).focus();
};

const emptyPanel = () => [
  make("h2", {}, "Evidence"),
  make("p", {}, "Choose a name or a link to see who says so, and when."),
  make("dl", { class: "facts" },
    make("dt", {}, "Shown"), make("dd", {}, shownText()),
    graph.about.scope.length ? [make("dt", {}, "Scope"), graph.about.scope.map((line) => make("dd", { dir: "auto" }, line))] : null,
    graph.about.dataset ? [make("dt", {}, "Data"), make("dd", { dir: "auto" }, graph.about.dataset)] : null),
];

const nodeButton = (node) => button("", () => goTo(node), { class: "name", "data-key": `go:${node.id}` });
const named = (node) => fill(nodeButton(node), {}, [swatch(node.type, 16), make("span", { dir: "auto" }, node.label)]);

const nodePanel = (node) => {
  const links = node.adj[state.draw].filter((link) => link.ok);
  const statements = [...new Set(links.map((link) => link.deal || link.rel))];
  const deals = statements.filter((item) => item.deal).sort((p, q) => lastDate(q).localeCompare(lastDate(p)));
  return [
    make("h2", { dir: "auto", "data-key": "head", tabindex: -1 }, node.label),
    make("p", { class: "muted" }, [words(node.type), node.country && countryName(node.country), node.cat && words(node.cat), node.undisclosed && "name withheld by the sources"].filter(Boolean).join(" · ")),
    node.aliases.length ? make("p", { class: "small" }, "Also: ", node.aliases.map((name, i) => [i ? ", " : "", nameText(name)])) : null,
    node.text ? make("p", { dir: "auto" }, node.text) : null,
    nodeTools(node),
    deals.length ? make("h3", {}, count(deals.length, "agreement", "agreements")) : null,
    deals.length ? make("ul", { class: "statements" }, deals.map((deal) => make("li", {}, dealButton(deal)))) : null,
    otherStatements(node, statements.filter((item) => !item.deal)),
  ];
};
const lastDate = (deal) => (deal.now && deal.now.d) || "";

const nodeTools = (node) => {
  const more = hiddenNeighbours(node), dropped = () => change((s) => Object.assign(s, { drop: [...s.drop, node.id], node: "" }));
  return make("div", { class: "row" },
    more.length ? button(`Show ${count(Math.min(more.length, 60), "neighbour more", "neighbours more")}`, () => expand(node), { "data-key": "more" }) : null,
    button("Only around this", () => change((s) => Object.assign(s, { base: "ego", ego: node.id, depth: 1, add: [], drop: [] }), { fit: true }), { "data-key": "ego" }),
    state.ego === node.id ? button(state.depth < 2 ? "Two steps" : "One step", () => change((s) => (s.depth = s.depth < 2 ? 2 : 1), { fit: true }), { "data-key": "depth" }) : null,
    button("Path from here", () => openPath(node), { "data-key": "path" }),
    button(state.pins.has(node.id) ? "Unpin" : "Pin", () => togglePin(node), { "data-key": "pin" }),
    button("Hide", dropped, { "data-key": "hide" }),
    copyMenu(node),
    more.length > 12 ? make("div", { class: "row", role: "group", "aria-label": "Show neighbours by kind of link" }, byKind(node, more)) : null);
};

const byKind = (node, more) => {
  const kinds = new Map(), hidden = new Set(more);
  for (const link of node.adj[state.draw]) {
    const other = otherEnd(link, node);
    if (link.ok && hidden.has(other)) (kinds.get(link.kind) || kinds.set(link.kind, new Set()).get(link.kind)).add(other);
  }
  return [...kinds].sort((a, b) => b[1].size - a[1].size).slice(0, 8).map(([kind, nodes]) => button(`+${nodes.size} ${words(kind)}`, () => expand(node, [...nodes]), { class: "quiet" }));
};

const togglePin = (node) =>
  change((s) => {
    s.pins = new Map(s.pins);
    if (!s.pins.delete(node.id)) s.pins.set(node.id, pinOf(node));
  });

const dealButton = (deal) => {
  const others = deal.parties.map((party) => party.node.label).join(", ");
  return button("", () => change((s) => Object.assign(s, { link: deal.id, node: state.draw === "agreements" ? s.node : "" })), { class: "statement", "data-key": `deal:${deal.id}` })
    .appendChild(make("span", {}, make("strong", { dir: "auto" }, deal.label), make("span", { class: "line2" }, deal.now ? badge(deal.now.s) : null, ` ${lastDate(deal)} · ${words(deal.kind)}`, deal.disputed ? " · ≠ disputed" : "", deal.origins === 1 ? " · ○ one voice" : ""), make("span", { class: "muted small", dir: "auto" }, others))).parentNode;
};

const otherStatements = (node, relations) => {
  if (!relations.length) return null;
  const rows = relations.slice(0, 200).map((rel) => {
    const away = rel.a === node;
    const text = make("span", {}, make("span", { class: "muted" }, away ? `${words(rel.kind)} ` : ""), make("span", { dir: "auto" }, otherEnd(rel, node).label), make("span", { class: "muted" }, away ? "" : ` ${words(rel.kind)} this`, rel.role ? ` · ${rel.role}` : ""));
    return make("li", {}, fill(button("", () => change((s) => Object.assign(s, { link: rel.id })), { class: "statement", "data-key": `rel:${rel.id}` }), {}, [text]));
  });
  return [make("h3", {}, count(relations.length, "other statement", "other statements")), make("ul", { class: "statements" }, rows)];
};
