// What is shown and chosen in the open interview: selection, caret, current passage, panels.

import { layerOf, openSuggestions } from "enquete/layer";
import { watchable } from "enquete/state";

/** @typedef {import("./moves.js").Place} Place */

const WIDE = "(min-width: 1101px)"; // as in the styles: the panel stands beside the text

const NOTHING = {
  caret: null, // Place of the keyboard's caret
  anchor: null, // Place where a selection by the keyboard began
  selection: null, // {start, end}: words chosen, code points
  current: null, // item of the coding that is looked at
  suggestion: null, // id of the suggestion that is looked at
  preview: null, // {start, end}: bounds that are being moved, not stored yet
};

/** @param {ReturnType<import("./session.js").createSession>} session */
export function createReading(session) {
  const state = watchable({
    ...NOTHING,
    tab: "codes", // "codes", "passage", "sheet", "memos", "review"
    panelOpen: matchMedia(WIDE).matches, // on narrow screens the panel is folded until it is asked for
    picker: null, // {mode: "code"|"recode"|"adjust"}
    dialog: null, // "help", "proposal"
    code: null, // key of the code whose definition is in sight
    search: { open: false, query: "", hits: [], at: -1 },
    seen: -1, // the furthest turn that stood in the window
    newMemo: null, // {start, end}: a passage on which a memo is begun
    writing: 0, // above 0 when a memo was just asked for: its field takes the focus
    goTo: null, // {point, turn: counter}: a position to bring into sight
  });
  let worked = { entries: null, interview: null, layer: null };

  /** The text was replaced: what was chosen in it is looked for in the new one, near to where it stood. */
  function follow(before, after) {
    const moved = (span) => span && placeIn(after, before.quote(span), span.start);
    const { selection, newMemo, caret } = state.get();
    const chosen = moved(selection);
    const at = caret && { turn: Math.min(caret.turn, after.turns.length - 1), word: caret.word };
    const known = at && after.turns[at.turn].words.length > at.word ? at : at && { turn: at.turn, word: 0 };
    const search = { ...state.get().search, hits: [], at: -1 };
    state.set({ selection: chosen, newMemo: moved(newMemo), anchor: null, preview: null, caret: known, search });
    return Boolean(selection) === Boolean(chosen);
  }

  /** What holds of the open interview, worked out once for each state of its entries. */
  function layer() {
    const { own, interview } = session.state.get();
    if (worked.entries !== own || worked.interview !== interview) {
      worked = { entries: own, interview, layer: layerOf(own, interview) };
    }
    return worked.layer;
  }

  /** The coding that is looked at, if it still holds. */
  function current() {
    const { current: item } = state.get();
    return item === null ? null : (layer().codings.find((coding) => coding.item === item) ?? null);
  }

  function suggestions() {
    return openSuggestions(session.state.get().interview.suggestions, layer());
  }

  function suggestion() {
    const { suggestion: id } = state.get();
    return id === null ? null : (suggestions().find((s) => s.id === id) ?? null);
  }

  /** The passage that a code would be put on: the words chosen, those of the current coding, a whole answer. */
  function target() {
    const { interview } = session.state.get();
    return state.get().selection ?? spanOf(current()) ?? (interview.isAnswer ? interview.wholeTurn(0) : null);
  }

  /** A suggestion is the current one: its code's definition comes into sight. */
  function lookAtSuggestion(id, key) {
    state.set({ suggestion: id, code: key, tab: "codes" });
  }

  function show(point) {
    state.set({ goTo: { point, count: (state.get().goTo?.count ?? 0) + 1 } });
  }

  const revision = () => session.state.get().interview.revision;

  return { state, layer, revision, current, suggestions, suggestion, target, lookAtSuggestion, follow, show };
}

/** Where words stand in a text, the nearest to a position; null when they do not. */
function placeIn(interview, words, near) {
  const { positions, text } = interview;
  const unit = positions.toUnits(Math.min(near, positions.length));
  const [after, before] = [text.indexOf(words, unit), text.lastIndexOf(words, unit)];
  if (after < 0 && before < 0) return null;
  const nearest = before < 0 || (after >= 0 && after - unit <= unit - before) ? after : before;
  return { start: positions.toPoints(nearest), end: positions.toPoints(nearest + words.length) };
}

function spanOf(coding) {
  return coding && { start: coding.start, end: coding.end };
}
