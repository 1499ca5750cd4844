// What a coder's entries say: pure functions. An entry holds until another entry replaces it (`over`).
//
// Nothing is ever altered: to edit, to delete and to undo are to add entries over others.

/**
 * @typedef {object} Entry one thing that a coder did; positions in code points
 * @property {string} uid
 * @property {"coding"|"memo"|"journal"|"sheet"|"event"|"proposal"|"verdict"|"stage"|"gone"} kind
 * @property {string} step shared by the entries that are undone together
 * @property {string} item shared by the successive states of one thing
 * @property {string[]} over uids of the entries that it replaces
 * @property {string|null} [reverses] the step that this one undoes
 * @property {string|null} [about] the item that a memo is on
 * @property {string|null} [interview]
 * @property {string|null} [revision]
 * @property {number|null} [start]
 * @property {number|null} [end]
 * @property {string|null} [codebook]
 * @property {string|null} [code]
 * @property {number} [generation]
 * @property {"cite"|"paraphrase"|"never"|null} [flag]
 * @property {number|null} [suggestion]
 * @property {string} [field]
 * @property {string} [title]
 * @property {string} [body]
 * @property {string} [made_at]
 * @property {number} [touched] 1 the words changed, 2 the code changed its meaning, 3 both (told by the store)
 */

export const OWN_CODE = "~"; // begins the id of a code that a coder proposes
export const FLAGS = ["cite", "paraphrase", "never"];
export const TEXT_CHANGED = 1;
export const CODE_CHANGED = 2;

/** A new identifier, later ones sorting after earlier ones. */
export function newUid() {
  const random = crypto.getRandomValues(new Uint8Array(9));
  return Date.now().toString(36).padStart(9, "0") + Array.from(random, (b) => (b % 36).toString(36)).join("");
}

/** Now, in UTC, to the second. */
export function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** The entries that hold: no other one replaces them. In their order; what only replaces left out. */
export function holding(entries) {
  const replaced = replacedUids(entries);
  return entries.filter((entry) => entry.kind !== "gone" && !replaced.has(entry.uid));
}

function replacedUids(entries) {
  const replaced = new Set();
  for (const entry of entries) for (const uid of entry.over) replaced.add(uid);
  return replaced;
}

/** Entries of several lists, each once, by uid; what comes later tells how an entry stands now. */
export function merged(...lists) {
  const byUid = new Map();
  for (const list of lists) for (const entry of list) byUid.set(entry.uid, entry);
  return [...byUid.values()];
}

/** Items of which several states hold, made apart: a map from item to its states. */
export function conflicts(held) {
  const byItem = new Map();
  for (const entry of held) {
    const states = byItem.get(entry.item);
    if (states) states.push(entry);
    else byItem.set(entry.item, [entry]);
  }
  return new Map([...byItem].filter(([, states]) => states.length > 1));
}

/**
 * An entry that puts something or, with `over`, changes it. What is not said is taken from the first replaced.
 * @param {Partial<Entry>} content
 * @param {{step?: string, over?: Entry[], reverses?: string|null}} [how]
 * @returns {Entry}
 */
export function put(content, { step = newUid(), over = [], reverses = null } = {}) {
  const { touched, ...former } = over[0] ?? {};
  const uid = newUid();
  return { item: uid, ...former, ...content, uid, step, reverses, over: over.map((e) => e.uid), made_at: now() };
}

/**
 * An entry that takes something away: all these states of one item.
 * @param {Entry[]} over
 * @returns {Entry}
 */
export function gone(over, { step = newUid(), reverses = null } = {}) {
  const first = over[0];
  const interview = first.interview ?? null;
  const uids = over.map((e) => e.uid);
  return { uid: newUid(), kind: "gone", step, reverses, item: first.item, over: uids, interview, made_at: now() };
}

/**
 * The entries that undo a step, as one new step; null when it cannot be undone: what it left was changed since, or
 * what it replaced is not known here.
 * @param {Entry[]} entries all those known
 * @param {string} step
 * @returns {Entry[]|null}
 */
