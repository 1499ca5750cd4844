// What holds of an interview for its coder, sorted by what it is and by turn.

import { conflicts, holding } from "enquete/model";

/**
 * @typedef {import("./model.js").Entry} Entry
 * @typedef {object} Layer
 * @property {Entry[]} held
 * @property {Entry[]} codings  in the order of the text; those of an older text wait for the store's answer
 * @property {Map<string, Entry[]>} memosOn  by the item that they are about
 * @property {Entry[]} memos  on the interview or one of its passages, not on a coding
 * @property {Map<string, Entry[]>} stages  "read", "coded"
 * @property {Map<string, Entry[]>} sheet  by field
 * @property {Entry[]} events
 * @property {Map<number, Entry>} verdicts  by suggestion
 * @property {Map<string, Entry[]>} conflicts  states of one thing, made apart
 * @property {Entry[]} touched  codings that want a look
 */

/**
 * @param {Entry[]} entries of one interview
 * @param {import("./interview.js").Interview} interview
 * @returns {Layer}
 */
export function layerOf(entries, interview) {
  const held = holding(entries);
  const of = (kind) => held.filter((entry) => entry.kind === kind);
  const codings = of("coding").filter((entry) => entry.revision === interview.revision);
  const memos = of("memo");
  return {
    held,
    codings: codings.sort((a, b) => a.start - b.start || b.end - a.end || (a.uid < b.uid ? -1 : 1)),
    memosOn: grouped(
      memos.filter((memo) => memo.about),
      (memo) => memo.about,
    ),
    memos: memos.filter((memo) => !memo.about),
    stages: grouped(of("stage"), (entry) => entry.field),
    sheet: grouped(of("sheet"), (entry) => entry.field),
    events: of("event"),
    verdicts: new Map(of("verdict").map((entry) => [entry.suggestion, entry])),
    // A stage or a verdict told twice says the same.
    conflicts: conflicts(held.filter((entry) => entry.kind !== "stage" && entry.kind !== "verdict")),
    touched: codings.filter((entry) => entry.touched),
  };
}

function grouped(entries, keyOf) {
  const groups = new Map();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}

/** Suggestions that wait for a decision, in the order of the text. */
export function openSuggestions(suggestions, layer) {
  const open = (suggestions ?? []).filter((suggestion) => !layer.verdicts.has(suggestion.id));
  return open.sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * @typedef {object} Mark words of a turn that are shown in some way. start, end: units of the turn
 * @property {string} id of what it shows
 * @property {number} start
 * @property {number} end
 * @property {string} look name of a highlight
 *
 * @typedef {object} Chip what a turn shows beside its words: a coding, a memo on a passage or a suggestion begins there
 * @property {"coding"|"memo"|"suggestion"} kind
 * @property {string} id
 * @property {object} thing the entry, or the suggestion
 * @property {string} look
 * @property {boolean} waiting not stored yet
 * @property {boolean} current
 * @property {number} memos how many are on it
 *
 * @typedef {{chips: Chip[], marks: Mark[]}} TurnShown
 */

/**
 * What each turn shows. Turns that show the same as before keep their object, so that they are left alone.
 * @param {import("./interview.js").Interview} interview
 * @param {Chip[]} chips
 * @param {Map<number, TurnShown>} before
 * @returns {Map<number, TurnShown>}
 */
export function shownByTurn(interview, chips, before) {
  const turns = new Map();
  const at = (turn) => {
    if (!turns.has(turn)) turns.set(turn, { chips: [], marks: [] });
    return turns.get(turn);
  };
  for (const chip of chips) {
    at(interview.turnAt(chip.thing.start)).chips.push(chip);
    for (const { turn, start, end } of interview.parts(chip.thing)) {
      at(turn).marks.push({ id: chip.id, start, end, look: chip.look });
    }
  }
  for (const [turn, shown] of turns) {
    const former = before.get(turn);
    if (former && alike(former.chips, shown.chips) && alike(former.marks, shown.marks)) turns.set(turn, former);
  }
  return turns;
}

/** Whether two lists hold objects of the same properties, each the same. */
function alike(one, other) {
  const same = (a, b) => Object.keys(b).every((name) => a[name] === b[name]);
  return one.length === other.length && one.every((item, i) => same(item, other[i]));
}

/** The id under which a suggestion is shown: apart from those of codings. */
export function suggestionMark(id) {
  return `?${id}`;
}
