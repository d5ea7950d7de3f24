/** The shapes that the modules of the chat window pass to each other. Read by editors and people, never by a browser. */

// What the server sends

interface Message {
  /** For a visitor's message: the id the browser made for it. */
  id: string;
  from: "assistant" | "staff" | "visitor";
  at: string;
  text?: string;
  buttons?: { id: string; title: string }[];
  sources?: { claim: string; article: string; section: string }[];
  card?: Card;
  /** Only in the browser: waits to go out. */
  pending?: boolean;
}

interface Card {
  kind: "emergency" | "crisis" | "same_day" | "see_doctor" | "note";
  title: string;
  lines?: string[];
  /** Only https and tel addresses become links. */
  actions?: { title: string; url: string }[];
}

// frontdesk-chat.js

interface FrontdeskChat extends HTMLElement {
  open(): void;
  close(): void;
  /** Begins a new conversation; the old one is no longer shown. */
  restart(): Promise<void>;
  /** The address of the server, without a slash at its end. */
  readonly endpoint: string;
  /** The way to the clinic that always works, or nothing if the page does not name it. */
  readonly phone: Node | string;
  /** How many answers came while the window was closed. */
  unread: number;
  /** Tells the page by an event named "frontdesk-" and this word. */
  report(what: "open" | "close" | "message", detail?: { id: string; from: Message["from"] }): void;
}

// labels.js

type Labels = Record<string, string>;

/** The labels in the first of these languages that is known, else in English. */
type LabelsFor = (...tags: (string | null)[]) => Labels;

// render.js

type Child = Node | string;

/** Makes an element with these properties (not attributes) and children. */
type MakeElement = (tag: string, properties?: object, ...children: Child[]) => HTMLElement;

/** A link, or the bare title when the address is neither https nor tel. */
type Link = (href: string, title: string, className?: string) => Child;

/** A message as it is shown. `className` is that of the line that says who speaks; `live` means it has just come. */
type MessageOf = (message: Message, labels: Labels, className: string, live?: boolean) => HTMLElement;

// panel.js

type CreatePanel = (host: FrontdeskChat, labels: Labels) => Panel;

interface Panel {
  node: HTMLDialogElement;
  /** Opens the window; with `focus` the text field takes the focus. */
  show(focus?: unknown): void;
  conversation: Conversation;
}

// conversation.js

/** A message of the visitor that still has to go out. */
interface Pending {
  id: string;
  text: string;
  /** The id of the reply that was pressed, unless the text was typed. */
  button?: string;
}

/** What the browser remembers for one endpoint; in memory alone where storage is refused. */
interface Memory {
  session?: string;
  queue?: Pending[];
  draft?: string;
}

interface Store {
  endpoint: string;
  get(): Memory;
  set(change: Memory): void;
}

type CreateStore = (endpoint: string) => Store;

/** What a conversation tells the window. */
interface Listener {
  /** What was said before: put in place without being read out. */
  history(messages: Message[]): void;
  message(message: Message): void;
  /** Is about to go out. */
  pending(item: Pending): void;
  state(id: string, what: "sent" | "failed"): void;
  /** The server will never take it; why, in its own words. */
  rejected(item: Pending, why?: string): void;
  /** Someone writes, or nobody does. */
  typing(from?: "assistant" | "staff"): void;
  /** Something is in the way, or nothing any more. */
  trouble(kind?: "unreachable" | "busy"): void;
  /** The old session had expired. */
  renewed(): void;
  clear(): void;
}

interface Conversation {
  /** Begins or resumes, and listens while the page is visible. */
  start(): void;
  stop(): void;
  send(text: string, button?: string): void;
  /** Tries at once whatever has not worked yet. */
  retry(): void;
  restart(): Promise<void>;
}

type Converse = (store: Store, show: Listener) => Conversation;
