// An interview made ready to be shown: its turns with their words, and ways between positions, turns and words.

import { lastStartingBefore, Positions, words } from "enquete/text";

/** One turn. start, end: code points in the interview; unit: where it begins in UTF-16 units; text: what was said. */
class Turn {
  constructor(turn, index, text, positions, masks) {
    Object.assign(this, turn);
    this.index = index;
    this.unit = positions.toUnits(turn.start);
    this.text = text.slice(this.unit, positions.toUnits(turn.end));
    this.asked = turn.role === "interviewer";
    this.masks = masks.map((mask) => ({
      start: positions.toUnits(mask.start) - this.unit,
      end: positions.toUnits(mask.end) - this.unit,
    }));
  }

  /** Its words, in units of the turn; looked for when first needed. */
  get words() {
    this._words ??= words(this.text);
    return this._words;
  }
}

export class Interview {
  /** @param {object} told what the store tells of it */
  constructor(told) {
    Object.assign(this, told);
    this.isAnswer = Boolean(told.question); // to an open question
    this.positions = new Positions(told.text);
    const masks = inTurns(told.turns, told.masks ?? []);
    this.turns = told.turns.map((turn, i) => new Turn(turn, i, told.text, this.positions, masks[i]));
  }

  /** The words of a span. */
  quote({ start, end }) {
    return this.text.slice(this.positions.toUnits(start), this.positions.toUnits(end));
  }

  /** Index of the turn that holds a position, or of the one before it. */
  turnAt(point) {
    return Math.max(0, lastStartingBefore(this.turns, point));
  }

  /** The parts of a span, turn by turn: {turn, start, end} in units of the turn, none empty. */
  parts({ start, end }) {
    const parts = [];
    for (let i = this.turnAt(start); i < this.turns.length && this.turns[i].start < end; i++) {
      const turn = this.turns[i];
      const from = this.positions.toUnits(Math.max(start, turn.start)) - turn.unit;
      const to = this.positions.toUnits(Math.min(end, turn.end)) - turn.unit;
      if (from < to) parts.push({ turn: i, start: from, end: to });
    }
    return parts;
  }

  /** A place in a turn (units) as a position of the interview (code points). */
  point(turn, unit) {
    return this.positions.toPoints(this.turns[turn].unit + unit);
  }

  /** The span of a whole turn, without white space at its ends. */
  wholeTurn(index) {
    const { text } = this.turns[index];
    const from = text.length - text.trimStart().length;
    return { start: this.point(index, from), end: this.point(index, text.trimEnd().length) };
  }

  /** Whether a span holds words of somebody else than the interviewer. */
  holdsAnswer(span) {
    return this.parts(span).some((part) => !this.turns[part.turn].asked);
  }

  /** How many words stand after a turn. */
  wordsAfter(index) {
    this._after ??= wordsAfterEach(this.turns);
    return this._after[index] ?? 0;
  }
}

function wordsAfterEach(turns) {
  const after = new Array(turns.length);
  let count = 0;
  for (let i = turns.length - 1; i >= 0; i--) {
    after[i] = count;
    count += turns[i].text.split(/\s+/).filter(Boolean).length;
  }
  return after;
}

function inTurns(turns, spans) {
  const found = turns.map(() => []);
  for (const span of spans) {
    const at = lastStartingBefore(turns, span.start);
    if (at >= 0 && span.end <= turns[at].end) found[at].push(span);
  }
  return found;
}

/** « 1:02:05 », « 3:07 » */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (count) => String(count).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
