// Keys of the open interview: heard in the text, but for those that work everywhere; never in a field.

import { useEffect } from "preact/hooks";

import { announce } from "enquete/announce";
import { isField, keyName, shortcutOf } from "enquete/keys";
import { prefs } from "enquete/prefs";
import { focusTurn } from "enquete/sight";
import { drawnAtOnce } from "enquete/state";

export function useKeys(parts, scroller) {
  useEffect(() => {
    const act = actionsOf(parts, scroller);
    const isAnswer = () => parts.session.state.get().interview.isAnswer;
    const hear = (event) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const name = keyName(event);
      if (isField(event.target)) {
        if (name === "Escape" && event.target.closest(".panel")) act.backToText();
        return;
      }
      // A key typed when nothing has the focus is meant for the text.
      const inText = event.target === document.body || scroller.current.contains(event.target);
      const onButton = event.target.closest?.("button, a, summary") && (name === "Enter" || name === " ");
      const shortcut =
        shortcutOf(name, { letters: true, everywhere: true }) ??
        (inText && !onButton ? shortcutOf(name, { letters: prefs.get().letters, answers: isAnswer() }) : null) ??
        (name === "Escape" ? shortcutOf(name, { letters: true }) : null);
      if (!shortcut) return;
      event.preventDefault();
      drawnAtOnce(() => shortcut.run(act, name));
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [parts]);
}

function actionsOf({ session, reading, commands, caret, steps }, scroller) {
  const { state } = reading;
  return {
    ...caret,
    ...commands,
    ...steps,
    pick(mode) {
      if (mode === "code") {
        caret.chooseWord();
        commands.pickCode();
      } else if (reading.current()) state.set({ picker: { mode } });
      else announce("Choisissez d'abord un passage codé.");
    },
    adjust: () => commands.adjustOrPick(),
    takeBounds: () => commands.setBounds(state.get().selection),
    memo: () => writeMemo(reading),
    search: () => state.set({ search: { ...state.get().search, open: true } }),
    help: () => state.set({ dialog: "help" }),
    backToText: () => focusTurn(scroller.current, state.get().caret?.turn ?? 0),
    letGo() {
      const { selection, current, suggestion, search } = state.get();
      if (selection || current !== null || suggestion !== null) {
        state.set({ selection: null, anchor: null, current: null, suggestion: null, preview: null });
      } else if (search.open) {
        state.set({ search: { open: false, query: "", hits: [], at: -1 } });
      }
      this.backToText();
    },
  };
}

/** Opens a new memo on the current coding, or on the words chosen. */
export function writeMemo(reading) {
  const { state } = reading;
  const { selection } = state.get();
  if (selection) state.set({ tab: "memos", panelOpen: true, newMemo: { ...selection } });
  else if (reading.current()) state.set({ tab: "passage", panelOpen: true, writing: state.get().writing + 1 });
  else state.set({ tab: "memos", panelOpen: true, writing: state.get().writing + 1 });
}
