// The open interview: its text, what is coded there, and what one does with it.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { ActionBar } from "enquete/action-bar";
import { announce, whisper } from "enquete/announce";
import { Asked, createAnswerSteps } from "enquete/answer-steps";
import { createCaret } from "enquete/caret";
import { chipsOf } from "enquete/chips";
import { createCommands } from "enquete/commands";
import { Help } from "enquete/help";
import { createHighlights } from "enquete/highlights";
import { html } from "enquete/html";
import { useKeys } from "enquete/key-events";
import { shownByTurn } from "enquete/layer";
import { wordSpan } from "enquete/moves";
import { Panel } from "enquete/panel";
import { Picker } from "enquete/picker";
import { createPointer } from "enquete/pointer";
import { answersBeside, kindName } from "enquete/questions";
import { ReaderBar } from "enquete/reader-bar";
import { createReading } from "enquete/reading";
import { SearchBar } from "enquete/search-bar";
import { bringIntoSight, focusTurn, makeStop, turnElement } from "enquete/sight";
import { useWatched } from "enquete/state";
import { Turns } from "enquete/turns";

const BEFORE_PLACE = 3; // turns read again before the place where one stopped

export function Reader({ session, args: [code, span] }) {
  const interview = useWatched(session.state, (state) => state.interview);
  const [failure, setFailure] = useState("");
  const open = () => {
    setFailure("");
    session.open(code).catch((error) => setFailure(error.message));
  };
  useEffect(() => {
    document.title = `${kindName(session.state.get().overview.interviews.find((one) => one.code === code))} ${code}`;
    open();
    return () => session.close();
  }, [session, code]);
  if (failure) return html`<${NotOpened} code=${code} failure=${failure} onRetry=${open} />`;
  if (interview?.code !== code) return html`<p class="alone late" role="status">Ouverture…</p>`;
  return html`<${OpenInterview} key=${code} session=${session} span=${span} />`;
}

function NotOpened({ code, failure, onRetry }) {
  return html`
    <main class="page" id="contenu" tabindex="-1">
      <h1>${code}</h1>
      <p role="alert">${failure}</p>
      <p><button onClick=${onRetry}>Réessayer</button></p>
    </main>
  `;
}

function OpenInterview({ session, span }) {
  const parts = useMemo(() => {
    const reading = createReading(session);
    const commands = createCommands(session, reading);
    const steps = createAnswerSteps(session, reading);
    return { session, reading, commands, steps, caret: createCaret(session, reading) };
  }, [session]);
  const { reading } = parts;
  const known = useWatched(session.state);
  const looked = useWatched(reading.state);
  const { interview } = known;
  const scroller = useRef();
  const turns = useRef();
  useFollowedText(reading, interview);
  const shown = useShown(parts, known, looked);
  const highlights = useHighlights(parts, turns, interview, shown, looked);
  useKeys(parts, scroller);
  useGoTo(interview, scroller, looked);
  useStart(parts, span, scroller);
  useEffect(() => () => parts.commands.keepBounds(), [parts]);
  const pointer = createPointer(parts, highlights);
  return html`
    <div class="reader">
      <${ReaderBar} ...${parts} />
      <${SearchBar} ...${parts} />
      <main
        class="text"
        id="contenu"
        tabindex="-1"
        ref=${scroller}
        aria-label="Texte"
        onClick=${pointer.click}
        onFocusIn=${(event) => focused(parts, scroller.current, event.target)}
      >
        <${Asked} session=${session} />
        <${Turns} interview=${interview} shown=${shown} codes=${known.codes} container=${turns} />
      </main>
      <${ActionBar} ...${parts} />
      <${Panel} ...${parts} />
      ${looked.picker && html`<${Picker} ...${parts} />`}
      ${looked.dialog === "help" && html`<${Help} reading=${reading} />`}
    </div>
  `;
}

/** The stop of the Tab key, and the caret, are where the focus came by the keyboard. */
function focused({ reading }, scroller, target) {
  const row = target.closest(".row");
  if (!row) return;
  makeStop(scroller, row);
  const turn = Number(row.parentElement.dataset.turn);
  const { caret } = reading.state.get();
  if (target === row && caret?.turn !== turn && row.matches(":focus-visible")) {
    reading.state.set({ caret: { turn, word: 0 } });
  }
}

