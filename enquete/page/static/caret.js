// The keyboard's way through the interview: caret, selection, passages, suggestions.

import { whisper } from "enquete/announce";
import { nextTurn, nextWord, placeAt, spanBetween, textEnd, turnEnd, wordSpan } from "enquete/moves";
import { shortened } from "enquete/text";

/**
 * @param {ReturnType<import("./session.js").createSession>} session
 * @param {ReturnType<import("./reading.js").createReading>} reading
 */
export function createCaret(session, reading) {
  const interview = () => session.state.get().interview;
  const place = () => reading.state.get().caret ?? { turn: 0, word: 0 };

  /** Moves the caret, and lets go of what was chosen. Where nothing was shown yet, it appears. */
  function go(move) {
    const { caret } = reading.state.get();
    const to = caret ? move(caret) : place();
    reading.state.set({ caret: to, anchor: null, selection: null, current: null, suggestion: null });
    const turn = interview().turns[to.turn];
    const found = turn.words[to.word];
    if (found) whisper(turn.text.slice(found.start, found.end));
  }

  const word = (by) => go((from) => nextWord(interview(), from, by));
  const turn = (by) => go((from) => nextTurn(interview(), from, by));
  const edge = (end) => go((from) => turnEnd(interview(), from, end));
  const textEdge = (end) => go(() => textEnd(interview(), end));

  /** @param {string} arrow ArrowLeft… */
  function extend(arrow) {
    const from = place();
    const anchor = reading.state.get().anchor ?? from;
    // The first word is chosen by itself: the caret stands on it.
    const begun = reading.state.get().anchor !== null;
    const to = begun
      ? extended(from, arrow)
      : arrow === "ArrowUp" || arrow === "ArrowDown"
        ? extended(from, arrow)
        : from;
    choose(spanBetween(interview(), anchor, to), { caret: to, anchor });
  }

  function extended(from, arrow) {
    if (arrow === "ArrowLeft") return nextWord(interview(), from, -1);
    if (arrow === "ArrowRight") return nextWord(interview(), from, 1);
    if (arrow === "ArrowUp") return nextTurn(interview(), from, -1);
    return turnEnd(interview(), nextTurn(interview(), from, 1), true);
  }

  function choose(span, more = {}) {
    if (!span) return;
    // Words chosen within a suggestion may adjust it.
    const told = reading.suggestion();
    const kept = told && span.start < told.end && told.start < span.end ? told.id : null;
    reading.state.set({ ...more, selection: span, suggestion: kept });
    whisper(`Choisi : ${shortened(interview().quote(span), 80)}`);
  }

  /** The word under the caret is chosen, when nothing else is. */
  function chooseWord() {
    const { caret } = reading.state.get();
    if (caret && !reading.target()) choose(wordSpan(interview(), caret), { anchor: caret });
  }

  /** The turn where the selection, the current passage or the caret is. */
  function wholeTurn() {
    const target = reading.target();
    const index = target ? interview().turnAt(target.start) : place().turn;
    choose(interview().wholeTurn(index), { caret: { turn: index, word: 0 }, anchor: null });
  }

  /** What comes next in the text: from the current one, else from here, else from the other end. items: sorted. */
  function nextOf(items, now, by) {
    if (now) return items[items.indexOf(now) + by] ?? null;
    const here = wordSpan(interview(), place())?.start ?? 0;
    const ahead = by > 0 ? items.find((item) => item.start >= here) : items.findLast((item) => item.start < here);
    return ahead ?? items.at(by > 0 ? 0 : -1) ?? null;
  }

  function passage(by) {
    const found = nextOf(reading.layer().codings, reading.current(), by);
    if (!found) return whisper(by > 0 ? "Pas d'autre passage codé plus loin." : "Pas d'autre passage codé avant.");
    return lookAt(found);
  }

  /** Makes a coding the current one, and brings it into sight. */
  function lookAt(coding) {
    const caret = placeAt(interview(), coding.start);
    reading.state.set({ current: coding.item, caret, anchor: null, selection: null, suggestion: null, tab: "passage" });
    reading.show(coding.start);
    const { label } = session.state.get().codes.get(coding.codebook, coding.code);
    whisper(`${label}, « ${shortened(interview().quote(coding), 80)} »`);
  }

  function suggestion(by) {
    const found = nextOf(reading.suggestions(), reading.suggestion(), by);
    if (!found) return whisper("Pas d'autre suggestion de ce côté.");
    const caret = placeAt(interview(), found.start);
    const { key, label } = session.state.get().codes.get(found.codebook, found.code);
    reading.state.set({ current: null, selection: null, anchor: null, caret });
    reading.lookAtSuggestion(found.id, key);
    reading.show(found.start);
    return whisper(`Suggestion : ${label}, « ${shortened(interview().quote(found), 80)} », ${found.why}`);
  }

  return { word, turn, edge, textEdge, extend, wholeTurn, chooseWord, choose, passage, lookAt, suggestion };
}
