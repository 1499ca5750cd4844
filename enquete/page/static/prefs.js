// What a person prefers on this browser: never anything of an interview. Each coder's own, since the codes that one
// uses are for nobody else who codes here.

import { watchable } from "enquete/state";

const KEY = "enquete-preferences";
const DEFAULTS = {
  pinned: [], // keys of codes (see codeKey), at most nine
  recent: [], // slots of the last codes used (see withUsed)
  themesOnly: true, // first pass: themes; second: their codes
  letters: true, // commands of one letter
};

let coder = "";

export const prefs = watchable(DEFAULTS);

/** Takes up what this coder preferred before. */
export function openPrefs(code) {
  coder = code;
  prefs.set({ ...DEFAULTS, ...stored() });
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(`${KEY}-${coder}`)) ?? {};
  } catch {
    return {};
  }
}

export function prefer(patch) {
  prefs.set(patch);
  try {
    localStorage.setItem(`${KEY}-${coder}`, JSON.stringify(prefs.get()));
  } catch {
    // forbidden by the browser: they last as long as the page
  }
}
