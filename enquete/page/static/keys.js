// What each key does in the open interview: one table, for the keyboard and for the help that lists it.

/**
 * @typedef {object} Shortcut
 * @property {string} group
 * @property {string} keys as people read them
 * @property {string} does
 * @property {string[]} on names of keys (see keyName)
 * @property {(act: object) => void} run
 * @property {boolean} [letter] a single letter, which a person may turn off
 * @property {boolean} [everywhere] works wherever the focus is, but in fields
 * @property {boolean} [answers] of answers to an open question alone
 */

const MOVE = "Se déplacer";
const CODE = "Coder";
const CHANGE = "Changer un codage";
const SUGGEST = "Suggestions";
const ANSWERS = "Réponses à une question";
const ALL = "Partout";

/** @type {Shortcut[]} */
export const SHORTCUTS = [
  key(MOVE, "← →", "mot précédent, mot suivant", ["ArrowLeft", "ArrowRight"], (a, k) =>
    a.word(k === "ArrowLeft" ? -1 : 1),
  ),
  key(MOVE, "↑ ↓", "tour de parole précédent, suivant", ["ArrowUp", "ArrowDown"], (a, k) =>
    a.turn(k === "ArrowUp" ? -1 : 1),
  ),
  key(MOVE, "Début, Fin", "premier, dernier mot du tour", ["Home", "End"], (a, k) => a.edge(k === "End")),
  key(MOVE, "Ctrl + Début, Fin", "début, fin de l'entretien", ["Ctrl+Home", "Ctrl+End"], (a, k) =>
    a.textEdge(k === "Ctrl+End"),
  ),
  letter(MOVE, "n p", "passage codé suivant, précédent", ["n", "p"], (a, k) => a.passage(k === "n" ? 1 : -1)),
  letter(MOVE, "/", "chercher dans l'entretien", ["/"], (a) => a.search()),
  key(
    CODE,
    "Maj + flèches",
    "choisir des mots",
    ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"],
    (a, k) => a.extend(k.slice(6)),
  ),
  letter(CODE, "t", "choisir tout le tour de parole", ["t"], (a) => a.wholeTurn()),
  key(CODE, "Entrée", "chercher un code par quelques lettres", ["Enter"], (a) => a.pick("code")),
  key(CODE, "1 à 9", "codes épinglés ou récents (aussi sans Maj sur un clavier AZERTY)", ["Digit"], (a, k) =>
    a.quick(Number(k.slice(5))),
  ),
  letter(CODE, "m", "écrire un mémo sur le passage", ["m"], (a) => a.memo()),
  letter(CHANGE, "r", "recoder", ["r"], (a) => a.pick("recode")),
  letter(CHANGE, "c", "marquer : à citer, à paraphraser, ne jamais citer, rien", ["c"], (a) => a.nextFlag()),
  letter(CHANGE, "q s", "reculer, avancer le début d'un mot", ["q", "s"], (a, k) =>
    a.moveBound("start", k === "q" ? -1 : 1),
  ),
  letter(CHANGE, "d f", "reculer, avancer la fin d'un mot", ["d", "f"], (a, k) =>
    a.moveBound("end", k === "d" ? -1 : 1),
  ),
  letter(CHANGE, "b", "donner au codage les mots choisis pour bornes", ["b"], (a) => a.takeBounds()),
  letter(CHANGE, "v", "passage à revoir : vu", ["v"], (a) => a.seen()),
  key(CHANGE, "Suppr", "supprimer le codage", ["Delete", "Backspace"], (a) => a.remove()),
  letter(SUGGEST, "j k", "suggestion suivante, précédente", ["j", "k"], (a, k) => a.suggestion(k === "j" ? 1 : -1)),
  letter(SUGGEST, "a", "accepter", ["a"], (a) => a.accept()),
  letter(SUGGEST, "e", "ajuster : autre code ou mots choisis", ["e"], (a) => a.adjust()),
  letter(SUGGEST, "x", "refuser", ["x"], (a) => a.refuse()),
  answers("Espace", "réponse finie : la suivante à coder", [" "], (a) => a.finish()),
  answers("Page suiv., Page préc.", "réponse suivante, précédente", ["PageDown", "PageUp"], (a, k) =>
    a.step(k === "PageDown" ? 1 : -1),
  ),
  answers("1 à 9, Entrée", "sans rien choisir : coder la réponse entière", [], () => {}),
  everywhere("Ctrl + Z", "annuler", ["Ctrl+z"], (a) => a.undo()),
  everywhere("Ctrl + Y, Ctrl + Maj + Z", "rétablir", ["Ctrl+y", "Ctrl+Shift+z"], (a) => a.redo()),
  key(ALL, "Échap", "lâcher ce qui est choisi, fermer", ["Escape"], (a) => a.letGo()),
  letter(ALL, "?", "cette aide", ["?"], (a) => a.help()),
];

function key(group, keys, does, on, run) {
  return { group, keys, does, on, run };
}

function letter(group, keys, does, on, run) {
  return { ...key(group, keys, does, on, run), letter: true };
}

function answers(keys, does, on, run) {
  return { ...key(ANSWERS, keys, does, on, run), answers: true };
}

function everywhere(keys, does, on, run) {
  return { ...key(ALL, keys, does, on, run), everywhere: true };
}

/**
 * « Ctrl+Shift+z », « ArrowLeft », « Digit3 », « ? ». Digits by their place on the keyboard: on AZERTY, without Maj.
 * @param {KeyboardEvent} event
 */
export function keyName(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) return "";
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && !control && !(event.code.startsWith("Numpad") && event.key.length > 1)) return `Digit${digit[1]}`;
  const single = event.key.length === 1;
  const name = single ? event.key.toLowerCase() : event.key;
  // Maj is part of what a sign is (« ? », « / » on AZERTY), but tells apart commands of a letter with Ctrl.
  const shift = event.shiftKey && (!single || control);
  return `${control ? "Ctrl+" : ""}${shift ? "Shift+" : ""}${name}`;
}

/**
 * @param {string} name see keyName
 * @param {{letters: boolean, everywhere?: boolean, answers?: boolean}} which
 * @returns {Shortcut|undefined}
 */
export function shortcutOf(name, { letters, everywhere: anywhere = false, answers: ofAnswer = false }) {
  return SHORTCUTS.find((shortcut) => {
    if (shortcut.answers && !ofAnswer) return false;
    const answers = shortcut.on.includes(name) || (shortcut.on[0] === "Digit" && /^Digit[1-9]$/.test(name));
    return answers && (letters || !shortcut.letter) && Boolean(shortcut.everywhere) === anywhere;
  });
}

/** Whether keys typed here are text. */
export function isField(element) {
  return (
    element instanceof Element &&
    Boolean(element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"))
  );
}
