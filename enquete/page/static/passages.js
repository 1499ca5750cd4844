// From words of a turn to places of the page, and back. Positions are UTF-16 units of the turn's text.

/** The element that holds the words of a turn carries its number: <p class="words" data-turn="12">. */
export const WORDS = ".words";

/**
 * @param {HTMLElement} element words of a turn
 * @returns {Range|null} null when these words are not on the page
 */
export function rangeOf(element, start, end) {
  const range = document.createRange();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const after = before + text.length;
    if (!begun && start < after) {
      range.setStart(text, start - before);
      begun = true;
    }
    if (begun && end <= after) {
      range.setEnd(text, end - before);
      return range;
    }
    before = after;
  }
  return null;
}

/** The place of a point of the page: {turn, unit}; null when it is not in words. */
export function placeOf(node, offset) {
  const element = (node instanceof Element ? node : node.parentElement)?.closest(WORDS);
  if (!element) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return { turn: Number(element.dataset.turn), unit: before.toString().length };
}

/** The places of the first and the last words that a range of the page holds; null when it holds none. */
export function placesIn(range, container) {
  const elements = wordsWithin(range, container);
  if (elements.length === 0) return null;
  const [first, last] = [elements[0], elements[elements.length - 1]];
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  return {
    start: start ?? { turn: Number(first.dataset.turn), unit: 0 },
    end: end ?? { turn: Number(last.dataset.turn), unit: last.textContent.length },
  };
}

/** The elements of words that a range touches: looked for from its ends, so that a long text is not walked through. */
function wordsWithin(range, container) {
  const ends = [range.startContainer, range.endContainer].map((n) => (n instanceof Element ? n : n.parentElement));
  const inside = ends.map((element) => element?.closest(WORDS));
  if (inside[0] && inside[1]) return inside;
  return [...container.querySelectorAll(WORDS)].filter((element) => range.intersectsNode(element));
}
