/** Turns words into DOM nodes: bold, lists, line breaks, https and tel links; all else stays plain text. */

/** Makes an element; functions become listeners. @param {string} tag @param {object} [attributes] @param {...(Node | string)} children */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** @param {string} look @param {() => void} click @param {...(Node | string)} children */
export const button = (look, click, ...children) => h("button", { type: "button", class: look, click }, ...children);

/** @param {string} d a line drawing on a 24 by 24 grid */
export function icon(d) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** @param {string} href @param {string} title @returns {Node | string} the bare title if the address is of another kind */
export function link(href, title, look = "") {
  if (/^tel:/i.test(href)) return h("a", { href, class: look }, title);
  if (!/^https:\/\//i.test(href)) return title;
  return h("a", { href, class: look, target: "_blank", rel: "noopener noreferrer" }, title);
}

function inline(line) {
  return line.split(/(\*\*.+?\*\*|\[[^[\]]+\]\((?:https:\/\/|tel:)[^\s()]+\))/i).map((part, at) => {
    if (at % 2 === 0) return part;
    if (part[0] === "*") return h("strong", {}, ...inline(part.slice(2, -2)));
    const [title, href] = part.slice(1, -1).split("](");
    return link(href, title);
  });
}

function blocks(text) {
  const nodes = [];
  for (const block of text.split(/\n\s*\n/)) {
    let open;
    for (const line of block.split("\n")) {
      const [item, words] = /^\s*- (.*)/.exec(line) ?? [];
      if (open?.tagName !== (item ? "UL" : "P")) nodes.push((open = h(item ? "ul" : "p")));
      else if (!item) open.append(h("br"));
      open.append(...(item ? [h("li", {}, ...inline(words))] : inline(line)));
    }
  }
  return nodes;
}

function cardOf({ kind, title, lines = [], actions = [] }, live) {
  const urgent = kind === "emergency" || kind === "crisis";
  return h(
    "div",
    { class: `card ${urgent ? "urgent" : kind === "note" ? "plain" : ""}`, dir: "auto", role: urgent && live ? "alert" : "group" },
    h("strong", {}, title),
    ...lines.map((line) => h("p", {}, ...inline(line))),
    ...actions.map(({ url, title }) => link(url, title, "action")),
  );
}

/** @param {Message} message @param {Labels} labels @param {boolean} named is the speaker shown? @param {boolean} live has it just come? */
export function messageOf({ from, at, text, sources = [], card }, labels, named, live) {
  const time = new Date(at).toLocaleString(labels.lang, { weekday: "short", hour: "numeric", minute: "2-digit" });
  const node = h("div", { class: `message ${from}` }, h("div", { class: named ? "name" : "hidden" }, `${labels[from]} `, h("time", {}, time)));
  const words = `${text ?? ""}`.trim();
  if (card) node.append(cardOf(card, live));
  if (words) node.append(h("div", { class: "bubble", dir: "auto" }, ...(from === "visitor" ? [words] : blocks(words))));
  const names = new Set(sources.map(({ article, section }) => `${article}, ${section}`));
  if (names.size) node.append(h("details", { dir: "auto" }, h("summary", {}, labels.sources), ...[...names].map((name) => h("p", {}, name))));
  return node;
}
