/** Turns words into DOM nodes, and never into markup. */

/** @type {MakeElement} */
export function h(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** @type {(line: string) => Node} */
export function icon(line) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", line);
  svg.append(path);
  return svg;
}

/** @type {Link} */
export function link(href, title, className = "") {
  if (!/^(https:\/\/|tel:)/.test(href)) return title;
  return h("a", { href, className, target: href[0] === "t" ? "" : "_blank", rel: "noopener noreferrer" }, title);
}

function inline(text) {
  return text.split(/(\*\*.+?\*\*|\[[^[\]]+\]\((?:https:\/\/|tel:)[^\s()]+\))/).map((part, at) => {
    if (at % 2 === 0) return part;
    if (part[0] === "*") return h("strong", {}, ...inline(part.slice(2, -2)));
    const [title, href] = part.slice(1, -1).split("](");
    return link(href, title);
  });
}

function blocks(text) {
  return text.match(/(^- .*\n?)+|(^(?!- ).+\n?)+/gm).map((run) => {
    if (!run.startsWith("- ")) return h("p", {}, ...inline(run.trimEnd()));
    const items = run.slice(2).trimEnd().split("\n- ");
    return h("ul", {}, ...items.map((item) => h("li", {}, ...inline(item))));
  });
}

function cardOf({ kind, title, lines = [], actions = [] }, live) {
  const urgent = kind === "emergency" || kind === "crisis";
  return h(
    "div",
    { className: `card ${urgent ? "urgent" : kind}`, dir: "auto", role: urgent && live ? "alert" : "group" },
    h("strong", {}, title),
    ...lines.map((line) => h("p", {}, ...inline(line))),
    ...actions.map(({ url, title }) => link(url, title, "action")),
  );
}

/** @type {MessageOf} */
export function messageOf({ from, at, text, sources = [], card }, labels, className, live) {
  const time = new Date(at).toLocaleString(labels.lang, { weekday: "short", hour: "numeric", minute: "2-digit" });
  const node = h("div", { className: `message ${from}` }, h("div", { className }, `${labels[from]} `, h("time", {}, time)));
  const words = `${text ?? ""}`.trim();
  const names = new Set(sources.map(({ article, section }) => `“${article}”, ${section}`));
  if (card) node.append(cardOf(card, live));
  if (words) node.append(h("div", { className: "bubble", dir: "auto" }, ...(from === "visitor" ? [words] : blocks(words))));
  const list = h("ul", {}, ...[...names].map((name) => h("li", {}, name)));
  const ontoggle = () => list.scrollIntoView({ block: "nearest" });
  if (names.size) node.append(h("details", { ontoggle }, h("summary", {}, labels.sources), list));
  return node;
}
