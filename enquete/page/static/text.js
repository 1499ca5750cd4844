// Positions and words of a text. Entries count in Unicode code points, the browser in UTF-16 units.

const ASTRAL = /[\u{10000}-\u{10FFFF}]/gu; // code points of two units
const WORD = /aujourd['’]hui|[\p{L}\p{N}\p{M}_]+(?:-[\p{L}\p{N}\p{M}_]+)*['’]?/giu;
const LETTER = /[\p{L}\p{N}\p{M}_]/u;
const MARKS = /\p{M}/gu;
const PIECE = /[\0-\x7f]+|[^\0-\x7f]/gu; // plain letters together, any other one alone
const SPACES = /[\t\n\v\f\r]/g;

/** Conversions between code points and UTF-16 units of one text. */
export class Positions {
  /** @param {string} text */
  constructor(text) {
    /** Where the code points of two units begin, in units and in code points. */
    this.units = [];
    this.points = [];
    for (const match of text.matchAll(ASTRAL)) {
      this.points.push(match.index - this.units.length);
      this.units.push(match.index);
    }
    /** Length of the text in code points. */
    this.length = text.length - this.units.length;
  }

  /** @param {number} point in code points; returns units */
  toUnits(point) {
    return point + countBelow(this.points, point);
  }

  /** @param {number} unit in units; returns code points. Inside a pair: where it begins. */
  toPoints(unit) {
    return unit - countBelow(this.units, unit);
  }
}

/** How many of these sorted numbers are below a limit. */
function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last item whose start is at or before a position; -1 if none. Items sorted by start. */
export function lastStartingBefore(items, position) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The words of a text, where a caret that goes from word to word stops: « l' » and « allocation » are two.
 * @param {string} text
 * @returns {{start: number, end: number}[]} in units; the whole text when it holds no word (« … »)
 */
export function words(text) {
  const found = Array.from(text.matchAll(WORD), (m) => ({ start: m.index, end: m.index + m[0].length }));
  return found.length > 0 || text === "" ? found : [{ start: 0, end: text.length }];
}

/** A span of a text (units) without white space at its ends and without words cut in two; null when nothing is left. */
export function snapped(text, start, end) {
  while (start < end && /\s/u.test(text[start])) start++;
  while (end > start && /\s/u.test(text[end - 1])) end--;
  if (start === end) return null;
  while (start > 0 && LETTER.test(letterBefore(text, start)) && LETTER.test(letterAt(text, start))) {
    start -= letterBefore(text, start).length;
  }
  while (end < text.length && LETTER.test(letterBefore(text, end)) && LETTER.test(letterAt(text, end))) {
    end += letterAt(text, end).length;
  }
  return { start, end };
}

function letterAt(text, unit) {
  return String.fromCodePoint(text.codePointAt(unit) ?? 32);
}

function letterBefore(text, unit) {
  const pair = unit > 1 ? text.codePointAt(unit - 2) : 0;
  return pair > 0xffff ? String.fromCodePoint(pair) : text[unit - 1];
}

const folds = new Map();

function foldedLetter(letter) {
  let folded = folds.get(letter);
  if (folded === undefined) {
    folded = /\s/u.test(letter) ? " " : letter.normalize("NFD").replace(MARKS, "").toLowerCase();
    folded = folded.replace("œ", "oe").replace("æ", "ae").replace("’", "'");
    folds.set(letter, folded);
  }
  return folded;
}

/** A text without accents nor capitals, for comparisons. */
export function fold(text) {
  let folded = "";
  for (const letter of text) folded += foldedLetter(letter);
  return folded;
}

/** Looks for words in one text, case and accents set aside; the text is folded once. */
export class Finder {
  /** @param {string} text */
  constructor(text) {
    /** Where in the text each folded letter comes from. */
    const at = [];
    let folded = "";
    for (const { 0: piece, index } of text.matchAll(PIECE)) {
      const plain = piece.charCodeAt(0) < 128 ? piece.toLowerCase().replace(SPACES, " ") : foldedLetter(piece);
      const step = plain.length === piece.length ? 1 : 0; // « œ » gives two letters that come from one
      for (let i = 0; i < plain.length; i++) at.push(index + i * step);
      folded += plain;
    }
    at.push(text.length);
    this.folded = folded;
    this.at = at;
    this.text = text;
  }

  /**
   * @param {string} query
   * @returns {{start: number, end: number}[]} in units, in order, apart from each other
   */
  find(query) {
    const wanted = fold(query.trim());
    const hits = [];
    if (wanted === "") return hits;
    for (let from = this.folded.indexOf(wanted); from >= 0; from = this.folded.indexOf(wanted, from + wanted.length)) {
      hits.push({ start: this.at[from], end: this._endOf(from + wanted.length) });
    }
    return hits;
  }

  /** Where the letter before this folded place ends, the marks that follow it included. */
  _endOf(place) {
    let end = this.at[place];
    if (this.at[place - 1] === end) end += letterAt(this.text, end).length; // half of « œ »
    return end;
  }
}

/** The beginning of a text, cut at a word. */
export function shortened(text, longest = 60) {
  const line = text.replace(/\s+/gu, " ").trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longest / 2)).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

/** « 1 codage », « 2 codages »; « 0 codage ». Numbers as the French write them. */
export function n(count, one, many = `${one}s`) {
  return `${count.toLocaleString("fr-FR")} ${count >= 2 ? many : one}`;
}
