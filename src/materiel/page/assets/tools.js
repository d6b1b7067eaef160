// The toolbar, and the notice that says what this view leaves out.
const buildTools = () => {
  byId("tools").replaceChildren(
    menu("View", viewItems()),
    button("Fit", () => { fitView(); say("Whole view"); }),
    button("Path", () => openPath(graph.byId.get(state.node))),
    button("Table", () => change((s) => (s.table = s.table ? "" : "statements")), { id: "table-button", "aria-pressed": "false" }),
    menu("Export", button("Picture (PNG)", savePng), button("Drawing (SVG)", saveSvg), button("Entities (CSV)", () => saveCsv("entities")), button("Statements (CSV)", () => saveCsv("statements")), button("Data (JSON)", saveJson), button("Citations", () => saveFile(fileName("citations.txt"), "text/plain;charset=utf-8", citationList())), button("Print", () => window.print())),
    button("Copy link", copyLink),
    button("Undo", undo, { id: "undo" }),
    graph.about.story ? button("Story", () => showStep(state.story >= 0 ? -1 : 0), { id: "story-button" }) : "",
    button("Theme", switchTheme),
    button("Help", openHelp, { "aria-haspopup": "dialog" }));
};

const copyLink = () => {
  writeAddress();
  copyText(location.href.split("#")[0] + (writeState() && `#${writeState()}`), "Link to this view");
};

const viewItems = () => [
  button("Agreements as links", () => change((s) => (s.draw = "links")), { "data-view": "draw:links" }),
  button("Agreements as nodes", () => change((s) => (s.draw = "agreements")), { "data-view": "draw:agreements" }),
  button("All", () => show("all"), { "data-view": "base:all" }),
  button("Hubs", () => show("hubs"), { "data-view": "base:hubs" }),
  button("Communities", () => show("groups"), { "data-view": "base:groups" }),
  graph.about.focus.length ? button("The focus", () => show("ego"), { "data-view": "base:ego" }) : null,
  button("Start again", () => restore(firstState)),
];

const show = (base) => change((s) => Object.assign(s, { base, ego: base === "ego" ? s.ego : "", add: [], drop: [], groups: [], at: null }), { fit: true });

const updateTools = () => {
  const base = baseNow();
  for (const item of document.querySelectorAll("[data-view]")) {
    const [key, value] = item.dataset.view.split(":");
    item.setAttribute("aria-pressed", String((key === "draw" ? state.draw : base) === value));
  }
  byId("table-button").setAttribute("aria-pressed", String(Boolean(state.table)));
  byId("undo").disabled = undoStack.length === 0;
  if (byId("story-button")) byId("story-button").setAttribute("aria-pressed", String(state.story >= 0));
};

const switchTheme = () => {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  readColours();
  repaint();
  say(dark ? "Light theme" : "Dark theme");
};

// Never silently less than there is.
const updateNotice = () => {
  const base = baseNow(), drawn = scene.nodes.filter((node) => !node.group).length, missing = scene.passing - drawn;
  const notice = byId("notice");
  notice.hidden = !(missing > 0) || Boolean(state.table);
  if (notice.hidden) return notice.replaceChildren();
  const what = base === "groups" ? `${count(scene.nodes.length - drawn, "community", "communities")}${overview.hidden > 0 ? ` (${overview.hidden} small ones left out)` : ""}; double click opens one.` : `${drawn.toLocaleString("en")} of ${scene.passing.toLocaleString("en")} drawn; +n and double click add neighbours.`;
  const all = scene.passing <= 6000 ? button("Show all", () => show("all"), { class: "quiet" }) : null;
  const close = state.groups.map((g) => button(`Close ${discName(g)}`, () => closeGroup(g), { class: "quiet" }));
  notice.replaceChildren(...[what, all, ...close].filter(Boolean));
};
const discName = (g) => (byDegree((overview.members.get(g) || []).filter((node) => !node.deal))[0] || { label: `community ${g}` }).label;

const openHelp = () => {
  const keys = [
    ["Arrow keys", "walk to the linked neighbour that way"], ["Enter", "open the evidence"], ["[ and ]", "go through the links of the chosen name"], ["Escape", "clear the choice"], ["+ and −", "zoom"], ["Shift + arrows", "move the view"],
    ["0", "whole view"], ["E", "add hidden neighbours"], ["G", "only around this"], ["M", "take the chosen name by the arrow keys; M again puts it down"], ["P", "path from here"], ["X", "hide"], ["U or Ctrl+Z", "undo"], ["T", "table"], ["/", "search"], ["?", "this list"],
  ];
  const single = make("input", { type: "checkbox", id: "single" });
  single.checked = singleKeys;
  single.addEventListener("change", () => (singleKeys = single.checked));
  byId("help").replaceChildren(
    make("h2", { id: "help-title" }, "Keys and signs"), make("p", {}, "The keys work while the network has the focus."),
    make("dl", { class: "keys" }, keys.map(([key, text]) => [make("dt", {}, key), make("dd", {}, text)])),
    make("p", {}, "Dotted: reported. Dash and dot: negotiating. Dashed: announced. Long dash with small gap: approved. Solid: signed, registered, under construction, operational, delivered, expanded. Long dash with wide gap: suspended. Sparse dots: terminated or denied. ≠: sources contradict each other. ○: all sources go back to one voice. Broken outline: the name is withheld."),
    make("p", {}, `An agreement of more than ${graph.about.encoding.cliqueLimit} parties is drawn from its lead.`),
    make("p", {}, make("label", {}, single, " single-key shortcuts")), button("Close", () => byId("help").close()));
  byId("help").showModal();
};
