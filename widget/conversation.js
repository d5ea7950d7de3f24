/** Keeps one conversation with the server: sends, waits, listens. */

const PATIENCE = 30_000;
const SILENCE = 40_000; // then the stream is dead
const TRIES = 3;

/** @type {CreateStore} */
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

/** @type {Converse} */
export function converse({ endpoint, get, set }, show) {
  let session, expired, cursor, stream, started, sending, living;
  let ready; // the promise of a session
  const sleepers = [];
  const queue = () => get().queue ?? [];
  const wanted = () => started && !document.hidden;
  const wake = () => sleepers.splice(0).forEach((done) => done());
  const pause = (time) => new Promise((done) => sleepers.push(done) && setTimeout(done, time));

  async function request(method, path, token, body, signal = AbortSignal.timeout(PATIENCE)) {
    const headers = token ? { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } : {};
    const response = await fetch(`${endpoint}/webhooks/website/${path}`, { method, headers, body, signal, credentials: "omit" });
    if (response.ok) return response;
    const { status } = response;
    if (status === 401 && token === get().session) {
      expired = token;
      ready = null;
    }
    const said = await response.json().catch(() => {});
    throw { ...said, status, seconds: response.headers.get("Retry-After") || 5 };
  }

  const ask = async (...what) => (await request(...what)).json();

  async function begin(announce) {
    const said = await ask("POST", "session");
    announce?.();
    ({ session, cursor } = said);
    set({ session });
    said.messages.forEach(show.message);
  }

  async function prepare() {
    const stored = get().session;
    if (!stored) return begin();
    if (stored === expired) return begin(show.renewed);
    const said = await ask("GET", "messages?after=0", stored);
    if (session) show.clear();
    session = stored;
    ({ cursor } = said);
    show.history(said.messages);
    queue().forEach(show.pending);
  }

  async function prepared() {
    if (session && session !== get().session) ready = null; // another tab has begun anew
    await (ready ??= prepare().catch((error) => Promise.reject(error, (ready = null))));
    return session;
  }

  // The same id again gets the same answer, and no second turn.
  async function flush() {
    if (sending) return;
    sending = true;
    for (let item, tries = 0; (item = queue()[0]); ) {
      const { id, text, button } = item;
      const settle = (...instead) => set({ queue: queue().flatMap((item) => (item.id === id ? instead : item)) });
      show.pending(item);
      show.typing("assistant");
      try {
        const token = await prepared();
        const said = await ask("POST", "messages", token, JSON.stringify(button ? { id, button } : { id, text }));
        settle();
        tries = 0;
        if (token !== session) continue;
        show.state(id, "sent");
        show.trouble();
        said.messages.forEach(show.message);
      } catch ({ status, seconds, message }) {
        show.typing();
        if (status === 413 || status === 422) {
          settle();
          show.rejected(item, message);
        } else if (status === 429) {
          show.trouble("busy");
          await pause(seconds * 1000);
        } else if (++tries < TRIES && navigator.onLine) {
          if (status === 401) settle({ id, text }); // a new session never offered the button
          await pause(tries * 1000);
        } else {
          for (const { id } of queue()) show.state(id, "failed");
          show.trouble("unreachable");
          break;
        }
      }
    }
    show.typing();
    sending = false;
  }

  async function live() {
    if (wanted()) wake();
    else stream?.abort("now");
    if (living) return;
    living = true;
    for (let rest = 1000; wanted(); rest = Math.min(rest * 2, PATIENCE)) {
      const control = (stream = new AbortController());
      const { signal } = control;
      let timer;
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => control.abort(), SILENCE);
      };
      try {
        alive();
        const token = await prepared();
        const { body } = await request("GET", `stream?after=${cursor}`, token, null, signal);
        rest = 1000;
        show.trouble();
        flush();
        const reader = body.pipeThrough(new TextDecoderStream()).getReader();
        for (let text = "", part; !(part = await reader.read()).done; ) {
          alive();
          const events = (text + part.value).split(/\r?\n\r?\n/);
          text = events.pop();
          events.forEach(receive);
        }
      } catch ({ status }) {
        if (!ready && status !== 401) show.trouble("unreachable");
      }
      clearTimeout(timer);
      if (signal.reason !== "now") await pause(rest * (0.5 + Math.random()));
    }
    living = false;
  }

  function receive(lines) {
    const field = (name) => new RegExp(`^${name}: ?(.*)`, "m").exec(lines)?.[1];
    cursor = field("id") ?? cursor;
    if (field("event") === "typing") show.typing("staff");
    if (field("event") === "message") show.message(JSON.parse(field("data")));
  }

  function retry() {
    wake();
    flush();
  }

  addEventListener("online", retry);
  document.addEventListener("visibilitychange", live);

  return {
    retry,
    start() {
      started = true;
      queue().forEach(show.pending);
      live();
      flush();
    },
    stop() {
      started = false;
      live();
    },
    send(text, button) {
      const id = crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36); // without https
      const item = { id, text, button };
      set({ queue: [...queue(), item] });
      show.pending(item);
      flush();
    },
    async restart() {
      try {
        await begin(() => {
          set({ queue: [] });
          show.clear();
        });
        stream?.abort("now");
      } catch {
        show.trouble("unreachable");
      }
    },
  };
}
