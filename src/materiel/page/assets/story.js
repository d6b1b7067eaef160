// Story mode: steps with a caption, each a state of the page.
const showStep = (index) => {
  const steps = graph.about.story ? graph.about.story.steps : [];
  if (index < 0 || index >= steps.length) return leaveStory();
  undoStack.push(writeState());
  Object.assign(state, readState(steps[index].state), { story: index });
  refresh({ fit: !state.at, jump: true });
  say(`Step ${index + 1} of ${steps.length}: ${steps[index].caption}`);
};

const leaveStory = () => {
  if (state.story >= 0) change((s) => (s.story = -1));
};

const updateStory = () => {
  const story = graph.about.story, old = byId("story");
  if (old) old.remove();
  if (!story || state.story < 0 || !story.steps[state.story]) return;
  const at = state.story, last = story.steps.length - 1, step = story.steps[at];
  byId("network").parentElement.append(make("div", { id: "story", class: "story", role: "region", "aria-label": "Story" },
    make("p", { class: "muted small" }, `${story.title} · ${at + 1} of ${story.steps.length}`, step.query ? ` · from the query ${step.query}` : ""),
    make("p", { dir: "auto", class: "caption" }, step.caption),
    make("div", { class: "row" }, button("Back", () => turnTo(at - 1), { disabled: at === 0 }), button(at === last ? "End" : "Next", () => turnTo(at === last ? -1 : at + 1), { "data-key": "next" }))));
};

const turnTo = (index) => {
  showStep(index);
  const next = document.querySelector("#story [data-key=next]");
  if (next) next.focus();
  else byId("network").focus();
};
