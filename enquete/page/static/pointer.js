// What the mouse or a finger does in the text: words are chosen, a passage is pointed at.

import { snapped } from "enquete/text";
import { placeAt } from "enquete/moves";

/**
 * @param {{session: object, reading: object, caret: object}} parts
 * @param {ReturnType<import("./highlights.js").createHighlights>|null} highlights
 */
export function createPointer({ session, reading, caret }, highlights) {
  /** Words were selected: they are taken whole. */
  function select({ start, end }) {
    const { interview } = session.state.get();
    const units = [interview.turns[start.turn].unit + start.unit, interview.turns[end.turn].unit + end.unit];
    const span = snapped(interview.text, ...units);
    if (!span) return;
    const [from, to] = [interview.positions.toPoints(span.start), interview.positions.toPoints(span.end)];
    reading.state.set({ caret: placeAt(interview, from), anchor: null });
    caret.choose({ start: from, end: to });
  }

  function click(event) {
    const button = event.target.closest("[data-shows]");
    if (button) return show(button.dataset.shows);
    if (highlights.endsSelection() || !getSelection().isCollapsed || !event.target.closest(".turns")) return null;
    const found = highlights.under(event.clientX, event.clientY);
    if (found.length > 0) return show(nextOf(found));
    return letGo();
  }

  /** Clicking again on passages that overlap goes from one to the next. */
  function nextOf(ids) {
    const { current, suggestion } = reading.state.get();
    const at = ids.findIndex((id) => id === current || id === `?${suggestion}`);
    return ids[(at + 1) % ids.length];
  }

  function show(id) {
    highlights?.dropPointerSelection();
    const fresh = { selection: null, anchor: null, preview: null };
    if (id.startsWith("?")) {
      const told = reading.suggestions().find((s) => s.id === Number(id.slice(1)));
      reading.state.set({ ...fresh, current: null });
      reading.lookAtSuggestion(told.id, session.state.get().codes.get(told.codebook, told.code).key);
      return;
    }
    const isMemo = reading.layer().memos.some((memo) => memo.item === id);
    if (isMemo) reading.state.set({ ...fresh, tab: "memos", panelOpen: true });
    else reading.state.set({ ...fresh, current: id, suggestion: null, tab: "passage" });
  }

  function letGo() {
    highlights?.dropPointerSelection();
    reading.state.set({ selection: null, anchor: null, current: null, suggestion: null, preview: null, caret: null });
  }

  return { select, click, letGo };
}
