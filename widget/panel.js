/** The chat window. */
import { converse, createStore } from "./conversation.js";
import { h, icon, messageOf } from "./render.js";

const LIMIT = 2000;
const FLICKER = 400;
const SLOW = 8000;
const LULL = 3000;
const NEAR = 24; // pixels
const fullScreen = matchMedia("(max-width: 30em), (max-height: 30em)");

/** @type {CreatePanel} */
export function createPanel(host, labels) {
  const store = createStore(host.endpoint);
  const nodes = new Map();
  let speaker;
  let following = true; // the reader is at the end
  let anchor; // the beginning of a new answer, kept in view
  let unseen; // came below the view
  let placed;
  let timers = [];
  let unread = 0;

  const title = host.getAttribute("chat-title") || labels.launch;
  const privacy = host.getAttribute("privacy-url");
  const tool = (label, path, onclick) => h("button", { className: "tool", ariaLabel: label, title: label, onclick }, icon(path));
  const replies = h("div", { className: "replies" });
  const log = h("div", { className: "log", role: "log", ariaLabel: title, tabIndex: 0, onscroll: scrolled }, replies);
  const more = h("button", { className: "more", onclick: jump }, labels.unread, icon("M12 5v14m-6-6 6 6 6-6"));
  const wording = h("span");
  const typing = h("div", { className: "typing", hidden: true }, h("i"), h("i"), h("i"), wording);
  const notice = h("div", { className: "notice", role: "status" });
  const spoken = h("div", { className: "hidden", role: "status" });
  const again = tool(labels.restart, "M4 4v5h5M4.6 15a8 8 0 1 0 1-8L4 9", confirm);
  const count = h("small");
  const input = h("textarea", {
    rows: 1,
    dir: "auto",
    enterKeyHint: "send",
    placeholder: labels.input,
    ariaLabel: labels.input,
    oninput: changed,
    onkeydown: pressed,
  });
  const node = h(
    "dialog",
    { className: "panel", role: "dialog", ariaLabel: title, onkeydown: escape, onclose: () => node.open || host.close() },
    h(
      "div",
      { className: "head" },
      h("h2", {}, title),
      again,
      tool(labels.print, "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z", print),
      tool(labels.close, "m6 6 12 12M18 6 6 18", () => host.close()),
    ),
    h("div", { className: "messages" }, log, more),
    typing,
    notice,
    h("form", { onsubmit: submit }, input, h("button", { className: "send", ariaLabel: labels.send }, icon("M12 19V5m-6 6 6-6 6 6")), count),
    h("div", { className: "foot" }, labels.foot, " ", privacy ? h("a", { href: privacy, target: "_blank" }, labels.privacy) : ""),
    spoken,
  );

  function add(message, live) {
    const { id, from, pending, buttons = [] } = message;
    const mine = from === "visitor";
    const shown = messageOf(message, labels, from === speaker ? "hidden" : "name", live);
    speaker = from;
    nodes.set(id, shown);
    if (pending) shown.classList.add("pending");
    insert(shown, pending);
    if (mine || buttons[0]) offer(buttons);
    anchor = mine || !live ? null : anchor ?? shown;
    setTimeout(() => isAtEnd() && (anchor = null), LULL);
    follow();
    if (live && !mine && node.open && shown.offsetTop > log.scrollTop + log.clientHeight - NEAR) point(unseen ?? shown);
  }

  // What waits to go out stays last.
  function insert(shown, last) {
    ((!last && log.querySelector(".pending")) || replies).before(shown);
  }

  function offer(buttons) {
    const left = replies.matches(":focus-within");
    replies.replaceChildren(...buttons.map(({ id, title }) => h("button", { className: "reply", onclick: () => send(title, id) }, title)));
    if (left) input.focus();
  }

  function tell(words = "", ...ways) {
    if (notice.firstChild?.data !== words && !notice.matches(":focus-within")) notice.replaceChildren(words, ...ways);
  }

  function wait(from) {
    timers.forEach(clearTimeout);
    typing.hidden = true;
    if (!from) return;
    const excuse = () => (wording.textContent = spoken.textContent = labels.slow);
    wording.textContent = `${labels[from]} ${labels.typing}`;
    timers = [setTimeout(() => (typing.hidden = false), FLICKER), setTimeout(from === "staff" ? wait : excuse, SLOW)];
  }

  function print() {
    const frame = h("iframe", { className: "hidden", title });
    node.append(frame);
    const { body } = frame.contentDocument;
    body.style.whiteSpace = "pre-line";
    body.append(h("h1", {}, title), ...[...log.children].map((child) => child.cloneNode(true)));
    for (const control of body.querySelectorAll("button")) control.remove();
    for (const folded of body.querySelectorAll("details")) folded.open = true;
    for (const message of body.children) message.style.margin = "1em 0";
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  }

  function follow() {
    if (!node.open) return;
    log.scrollTop = !following ? placed : anchor ? anchor.offsetTop - 8 : log.scrollHeight;
    placed = log.scrollTop;
  }

  const isAtEnd = () => log.scrollHeight - log.clientHeight - log.scrollTop < NEAR;

  function scrolled() {
    if (!node.open || log.scrollTop === placed) return;
    placed = log.scrollTop;
    following = isAtEnd();
    anchor = null;
    if (following) point();
  }

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

  const size = () => [...input.value.trim()].length; // as the server counts

  function changed() {
    const words = size() < LIMIT - 200 ? "" : `${size()} / ${LIMIT}`;
    if (!count.textContent) spoken.textContent = words;
    count.textContent = words;
    input.ariaInvalid = size() > LIMIT;
    store.set({ draft: input.value });
    fit();
  }

  function write(text) {
    input.value = text;
    changed();
  }

  // 229: Safari composes.
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

  function confirm() {
    tell(labels.confirm, h("button", { onclick: () => settle(conversation.restart()) }, labels.restart), h("button", { onclick: settle }, labels.keep));
    notice.lastChild.focus();
  }

  function settle() {
    again.focus();
    tell();
  }

  function escape(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (notice.matches(":focus-within")) settle();
    else host.close();
  }

  // Leaves room for a phone's keyboard.
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

  function state(id, what) {
    const shown = nodes.get(id);
    if (!shown) return;
    shown.querySelector(".state")?.remove();
    if (what === "sent") shown.classList.remove("pending");
    else if (what) shown.append(h("div", { className: "state" }, labels.failed, h("button", { onclick: conversation.retry }, labels.retry)));
    follow();
    return true;
  }

  const conversation = converse(store, {
    state,
    history(messages) {
      log.ariaLive = "off"; // history is not read out
      for (const message of messages) state(message.id, "sent") || add(message);
      setTimeout(() => (log.ariaLive = "polite"), 1000);
    },
    message(message) {
      const { id, from } = message;
      if (state(id, "sent")) return;
      add(message, true);
      if (from !== "visitor") wait();
      if (from !== "visitor" && !node.open) host.unread = ++unread;
      host.report("message", { id, from }); // the words stay here
    },
    pending({ id, text }) {
      if (state(id)) return;
      following = true;
      add({ id, text, from: "visitor", at: Date.now(), pending: true }, true);
    },
    rejected({ id, text, button }, why) {
      nodes.get(id)?.remove();
      if (!button) write(`${text}\n${input.value}`.trim());
      tell(why);
    },
    renewed() {
      offer([]);
      speaker = null;
      insert(h("p", { className: "line" }, labels.renewed));
    },
    clear() {
      nodes.clear();
      offer([]);
      log.replaceChildren(replies);
      speaker = anchor = null;
      following = true;
      point();
    },
    typing: wait,
    trouble: (kind) => tell(labels[kind], kind ? host.phone : ""),
  });

  point();
  input.value = store.get().draft ?? "";
  new ResizeObserver(follow).observe(log);
  visualViewport.addEventListener("resize", fit);
  visualViewport.addEventListener("scroll", fit);
  fullScreen.onchange = () => {
    if (!node.open) return;
    node.close();
    show(true);
  };
  return { node, show, conversation };
}
