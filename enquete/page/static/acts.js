// What a coder does to passages, as the entries that say it.

import { gone, newUid, put } from "enquete/model";

/** @typedef {import("./model.js").Entry} Entry */

/** What every entry of this moment says: the codes that the coder has in sight. */
export function moment(session) {
  return { generation: session.state.get().overview.generation };
}

/**
 * A passage coded with a code.
 * @returns {Entry} the coding
 */
export function coded(session, span, code, more = {}, step = newUid()) {
  const { interview } = session.state.get();
  const place = { interview: interview.code, revision: interview.revision, start: span.start, end: span.end };
  const content = { kind: "coding", codebook: code.codebook, code: code.id, flag: null, suggestion: null };
  return put({ ...content, ...more, ...place, ...moment(session) }, { step });
}

/**
 * A coding changed: its code, its bounds (in the text that it stands in), its flag. Changed, it has been seen.
 * A code that stays goes with the moment when the store told how it is called.
 */
export function changed(session, coding, content) {
  return put(content.code ? { ...content, ...moment(session) } : content, { over: [coding] });
}

/** A coding taken away, with the memos on it. */
export function takenAway(codings, memos) {
  const step = newUid();
  return [gone(codings, { step }), ...memos.map((memo) => gone([memo], { step }))];
}

/** A code of the coder's own, under a theme or none. */
export function proposed(session, { codebook, label, definition, parent }, step = newUid()) {
  const content = { kind: "proposal", codebook, title: label, body: definition, code: parent };
  return put({ ...content, ...moment(session) }, { step });
}

/**
 * What is decided of a suggestion. A second decision on the same one is a state of the same thing.
 * @param {"accepted"|"changed"|"refused"} field
 */
export function decided(session, suggestion, field, step = newUid()) {
  const { interview } = session.state.get();
  const content = { kind: "verdict", item: `v${suggestion.id}`, suggestion: suggestion.id, field };
  return put({ ...content, interview: interview.code, ...moment(session) }, { step });
}

/** A stage reached, or taken back (all its states). */
export function staged(session, field, states) {
  if (states.length > 0) return gone(states);
  const { interview } = session.state.get();
  return put({
    kind: "stage",
    item: `${interview.code}-${field}`,
    interview: interview.code,
    field,
    ...moment(session),
  });
}
