// Everything the reader chose, and nothing else: it goes into the address, back out of it, and onto the undo stack.
const FACETS = ["type", "status", "kind", "country", "category", "origins", "dispute"];
const fresh = () => ({
  draw: "links", base: "", ego: "", depth: 1, add: [], drop: [], groups: [], pins: new Map(), hide: Object.fromEntries(FACETS.map((key) => [key, new Set()])),
  asof: "", clock: "event", node: "", link: "", path: [], firm: false, table: "", story: -1, at: null,
});
const state = fresh();
const undoStack = [];
let firstState = "";

const writeState = () => {
  const hash = new URLSearchParams();
  const put = (key, value) => value && hash.set(key, value);
  put("draw", state.draw === "links" ? "" : state.draw);
  put("show", state.base);
  put("ego", state.ego && `${state.ego}~${state.depth}`);
  for (const key of ["add", "drop", "groups"]) put(key, state[key].join(" "));
  put("pins", [...state.pins].map(([id, [x, y]]) => `${id}:${Math.round(x)}:${Math.round(y)}`).join(" "));
  put("hide", FACETS.filter((key) => state.hide[key].size).map((key) => `${key}:${[...state.hide[key]].join(",")}`).join(" "));
  put("asof", state.asof);
  put("clock", state.clock === "event" ? "" : state.clock);
  put("n", state.node);
  put("l", state.link);
  put("path", state.path.length === 2 ? state.path.join("~") : "");
  put("firm", state.firm ? "1" : "");
  put("table", state.table);
  put("story", state.story >= 0 ? String(state.story + 1) : "");
  put("at", state.at && state.at.map((value) => Number(value.toPrecision(5))).join(":"));
  return hash.toString();
};

const readState = (text) => {
  const hash = new URLSearchParams(text), next = fresh();
  const get = (key) => hash.get(key) || "";
  const list = (key) => get(key).split(" ").filter(Boolean);
  next.draw = get("draw") === "agreements" ? "agreements" : "links";
  next.base = ["all", "hubs", "groups", "ego"].includes(get("show")) ? get("show") : "";
  const ego = get("ego").split("~");
  if (graph.byId.has(ego[0])) [next.ego, next.depth] = [ego[0], Math.min(Math.max(Number(ego[1]) || 1, 1), 4)];
  next.add = list("add").filter((id) => graph.byId.has(id));
  next.drop = list("drop").filter((id) => graph.byId.has(id));
  next.groups = list("groups").map(Number).filter(Number.isInteger);
  for (const pin of list("pins")) readPin(next.pins, pin);
  for (const part of list("hide")) readHidden(next.hide, part);
  next.asof = /^\d{4}-\d{2}$/.test(get("asof")) ? get("asof") : "";
  next.clock = get("clock") === "known" ? "known" : "event";
  next.node = graph.byId.has(get("n")) ? get("n") : "";
  next.link = get("l");
  const path = get("path").split("~");
  next.path = path.length === 2 && path.every((id) => graph.byId.has(id)) ? path : [];
  next.firm = get("firm") === "1";
  next.table = ["entities", "statements"].includes(get("table")) ? get("table") : "";
  next.story = Math.max(-1, (Number(get("story")) || 0) - 1);
  const at = get("at").split(":").map(Number);
  next.at = at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null;
  return next;
};

const readPin = (pins, text) => {
  const [id, x, y] = text.split(":");
  if (graph.byId.has(id) && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) pins.set(id, [Number(x), Number(y)]);
};

const readHidden = (hide, text) => {
  const split = text.indexOf(":"), key = text.slice(0, split);
  if (FACETS.includes(key)) for (const value of text.slice(split + 1).split(",")) hide[key].add(value);
};

// Each change leaves the former state on the stack; small steps of one gesture (a slider, a drag) share one place.
let lastGesture = "";
const change = (work, { gesture = "", fit = false } = {}) => {
  const before = writeState();
  work(state);
  if (writeState() === before) return;
  if (!gesture || gesture !== lastGesture) undoStack.push(before);
  if (undoStack.length > 200) undoStack.shift();
  lastGesture = gesture;
  refresh({ fit });
};

const restore = (text, { fit = true } = {}) => {
  Object.assign(state, readState(text));
  lastGesture = "";
  refresh({ fit: fit && !state.at, jump: true });
};

const undo = () => {
  if (!undoStack.length) return say("Nothing to undo");
  restore(undoStack.pop(), { fit: false });
  say("Undone");
};

const writeAddress = () => {
  const text = writeState();
  // Replaced, not pushed: the Back button leaves the page, undo is ours. A sandboxed frame has no history: no matter.
  try {
    history.replaceState(null, "", text ? `#${text}` : "#");
  } catch {
    // a sandboxed frame in a notebook refuses; copying the link still works.
  }
};
