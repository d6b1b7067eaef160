// The legend's filters: which values an item has, which are hidden, and how many would be seen.
const facetTitles = {
  type: "Type", status: "Status of the agreement", kind: "Kind of link", country: "Country", category: "Product category",
  origins: "Voices", dispute: "Contradictions",
};
const valueNames = {
  status: { none: "no status (other statements)" }, country: { none: "no country" },
  origins: { one: "one voice only", more: "two or more", unknown: "not counted" }, dispute: { yes: "disputed", no: "not disputed" },
};
const valueName = (facet, value) => {
  if (valueNames[facet] && Object.hasOwn(valueNames[facet], value)) return valueNames[facet][value];
  return facet === "country" ? countryName(value) : words(value);
};

let regionNames = null;
const countryName = (code) => {
  try {
    regionNames = regionNames || new Intl.DisplayNames(["en"], { type: "region" });
    return regionNames.of(code) || code;
  } catch {
    return code;
  }
};

const nodeValues = (node) => ({ type: node.type, country: node.deal ? null : node.country || "none", category: node.cat || null });

const originBand = (origins) => (origins > 1 ? "more" : origins === 1 ? "one" : "unknown");

const linkValues = (link) => {
  const item = link.deal || link.rel;
  return {
    status: link.deal ? link.deal.status : "none", kind: link.kind, origins: originBand(item.origins || 0), dispute: item.disputed ? "yes" : "no",
  };
};

// How many facets hide an item: none means shown, one names the facet whose count still includes it.
const hiddenBy = (values) => Object.keys(values).filter((key) => values[key] !== null && state.hide[key].has(values[key]));

// A deal about hidden product categories only is hidden with them.
const categoryHidden = (deal) => {
  const known = deal.products.map((product) => product.cat).filter(Boolean);
  return known.length > 0 && known.every((cat) => state.hide.category.has(cat));
};

const tally = Object.fromEntries(FACETS.map((key) => [key, new Map()]));
const countOne = (key, value) => tally[key].set(value, (tally[key].get(value) || 0) + 1);

const countValues = (values, hidden) => {
  for (const [key, value] of Object.entries(values)) {
    if (value === null) continue;
    if (!hidden.length || (hidden.length === 1 && hidden[0] === key)) countOne(key, value);
    else if (!tally[key].has(value)) tally[key].set(value, 0);
  }
};

const applyFacets = (links) => {
  for (const map of Object.values(tally)) map.clear();
  for (const node of graph.nodes) {
    const values = nodeValues(node);
    node.hidden = hiddenBy(values);
    node.pass = !node.hidden.length && !(node.deal && !node.on);
    node.seen = false;
  }
  for (const link of links) passLink(link);
};

const statementsCounted = new Set();
const passLink = (link) => {
  const item = link.deal || link.rel;
  link.ok = false;
  if (!item.on) return;
  const values = linkValues(link), hidden = hiddenBy(values);
  if (link.deal && categoryHidden(link.deal)) hidden.push("category");
  const ends = link.a.pass && link.b.pass;
  // A deal of five parties is one statement, not ten.
  if (ends && !statementsCounted.has(item)) {
    statementsCounted.add(item);
    countValues(values, hidden);
  }
  link.ok = ends && !hidden.length;
  if (link.ok) link.a.seen = link.b.seen = true;
};

const finishFacets = () => {
  statementsCounted.clear();
  const filtered = dayText() !== "all time" || ["status", "kind", "origins", "dispute", "category"].some((key) => state.hide[key].size);
  for (const node of graph.nodes) {
    const alone = !filtered && !node.adj[state.draw].length && !node.deal;
    node.drawn = node.pass && (node.seen || alone) && (state.draw === "agreements" || !node.deal);
    if (node.deal && state.draw === "links") continue;
    // Whether a node is hidden by its own facets or not, it is counted where it would be seen again.
    if (node.drawn || (node.hidden.length === 1 && node.adj[state.draw].some((link) => (link.deal || link.rel).on))) countValues(nodeValues(node), node.hidden);
  }
};
