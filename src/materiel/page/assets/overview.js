// Large graphs open on their communities: one disc each, named after its hubs, with counts and what joins them.
const GROUPS_SHOWN = 140, MEMBERS_SHOWN = 220;
const overview = { groups: [], hidden: 0, members: new Map() };

const groupScene = (passing, links) => {
  overview.members = new Map();
  for (const node of passing) {
    if (!overview.members.has(node.g)) overview.members.set(node.g, []);
    overview.members.get(node.g).push(node);
  }
  const open = new Set(state.groups), kept = new Set(state.add.concat(state.node, state.path, route.nodes.map((node) => node.id)));
  const ranked = [...overview.members].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const discs = new Map(ranked.filter(([g]) => !open.has(g)).slice(0, GROUPS_SHOWN).map(([g, nodes]) => [g, discOf(g, nodes)]));
  overview.hidden = ranked.length - open.size - discs.size;
  const shown = new Set();
  for (const [g, nodes] of overview.members) {
    const inside = open.has(g) ? byDegree(nodes).slice(0, MEMBERS_SHOWN) : nodes.filter((node) => kept.has(node.id));
    for (const node of inside) if (!state.drop.includes(node.id)) shown.add(node);
  }
  scene.shown = shown;
  scene.nodes = [...discs.values(), ...shown];
  scene.links = joined(links, shown, discs);
  for (const node of shown) node.more = open.has(node.g) ? hiddenNeighbours(node).length : 0;
};

const byDegree = (nodes) => [...nodes].sort((a, b) => b.deg - a.deg || (a.id < b.id ? -1 : 1));

const discOf = (g, nodes) => {
  const [hub] = byDegree(nodes.filter((node) => !node.deal));
  const x = nodes.reduce((sum, node) => sum + node.x, 0) / nodes.length, y = nodes.reduce((sum, node) => sum + node.y, 0) / nodes.length;
  return {
    id: `community-${g}`, g, group: true, size: nodes.length, label: hub ? hub.label : `community ${g + 1}`, type: "community",
    x, y, px: x, py: y, deg: nodes.length, aliases: [], adj: null, more: 0,
  };
};

// A link between two drawn things is itself; all others are counted between the discs that stand for them.
const joined = (links, shown, discs) => {
  const own = [], counted = new Map();
  const stands = (node) => (shown.has(node) ? node : discs.get(node.g));
  for (const link of links) {
    if (!link.ok) continue;
    const a = stands(link.a), b = stands(link.b);
    if (!a || !b || a === b) continue;
    if (!a.group && !b.group) own.push(link);
    else countBetween(counted, a, b);
  }
  return own.concat(backbone([...counted.values()]));
};

// Of what joins the discs, the three strongest of each are drawn: enough to see who belongs where.
const backbone = (joins) => {
  const drawn = new Map();
  const free = (end) => {
    drawn.set(end, (drawn.get(end) || 0) + 1);
    return drawn.get(end) <= 3;
  };
  return joins.sort((p, q) => q.count - p.count || (p.key < q.key ? -1 : 1)).filter((join) => [free(join.a), free(join.b)].includes(true)).slice(0, 600);
};

const countBetween = (counted, a, b) => {
  const key = a.id < b.id ? `${a.id}~${b.id}` : `${b.id}~${a.id}`;
  if (!counted.has(key)) counted.set(key, { key, a, b, deal: null, rel: null, kind: "", role: "", bend: 0, count: 0 });
  counted.get(key).count += 1;
};

const openGroup = (g) => change((s) => s.groups.push(g));
const closeGroup = (g) => change((s) => (s.groups = s.groups.filter((open) => open !== g)));
const kindsInside = (nodes) => {
  const kinds = new Map();
  for (const node of nodes) kinds.set(node.type, (kinds.get(node.type) || 0) + 1);
  return [...kinds].sort((a, b) => b[1] - a[1]);
};
