// On paper: the figure, then the statements with their sources.
const startPrint = () => {
  window.addEventListener("beforeprint", buildPrint);
  window.addEventListener("afterprint", () => byId("print") && byId("print").remove());
};

const buildPrint = () => {
  if (byId("print")) byId("print").remove();
  const rows = statementRows().slice(0, 400).map((row) => make("tr", {}, make("td", {}, row.name), make("td", {}, row.status || row.kind), make("td", {}, row.date), make("td", {}, row.parties.join(", ")), make("td", {}, row.sources.slice(0, 4).map((source) => `${source.p || ""} ${source.d || "undated"} ${source.u || ""}`).join("; "))));
  const head = make("tr", {}, ["Statement", "Status", "Date", "Between", "Sources"].map((text) => make("th", { scope: "col" }, text)));
  document.body.append(make("section", { id: "print", class: "print" }, figureOf(), make("table", {}, make("thead", {}, head), make("tbody", {}, rows))));
};
