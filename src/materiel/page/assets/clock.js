// What stands on a day. Two clocks: the day things happened, and the day they could be known.
const time = { months: [], first: "", last: "" };

// A coarse date counts from its last day: never sooner than was told. What is no date bounds nothing.
const lastDay = (date) => {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date || "") || [];
  if (!year) return "";
  return `${year}-${month || "12"}-${day || String(new Date(Date.UTC(year, month || 12, 0)).getUTCDate()).padStart(2, "0")}`;
};

const earliest = (numbers) =>
  numbers.map((number) => lastDay(graph.sources[number].d)).filter(Boolean).sort()[0] || "";

const prepareClock = () => {
  const days = [];
  for (const deal of graph.deals) {
    for (const step of deal.steps) {
      step.reached = step.a || lastDay(step.d);
      step.known = earliest(step.f || []);
      days.push(step.reached, step.known);
    }
  }
  for (const rel of graph.relations) {
    rel.known = earliest(rel.sources);
    rel.begins = lastDay(rel.from) || rel.known;
    rel.ends = lastDay(rel.until);
  }
  time.months = monthsBetween(days.filter(Boolean).sort());
};

const monthsBetween = (days) => {
  if (!days.length) return [];
  const months = [];
  let [year, month] = days[0].slice(0, 7).split("-").map(Number);
  const end = days[days.length - 1].slice(0, 7);
  for (let label = ""; label < end && months.length < 1200; month === 12 ? ((month = 1), year++) : month++) {
    label = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    months.push(label);
  }
  return months;
};

const counts = (step, day, clock) => {
  if (!day) return true;
  const when = clock === "known" ? step.known : step.reached;
  return Boolean(when) && when <= day;
};

// The policy of the status list, as policy.py and the rules have it: the furthest step since the deal was last halted or set back.
const codeOf = (status) => graph.about.encoding.statuses[status] || [0];
const bears = (status, mark) => codeOf(status).includes(mark);

const turningPoint = (steps) => {
  const resumed = steps.findLastIndex((step) => bears(step.s, "resumes"));
  return steps.findLastIndex((step, number) => step.b || (bears(step.s, "halts") && number > resumed));
};

const standing = (deal, day, clock) => {
  const steps = deal.steps.filter((step) => counts(step, day, clock));
  const turn = turningPoint(steps);
  let best = null, height = -2;
  steps.forEach((step, number) => {
    if (number < turn || (turn >= 0 && number > turn && bears(step.s, "hearsay"))) return;
    const reached = bears(step.s, "advances") ? codeOf(step.s)[0] : number === turn ? 0 : -1;
    if (reached >= height) [best, height] = [step, reached];
  });
  return best;
};

// A relation with no start day is shown from the first dated page that states it; with no date at all, always.
const holds = (rel, day, clock) => {
  if (!day) return true;
  if (clock === "known") return Boolean(rel.known) && rel.known <= day;
  return (!rel.begins || rel.begins <= day) && (!rel.ends || rel.ends >= day);
};

const applyClock = (asof, clock) => {
  const day = lastDay(asof);
  for (const deal of graph.deals) {
    deal.now = standing(deal, day, clock);
    // A deal of which no step is told stands as a plain statement.
    deal.on = Boolean(deal.now) || (!deal.steps.length && !day);
    deal.status = deal.now ? deal.now.s : "none";
  }
  for (const rel of graph.relations) rel.on = holds(rel, day, clock);
};
