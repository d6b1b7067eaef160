// Search over names and aliases in any script, marks on letters left aside. One box, used in three places.
let searchIndex = null;
const buildIndex = () =>
  graph.nodes.map((node) => ({ node, names: [node.label, ...node.aliases].map((name) => ({ name, folded: fold(name) })) }));

const searchNames = (query, limit = 12) => {
  searchIndex = searchIndex || buildIndex();
  const wanted = fold(query).trim();
  if (!wanted) return [];
  const found = [];
  for (const { node, names } of searchIndex) {
    let best = null;
    for (const { name, folded } of names) {
      const at = folded.indexOf(wanted);
      if (at < 0) continue;
      const score = (folded === wanted ? 0 : at === 0 ? 1 : /[\s\-("«]/.test(folded[at - 1]) ? 2 : 3) + (name === node.label ? 0 : 0.5) + (node.deal ? 0.25 : 0);
      if (!best || score < best.score) best = { node, name, score };
    }
    if (best) found.push(best);
  }
  return found.sort((p, q) => p.score - q.score || q.node.deg - p.node.deg || (p.node.id < q.node.id ? -1 : 1)).slice(0, limit);
};

// A text field with a list of names below it, worked by arrows and Enter.
const nameBox = (input, list, onpick) => {
  let found = [], at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const hit = found[index];
    if (!hit) return;
    close();
    onpick(hit.node, input);
  };
  const mark = (index) => {
    at = (index + found.length) % found.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => {
    found = searchNames(input.value);
    list.replaceChildren(...found.map((hit, i) => hitItem(hit, `${list.id}-${i}`, () => choose(i))));
    list.hidden = !input.value.trim();
    if (!found.length) list.replaceChildren(make("li", { class: "muted", role: "option", "aria-disabled": "true" }, "no name found"));
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
    if (found.length) mark(0);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (!found.length || list.hidden) return;
    else if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter") choose(Math.max(at, 0));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
};

const hitItem = ({ node, name }, id, onpick) => {
  const other = name === node.label ? "" : make("span", { class: "muted" }, nameText(name), " ");
  const item = make("li", { role: "option", id, "aria-selected": "false" }, swatch(node.type, 16), make("span", { dir: "auto" }, node.label), other, make("span", { class: "muted right" }, words(node.deal ? node.kind : node.type)));
  item.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    onpick();
  });
  return item;
};

const startSearch = () =>
  nameBox(byId("search"), byId("hits"), (node, input) => {
    input.value = "";
    goTo(node);
    byId("network").focus();
  });

// Show a thing wherever it is: if the filters hide it, say so instead of failing silently.
const goTo = (node) => {
  change((s) => Object.assign(s, { node: node.deal && s.draw === "links" ? "" : node.id, link: node.deal ? node.id : "", drop: s.drop.filter((id) => id !== node.id) }));
  const seen = node.deal && state.draw === "links" ? node.parties.map((party) => party.node).find((end) => scene.shown.has(end)) : node;
  if (seen && scene.shown.has(seen)) bringIntoSight(seen);
  say(scene.shown.has(seen) ? `${node.label}, ${words(node.deal ? node.kind : node.type)}` : `${node.label} is hidden by the filters or the day`);
};
