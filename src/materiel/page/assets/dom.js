// Elements are built and never parsed: what comes from the data goes in as text, so no name can become markup.
const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

const fill = (element, attributes, children) => {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const makeSvg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

const button = (text, onclick, more = {}) => make("button", { type: "button", onclick, ...more }, text);

// A menu is a details element: it opens without script, and closes on Escape or when the focus leaves it.
const menu = (title, ...items) => {
  const box = make("details", { class: "menu" }, make("summary", {}, title), make("div", { class: "menu-items" }, items));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    box.querySelector("summary").focus();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false;
  });
  box.addEventListener("click", (event) => {
    if (event.target.closest(".menu-items button")) box.open = false;
  });
  return box;
};

// Work that follows fast input (a slider, a pointer) runs once for each picture on the screen.
const oncePerFrame = (work) => {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
};

const copyText = async (text, what) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A file opened from disk may not reach the clipboard interface; the old way still works there.
    const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(`${what} copied`);
};

const say = (text) => {
  byId("status").textContent = text;
};
