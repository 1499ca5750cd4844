// What a packet keeps in this browser: records that are only ever added, already encrypted, each once by its uid.

/** @typedef {{uid: string, nonce: Uint8Array, data: Uint8Array}} Sealed */

/**
 * @typedef {object} Records
 * @property {(records: Sealed[]) => Promise<void>} add  resolves when they are on the disk
 * @property {(record: Sealed) => Promise<void>} replace  one of the same uid
 * @property {(seq: number) => Promise<(Sealed & {seq: number})[]>} after  in the order in which they came
 * @property {() => Promise<void>} erase  all of them, for good
 * @property {(fn: () => void) => void} onNews  another tab added something
 * @property {(fn: () => void) => void} onErased  another tab erased them
 */

const STORE = "records";
const DURABLE = { durability: "strict" };
const LONGEST_OPENING = 5_000; // milliseconds: some browsers never answer

/** @returns {Promise<Records|null>} null where the browser keeps nothing */
export async function openRecords(packet) {
  const name = `enquete-paquet-${packet}`;
  let db;
  try {
    db = await Promise.race([opened(name), late()]);
  } catch {
    return null;
  }
  const channel = globalThis.BroadcastChannel ? new BroadcastChannel(name) : null;
  let tellErased = () => {};
  db.onversionchange = () => {
    db.close();
    tellErased();
  };

  async function write(change) {
    const transaction = db.transaction(STORE, "readwrite", DURABLE);
    change(transaction.objectStore(STORE));
    await finished(transaction);
    channel?.postMessage("");
  }

  return {
    add: (records) => write((store) => records.forEach((record) => addOnce(store, record))),
    replace: (record) => write((store) => replaceIn(store, record)),
    after: (seq) => answer(db.transaction(STORE).objectStore(STORE).getAll(IDBKeyRange.lowerBound(seq, true))),
    async erase() {
      db.onversionchange = null;
      db.close();
      await answer(indexedDB.deleteDatabase(name));
    },
    onNews: (fn) => channel?.addEventListener("message", fn),
    onErased: (fn) => (tellErased = fn),
  };
}

const late = () => new Promise((_, reject) => setTimeout(reject, LONGEST_OPENING));

async function opened(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: "seq", autoIncrement: true });
    store.createIndex("uid", "uid", { unique: true });
  };
  const db = await answer(request);
  await answer(db.transaction(STORE).objectStore(STORE).count()); // some private windows refuse only now
  return db;
}

/** A record that another tab has added since is left as it is. */
function addOnce(store, record) {
  const request = store.index("uid").getKey(record.uid);
  request.onsuccess = () => request.result === undefined && store.add(record);
}

function replaceIn(store, record) {
  const request = store.index("uid").getKey(record.uid);
  request.onsuccess = () => {
    if (request.result !== undefined) store.delete(request.result);
    store.add(record); // with a new number, so that other tabs see it
  };
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
