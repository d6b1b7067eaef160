// One statement in full: steps newest first, each with its pages; contradictions side by side.
const badge = (status) => make("span", { class: "badge" }, words(status));

const dealPanel = (deal) => [
  make("h2", { dir: "auto", "data-key": "head", tabindex: -1 }, deal.label),
  make("p", {}, deal.now ? badge(deal.now.s) : null, ` ${words(deal.kind)}`, deal.value ? ` · ${deal.value}` : ""),
  make("p", { class: "small" }, supportLine(deal)),
  make("div", { class: "row" }, copyMenu(deal), backButton()),
  make("h3", {}, "Parties"),
  make("ul", { class: "parties" }, deal.parties.map((party) => make("li", {}, named(party.node), make("span", { class: "muted" }, [words(party.role), party.share != null && `${party.share} %`].filter(Boolean).join(" · "))))),
  deal.products.length ? [make("h3", {}, "About"), make("ul", { class: "parties" }, deal.products.map((node) => make("li", {}, named(node))))] : null,
  deal.site ? [make("h3", {}, "Site"), make("ul", { class: "parties" }, make("li", {}, named(deal.site)))] : null,
  deal.conflicts.length ? clashes(deal) : null,
  make("h3", {}, "What was said, newest first"),
  make("ol", { class: "steps" }, [...deal.steps].reverse().map((step) => stepItem(step))),
];

const supportLine = (item) => {
  const one = item.origins === 1 ? " ○ All sources go back to one voice." : "";
  return `${supportText(item)}, ${count(sourcesOf(item).length, "page", "pages")}.${one}${item.disputed ? " ≠ Disputed." : ""}`;
};

const backButton = () => button("Close", () => change((s) => Object.assign(s, { link: "", node: s.node })), { "data-key": "close" });

const stepItem = (step) => {
  const later = state.asof && !counts(step, lastDay(state.asof), state.clock);
  return make("li", { class: later ? "later" : null },
    make("div", {}, badge(step.s), " ", make("time", { datetime: step.d || null }, step.d || "undated"), later ? make("span", { class: "muted" }, " after the day shown") : null),
    step.t ? make("p", { dir: "auto" }, step.t) : null,
    step.w ? make("p", { class: "muted small" }, "Said by ", make("span", { dir: "auto" }, step.w)) : null,
    sourceList((step.f || []).map((number) => graph.sources[number]), step.o));
};

const sourceList = (sources, origins) => {
  if (!sources.length) return make("p", { class: "muted small" }, "no page named");
  return [
    make("ul", { class: "sources" }, sources.map((source) => make("li", {}, sourceLine(source)))),
    origins === 1 && sources.length > 1 ? make("p", { class: "muted small" }, "○ all from one voice") : null,
  ];
};

const sourceLine = (source) => [
  make("span", { dir: "auto" }, source.p || source.o || ""), source.p || source.o ? ": " : "",
  webLink(source.u, source.t || source.u || "page", { hreflang: source.l || null }),
  make("span", { class: "muted" }, ` ${source.d || "undated"}`, source.l && source.l !== "en" ? ` · in ${languageName(source.l)}` : ""),
  source.v ? [" · ", webLink(source.v, "archived")] : null,
  source.u && webAddress(source.u) ? make("span", { class: "address muted" }, webAddress(source.u).hostname) : null,
];

let languageNames = null;
const languageName = (code) => {
  try {
    languageNames = languageNames || new Intl.DisplayNames(["en"], { type: "language" });
    return languageNames.of(code) || code;
  } catch {
    return code;
  }
};

const clashes = (deal) => [
  make("h3", {}, "≠ Contradictions"),
  deal.conflicts.map((clash) => make("div", { class: "clash" },
    make("p", { dir: "auto" }, clash.t, clash.k || clash.s ? make("span", { class: "muted" }, ` (${[clash.k, clash.s].filter(Boolean).map(words).join(", ")})`) : null),
    clash.v && clash.v.length ? make("div", { class: "sides" }, clash.v.map((side) => make("div", {}, make("p", { dir: "auto" }, side.t), sourceList((side.f || []).map((number) => graph.sources[number]))))) : null)),
];

const relationPanel = (rel) => [
  make("h2", { dir: "auto", "data-key": "head", tabindex: -1 }, `${rel.a.label} – ${rel.b.label}`),
  make("p", {}, words(rel.kind), rel.role ? ` · ${rel.role}` : "", rel.share != null ? ` · ${rel.share} %` : ""),
  make("p", { class: "muted small" }, [rel.from && `from ${rel.from}`, rel.until && `until ${rel.until}`, !rel.from && rel.known && `first stated ${rel.known}`].filter(Boolean).join(", ") || "no day told"),
  make("p", { class: "small" }, supportLine(rel)),
  make("ul", { class: "parties" }, make("li", {}, named(rel.a)), make("li", {}, named(rel.b))),
  make("div", { class: "row" }, copyMenu(rel), backButton()),
  make("h3", {}, "Sources"),
  sourceList(rel.sources.map((number) => graph.sources[number]), rel.origins),
];

const openCommunity = (disc) => {
  const nodes = overview.members.get(disc.g) || [], top = byDegree(nodes.filter((node) => !node.deal)).slice(0, 12);
  const joins = scene.links.filter((link) => link.a === disc || link.b === disc).slice(0, 8);
  byId("panel").replaceChildren(
    make("h2", { dir: "auto", tabindex: -1 }, disc.label), make("p", { class: "muted" }, `Community of ${nodes.length.toLocaleString("en")}`),
    make("div", { class: "row" }, button(`Open (${Math.min(nodes.length, MEMBERS_SHOWN)})`, () => openGroup(disc.g))),
    make("p", { class: "small" }, kindsInside(nodes).map(([type, number]) => `${number.toLocaleString("en")} ${words(type)}`).join(", ")),
    make("h3", {}, "Hubs"), make("ul", { class: "parties" }, top.map((node) => make("li", {}, named(node), make("span", { class: "muted" }, count(node.deg, "link", "links"))))),
    make("h3", {}, "Joined to"), make("ul", { class: "parties" }, joins.map((link) => make("li", {}, otherEnd(link, disc).label, make("span", { class: "muted" }, ` ${count(link.count, "link", "links")}`)))));
};

const openJoin = (join) => {
  const stands = (end) => (end.group ? (node) => node.g === end.g : (node) => node === end);
  const [a, b] = [stands(join.a), stands(join.b)];
  const links = join.inside || graph.sets[state.draw].filter((link) => link.ok && ((a(link.a) && b(link.b)) || (a(link.b) && b(link.a))));
  const items = new Set(links.map((link) => link.deal || link.rel));
  byId("panel").replaceChildren(
    make("h2", { dir: "auto", tabindex: -1 }, `${join.a.label} – ${join.b.label}`), make("p", {}, `${count(join.count, "link", "links")} of ${count(items.size, "statement", "statements")}`),
    make("ul", { class: "statements" }, [...items].slice(0, 100).map((item) => make("li", {}, item.deal ? dealButton(item) : fill(button("", () => change((s) => (s.link = item.id)), { class: "statement" }), {}, [namesOf(item)])))));
};
