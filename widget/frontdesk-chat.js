/** The launcher, which fetches the chat window when it is wanted. */
import { labelsFor } from "./labels.js";
import { h, icon, link } from "./render.js";

const here = new URL(import.meta.url);

class FrontdeskChat extends HTMLElement {
  static observedAttributes = ["open"];
  #root;
  #labels;
  #loading;
  #panel;
  #open = false;

  connectedCallback() {
    if (!this.#root) this.#build();
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.#panel?.node.close();
    this.#open = false;
    this.#panel?.conversation.stop();
  }

  async attributeChangedCallback(name) {
    if (!this.#root) return;
    this.launcher.ariaExpanded = this.hasAttribute("open");
    if (!this.hasAttribute("open") && !this.#panel) return;
    const { node, show } = (this.#panel = await this.#load());
    const open = this.hasAttribute("open") && this.isConnected;
    if (open === this.#open) return;
    const inside = node.contains(this.shadowRoot.activeElement);
    this.#open = open;
    if (open) show(name);
    else node.close();
    if (inside) this.launcher.focus();
    this.report(open ? "open" : "close");
  }

  open() {
    this.toggleAttribute("open", true);
  }

  close() {
    this.toggleAttribute("open", false);
  }

  async restart() {
    const { conversation } = await this.#load();
    await conversation.restart();
  }

  get endpoint() {
    return (this.getAttribute("endpoint") ?? here.origin).replace(/\/$/, "");
  }

  get phone() {
    const phone = this.getAttribute("phone");
    return phone ? link(`tel:${phone.replace(/[^+\d]/g, "")}`, `☎ ${phone}`) : "";
  }

  set unread(count) {
    this.status.className = "hidden";
    this.status.textContent = count ? `${this.#labels.unread}: ${count}` : "";
    this.label.textContent = this.status.textContent || this.#labels.launch;
  }

  report(what, detail) {
    this.dispatchEvent(new CustomEvent(`frontdesk-${what}`, { detail, bubbles: true }));
  }

  #build() {
    this.#labels = labelsFor(this.getAttribute("lang"), document.documentElement.lang);
    const preload = () => this.#load();
    this.label = h("span", {}, this.#labels.launch);
    this.status = h("div", { className: "hidden", role: "status" });
    this.launcher = h(
      "button",
      { className: "launcher", hidden: true, onclick: () => this.toggleAttribute("open"), onpointerenter: preload, onfocus: preload },
      icon("M4 5h16v11h-8l-5 4v-4H4z"),
      this.label,
    );
    const styled = () => (this.launcher.hidden = false);
    const sheet = h("link", { rel: "stylesheet", href: new URL("style.css", here).href, onload: styled, onerror: styled });
    const className = `root ${this.getAttribute("position")}`;
    const color = this.getAttribute("color");
    this.#root = h("div", { className, lang: this.#labels.lang, dir: "ltr" }, sheet, this.status, this.launcher);
    this.#root.style.setProperty("--accent", CSS.supports("color", color) ? color : "#1d6f5f");
    this.attachShadow({ mode: "open" }).append(this.#root);
    try {
      if (JSON.parse(localStorage[`frontdesk ${this.endpoint}`]).queue[0]) this.#load().then(({ conversation }) => conversation.start());
    } catch {}
  }

  #load() {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch() {
    try {
      const { createPanel } = await import("./panel.js");
      const panel = createPanel(this, this.#labels);
      this.#root.append(panel.node);
      return panel;
    } catch {
      this.#loading = null;
      if (this.hasAttribute("open")) this.status.className = "notice tip";
      this.status.replaceChildren(this.#labels.unreachable, this.phone);
      this.close();
      return new Promise(() => {});
    }
  }
}

customElements.define("frontdesk-chat", FrontdeskChat);

// The script alone may bring the attributes in its address.
if (here.searchParams.has("endpoint") && !document.querySelector("frontdesk-chat")) {
  const element = h("frontdesk-chat");
  for (const [name, value] of here.searchParams) element.setAttribute(name, value);
  document.body.append(element);
}
