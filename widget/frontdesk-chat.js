/** The <frontdesk-chat> element: a launcher that fetches the chat window when it is first wanted. */
import { createStore } from "./conversation.js";
import { labelsFor } from "./labels.js";
import { button, h, icon, link } from "./render.js";

const here = new URL(import.meta.url);

class FrontdeskChat extends HTMLElement {
  static observedAttributes = ["open", "color", "position"];
  #root;
  #store;
  #labels;
  #loading; // the promise of the window
  #panel; // the window, once it has been shown

  connectedCallback() {
    if (!this.#root) this.#build();
    this.attributeChangedCallback();
    if (this.#store.get().queue?.[0]) this.#load().then(({ conversation }) => conversation.start());
  }

  disconnectedCallback() {
    this.#panel?.node.close();
    this.#panel?.conversation.stop();
  }

  attributeChangedCallback(name) {
    if (!this.#root) return;
    this.#root.className = `root ${this.getAttribute("position")}`;
    const color = this.getAttribute("color");
    this.#root.style.setProperty("--accent", CSS.supports("color", color) ? color : "#1d6f5f");
    this.#follow(name);
  }

  open() {
    this.toggleAttribute("open", true);
  }

  close() {
    this.toggleAttribute("open", false);
  }

  /** Begins a new conversation; the old one is no longer shown. */
  async restart() {
    const { conversation } = await this.#load();
    await conversation.restart();
  }

  /** @param {number} count answers that came while the window was closed */
  set unread(count) {
    const words = count ? `${this.#labels.unread}: ${count}` : "";
    this.label.textContent = words || this.#labels.launch;
    this.status.textContent = words;
  }

  /** Tells the page. @param {"open" | "close" | "message"} what @param {object} [detail] */
  report(what, detail) {
    this.dispatchEvent(new CustomEvent(`frontdesk-${what}`, { detail, bubbles: true }));
  }

  /** The way to the clinic that always works, if the page names it. */
  get phone() {
    const phone = this.getAttribute("phone");
    return phone ? link(`tel:${phone.replace(/[^+\d]/g, "")}`, `${this.#labels.call} ${phone}`) : "";
  }

  #build() {
    this.#labels = labelsFor(this.getAttribute("lang"), document.documentElement.lang);
    const endpoint = new URL(this.getAttribute("endpoint") ?? here.origin, document.baseURI);
    this.#store = createStore(endpoint.href.replace(/\/+$/, ""));
    const preload = () => this.#load();
    this.label = h("span", {}, this.#labels.launch);
    this.status = h("div", { class: "hidden", role: "status" });
    this.launcher = h(
      "button",
      { type: "button", class: "launcher", "aria-haspopup": "dialog", hidden: "", click: () => this.toggleAttribute("open"), pointerenter: preload, focus: preload },
      icon("M4 5h16v11h-8l-5 4v-4H4z"),
      this.label,
    );
    const styled = () => (this.launcher.hidden = false);
    const sheet = h("link", { rel: "stylesheet", href: new URL("style.css", here), load: styled, error: styled });
    this.#root = h("div", { lang: this.#labels.lang, dir: "ltr" }, sheet, this.status, this.launcher);
    this.attachShadow({ mode: "open" }).append(this.#root);
  }

  /** @returns {Promise<Panel>} */
  #load() {
    this.#loading ??= import("./panel.js").then(
      ({ createPanel }) => {
        const panel = createPanel(this, this.#labels, this.#store);
        this.#root.append(panel.node);
        return panel;
      },
      () => {
        this.#loading = null;
        this.status.className = "notice tip";
        this.status.replaceChildren(this.#labels.unreachable, this.phone);
        this.close();
        return new Promise(() => {});
      },
    );
    return this.#loading;
  }

  /** Makes the window follow the "open" attribute; the focus moves only if somebody asked for it. */
  async #follow(asked) {
    this.launcher.ariaExpanded = this.hasAttribute("open");
    if (!this.hasAttribute("open") && !this.#panel) return;
    this.#panel = await this.#load();
    const { node, show } = this.#panel;
    const open = this.hasAttribute("open") && this.isConnected;
    if (open === node.open) return;
    const inside = this.shadowRoot.activeElement;
    if (open) show(asked);
    else node.close();
    if (node.contains(inside)) this.launcher.focus();
    this.report(open ? "open" : "close");
  }
}

if (!customElements.get("frontdesk-chat")) customElements.define("frontdesk-chat", FrontdeskChat);

/** A page may bring only this script, with the attributes in its address. */
function embed() {
  if (!here.searchParams.has("endpoint") || document.querySelector("frontdesk-chat")) return;
  const element = h("frontdesk-chat", Object.fromEntries(here.searchParams));
  document.body.append(element);
}

if (document.body) embed();
else addEventListener("DOMContentLoaded", embed);