/** When the text is replaced while it is open, what was chosen goes along. */
function useFollowedText(reading, interview) {
  const before = useRef(interview);
  useLayoutEffect(() => {
    const former = before.current;
    before.current = interview;
    if (former.revision === interview.revision) return;
    const found = reading.follow(former, interview);
    announce(
      found
        ? "Le texte a été corrigé : vos codages ont suivi."
        : "Le texte a été corrigé : choisissez de nouveau vos mots.",
    );
  }, [interview]);
}

function useShown({ reading }, known, looked) {
  const before = useRef(new Map());
  const { own, interview, codes, waiting } = known;
  const { current, suggestion } = looked;
  return useMemo(() => {
    const shown = shownByTurn(interview, chipsOf(reading, known, looked), before.current);
    before.current = shown;
    return shown;
  }, [own, interview, codes, waiting, current, suggestion]);
}

function useHighlights(parts, turns, interview, shown, looked) {
  const [highlights, setHighlights] = useState(null);
  useLayoutEffect(() => {
    const made = createHighlights(turns.current, {
      onSelect: (places) => createPointer(parts, made).select(places),
      onSeen: (turn) => seen(parts, turn),
    });
    setHighlights(made);
    return made.destroy;
  }, [parts]);
  useLayoutEffect(() => highlights?.observe(), [highlights, interview.text]);
  useLayoutEffect(() => highlights?.setLasting(shown), [highlights, shown]);
  useLayoutEffect(
    () => highlights?.setPassing(passingMarks(interview, looked)),
    [
      highlights,
      interview,
      looked.selection,
      looked.caret,
      looked.current,
      looked.suggestion,
      looked.preview,
      looked.search,
    ],
  );
  return highlights;
}

/** How far the coder has come: turns that stood in the window. */
function seen({ session, reading }, turn) {
  if (turn <= reading.state.get().seen) return;
  reading.state.set({ seen: turn });
  session.store.setPlace(session.state.get().interview.code, turn);
}

function passingMarks(interview, { selection, caret, current, suggestion, preview, search }) {
  const marks = [];
  const mark = (span, look) => {
    for (const part of interview.parts(span)) marks.push({ ...part, id: null, look });
  };
  search.hits.forEach((hit, at) => mark(hit, at === search.at ? "found-here" : "found"));
  if (preview) mark(preview, "chosen");
  if (selection) mark(selection, "chosen");
  const word = caret && !selection && current === null && suggestion === null && wordSpan(interview, caret);
  if (word) mark(word, "caret");
  return marks;
}

/** Follows the caret, and goes where it was asked to. */
function useGoTo(interview, scroller, { caret, goTo }) {
  useEffect(() => {
    if (!goTo) return;
    const turn = interview.turnAt(goTo.point);
    bringIntoSight(scroller.current, turn, interview.positions.toUnits(goTo.point) - interview.turns[turn].unit);
  }, [goTo]);
  useEffect(() => {
    if (!caret) return;
    if (scroller.current.contains(document.activeElement) || document.activeElement === document.body) {
      focusTurn(scroller.current, caret.turn);
    }
    bringIntoSight(scroller.current, caret.turn, interview.turns[caret.turn].words[caret.word]?.start ?? 0);
  }, [caret]);
}

/** Where reading begins: at the passage of the address, else where it was left. */
function useStart({ session, reading, caret }, span, scroller) {
  useEffect(() => {
    const { interview } = session.state.get();
    const [, start, end] = /^(\d+)-(\d+)$/.exec(span ?? "")?.map(Number) ?? [];
    const isPassage = start < end && end <= interview.positions.length;
    const turn = isPassage ? interview.turnAt(start) : Math.max(0, interview.place - BEFORE_PLACE);
    if (isPassage) caret.choose({ start, end });
    if (turn > 0) reading.show(isPassage ? start : interview.turns[turn].start);
    if (interview.isAnswer) tellAnswer(session);
    const first = turnElement(scroller.current, turn);
    if (first) makeStop(scroller.current, first.querySelector(".row"));
  }, [span]);
}

/** One comes from another answer, and has not moved: what stands there now is said. */
function tellAnswer(session) {
  const { interview, overview } = session.state.get();
  const answers = answersBeside(overview, interview.code);
  const at = answers.findIndex((one) => one.code === interview.code);
  whisper(`${at + 1} sur ${answers.length}\u00a0: ${interview.text}`);
}
