// The codes of the study and those that the coder proposes: looked up, searched by a few letters, coloured.

import { codeKey, OWN_CODE } from "enquete/model";
import { fold } from "enquete/text";

/**
 * @typedef {object} Code
 * @property {string} key one string for codebook and id
 * @property {string} codebook
 * @property {string} id
 * @property {string} label
 * @property {string} definition
 * @property {string} include
 * @property {string} exclude
 * @property {string[]} examples
 * @property {boolean} retired
 * @property {boolean} own proposed by this coder
 * @property {string|null} parent key of the code above
 * @property {Code[]} children
 * @property {string} path labels from the theme down to it
 * @property {number} hue index of the colour of its theme
 */

const PALETTE = [
  "#0A5FB4",
  "#B4540A",
  "#0A7A52",
  "#8E2A8E",
  "#A32638",
  "#5B6B00",
  "#006E80",
  "#6A3FB5",
  "#8A5A00",
  "#3D5A80",
];

const HEX = /^#[0-9A-Fa-f]{6}$/;

/** All codes, from the codebooks of the study and the proposals that hold. */
export class Codes {
  /**
   * @param {object[]} codebooks
   * @param {import("./model.js").Entry[]} proposals
   */
  constructor(codebooks, proposals) {
    /** @type {Map<string, Code>} */
    this.byKey = new Map();
    /** @type {{id: string, label: string, themes: Code[]}[]} */
    this.books = codebooks.map((book) => ({ id: book.id, label: book.label, themes: [] }));
    /** Colours of themes: an index is the hue of a code. */
    this.hues = [];
    for (const book of codebooks) for (const code of book.codes) this._add(book.id, code, false);
    for (const entry of proposals) this._add(entry.codebook, proposedCode(entry), true);
    this._grow();
  }

  _add(codebook, code, own) {
    const key = codeKey(codebook, code.id);
    const parent = code.parent ? codeKey(codebook, code.parent) : null;
    const texts = { definition: "", include: "", exclude: "", examples: [], ...code };
    this.byKey.set(key, { ...texts, key, codebook, own, parent, children: [], retired: Boolean(code.retired) });
  }

  /** Ties each code to the one above it, themes to their book; gives each its path and its hue. */
  _grow() {
    const themes = [];
    for (const code of this.byKey.values()) {
      const above = this.byKey.get(code.parent);
      if (above && above !== code) above.children.push(code);
      else themes.push(code);
    }
    for (const theme of themes) {
      this.books.find((book) => book.id === theme.codebook)?.themes.push(theme);
      this.hues.push(HEX.test(theme.colour) ? theme.colour : PALETTE[this.hues.length % PALETTE.length]);
      tint(theme, "", this.hues.length - 1);
    }
  }

  get(codebook, id) {
    return this.byKey.get(codeKey(codebook, id)) ?? unknownCode(codebook, id);
  }

  /** In the order of the books: themes, each followed by what is under it. */
  inOrder() {
    return this.books.flatMap((book) => book.themes.flatMap(withChildren));
  }

  /**
   * Codes that answer to a few letters, the best first. Case and accents are set aside; every word must be found.
   * @param {string} query nothing: all
   */
  matching(query) {
    const wanted = fold(query).split(/\s+/).filter(Boolean);
    const usable = this.inOrder().filter((code) => !code.retired);
    if (wanted.length === 0) return usable;
    const ranked = usable.map((code, at) => ({ code, at, rank: rank(code, wanted) })).filter((r) => r.rank < NO_MATCH);
    return ranked.sort((a, b) => a.rank - b.rank || a.at - b.at).map((r) => r.code);
  }
}

const NO_MATCH = 100;

/** The worst rank of the words: 0 begins the label, 1 a word of it, 2 the id, 3 inside the label, 4 elsewhere. */
function rank(code, wanted) {
  const label = fold(code.label);
  const id = fold(code.id);
  let rest = "";
  const one = (word) => {
    if (label.startsWith(word)) return 0;
    if (label.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 1;
    if (id.startsWith(word)) return 2;
    if (label.includes(word)) return 3;
    rest ||= fold([code.path, code.definition, code.include, ...code.examples].join(" "));
    return rest.includes(word) ? 4 : NO_MATCH;
  };
  return Math.max(...wanted.map(one));
}

function tint(code, path, hue) {
  code.path = path ? `${path} › ${code.label}` : code.label;
  code.hue = hue;
  for (const child of code.children) tint(child, code.path, hue);
}

function withChildren(code) {
  return [code, ...code.children.flatMap(withChildren)];
}

function proposedCode(entry) {
  return { id: OWN_CODE + entry.item, label: entry.title, definition: entry.body ?? "", parent: entry.code || null };
}

function unknownCode(codebook, id) {
  const label = id.startsWith(OWN_CODE) ? "code proposé, retiré depuis" : `${id} (absent de la grille)`;
  const texts = { label, path: label, definition: "", include: "", exclude: "", examples: [] };
  return {
    ...texts,
    key: codeKey(codebook, id),
    codebook,
    id,
    own: false,
    retired: true,
    parent: null,
    children: [],
    hue: -1,
  };
}

/** The code of a theme's own colours as CSS: see-through tints, so that overlapping passages show through. */
export function hueStyles(hues) {
  const rules = hues.map((colour, hue) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const shade = (alpha) => `rgb(${r} ${g} ${b} / ${alpha})`;
    return [
      `.hue-${hue}{--hue:${colour};--tint:${shade(0.13)};--line-hue:${shade(0.45)}}`,
      `::highlight(coded-${hue}){background-color:${shade(0.16)}}`,
      `::highlight(current-${hue}){background-color:${shade(0.34)};text-decoration:underline 2px ${colour}}`,
    ].join("\n");
  });
  return rules.join("\n");
}
