// The slider: month by month, with two clocks. Its last place means no limit.
const timeline = { slider: null, readout: null, play: null, timer: 0, clocks: {} };
const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");

const buildTimeline = () => {
  const box = byId("timeline");
  if (time.months.length < 2) return (box.hidden = true);
  timeline.slider = make("input", { type: "range", id: "asof", min: 0, max: time.months.length, step: 1, "aria-label": "As of month" });
  timeline.slider.addEventListener("input", oncePerFrame(() => setMonth(Number(timeline.slider.value), "slide")));
  timeline.readout = make("output", { for: "asof", class: "readout" });
  timeline.play = button("Play", togglePlay, { class: "play", "aria-pressed": "false", hidden: stillness.matches });
  stillness.addEventListener("change", () => (timeline.play.hidden = stillness.matches));
  const clock = make("fieldset", { class: "clock" }, make("legend", { class: "unseen" }, "Which day counts"), clockChoice("event", "happened by"), clockChoice("known", "known by"));
  box.replaceChildren(clock, timeline.play, make("div", { class: "track" }, bars(), timeline.slider), timeline.readout);
};

const clockChoice = (value, text) => {
  const radio = make("input", { type: "radio", name: "clock", value });
  radio.addEventListener("change", () => change((s) => (s.clock = value)));
  timeline.clocks[value] = radio;
  return make("label", {}, radio, ` ${text}`);
};

const setMonth = (index, gesture) => change((s) => (s.asof = time.months[index] || ""), { gesture });

const bars = () => {
  const heights = new Map();
  for (const deal of graph.deals) for (const step of deal.steps) if (step.reached) heights.set(step.reached.slice(0, 7), (heights.get(step.reached.slice(0, 7)) || 0) + 1);
  const top = Math.max(...heights.values(), 1), width = time.months.length + 1;
  const rects = time.months.map((month, i) => heights.get(month) && makeSvg("rect", { x: i, y: 20 - (20 * heights.get(month)) / top, width: 0.8, height: (20 * heights.get(month)) / top }));
  return makeSvg("svg", { class: "bars", viewBox: `0 0 ${width} 20`, preserveAspectRatio: "none", "aria-hidden": "true" }, rects);
};

const togglePlay = () => {
  if (timeline.timer) return stopPlay();
  timeline.play.textContent = "Pause";
  timeline.play.setAttribute("aria-pressed", "true");
  if (!state.asof) setMonth(0, "play");
  timeline.timer = setInterval(() => {
    const next = time.months.indexOf(state.asof) + 1;
    setMonth(next, "play");
    if (next >= time.months.length) stopPlay();
  }, 450);
};

const stopPlay = () => {
  clearInterval(timeline.timer);
  timeline.timer = 0;
  timeline.play.textContent = "Play";
  timeline.play.setAttribute("aria-pressed", "false");
};

const updateTimeline = () => {
  if (!timeline.slider) return;
  const index = state.asof ? time.months.indexOf(state.asof) : time.months.length;
  timeline.slider.value = String(index < 0 ? time.months.length : index);
  timeline.slider.setAttribute("aria-valuetext", dayText());
  for (const [value, radio] of Object.entries(timeline.clocks)) radio.checked = state.clock === value;
  timeline.readout.textContent = `${dayText()}: ${shownText()}`;
};

// The page holds what stands on its own days; the slider narrows them and never widens them.
const dayText = () => {
  const days = { event: graph.about.asOf, known: graph.about.knownBy }, own = days[state.clock];
  if (state.asof && !(own && lastDay(own) <= lastDay(state.asof))) days[state.clock] = state.asof;
  return [days.event && `as of ${days.event}`, days.known && `known by ${days.known}`].filter(Boolean).join(", ") || "all time";
};
const shownText = () =>
  [
    scene.nodes.some((node) => node.group) ? `${count(scene.nodes.filter((node) => node.group).length, "community", "communities")} of ${count(scene.passing, "entity", "entities")}` : "",
    baseNow() === "groups" && !scene.shown.size ? "" : count(scene.nodes.filter((node) => !node.group && !node.deal).length, "entity", "entities"),
    baseNow() === "groups" && !scene.shown.size ? "" : count(scene.dealsShown, "agreement", "agreements"),
    scene.relationsShown ? count(scene.relationsShown, "other statement", "other statements") : "",
  ].filter(Boolean).join(", ");
