// What keys and buttons do in the open interview.

import { announce, whisper } from "enquete/announce";
import { changed, coded, decided, proposed, takenAway } from "enquete/acts";
import { FLAGS, newUid, withUsed } from "enquete/model";
import { prefer, prefs } from "enquete/prefs";
import { shortened } from "enquete/text";
import { withEndMoved } from "enquete/moves";

export const FLAG_LABELS = { cite: "à citer", paraphrase: "à paraphraser", never: "ne jamais citer" };
export const QUICK = 9; // codes under the number keys
const ASKED = "Ces mots sont ceux de la personne qui enquête : choisissez aussi des mots de la réponse.";
const PAUSE = 500; // milliseconds without moving a bound before it is stored

/** The codes under 1 to 9: those pinned, then the last ones used. */
export function quickCodes({ pinned, recent }, codes) {
  const keys = new Set([...pinned, ...recent.map((slot) => slot.key)]);
  const found = [...keys].map((key) => codes.byKey.get(key)).filter((code) => code && !code.retired);
  return found.slice(0, QUICK);
}

function keyOf(codes, entry) {
  return codes.get(entry.codebook, entry.code).key;
}

/**
 * @param {ReturnType<import("./session.js").createSession>} session
 * @param {ReturnType<import("./reading.js").createReading>} reading
 */
