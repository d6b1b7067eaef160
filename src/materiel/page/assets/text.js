// Words, names and addresses.
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", "ʼ": "", "’": "", "'": "" };

const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[łøđðþßæœıʼ’']/g, (letter) => LETTERS[letter]);

const words = (code) => String(code).replaceAll("-", " ");
const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// The language of an alias is not recorded, its script is plain to see; a reader's voice is chosen by it.
const SCRIPTS = [
  [/\p{Script=Cyrillic}/u, "und-Cyrl"], [/\p{Script=Greek}/u, "und-Grek"], [/\p{Script=Arabic}/u, "und-Arab"],
  [/\p{Script=Hebrew}/u, "und-Hebr"], [/\p{Script=Hangul}/u, "und-Kore"], [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "und-Jpan"],
  [/\p{Script=Han}/u, "und-Hani"], [/\p{Script=Georgian}/u, "und-Geor"], [/\p{Script=Armenian}/u, "und-Armn"],
  [/\p{Script=Devanagari}/u, "und-Deva"], [/\p{Script=Thai}/u, "und-Thai"],
];
const languageOf = (name) => (SCRIPTS.find(([pattern]) => pattern.test(name)) || [null, null])[1];
const nameText = (name) => make("span", { dir: "auto", lang: languageOf(name) }, name);

// Only http and https become links; the host is shown as the machine reads it, so that a look-alike name is seen.
const webAddress = (text) => {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
};

const webLink = (address, text, more = {}) => {
  const url = webAddress(address);
  if (!url) return make("span", { dir: "auto" }, text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", title: url.hostname, ...more }, text);
};

// A cell that starts like a formula would run in a spreadsheet.
const csvCell = (value) => {
  const text = Array.isArray(value) ? value.join("; ") : String(value ?? "");
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "network";

// Names are cut for the map only; the panel and the tables show them whole.
const wrapped = (text, width = 24) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  const kept = lines.slice(0, 2).map((line) => (line.length > width + 8 ? `${line.slice(0, width + 7)}…` : line));
  if (lines.length > 2) kept[1] = `${kept[1]} …`;
  return kept;
};
