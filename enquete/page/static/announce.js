// What is said aloud to those who listen to the page: short sentences in a region that screen readers watch.

import { watchable } from "enquete/state";

/** said: the sentence; turn: grows, so that the same sentence said twice is heard twice. */
export const spoken = watchable({ said: "", turn: 0, shown: "", shownTurn: 0 });

/** Says what was done, aloud and on screen. */
export function announce(sentence) {
  const { turn, shownTurn } = spoken.get();
  spoken.set({ said: sentence, turn: turn + 1, shown: sentence, shownTurn: shownTurn + 1 });
}

/** Says aloud only: where the caret is, what the selection holds. */
export function whisper(sentence) {
  spoken.set({ said: sentence, turn: spoken.get().turn + 1 });
}