export function createCommands(session, reading) {
  const interview = () => session.state.get().interview;
  const codes = () => session.state.get().codes;
  let moving = null; // { coding, span, timer }: bounds that are being moved

  /** The current coding, its bounds stored if they were being moved. */
  function current() {
    keepBounds();
    return reading.current();
  }

  /** Puts a code on the target; more: what the coding says besides. */
  function codeWith(code, more = {}) {
    const span = reading.target();
    if (!span) return announce("Choisissez d'abord des mots.");
    if (code.retired) return announce(`Le code « ${code.label} » n'est plus en usage.`);
    if (!interview().holdsAnswer(span)) return announce(ASKED);
    if (sameCoding(span, code)) return announce(`Ce passage porte déjà le code « ${code.label} ».`);
    const entry = coded(session, span, code, more);
    settled(entry);
    prefer({ recent: withUsed(prefs.get().recent, code.key, QUICK) });
    return session.act([entry], `Codé : ${code.label}`);
  }

  /** Opens the list of codes, where there are words to code. */
  function pickCode() {
    const span = reading.target();
    if (!span) return announce("Choisissez d'abord des mots.");
    if (!interview().holdsAnswer(span)) return announce(ASKED);
    return reading.state.set({ picker: { mode: "code" } });
  }

  function sameCoding(span, code) {
    return reading.layer().codings.find((c) => isOn(c, span) && keyOf(codes(), c) === code.key);
  }

  /** The coding just made becomes the current one, in the place of the words chosen. */
  function settled(entry) {
    reading.state.set({ selection: null, anchor: null, current: entry.item, suggestion: null, code: null });
  }

  function quick(number) {
    const code = quickCodes(prefs.get(), codes())[number - 1];
    if (!code) return announce(`Aucun code sous le chiffre ${number}.`);
    return choose(code);
  }

  /** A code is chosen: for the words, for the current coding when it is to be recoded, for a suggestion. */
  function choose(code, mode = reading.state.get().picker?.mode ?? "code") {
    if (mode === "recode") return recode(code);
    if (mode === "adjust") return adjust(reading.suggestion(), code);
    return codeWith(code);
  }

  function recode(code) {
    const coding = current();
    if (!coding || keyOf(codes(), coding) === code.key) return null;
    const content = { codebook: code.codebook, code: code.id };
    return session.act([changed(session, coding, content)], `Recodé : ${code.label}`);
  }

  /** A code of one's own, put on the passage at once. */
  function propose(told) {
    const step = newUid();
    const proposal = proposed(session, told, step);
    const span = reading.target();
    const entries = [proposal];
    if (span && interview().holdsAnswer(span)) {
      const own = { codebook: told.codebook, id: `~${proposal.item}` };
      entries.push(coded(session, span, own, {}, step));
      settled(entries[1]);
    }
    return session.act(entries, `Code proposé : ${told.label}`);
  }

  function remove(coding = current()) {
    if (!coding) return announce("Choisissez d'abord un passage codé.");
    const layer = reading.layer();
    const states = layer.held.filter((entry) => entry.item === coding.item);
    reading.state.set({ current: null });
    const label = codes().get(coding.codebook, coding.code).label;
    return session.act(takenAway(states, layer.memosOn.get(coding.item) ?? []), `Supprimé : ${label}`);
  }

  function flag(value, coding = current()) {
    if (!coding) return announce("Choisissez d'abord un passage codé.");
    return session.act(
      [changed(session, coding, { flag: value })],
      value ? `Marqué : ${FLAG_LABELS[value]}` : "Marque ôtée",
    );
  }

  function nextFlag() {
    const coding = current();
    return flag([...FLAGS, null][FLAGS.indexOf(coding?.flag) + 1], coding);
  }

  function seen(coding = current()) {
    if (!coding?.touched) return announce("Ce passage n'est pas à revoir.");
    return session.act([changed(session, coding, {})], "Passage vu");
  }

  function setBounds(span, coding = current()) {
    if (!coding || !span) return null;
    if (!interview().holdsAnswer(span)) return announce("Il faut garder des mots de la réponse.");
    reading.state.set({ selection: null, anchor: null });
    return session.act([changed(session, coding, span)], "Bornes changées");
  }

  /** Moves a bound by a word: shown at once, stored when no key was pressed for a while. */
  function moveBound(side, by) {
    const coding = reading.current();
    if (!coding) return announce("Choisissez d'abord un passage codé.");
    if (moving && moving.coding !== coding) keepBounds();
    const span = withEndMoved(interview(), moving?.span ?? coding, side, by);
    if (!span) return null;
    if (!interview().holdsAnswer(span)) return announce("Il faut garder des mots de la réponse.");
    clearTimeout(moving?.timer);
    moving = { coding, span, timer: setTimeout(keepBounds, PAUSE) };
    reading.state.set({ preview: span });
    return whisper(`Passage : ${shortened(interview().quote(span))}`);
  }

  function keepBounds() {
    if (!moving) return;
    const { coding, span, timer } = moving;
    clearTimeout(timer);
    moving = null;
    reading.state.set({ preview: null });
    if (!isOn(coding, span)) session.act([changed(session, coding, span)], "Bornes changées");
  }

  function accept(suggestion = reading.suggestion()) {
    if (!suggestion) return announce("Choisissez d'abord une suggestion.");
    const code = codes().get(suggestion.codebook, suggestion.code);
    const same = sameCoding(suggestion, code);
    const step = newUid();
    const made = same ? [] : [coded(session, suggestion, code, { suggestion: suggestion.id }, step)];
    reading.state.set({ suggestion: null, current: (same ?? made[0]).item });
    const entries = [...made, decided(session, suggestion, "accepted", step)];
    return session.act(entries, `Suggestion acceptée : ${code.label}`);
  }

  /** A suggestion taken with another code, or with the words chosen instead of its own. */
  function adjust(suggestion, code = suggestion && codes().get(suggestion.codebook, suggestion.code)) {
    if (!suggestion) return announce("Choisissez d'abord une suggestion.");
    const step = newUid();
    const span = reading.state.get().selection ?? suggestion;
    if (!interview().holdsAnswer(span)) return announce("Il faut garder des mots de la réponse.");
    const entry = coded(session, span, code, { suggestion: suggestion.id }, step);
    settled(entry);
    return session.act([entry, decided(session, suggestion, "changed", step)], `Suggestion ajustée : ${code.label}`);
  }

  /** With words chosen: their bounds; else another code. */
  function adjustOrPick() {
    const suggestion = reading.suggestion();
    if (!suggestion) return announce("Choisissez d'abord une suggestion.");
    if (reading.state.get().selection) return adjust(suggestion);
    return reading.state.set({ picker: { mode: "adjust" } });
  }

  function refuse(suggestion = reading.suggestion()) {
    if (!suggestion) return announce("Choisissez d'abord une suggestion.");
    const open = reading.suggestions();
    const next = open[open.indexOf(suggestion) + 1] ?? null;
    reading.state.set({ suggestion: next?.id ?? null });
    if (next) reading.show(next.start);
    return session.act([decided(session, suggestion, "refused")], "Suggestion refusée");
  }

  function undo() {
    keepBounds();
    return session.undo();
  }

  function redo() {
    keepBounds();
    return session.redo();
  }

  return {
    undo,
    redo,
    codeWith,
    pickCode,
    quick,
    choose,
    recode,
    propose,
    remove,
    flag,
    nextFlag,
    seen,
    setBounds,
    moveBound,
    keepBounds,
    accept,
    adjust,
    adjustOrPick,
    refuse,
  };
}

export function isOn(coding, span) {
  return coding.start === span.start && coding.end === span.end;
}
