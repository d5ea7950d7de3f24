// Keys for judging one message after the other; the focus goes on to the next one by itself.

const doubts = document.getElementById("doubts");
const told = document.getElementById("told");
const open = () => [...doubts.querySelectorAll(".doubt:not(.done)")];
const all = () => [...doubts.querySelectorAll(".doubt")];
const current = () => document.activeElement.closest(".doubt") ?? open()[0];
let judged = null; // the id of the message whose answer is awaited, and the one to go on to

function focus(doubt) {
  (doubt?.querySelector(".words") ?? document.getElementById("onward"))?.focus();
}

function step(by) {
  const every = all();
  const now = every.indexOf(document.activeElement.closest(".doubt"));
  focus(every[Math.min(Math.max(now + by, 0), every.length - 1)]);
}

function undo() {
  const before = document.activeElement.closest(".doubt.done")
    ?? [...doubts.querySelectorAll(".doubt.done")].find(({ id }) => id === judged?.id);
  before?.querySelector("[data-key=z]")?.click();
}

if (doubts) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "z") undo();
    else if (!event.repeat && /^[123ax]$/.test(event.key)) {
      current()?.querySelector(`[data-key="${event.key}"]`)?.click();
    } else return;
    event.preventDefault();
  });
  doubts.addEventListener("htmx:beforeRequest", ({ target }) => {
    const doubt = target.closest(".doubt");
    const every = all();
    const after = every.slice(every.indexOf(doubt) + 1).find((one) => !one.matches(".done"));
    judged = { id: doubt.id, next: after?.id };
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const doubt = judged && document.getElementById(judged.id);
    if (!doubt) return;
    if (!doubt.matches(".done")) return focus(doubt);
    told.textContent = doubt.querySelector(".judged").textContent;
    focus(document.getElementById(judged.next ?? ""));
  });
}
