/** The shapes that the modules of the chat window pass to each other; read by editors, never by the browser. */

interface Message {
  id: string;
  from: "assistant" | "staff" | "visitor";
  at: string;
  text?: string;
  buttons?: Button[];
  sources?: Source[];
  card?: Card;
}

interface Button {
  id: string;
  title: string;
}

interface Source {
  claim: string;
  article: string;
  section: string;
}

interface Card {
  kind: "emergency" | "crisis" | "same_day" | "see_doctor" | "note";
  title: string;
  lines?: string[];
  actions?: { title: string; url: string }[];
}

/** A message of the visitor that still has to go out. */
interface Pending {
  id: string;
  text: string;
  /** The id of the reply that was pressed, if it was not typed. */
  button?: string;
}

/** What the browser keeps under one key for each endpoint. */
interface Memory {
  session?: string;
  queue?: Pending[];
  draft?: string;
  /** The id of the last message that was shown in an open window. */
  seen?: string;
}

interface Store {
  endpoint: string;
  get(): Memory;
  set(change: Partial<Memory>): void;
}

interface Labels {
  lang: string;
  [name: string]: string;
}

interface Transcript {
  node: HTMLElement;
  /** Shows a message unless it is shown already; true if it is new. */
  add(message: Message, live?: boolean): boolean;
  history(messages: Message[]): void;
  pending(item: Pending): void;
  state(id: string, state: "sending" | "sent" | "waiting" | "failed"): void;
  remove(id: string): void;
  renewed(): void;
  clear(): void;
  follow(): void;
  print(title: string): void;
}

/** What the conversation tells the window. */
interface Listener extends Pick<Transcript, "pending" | "state" | "renewed" | "clear" | "history"> {
  message(message: Message): void;
  rejected(item: Pending, why?: string): void;
  waiting(waiting: boolean): void;
  typing(): void;
  trouble(kind?: "unreachable" | "busy"): void;
}

interface Conversation {
  start(): void;
  stop(): void;
  send(text: string, button?: string): void;
  retry(): void;
  restart(): Promise<void>;
}

interface Panel {
  node: HTMLDialogElement;
  conversation: Conversation;
  show(focus: boolean): void;
}
