// The way of entries to the server: in order, a request at a time, again and again until each is stored or refused.

const MOST = 200; // entries in a request
const FIRST_PAUSE = 1_000; // milliseconds, doubled at each failure
const LONGEST_PAUSE = 30_000;

/** @typedef {import("./stores.js").Arrived} Arrived */

/**
 * @param {object} parts
 * @param {(entries: object[]) => Promise<Arrived[]>} parts.send  rejects with a RequestError
 * @param {{keep: (entry: object) => Promise<boolean>, drop: (uid: string) => void}} parts.keeping
 * @param {(status: import("./stores.js").Status) => void} parts.tell
 */
export function createQueue({ send, keeping, tell }) {
  /** @type {{entry: object, ready: boolean, kept: boolean, settle: (arrived: Arrived) => void}[]} */
  let waiting = [];
  let alone = 0; // how many to send one by one, after a request was refused as a whole
  let sending = false;
  let pause = FIRST_PAUSE;
  let timer = 0;
  /** @type {import("./http.js").RequestError|null} */
  let trouble = null;

  function say() {
    const pending = waiting.length;
    const failing = trouble && pending > 0;
    const state = !pending ? "saved" : !failing ? "saving" : trouble.kind === "link" ? "refused" : "offline";
    tell({ state, pending, fragile: waiting.some((i) => !i.kept), message: failing ? trouble.message : "" });
  }

  /** Entries to send; resolves when all are stored or refused. kept: whether this browser keeps them already. */
  async function add(entries, kept = false) {
    const items = entries.map((entry) => ({ entry, ready: kept, kept }));
    const done = items.map((item) => new Promise((resolve) => (item.settle = resolve)));
    waiting.push(...items);
    say();
    for (const item of items) {
      // Kept first: what is sent and acknowledged meanwhile could not be dropped.
      if (!kept) item.kept = await keeping.keep(item.entry);
      item.ready = true;
    }
    say();
    if (!timer) run();
    return Promise.all(done);
  }

  async function run() {
    const batch = next();
    if (sending || batch.length === 0) return;
    sending = true;
    clearTimeout(timer);
    timer = 0;
    try {
      const arrived = await send(batch.map((item) => item.entry));
      trouble = null;
      pause = FIRST_PAUSE;
      settle(batch, arrived);
    } catch (error) {
      if (error.kind === "refused") refuse(batch, error.message);
      else wait(error);
    }
    sending = false;
    say();
    if (!timer) run();
  }

  function next() {
    const notReady = waiting.findIndex((item) => !item.ready);
    const ready = notReady < 0 ? waiting.length : notReady;
    return waiting.slice(0, Math.min(ready, alone > 0 ? 1 : MOST));
  }

  function wait(error) {
    trouble = error;
    timer = setTimeout(run, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  /** The server did not take these: one by one, so that a bad one does not hold the others back. */
  function refuse(batch, reason) {
    if (batch.length > 1) alone = batch.length;
    else settle(batch, [{ uid: batch[0].entry.uid, arrival: "impossible", entry: null, touched: 0, reason }]);
  }

  function settle(batch, arrived) {
    const byUid = new Map(arrived.map((a) => [a.uid, a]));
    waiting = waiting.filter((item) => !batch.includes(item));
    alone = Math.max(0, alone - batch.length);
    for (const item of batch) {
      const what = byUid.get(item.entry.uid);
      // What is refused stays in this browser until the coder has seen it and lets it go.
      if (what.arrival !== "impossible") keeping.drop(item.entry.uid);
      item.settle(what);
    }
  }

  return { add, retry: run };
}
