// Opens the chat window from the page's own buttons; when it cannot come, leads to the phone number.
const PATIENCE = 4000;
const chat = document.querySelector("frontdesk-chat");

async function openChat() {
  const patience = new Promise((_, giveUp) => setTimeout(giveUp, PATIENCE));
  await Promise.race([customElements.whenDefined("frontdesk-chat"), patience]);
  await chat.open();
}

for (const button of document.querySelectorAll("[data-open-chat]")) {
  button.addEventListener("click", () => openChat().catch(() => location.assign("#find-us")));
}
