/** Keeps one conversation with the server: its session, what still has to go out, and what comes in. */

const PATIENCE = 30_000; // with one answer
const SILENCE = 40_000; // then the stream counts as dead
const TRIES = 3; // before a message is shown as not sent

/** What the browser remembers; in memory alone where storage is refused. @param {string} endpoint @returns {Store} */
export function createStore(endpoint) {
  const key = `frontdesk ${endpoint}`;
  let memory = {};
  const get = () => {
    try {
      return JSON.parse(localStorage[key]);
    } catch {
      return memory;
    }
  };
  const set = (change) => {
    memory = { ...get(), ...change };
    try {
      localStorage[key] = JSON.stringify(memory);
    } catch {}
  };
  return { endpoint, get, set };
}

/** @param {Store} store @param {Listener} tell @returns {Conversation} */
export function converse({ endpoint, get, set }, tell) {
  let session, cursor, stream, started, sending, living;
  let ready; // the promise of a session whose history is shown
  let wake = () => {};
  const queue = () => get().queue ?? [];
  const wanted = () => started && !document.hidden;

  function pause(time) {
    return new Promise((done) => {
      const others = wake;
      wake = () => done(others());
      setTimeout(done, time);
    });
  }

  async function request(method, path, token, body, signal = AbortSignal.timeout(PATIENCE)) {
    const headers = token ? { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } : {};
    const url = `${endpoint}/webhooks/website/${path}`;
    const response = await fetch(url, { method, headers, body, signal, credentials: "omit", cache: "no-store" });
    if (response.ok) return response;
    const { message } = await response.json().catch(() => ({}));
    throw { status: response.status, message, seconds: response.headers.get("Retry-After") || 5 };
  }

  async function ask(...what) {
    const response = await request(...what);
    return response.json();
  }

  async function prepare() {
    const stored = get().session;
    if (!stored) return begin();
    try {
      if (stored === session) throw { status: 401 };
      const said = await ask("GET", "messages?after=0", stored);
      if (session) tell.clear();
      ({ cursor } = said);
      session = stored;
      tell.history(said.messages);
      queue().forEach(tell.pending);
    } catch (error) {
      if (error.status !== 401) throw error;
      await begin(tell.renewed);
    }
  }

  async function prepared() {
    try {
      await (ready ??= prepare());
    } catch (error) {
      ready = null;
      throw error;
    }
    return session;
  }

  async function begin(announce) {
    const said = await ask("POST", "session");
    announce?.();
    ({ session, cursor } = said);
    set({ session });
    said.messages.forEach(tell.message);
  }

  /** Sends what waits, one at a time, in order; the same id again gets the same answer and no second turn. */
  async function flush() {
    if (sending) return;
    sending = true;
    for (let item, tries = 0; (item = queue()[0]); ) {
      const { id, text, button } = item;
      const settle = (...instead) => set({ queue: queue().flatMap((item) => (item.id === id ? instead : item)) });
      let token;
      tell.state(id);
      tell.waiting(true);
      try {
        token = await prepared();
        const said = await ask("POST", "messages", token, JSON.stringify(button ? { id, button } : { id, text }));
        settle();
        tries = 0;
        tell.waiting();
        if (token !== session) continue;
        tell.state(id, "sent");
        tell.trouble();
        said.messages.forEach(tell.message);
      } catch ({ status, seconds, message }) {
        tell.waiting();
        if (status === 413 || status === 422) {
          settle();
          tell.rejected(item, message);
        } else if (status === 429) {
          tell.trouble("busy");
          await pause(seconds * 1000);
        } else if (++tries < TRIES && navigator.onLine) {
          if (status === 401) settle({ id, text }); // another session never offered the button: its words go instead
          if (status === 401 && token === session) ready = null;
          await pause(tries * 1000);
        } else {
          for (const { id } of queue()) tell.state(id, navigator.onLine ? "failed" : "waiting");
          tell.trouble("unreachable");
          break;
        }
      }
    }
    sending = false;
  }

  /** Listens while the page is visible, and comes back after every break, with growing pauses. */
  async function live() {
    if (wanted()) wake();
    else stream?.abort("now");
    if (living) return;
    living = true;
    for (let rest = 1000; wanted(); rest = Math.min(rest * 2, PATIENCE)) {
      let token;
      stream = new AbortController();
      const { signal } = stream;
      try {
        token = await prepared();
        const { body } = await request("GET", `stream?after=${cursor}`, token, null, signal);
        rest = 1000;
        tell.trouble();
        flush();
        await read(body.pipeThrough(new TextDecoderStream()).getReader());
      } catch ({ status }) {
        if (!ready) tell.trouble("unreachable");
        if (status === 401 && token === session) ready = null;
      }
      if (signal.reason !== "now") await pause(rest * (0.5 + Math.random()));
    }
    living = false;
  }

  async function read(reader) {
    for (let text = ""; ; ) {
      const timer = setTimeout(() => reader.cancel(), SILENCE);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      const events = (text + value).split(/\r?\n\r?\n/);
      text = events.pop();
      events.forEach(receive);
    }
  }

  function receive(lines) {
    const { id, event, data } = Object.fromEntries([...lines.matchAll(/^(\w+): ?(.*)$/gm)].map(([, ...field]) => field));
    if (id) cursor = id;
    if (event === "typing") tell.typing();
    if (event === "message") tell.message(JSON.parse(data));
  }

  function retry() {
    wake();
    flush();
  }

  addEventListener("online", retry);
  document.addEventListener("visibilitychange", live);
  addEventListener("storage", () => {
    if (!session || get().session === session) return;
    ready = null; // another tab has begun anew
    stream?.abort("now");
  });

  return {
    retry,
    start() {
      started = true;
      queue().forEach(tell.pending);
      live();
      flush();
    },
    stop() {
      started = false;
      live();
    },
    send(text, button) {
      const item = { id: uuid(), text, button };
      set({ queue: [...queue(), item] });
      tell.pending(item);
      flush();
    },
    async restart() {
      try {
        await begin(() => set({ queue: tell.clear() }));
        stream?.abort("now");
      } catch {
        tell.trouble("unreachable");
      }
    },
  };
}

/** A random id (version 4); crypto.randomUUID is missing on pages without https. */
function uuid() {
  const digit = (mark) => (mark ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (mark / 4)))).toString(16);
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit);
}
