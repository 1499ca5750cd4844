// What is shown over the words: @recogito/text-annotator follows the pointer's selection and finds what lies under a
// click; passages are painted as CSS highlights.
//
// A long interview has thousands of turns: only those near the window are given to the annotator, as ready-made ranges,
// so that neither it nor the browser walks through the whole text.

import { placesIn, rangeOf } from "enquete/passages";

const MARGIN = "400px 0px"; // turns this near to the window are ready before they are seen
const SETTLED = 100; // milliseconds without a change, after which a finger's selection is looked at
const REMOTE = "REMOTE"; // the annotator's word for what the person did not do by pointer

/** @typedef {import("./layer.js").Mark} Mark */

/**
 * @param {HTMLElement} container holds the turns (li.turn)
 * @param {{onSelect: (places: object) => void, onSeen: (turn: number) => void}} told
 *   onSeen: the furthest of the turns that came into the window, -1 if none did
 */
export function createHighlights(container, { onSelect, onSeen }) {
  // The annotator's build for browsers still asks Node's process which environment it runs in.
  globalThis.process ??= { env: {} };
  const api = window.RecogitoJS;
  const paints = Boolean(CSS.highlights);
  // Highlights follow their ranges by themselves: they are painted when they change, not when the page scrolls.
  const painter = { redraw() {}, setVisible() {}, destroy: () => CSS.highlights.clear() };
  const annotator = api.createTextAnnotator(container, {
    offsetReferenceSelector: ".turn, .text",
    renderer: paints ? (...parts) => api.createRenderer(painter, ...parts) : "SPANS",
    style: paints ? undefined : (annotation) => SPAN_STYLES[annotation.look?.replace(/\d+$/, "")] ?? UNSEEN,
    userSelectAction: "NONE",
    selectionMode: "all",
  });
  const { store } = annotator.state;
  /** Turns near the window: { element, marks: those drawn, ids: of their annotations }. */
  const near = new Map();
  let lasting = new Map();
  let passing = [];
  let passingIds = [];
  let pointerSelection = null;
  let byTouch = false;
  let fingerTimer = 0;
  let hasSelected = false; // since the pointer went down

  function paint() {
    if (!paints) return;
    const ranges = new Map();
    const add = (look, range) => range && ranges.set(look, [...(ranges.get(look) ?? []), range]);
    for (const annotation of store.all())
      if (annotation.look) add(annotation.look, annotation.target.selector[0].range);
    for (const mark of passing) add(mark.look, rangeIn(mark));
    for (const look of CSS.highlights.keys()) if (!ranges.has(look)) CSS.highlights.delete(look);
    for (const [look, found] of ranges) {
      const highlight = new Highlight(...found);
      highlight.priority = PRIORITIES.indexOf(look.replace(/-\d+$/, ""));
      CSS.highlights.set(look, highlight);
    }
  }

  function rangeIn(mark) {
    const turn = near.get(mark.turn);
    return turn ? rangeOf(turn.words, mark.start, mark.end) : null;
  }

  function annotationOf(turn, mark, at) {
    const range = rangeIn({ ...mark, turn });
    if (!range) return null;
    const id = `${turn}.${at}`;
    const selector = [{ quote: "", start: mark.start, end: mark.end, range }];
    return { id, look: mark.look, shows: mark.id, bodies: [], target: { annotation: id, selector } };
  }

  /** Gives the annotator what a turn shows now. */
  function draw(turn) {
    const shown = near.get(turn);
    const marks = lasting.get(turn)?.marks ?? [];
    if (shown.marks === marks) return;
    store.bulkDeleteAnnotations(shown.ids, REMOTE);
    const annotations = marks.map((mark, at) => annotationOf(turn, mark, at)).filter(Boolean);
    if (annotations.length > 0) store.bulkAddAnnotations(annotations, false, REMOTE);
    Object.assign(shown, { marks, ids: annotations.map((a) => a.id) });
  }

  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        const turn = Number(target.dataset.turn);
        if (!isIntersecting) forgetTurn(turn);
        else if (!near.has(turn)) near.set(turn, { words: target.querySelector(".words"), marks: NONE, ids: [] });
      }
      refresh();
    },
    { root: container.closest(".text"), rootMargin: MARGIN },
  );
  const sight = new IntersectionObserver(
    (changes) => onSeen(Math.max(...changes.filter((c) => c.isIntersecting).map((c) => Number(c.target.dataset.turn)))),
    { root: container.closest(".text") },
  );

  function forgetTurn(turn) {
    if (near.has(turn)) store.bulkDeleteAnnotations(near.get(turn).ids, REMOTE);
    near.delete(turn);
  }

  function refresh() {
    for (const turn of near.keys()) draw(turn);
    paint();
  }

  /** All turns of a text that was replaced are looked at anew. */
  function observe() {
    observer.disconnect();
    sight.disconnect();
    for (const turn of near.keys()) forgetTurn(turn);
    for (const turn of container.children) {
      observer.observe(turn);
      sight.observe(turn);
    }
  }

  /** @param {Map<number, import("./layer.js").TurnShown>} turns what each turn shows for good */
  function setLasting(turns) {
    lasting = turns;
    refresh();
  }

  /** @param {(Mark & {turn: number})[]} marks the selection, the caret, what was searched */
  function setPassing(marks) {
    passing = marks;
    if (paints) paint();
    else drawPassing();
  }

  function drawPassing() {
    store.bulkDeleteAnnotations(passingIds, REMOTE);
    const annotations = passing
      .map((mark, at) => annotationOf(mark.turn, { ...mark, id: null }, `p${at}`))
      .filter(Boolean);
    if (annotations.length > 0) store.bulkAddAnnotations(annotations, false, REMOTE);
    passingIds = annotations.map((a) => a.id);
  }

  function onPointer({ changes }) {
    const [made] = [...(changes.created ?? []), ...(changes.updated ?? []).map((u) => u.newValue)];
    if (!made) return;
    if (pointerSelection && pointerSelection !== made.id) store.deleteAnnotation(pointerSelection, REMOTE);
    pointerSelection = made.id;
    hasSelected = true;
    const { selector } = made.target;
    const first = placesIn(selector[0].range, container);
    const last = placesIn(selector[selector.length - 1].range, container);
    getSelection().removeAllRanges(); // our own mark takes over
    if (first && last) onSelect({ start: first.start, end: last.end });
  }

  store.observe(onPointer, { origin: "LOCAL" });

  /**
   * The annotator follows the mouse only: our own keys move the caret, and Ctrl + A chooses nothing. A finger's selection
   * is made and widened by the system, each in its own order of events: only what is selected is looked at.
   */
  function followPointer(event) {
    byTouch = event.pointerType === "touch";
    hasSelected = false;
    annotator.setAnnotatingEnabled(!byTouch);
  }

  document.addEventListener("pointerdown", followPointer, { capture: true });

  function followFinger() {
    clearTimeout(fingerTimer);
    if (byTouch) fingerTimer = setTimeout(takeTouched, SETTLED);
  }

  function takeTouched() {
    const selected = getSelection();
    const range = selected.rangeCount > 0 && !selected.isCollapsed ? selected.getRangeAt(0) : null;
    const places = range?.intersectsNode(container) ? placesIn(range, container) : null;
    if (!places) return;
    hasSelected = true;
    onSelect(places);
  }

  document.addEventListener("selectionchange", followFinger);

  function leaveToKeys() {
    byTouch = false;
    annotator.setAnnotatingEnabled(false);
  }

  document.addEventListener("keydown", leaveToKeys, { capture: true });

  /** Lets go of the words selected by the pointer. */
  function dropPointerSelection() {
    if (pointerSelection) store.deleteAnnotation(pointerSelection, REMOTE);
    pointerSelection = null;
    const selected = getSelection();
    if (!selected.isCollapsed && container.contains(selected.anchorNode)) selected.removeAllRanges();
  }

  /** Ids of what lies under a point of the window, the shortest first. */
  function under(x, y) {
    const box = container.getBoundingClientRect();
    const found = store.getAt(x - box.x, y - box.y, true) ?? [];
    return [...new Set(found.filter((a) => a.shows).map((a) => a.shows))];
  }

  function destroy() {
    observer.disconnect();
    sight.disconnect();
    document.removeEventListener("pointerdown", followPointer, { capture: true });
    document.removeEventListener("keydown", leaveToKeys, { capture: true });
    document.removeEventListener("selectionchange", followFinger);
    clearTimeout(fingerTimer);
    annotator.destroy();
  }

  return {
    observe,
    setLasting,
    setPassing,
    dropPointerSelection,
    under,
    destroy,
    /** Whether the click that comes ends a selection. */
    endsSelection: () => hasSelected,
  };
}

const NONE = [];
const PRIORITIES = ["coded", "waiting", "suggested", "found", "current", "found-here", "chosen", "caret"];
const UNSEEN = { fill: "transparent", fillOpacity: 0 };
/** For browsers without CSS highlights: no more than what tells the kinds apart. */
const SPAN_STYLES = {
  "coded-": { fill: "#5b7fb4", fillOpacity: 0.18 },
  "current-": { fill: "#5b7fb4", fillOpacity: 0.4, underlineThickness: 2, underlineColor: "#1d4f91" },
  chosen: { fill: "#1d4f91", fillOpacity: 0.3 },
  caret: { fill: "#1d4f91", fillOpacity: 0.45 },
  found: { fill: "#f0b429", fillOpacity: 0.4 },
  "found-here": { fill: "#f0b429", fillOpacity: 0.8 },
  waiting: { fill: "#8a8578", fillOpacity: 0.18 },
  suggested: { fill: "#000000", fillOpacity: 0, underlineThickness: 2, underlineColor: "#57534c" },
};
