// The tip beside the pointer and the choice by click.
const followPointer = () => {
  const stage = byId("network");
  let last = null;
  const look = oncePerFrame(() => last && showTip(last));
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return hideTip();
    const box = stage.getBoundingClientRect();
    last = { x: event.clientX - box.left, y: event.clientY - box.top };
    look();
  });
  stage.addEventListener("pointerleave", () => {
    last = null;
    hideTip();
  });
};

const hideTip = () => {
  byId("tip").hidden = true;
};

const showTip = ({ x, y }) => {
  const at = network.DOMtoCanvas({ x, y }), found = under(at.x, at.y), tip = byId("tip");
  byId("network").classList.toggle("over", Boolean(found));
  if (!found) return hideTip();
  tip.replaceChildren(...(found.node ? nodeTip(found.node) : linkTip(found.link)));
  tip.hidden = false;
  tip.style.left = `${Math.min(x + 14, view.w - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(y + 16, view.h - tip.offsetHeight - 8)}px`;
};

const nodeTip = (node) => {
  if (node.group) return [make("strong", {}, node.label), make("div", {}, `community of ${node.size.toLocaleString("en")}; double click opens it`)];
  const what = node.deal ? `${words(node.kind)} · ${words(node.status)}` : words(node.type) + (node.country ? ` · ${countryName(node.country)}` : "");
  return [make("strong", { dir: "auto" }, node.label), make("div", {}, what), node.more ? make("div", { class: "muted" }, `${node.more} more not drawn; double click adds them`) : ""];
};

const linkTip = (link) => {
  if (link.count) return [make("strong", {}, `${link.a.label} – ${link.b.label}`), make("div", {}, count(link.count, "link", "links"))];
  const item = link.deal || link.rel, now = link.deal && link.deal.now;
  const line = now ? `${words(link.kind)} · ${words(now.s)} ${now.d || ""}` : words(link.kind) + (link.role ? ` · ${link.role}` : "");
  return [
    make("strong", { dir: "auto" }, link.deal ? link.deal.label : `${link.a.label} – ${link.b.label}`),
    link.deal ? make("div", { dir: "auto" }, `${link.a.label} – ${link.b.label}`) : "",
    make("div", {}, line),
    now && now.t ? make("div", { class: "muted", dir: "auto" }, now.t) : "",
    make("div", { class: "muted" }, `${supportText(item)}${item.disputed ? " · disputed" : ""}`),
  ];
};

const supportText = (item) => (item.origins ? count(item.origins, "voice", "voices") : count(sourcesOf(item).length, "source", "sources"));

const pick = (found) => {
  if (!found) return change((s) => Object.assign(s, { node: "", link: "" }));
  if (found.node && found.node.group) return openCommunity(found.node);
  if (found.link && found.link.count) return openJoin(found.link);
  change((s) => Object.assign(s, found.node ? { node: found.node.id, link: "" } : { node: "", link: (found.link.deal || found.link.rel).id }));
};

const widen = (found) => {
  if (!found || !found.node) return;
  if (found.node.group) return openGroup(found.node.g);
  expand(found.node);
};

const expand = (node, wanted = hiddenNeighbours(node)) => {
  if (!wanted.length) return say(`${node.label}: all neighbours are drawn`);
  const ids = byDegree(wanted).slice(0, 60).map((other) => other.id);
  change((s) => Object.assign(s, { add: [...new Set([...s.add, node.id, ...ids])], drop: s.drop.filter((id) => !ids.includes(id)), node: node.id, link: "" }));
  say(`${count(ids.length, "neighbour", "neighbours")} of ${node.label} added${ids.length < wanted.length ? `, ${wanted.length - ids.length} left` : ""}`);
};
