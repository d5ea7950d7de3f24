/** The chat window: what is shown in it, what the visitor does in it, and how it fits the screen. */
import { converse } from "./conversation.js";
import { button, h, icon, messageOf } from "./render.js";

const LIMIT = 2000; // characters in a message, counted from 200 before
const FLICKER = 400; // a quicker answer needs no typing sign
const SLOW = 8000;
const LULL = 3000; // what comes later begins another answer
const NEAR = 24; // this few pixels from the end count as the end
const fullScreen = matchMedia("(max-width: 30em), (max-height: 30em)");

/** @type {(host: HTMLElement, labels: Labels, store: Store) => Panel} */
export function createPanel(host, labels, store) {
  const nodes = new Map(); // the shown messages by id
  let speaker; // of the last message
  let following = true; // does the view move along with what is new?
  let anchor; // the beginning of the new answer: it stays in view
  let unseen; // the first message that came below the view
  let placed; // where the view was last put
  let latest; // when the last message came
  let timers = [];
  let unread = 0;

  const title = host.getAttribute("chat-title") || labels.launch;
  const privacy = host.getAttribute("privacy-url");
  const replies = h("div", { class: "replies" });
  const log = h("div", { class: "log", role: "log", "aria-label": title, tabindex: 0, scroll: scrolled }, replies);
  const more = button("more", jump, labels.unread, icon("M12 5v14m-6-6 6 6 6-6"));
  const typing = h("div", { class: "typing", hidden: "" }, h("i"), h("i"), h("i"), h("span"));
  const notice = h("div", { class: "notice", role: "status" });
  const spoken = h("div", { class: "hidden", role: "status" });
  const again = tool(labels.restart, "M4 4v5h5M4.6 15a8 8 0 1 0 1-8L4 9", () => confirm(true));
  const keep = button("", () => confirm(false), labels.keep);
  const question = h(
    "div",
    { class: "notice", role: "alertdialog", "aria-label": labels.confirm, hidden: "" },
    h("p", {}, labels.confirm),
    keep,
    button("", restart, labels.restart),
  );
  const count = h("small", { id: "count" });
  const input = h("textarea", {
    rows: 1,
    dir: "auto",
    enterkeyhint: "send",
    placeholder: labels.input,
    "aria-label": labels.input,
    "aria-describedby": "count",
    input: changed,
    keydown: pressed,
  });
  const node = h(
    "dialog",
    { class: "panel", role: "dialog", "aria-label": title, keydown: escape, close: () => node.open || host.close() },
    h(
      "header",
      {},
      h("h2", { dir: "auto" }, title),
      again,
      tool(labels.print, "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z", print),
      tool(labels.close, "m6 6 12 12M18 6 6 18", () => host.close()),
    ),
    question,
    h("div", { class: "messages" }, log, more),
    typing,
    notice,
    h("form", { submit }, input, h("button", { class: "send", "aria-label": labels.send }, icon("M12 19V5m-6 6 6-6 6 6")), count),
    h("footer", {}, labels.foot, " ", privacy ? h("a", { href: privacy, target: "_blank", rel: "noopener" }, labels.privacy) : ""),
    spoken,
  );

  function tool(label, path, click) {
    const made = button("tool", click, icon(path));
    made.title = made.ariaLabel = label;
    return made;
  }

  // What is shown

  function add(message, live) {
    const { id, from, buttons = [] } = message;
    const mine = from === "visitor";
    const shown = messageOf(message, labels, from !== speaker, live);
    speaker = from;
    nodes.set(id, shown);
    insert(shown);
    if (mine || buttons[0]) offer(mine ? [] : buttons);
    if (!live || mine || (Date.now() - latest > LULL && isAtEnd())) anchor = null;
    latest = Date.now();
    if (live && !mine) anchor ??= shown;
    follow();
    if (live && !mine && node.open && shown.offsetTop > log.scrollTop + log.clientHeight - NEAR) point(unseen ?? shown);
  }

  /** What still waits to go out stays last, as the server will order it too. */
  function insert(shown) {
    (log.querySelector(".pending") ?? replies).before(shown);
  }

  function offer(buttons) {
    const left = replies.matches(":focus-within");
    replies.replaceChildren(...buttons.map(({ id, title }) => button("reply", () => send(title, id), title)));
    if (left) input.focus();
  }

  /** Says under a bubble of the visitor what became of it. */
  function state(id, state) {
    const shown = nodes.get(id);
    shown.querySelector(".state")?.remove();
    if (state === "sent") shown.classList.remove("pending");
    else if (state) shown.append(h("div", { class: "state" }, labels[state], state === "failed" ? button("", conversation.retry, labels.retry) : ""));
    follow();
  }

  function clear() {
    nodes.clear();
    offer([]);
    log.replaceChildren(replies);
    speaker = anchor = null;
    following = true;
  }

  /** Tells by sight and by ear. */
  function tell(words = "", way = "") {
    if (notice.firstChild?.data !== words) notice.replaceChildren(words, way);
  }

  /** Shows that someone writes; an answer that is late is excused, and aloud. */
  function wait(who, late) {
    timers.forEach(clearTimeout);
    typing.hidden = true;
    const show = (words) => {
      typing.hidden = false;
      typing.lastChild.textContent = words;
    };
    const excuse = () => show((spoken.textContent = labels.slow));
    if (who) timers = [setTimeout(show, FLICKER, `${who} ${labels.typing}`), setTimeout(late ? excuse : wait, SLOW)];
  }

  /** Prints the conversation and nothing else of the page. */
  function print() {
    const frame = h("iframe", { class: "hidden", title });
    node.append(frame);
    const { body } = frame.contentDocument;
    body.append(h("h1", {}, title), ...[...log.children].map((child) => child.cloneNode(true)));
    for (const control of body.querySelectorAll("button")) control.remove();
    for (const folded of body.querySelectorAll("details")) folded.open = true;
    for (const message of body.children) message.style.margin = "1em 0";
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  }

  // Where the reader is

  const isAtEnd = () => log.scrollHeight - log.clientHeight - log.scrollTop < NEAR;

  /** Puts the view at the end, or at the beginning of the new answer if that is longer than the view. */
  function follow() {
    if (!node.open) return;
    log.scrollTop = !following ? placed : anchor ? anchor.offsetTop - 8 : log.scrollHeight;
    placed = log.scrollTop;
  }

  function scrolled() {
    if (!node.open || log.scrollTop === placed) return;
    placed = log.scrollTop;
    following = isAtEnd();
    anchor = null;
    if (following) point();
  }

  /** Offers the way down to a message, or to none. */
  function point(shown) {
    if (more.matches(":focus")) log.focus();
    unseen = shown;
    more.hidden = !shown;
  }

  function jump() {
    anchor = unseen;
    following = true;
    point();
    follow();
  }

  // What the visitor does

  const size = () => [...input.value.trim()].length; // as the server counts

  function changed() {
    const used = size();
    const words = used < LIMIT - 200 ? "" : `${used} / ${LIMIT}`;
    if (!count.textContent) spoken.textContent = words;
    count.textContent = words;
    input.ariaInvalid = used > LIMIT;
    store.set({ draft: input.value });
    fit();
  }

  function write(text) {
    input.value = text;
    changed();
  }

  /** Enter sends, but not with Shift or while an input method composes (229 is Safari's word for it). */
  function pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
  }

  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (size() > LIMIT) tell(labels.long);
    else if (text) {
      write("");
      send(text);
    }
    input.focus();
  }

  function send(text, button) {
    tell();
    input.focus();
    conversation.send(text, button);
  }

  function confirm(open) {
    question.hidden = !open;
    (open ? keep : again).focus();
  }

  function restart() {
    confirm(false);
    input.focus();
    conversation.restart();
  }

  function escape(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (question.hidden) host.close();
    else confirm(false);
  }

  // How it fits

  /** Fits the field to its text, and a full screen to what the phone's keyboard leaves free. */
  function fit() {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
    if (visualViewport.scale > 1.05) return;
    node.style.setProperty("--top", `${visualViewport.offsetTop}px`);
    node.style.setProperty("--height", `${visualViewport.height}px`);
  }

  function show(focus) {
    node.ariaModal = fullScreen.matches;
    if (fullScreen.matches) node.showModal();
    else node.open = true;
    host.unread = unread = 0;
    fit();
    follow();
    if (focus) input.focus();
    conversation.start();
  }

  const conversation = converse(store, {
    state,
    clear,
    tell,
    history(messages) {
      log.ariaLive = "off"; // the past is not read out
      for (const message of messages) nodes.has(message.id) ? state(message.id, "sent") : add(message);
      setTimeout(() => (log.ariaLive = "polite"), 1000);
    },
    message(message) {
      const { id, from } = message;
      if (nodes.has(id)) return from === "visitor" && state(id, "sent");
      add(message, true);
      if (from !== "visitor") wait();
      if (!node.open && from !== "visitor") host.unread = ++unread;
      host.report("message", { id, from }); // the words stay here
    },
    pending({ id, text }) {
      if (nodes.has(id)) return;
      following = true;
      add({ id, text, from: "visitor", at: Date.now() }, true);
      nodes.get(id).classList.add("pending");
      replies.before(nodes.get(id));
      follow();
    },
    rejected({ id, text, button }, why) {
      nodes.get(id).remove();
      if (!button) write([text, input.value].filter(Boolean).join("\n"));
      tell(why);
    },
    renewed() {
      offer([]);
      speaker = null;
      insert(h("p", { class: "note" }, labels.renewed));
    },
    waiting: (waiting) => wait(waiting && labels.assistant, true),
    typing: () => wait(labels.staff),
    trouble: (kind) => tell(labels[kind], kind && host.phone),
  });

  point();
  input.value = store.get().draft ?? "";
  new ResizeObserver(follow).observe(log);
  fullScreen.addEventListener("change", () => {
    if (!node.open) return;
    node.close();
    show(true);
  });
  for (const event of ["resize", "scroll"]) visualViewport.addEventListener(event, fit);
  return { node, show, conversation };
}
