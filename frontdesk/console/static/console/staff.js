// The staff pages' own few lines: keys, news in the tab and on the desktop, and staying at the end
// of a conversation. Everything else is the server's and htmx's.

const at = (id) => document.getElementById(id);
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// --- news: how many need a person, and a notification for the newest

const NEWS = document.body.dataset.news;
const PAUSE = 3000;
const SEEN = "frontdesk-newest-need";

async function look() {
  try {
    const answer = await fetch(NEWS, { headers: { "HX-Polling": "1" } });
    if (answer.ok) tell(await answer.json());
  } catch { /* the next look may find the server again */ }
  setTimeout(look, PAUSE);
}

function tell({ needing, newest }) {
  const count = at("needing");
  count.hidden = !needing;
  count.textContent = needing;
  document.title = document.title.replace(/^\(\d+\) /, "");
  if (needing) document.title = `(${needing}) ${document.title}`;
  const seen = localStorage.getItem(SEEN);
  if (seen && (newest?.at ?? "") <= seen) return;
  localStorage.setItem(SEEN, newest?.at ?? "0");
  if (!seen) return; // what was there before the first visit is no news
  const place = `/staff/conversations/${newest.conversation}/`;
  const link = Object.assign(document.createElement("a"), { href: place, textContent: newest.need });
  at("toast").replaceChildren(link);
  setTimeout(() => at("toast").replaceChildren(), 15000);
  if (globalThis.Notification?.permission !== "granted") return;
  const shown = new Notification(newest.need, { tag: newest.at });
  shown.onclick = () => { window.focus(); location.href = place; };
}

if (NEWS) {
  look();
  const ask = at("notify");
  if (globalThis.Notification?.permission === "default") ask.hidden = false;
  ask.addEventListener("click", async () => {
    ask.hidden = (await Notification.requestPermission()) !== "default";
  });
}

// --- a conversation stays at its end unless somebody has scrolled up

const lines = at("lines");
if (lines) {
  let isAtEnd = true;
  const end = () => lines.scrollTo(0, lines.scrollHeight);
  location.hash ? document.querySelector(location.hash)?.scrollIntoView() : end();
  lines.addEventListener("scroll", () => {
    isAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60;
  });
  document.body.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id === "composer") at("reply")?.focus();
    if (isAtEnd && target.id !== "older") end();
  });
}
document.body.addEventListener("keydown", (event) => {
  const isSend = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (event.target.id === "reply" && isSend) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

// --- keys

const rows = () => [...document.querySelectorAll(".row a")];
function step(by) {
  const all = rows();
  const now = all.indexOf(document.activeElement);
  all[Math.min(Math.max(now + by, 0), all.length - 1)]?.focus();
}
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => document.activeElement.matches(".row a") && document.activeElement.click(),
  u: () => at("back")?.click(),
  "/": () => at("search")?.focus(),
  t: () => at("take-over")?.click(),
  r: () => at("reply")?.focus(),
  e: () => at("reviewed")?.click(),
  "?": () => at("keys")?.showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const doing = KEYS[event.key];
  if (!doing || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  doing();
});
