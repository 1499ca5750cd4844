// Where the keyboard's caret goes: from word to word, from turn to turn. A place is { turn, word }.

/** @typedef {{turn: number, word: number}} Place */

/**
 * @param {import("./interview.js").Interview} interview
 * @param {Place} place
 * @param {1|-1} by
 * @returns {Place} the next word, in the next turn if need be; the same place at the ends of the text
 */
export function nextWord(interview, place, by) {
  const word = place.word + by;
  if (word >= 0 && word < interview.turns[place.turn].words.length) return { turn: place.turn, word };
  const turn = nextSpoken(interview, place.turn, by);
  return turn < 0 ? place : { turn, word: by > 0 ? 0 : interview.turns[turn].words.length - 1 };
}

/** The nearest turn with words, this way; -1 if none. */
function nextSpoken(interview, from, by) {
  for (let turn = from + by; turn >= 0 && turn < interview.turns.length; turn += by) {
    if (interview.turns[turn].words.length > 0) return turn;
  }
  return -1;
}

/** The first word of another turn. */
export function nextTurn(interview, place, by) {
  const turn = nextSpoken(interview, place.turn, by);
  return turn < 0 ? place : { turn, word: 0 };
}

export function turnEnd(interview, place, end) {
  return { turn: place.turn, word: end ? Math.max(0, interview.turns[place.turn].words.length - 1) : 0 };
}

export function textEnd(interview, end) {
  const from = end ? interview.turns.length : -1;
  const turn = nextSpoken(interview, from, end ? -1 : 1);
  return turnEnd(interview, { turn: Math.max(0, turn), word: 0 }, end);
}

/** The span of a word, in code points. */
export function wordSpan(interview, { turn, word }) {
  const found = interview.turns[turn]?.words[word];
  return found ? { start: interview.point(turn, found.start), end: interview.point(turn, found.end) } : null;
}

/** The span from a word to another, both included, whatever their order. */
export function spanBetween(interview, one, other) {
  const a = wordSpan(interview, one);
  const b = wordSpan(interview, other);
  return a && b && { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** The place of the word at a position, or of the next one in its turn. */
export function placeAt(interview, point) {
  const turn = interview.turnAt(point);
  const unit = interview.positions.toUnits(point) - interview.turns[turn].unit;
  const { words } = interview.turns[turn];
  const word = words.findIndex((w) => w.end > unit);
  return { turn, word: word < 0 ? Math.max(0, words.length - 1) : word };
}

/**
 * A span with one of its ends moved by a word; null when nothing would be left of it or there is no word further.
 * @param {"start"|"end"} side
 * @param {1|-1} by
 */
export function withEndMoved(interview, span, side, by) {
  const at = placeAt(interview, side === "start" ? span.start : span.end - 1);
  const here = wordSpan(interview, at);
  // A span may begin or end between two words: the next one is then the word that was found.
  const between = side === "start" ? here.start > span.start : here.start >= span.end;
  const word = between && by > 0 ? here : wordSpan(interview, nextWord(interview, at, by));
  const moved = side === "start" ? { start: word.start, end: span.end } : { start: span.start, end: word.end };
  const changed = moved.start !== span.start || moved.end !== span.end;
  return changed && moved.start < moved.end ? moved : null;
}
