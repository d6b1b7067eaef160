// A view that shows a part of the map is drawn together once, in a fixed number of rounds: no simulation runs on.
// It starts from the places that Python computed, so the part looks like the whole, and ends with room for names.
const ROOM = [124, 62], SETTLE_LIMIT = 420, ROUNDS = 140;
const settled = new Map();

const settledPlaces = (key, nodes, links) => {
  if (!settled.has(key)) {
    if (settled.size > 40) settled.clear();
    settled.set(key, settle(nodes, links()));
  }
  return settled.get(key);
};

const settle = (nodes, links) => {
  const order = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)), index = new Map(order.map((node, i) => [node, i]));
  const pulls = pullsOf(index, links), weight = order.map(() => 1);
  for (const [i, j] of pulls) [weight[i], weight[j]] = [weight[i] + 1, weight[j] + 1];
  const at = startPlaces(order);
  for (let round = 0; round < ROUNDS; round++) pullTogether(at, pulls, weight, 1 - round / ROUNDS);
  const reach = Math.sqrt((order.length * ROOM[0] * ROOM[1] * 1.25) / Math.PI);
  rescale(at, reach);
  for (let round = 0; round < 90; round++) if (!makeRoom(at)) break;
  return new Map(order.map((node, i) => [node, [Math.round(at[i][0]), Math.round(at[i][1])]]));
};

const pullsOf = (index, links) => {
  const pairs = new Map();
  for (const link of links) {
    const i = index.get(link.a), j = index.get(link.b);
    if (i === undefined || j === undefined || i === j) continue;
    const key = Math.min(i, j) * 100000 + Math.max(i, j);
    pairs.set(key, (pairs.get(key) || 0) + 1);
  }
  return [...pairs].map(([key, times]) => [Math.floor(key / 100000), key % 100000, 1 + Math.log(times)]);
};

// The map's own places, drawn to a common size; a turn of the golden angle keeps two from falling together.
const startPlaces = (nodes) => {
  const at = nodes.map((node, i) => [node.x + Math.cos(i * 2.4) * 5, node.y + Math.sin(i * 2.4) * 5]);
  rescale(at, 10 * Math.sqrt(nodes.length));
  return at;
};

const rescale = (at, reach) => {
  const n = at.length || 1, cx = at.reduce((sum, p) => sum + p[0], 0) / n, cy = at.reduce((sum, p) => sum + p[1], 0) / n;
  const far = at.map((p) => Math.hypot(p[0] - cx, p[1] - cy)).sort((a, b) => a - b)[Math.floor(n * 0.95)] || 1;
  for (const p of at) {
    const [x, y] = [((p[0] - cx) / far) * reach, ((p[1] - cy) / far) * reach], d = Math.hypot(x, y), most = reach * 1.25;
    [p[0], p[1]] = d > most ? [(x / d) * most, (y / d) * most] : [x, y];
  }
};

// Everyone away from everyone by weight, the linked towards each other by the logarithm: groups part, hubs stay apart.
const pullTogether = (at, pulls, weight, heat) => {
  const move = at.map(() => [0, 0]);
  for (let i = 0; i < at.length; i++) {
    for (let j = i + 1; j < at.length; j++) {
      const dx = at[j][0] - at[i][0], dy = at[j][1] - at[i][1], far = dx * dx + dy * dy + 1, push = (12 * Math.sqrt(weight[i] * weight[j])) / far;
      move[i][0] -= dx * push; move[i][1] -= dy * push; move[j][0] += dx * push; move[j][1] += dy * push;
    }
    move[i][0] -= at[i][0] * 0.012 * weight[i] ** 0.5; move[i][1] -= at[i][1] * 0.012 * weight[i] ** 0.5;
  }
  for (const [i, j, times] of pulls) {
    const dx = at[j][0] - at[i][0], dy = at[j][1] - at[i][1], d = Math.hypot(dx, dy) || 1, pull = (times * Math.log(1 + d)) / d / Math.sqrt(Math.min(weight[i], weight[j]));
    move[i][0] += dx * pull; move[i][1] += dy * pull; move[j][0] -= dx * pull; move[j][1] -= dy * pull;
  }
  const most = 1 + 14 * heat;
  at.forEach((p, i) => {
    const d = Math.hypot(...move[i]) || 1, step = Math.min(d, most) / d;
    p[0] += move[i][0] * step; p[1] += move[i][1] * step;
  });
};

// A name is wide and low: two glyphs may stand closer above each other than side by side.
const makeRoom = (at) => {
  let moved = false;
  for (let i = 0; i < at.length; i++) {
    for (let j = i + 1; j < at.length; j++) {
      const dx = (at[j][0] - at[i][0]) / ROOM[0], dy = (at[j][1] - at[i][1]) / ROOM[1], d = Math.hypot(dx, dy) || 0.01;
      if (d >= 1) continue;
      const push = (1 - d) / d / 2;
      at[i][0] -= dx * push * ROOM[0]; at[i][1] -= dy * push * ROOM[1]; at[j][0] += dx * push * ROOM[0]; at[j][1] += dy * push * ROOM[1];
      moved = true;
    }
  }
  return moved;
};

// The nearest free place around the middle of those that the newcomer is joined to, ring by ring.
const besidePlace = (node, places) => {
  const near = [...new Set(node.adj[state.draw].map((link) => otherEnd(link, node)))].map((other) => places.get(other)).filter(Boolean);
  const all = near.length ? near : [...places.values()];
  const [x, y] = [0, 1].map((axis) => all.reduce((sum, place) => sum + place[axis], 0) / all.length);
  const taken = [...places.values()], free = (spot) => taken.every((place) => Math.hypot((place[0] - spot[0]) / ROOM[0], (place[1] - spot[1]) / ROOM[1]) > 0.75);
  for (let ring = 1; ring < 60; ring++) {
    for (let turn = 0; turn < 6 * ring; turn++) {
      const angle = (turn / (6 * ring)) * 2 * Math.PI, spot = [Math.round(x + Math.cos(angle) * ring * ROOM[0] * 0.5), Math.round(y + Math.sin(angle) * ring * ROOM[1] * 0.5)];
      if (free(spot)) return spot;
    }
  }
  return [Math.round(x), Math.round(y)];
};
