// Many agreements between the same two are drawn as one thicker line with their number, until one of the two is chosen.
const BUNDLE_FROM = 3, FEW_LINKS = 40;
// How firm a status is: what voids or halts a deal below what is not told, the rest in the order of the list.
const firmnessOf = (status) => (status === "none" ? 0 : bears(status, "halts") ? -codeOf(status)[0] : codeOf(status)[0]);

const bundled = (links) => {
  const pairs = new Map(), drawn = [];
  for (const link of links) {
    if (link.count) drawn.push(link);
    else (pairs.get(pairKey(link)) || pairs.set(pairKey(link), []).get(pairKey(link))).push(link);
  }
  for (const [key, same] of pairs) {
    if (same.length < BUNDLE_FROM || links.length <= FEW_LINKS || same.some(isOpen)) drawn.push(...fanned(same));
    else drawn.push({ key: `bundle ${key}`, a: same[0].a, b: same[0].b, deal: null, rel: null, kind: "", role: "", bend: 0, count: same.length, inside: same, status: best(same) });
  }
  return drawn;
};
const pairKey = (link) => (link.a.id < link.b.id ? `${link.a.id} ${link.b.id}` : `${link.b.id} ${link.a.id}`);
const isOpen = (link) => emphasis.strong.has(link.a) && emphasis.strong.has(link.b) && (isChosen(link) || emphasis.strong.size === 2);

// The fan is made of those that are seen now, so that a single one is straight.
const fanned = (same) => {
  same.forEach((link, i) => {
    link.bend = (link.a.id < link.b.id ? 1 : -1) * (i - (same.length - 1) / 2);
  });
  return same;
};

const best = (links) => links.map((link) => (link.deal ? link.deal.status : "none")).sort((p, q) => firmnessOf(q) - firmnessOf(p))[0];
