// What is known of the study, and the one way to change it: entries that are shown as waiting until they are stored.

import { announce } from "enquete/announce";
import { Codes } from "enquete/codes";
import { Interview } from "enquete/interview";
import { history, holding, interleaved, merged, OWN_CODE, reversal } from "enquete/model";
import { openPrefs } from "enquete/prefs";
import { n } from "enquete/text";
import { watchable } from "enquete/state";

/** @typedef {import("./model.js").Entry} Entry */

/**
 * @param {import("./stores.js").Store} store
 */
export function createSession(store) {
  const state = watchable({
    phase: "loading", // "ready", "failed"
    failure: "",
    overview: null,
    codes: new Codes([], []),
    study: [], // entries about no interview, in the order of their making
    interview: null,
    own: [], // entries about the open interview
    waiting: new Set(), // uids of entries that are not stored yet
    refused: [], // { entry, reason }
    status: { state: "saved", pending: 0, fragile: false, message: "" },
  });
  /** Entries not stored yet, by uid: they are shown over what the store tells. */
  const pending = new Map();
  /** Lists of what is stored while something is being loaded: the answer may have left before. */
  const loading = new Set();
  let resumed = false;
  let asked = null; // the interview that is wanted: answers about others come too late

  async function start() {
    try {
      await loadStudy();
      if (!resumed) store.waiting().forEach(({ entries, done }) => follow(entries, done, null));
      resumed = true;
      state.set({ phase: "ready", failure: "" });
    } catch (error) {
      state.set({ phase: "failed", failure: error.message });
    }
  }

  async function loadStudy() {
    const [overview, late] = await withLate(store.start());
    if (!state.get().overview) openPrefs(overview.coder);
    setStudy(known(overview.entries, late, null), overview);
  }

  /** What is told, and the entries that were stored meanwhile. */
  async function withLate(telling) {
    const late = [];
    loading.add(late);
    try {
      return [await telling, late];
    } finally {
      loading.delete(late);
    }
  }

  /** Entries on an interview (null: on none): those told, those stored while they were told, those that wait. */
  function known(told, late, code) {
    const uids = new Set(told.map((entry) => entry.uid));
    const others = [...late, ...pending.values()].filter((entry) => (entry.interview ?? null) === code);
    return merged(
      told,
      others.filter((entry) => !uids.has(entry.uid)),
    );
  }

  /** Looks again at what the coder has to do; what is known stays when the store does not answer. */
  function refresh() {
    return loadStudy().catch(() => {});
  }

  function setStudy(study, overview = state.get().overview) {
    const adopted = new Set(overview?.adopted); // they are codes of the codebook now
    const proposals = (entries) =>
      holding(entries).filter((entry) => entry.kind === "proposal" && !adopted.has(OWN_CODE + entry.item));
    const before = state.get();
    const now = proposals(study);
    const sameCodes = overview?.codebooks === before.overview?.codebooks && sameList(now, proposals(before.study));
    state.set({ overview, study, codes: sameCodes ? before.codes : new Codes(overview.codebooks, now) });
  }

  /** Opens an interview, or loads it again; rejects with an Error whose message is a French sentence. */
  async function open(code) {
    if (state.get().interview?.code !== code) state.set({ interview: null, own: [] });
    asked = code;
    const [told, late] = await withLate(store.open(code));
    if (told.generation !== state.get().overview.generation) await refresh(); // its codes changed since they were told
    if (asked === code) state.set({ interview: new Interview(told), own: known(told.entries, late, code) });
  }

  function close() {
    asked = null;
    store.close();
    state.set({ interview: null, own: [] });
  }

  /** Puts entries in the lists that they belong to. */
  function take(entries) {
    const { interview, own, study } = state.get();
    const ours = entries.filter((entry) => entry.interview && entry.interview === interview?.code);
    const general = entries.filter((entry) => !entry.interview);
    if (ours.length > 0) state.set({ own: merged(own, ours) });
    if (ours.some(({ kind }) => kind === "stage" || kind === "gone")) listAnew();
    if (general.length > 0) setStudy(merged(study, general));
  }

  /** The list says of the open interview what its coder has just said. */
  function listAnew() {
    const { overview, interview, own } = state.get();
    const coded = holding(own).some((entry) => entry.kind === "stage" && entry.field === "coded");
    const listed = overview.interviews.find((one) => one.code === interview.code);
    if (!listed || listed.coded === coded) return;
    const interviews = overview.interviews.map((one) => (one === listed ? { ...one, coded } : one));
    state.set({ overview: { ...overview, interviews } });
  }

  function leaveOut(uid) {
    const without = (entries) => entries.filter((entry) => entry.uid !== uid);
    state.set({ own: without(state.get().own) });
    setStudy(without(state.get().study));
  }

  /**
   * Does something: shown at once as waiting, said as done when it is stored.
   * @param {Entry[]} entries
   * @param {string|null} [said] « Codé : Sanctions »
   * @returns {Promise<boolean>} whether all was stored
   */
  function act(entries, said = null) {
    return follow(entries, store.put(entries), said);
  }

  async function follow(entries, done, said) {
    for (const entry of entries) pending.set(entry.uid, entry);
    take(entries);
    tellWaiting();
    const arrived = await done;
    settle(entries, arrived);
    const refused = arrived.filter((a) => a.arrival === "impossible");
    if (refused.length > 0) announce(`Impossible : ${refused[0].reason}`);
    else if (said) announce(said);
    return refused.length === 0;
  }

  function settle(entries, arrived) {
    for (const entry of entries) pending.delete(entry.uid);
    const byUid = new Map(entries.map((entry) => [entry.uid, entry]));
    const stored = arrived.filter((a) => a.arrival !== "impossible" && a.entry);
    const standing = stored.map((a) => ({ ...a.entry, touched: a.touched ?? 0 }));
    for (const late of loading) late.push(...standing);
    take(standing);
    for (const { uid, arrival, reason } of arrived) {
      if (arrival !== "impossible") continue;
      leaveOut(uid);
      state.set({ refused: [...state.get().refused, { entry: byUid.get(uid), reason }] });
    }
    tellWaiting();
  }

  function tellWaiting() {
    state.set({ waiting: new Set(pending.keys()) });
  }

  /** The content of a refused entry is needed no longer. */
  function forget(uid) {
    store.forget(uid);
    state.set({ refused: state.get().refused.filter((r) => r.entry.uid !== uid) });
  }

  /** All entries known here, in the order of their making. */
  function log() {
    return interleaved(state.get().own, state.get().study);
  }

  /** What can be undone or redone next: {step, entries}, or null. */
  function next(way) {
    const entries = log();
    for (const step of history(entries)[way].reverse()) {
      const made = whole(entries, step) ? reversal(entries, step) : null;
      if (made) return made;
    }
    return null;
  }

  function undo() {
    return reverse("undo", "Annulé", "Il n'y a rien à annuler.");
  }

  function redo() {
    return reverse("redo", "Rétabli", "Il n'y a rien à rétablir.");
  }

  async function reverse(way, said, nothing) {
    const made = next(way);
    if (made) return act(made, `${said} : ${what(made)}`);
    announce(nothing);
    return false;
  }

  function what(entries) {
    const kinds = [...new Set(entries.map((entry) => kindOf(log(), entry)))];
    return entries.length > 1 && kinds.length === 1 ? n(entries.length, KINDS[kinds[0]]) : KINDS[kinds[0]];
  }

  async function onChange({ interview, entries, suggestions }) {
    const open_ = state.get().interview;
    if (entries) {
      take(entries);
      if (interview && open_?.code === interview && suggestions !== undefined) {
        state.set({ interview: Object.assign(Object.create(Interview.prototype), open_, { suggestions }) });
      }
    } else if (!interview) {
      await refresh(); // the next look tries again
    } else if (open_?.code === interview) {
      await open(interview).catch(() => {});
    }
  }

  store.onStatus((status) => state.set({ status }));
  store.onChange(onChange);

  return { state, store, start, refresh, open, close, act, undo, redo, next, log, forget };
}

const KINDS = {
  coding: "codage",
  memo: "mémo",
  journal: "note du journal",
  sheet: "fiche",
  event: "événement",
  proposal: "code proposé",
  verdict: "décision",
  stage: "étape",
};

/** What an entry is about: « gone » is about what it replaces. */
function kindOf(entries, entry) {
  if (entry.kind !== "gone") return entry.kind;
  const former = entries.find((other) => entry.over.includes(other.uid));
  return former && former.kind !== "gone" ? former.kind : "coding";
}

/** A proposal made while coding goes with its coding: without it (another interview), the step is known in part. */
function whole(entries, step) {
  const made = entries.filter((entry) => entry.step === step);
  const kinds = new Set(made.map((entry) => kindOf(entries, entry)));
  return !kinds.has("proposal") || kinds.has("coding");
}

function sameList(one, other) {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}