export function reversal(entries, step) {
  const byUid = new Map(entries.map((entry) => [entry.uid, entry]));
  const how = { step: newUid(), reverses: step };
  const made = [];
  for (const states of byItem(entries.filter((entry) => entry.step === step))) {
    const over = nowLeftBy(entries, states);
    const own = new Set(uids(states));
    const former = [...new Set(states.flatMap((entry) => entry.over))].filter((uid) => !own.has(uid));
    if (!over || former.some((uid) => !byUid.has(uid))) return null;
    const contents = former.map((uid) => byUid.get(uid)).filter((entry) => entry.kind !== "gone");
    // A content is told with the revision and the generation that it counts in: they go along with it.
    for (const content of contents) made.push({ ...put({}, { ...how, over: [content] }), over: uids(over) });
    if (contents.length === 0 && over.some((entry) => entry.kind !== "gone")) made.push(gone(over, how));
  }
  return made.length > 0 ? made : null;
}

/** What a step left of an item, as it is now: its last states, or those put back when later changes were undone. */
function nowLeftBy(entries, states) {
  const left = states.filter((entry) => !states.some((other) => other.over.includes(entry.uid)));
  const replaced = replacedUids(entries);
  if (!left.some((entry) => replaced.has(entry.uid))) return left;
  const last = entries.filter((entry) => entry.item === states[0].item && !replaced.has(entry.uid));
  return contentsOf(last) === contentsOf(left) ? last : null;
}

function contentsOf(entries) {
  const contents = entries.filter((entry) => entry.kind !== "gone").map((entry) => JSON.stringify(contentOf(entry)));
  return contents.sort().join();
}

const CONTENT = ["kind", "about", "interview", "revision", "start", "end", "codebook", "code", "flag", "suggestion"];

function contentOf(entry) {
  return [...CONTENT.map((name) => entry[name] ?? null), entry.field ?? "", entry.title ?? "", entry.body ?? ""];
}

function uids(entries) {
  return entries.map((entry) => entry.uid);
}

function byItem(entries) {
  const groups = new Map();
  for (const entry of entries) groups.set(entry.item, [...(groups.get(entry.item) ?? []), entry]);
  return groups.values();
}

/**
 * What can be undone and redone, read from the log, so that it survives a reload.
 *
 * A step and the steps that reverse it, one after the other, make a chain: done when the chain is odd, undone when it
 * is even; its tip is what is reversed next. Something new makes what was undone before it impossible to redo.
 * @param {Entry[]} entries in the order in which they were made
 * @returns {{undo: string[], redo: string[]}} tips, the next one last
 */
export function history(entries) {
  const steps = new Map();
  for (const entry of entries) {
    if (!steps.has(entry.step)) steps.set(entry.step, { id: entry.step, at: steps.size, reverses: entry.reverses });
  }
  const reversedBy = new Map();
  for (const step of steps.values()) if (step.reverses) reversedBy.set(step.reverses, step);
  const done = [];
  const undone = [];
  let lastNew = -1;
  for (const step of steps.values()) {
    if (step.reverses) continue;
    lastNew = step.at;
    let tip = step;
    let length = 1;
    for (let next = reversedBy.get(tip.id); next && next !== tip; next = reversedBy.get(tip.id)) {
      tip = next;
      length++;
    }
    (length % 2 ? done : undone).push(tip);
  }
  const again = undone.filter((tip) => tip.at > lastNew).sort((a, b) => a.at - b.at);
  return { undo: done.map((tip) => tip.id), redo: again.map((tip) => tip.id) };
}

/**
 * Two logs put one after the other, entry by entry, by the time when they were made; each keeps its own order.
 * @param {Entry[]} one
 * @param {Entry[]} other
 */
export function interleaved(one, other) {
  const all = [];
  let j = 0;
  for (const entry of one) {
    while (j < other.length && (other[j].made_at ?? "") < (entry.made_at ?? "")) all.push(other[j++]);
    all.push(entry);
  }
  return all.concat(other.slice(j));
}

/**
 * The last codes used, each in a slot that it keeps until it is the one used longest ago.
 * @param {{key: string, at: number}[]} slots key: see codeKey; at: grows with each use
 * @param {string} key the code used now
 * @param {number} most how many slots
 */
export function withUsed(slots, key, most) {
  const at = 1 + Math.max(0, ...slots.map((slot) => slot.at));
  const oldest = slots.reduce((old, slot) => (old && old.at < slot.at ? old : slot), null);
  const known = slots.find((slot) => slot.key === key);
  if (!known && slots.length < most) return [...slots, { key, at }];
  return slots.map((slot) => (slot === (known ?? oldest) ? { key, at } : slot));
}

/** One string for a code of a codebook. */
export function codeKey(codebook, code) {
  return `${codebook} ${code}`;
}
