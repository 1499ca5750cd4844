// Brings places of a long text into sight. Turns far from the window have but an estimated height, so the way there is
// looked at again once they are drawn.

import { rangeOf } from "enquete/passages";

const TRIES = 3;

/**
 * @param {HTMLElement} scroller
 * @param {number} turn
 * @param {number} unit in the turn
 */
export function bringIntoSight(scroller, turn, unit, tries = TRIES) {
  const row = turnElement(scroller, turn);
  if (!row) return;
  const box = boxOf(row, unit);
  const frame = scroller.getBoundingClientRect();
  // Room for the bar below, and for a few lines around.
  const [top, bottom] = [frame.top + 60, frame.bottom - 140];
  if (box.top >= top && box.bottom <= bottom) return;
  scroller.scrollTop += box.top - (frame.top + frame.height / 3);
  if (tries > 1) requestAnimationFrame(() => bringIntoSight(scroller, turn, unit, tries - 1));
}

export function turnElement(scroller, turn) {
  return scroller.querySelector(`.turn[data-turn="${turn}"]`);
}

function boxOf(row, unit) {
  const words = row.querySelector(".words");
  const range = rangeOf(words, unit, unit + 1);
  const box = range?.getBoundingClientRect();
  return box && box.height > 0 ? box : words.getBoundingClientRect();
}

/** Puts the focus, and the stop of the Tab key, on a turn: its row and what it holds. */
export function focusTurn(scroller, turn) {
  const row = turnElement(scroller, turn)?.querySelector(".row");
  if (!row) return;
  makeStop(scroller, row);
  row.focus({ preventScroll: true });
}

export function makeStop(scroller, row) {
  const set = (at, stop) => [at, ...at.querySelectorAll(".chip")].forEach((e) => e.setAttribute("tabindex", stop));
  const former = scroller.querySelector('.row[tabindex="0"]');
  if (former && former !== row) set(former, "-1");
  set(row, "0");
}
