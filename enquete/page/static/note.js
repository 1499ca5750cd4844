// A text that saves itself when one stops writing. What is half typed is never replaced.

import { useEffect, useId, useLayoutEffect, useReducer, useRef } from "preact/hooks";

import { gone, newUid, put } from "enquete/model";
import { html } from "enquete/html";
import { moment } from "enquete/acts";
import { useWatched } from "enquete/state";

const PAUSE = 1_200; // milliseconds without typing

/** Notes with words that were not handed over yet: kept in sight so that leaving the page can save them. */
const unsaved = new Set();

/** Saves what is half typed; returns whether there was anything. */
export function saveAll() {
  const some = unsaved.size > 0;
  for (const note of [...unsaved]) note.save();
  return some;
}

/** The words of one note, what was saved of them, and when they are saved next. */
class Draft {
  constructor(session, content, entry, redraw) {
    Object.assign(this, { session, content, redraw });
    this.adopt(entry);
  }

  /** @param {object|null} entry the state that these words come from */
  adopt(entry) {
    this.base = entry;
    this.title = entry?.title ?? "";
    this.body = entry?.body ?? "";
    this.masked = false;
  }

  get dirty() {
    return this.title.trim() !== (this.base?.title ?? "").trim() || this.body.trim() !== (this.base?.body ?? "").trim();
  }

  type(patch) {
    Object.assign(this, patch, { masked: false });
    this.step ??= newUid(); // all that is typed at a stretch is undone together
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
    unsaved.add(this);
    this.redraw();
  }

  save() {
    clearTimeout(this.timer);
    unsaved.delete(this);
    if (this.dirty) this._put();
    this.redraw();
  }

  _put() {
    const [title, body] = [this.title.trim(), this.body.trim()];
    const how = { step: this.step ?? newUid(), over: this.base ? [this.base] : [] };
    if (body !== "") {
      this.base = put({ ...this.content, ...moment(this.session), title, body }, how);
      this.session.act([this.base]);
    } else if (this.base) {
      const former = this.base;
      this.base = null;
      this.session.act([gone([former], how)]);
    }
  }

  /** Writing is over: the next words are another step. */
  leave() {
    this.save();
    this.step = null;
  }

  /** What the store tells of this note. states: those that hold, of one thing. */
  told(states) {
    const own = states.find((entry) => entry.uid === this.base?.uid);
    const isSame = own && own.body === this.base.body && own.title === this.base.title;
    if (own && !isSame) this._mask(own);
    else if (!own && !this.dirty && states.length > 0) this.adopt(states[0]);
    else if (!own && !this.dirty && this.base)
      this.adopt(null); // undone, or taken away elsewhere
    else if (own) this.base = own;
  }

  /** The store replaced names in what was sent. */
  _mask(own) {
    const untouched = !this.dirty;
    this.base = own;
    if (!untouched) return;
    this.adopt(own);
    this.masked = true;
  }
}

/**
 * @param {object} props
 * @param {object} props.session
 * @param {object[]} props.states  of this note that hold: none, one, or several made apart
 * @param {object} props.content  what a new entry says besides its words
 * @param {string} props.label
 * @param {string} [props.titleLabel]  when it has a title too
 * @param {number} [props.focus]  grows when the field should take the focus
 */
export function Note({ session, states, content, label, titleLabel = "", rows = 3, focus = 0, hint = "" }) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const draft = useRef(null);
  draft.current ??= new Draft(session, content, states[0] ?? null, redraw);
  draft.current.told(states);
  const note = draft.current;
  const field = useRef();
  const name = useId();
  useEffect(() => () => note.leave(), []);
  useLayoutEffect(() => void (focus > 0 && field.current.focus()), [focus]);
  const type = (part) => (event) => note.type({ [part]: event.target.value });
  const leave = () => note.leave();
  return html`
    <div class="note">
      ${
        titleLabel &&
        html`<label for=${`${name}-title`}>${titleLabel}</label>
        <input
          id=${`${name}-title`}
          type="text"
          maxlength="200"
          value=${note.title}
          onInput=${type("title")}
          onBlur=${leave}
        />`
      }
      <label for=${name}>${label}</label>
      ${hint && html`<p class="hint" id=${`${name}-hint`}>${hint}</p>`}
      <textarea
        id=${name}
        ref=${field}
        rows=${rows}
        maxlength="20000"
        aria-describedby=${hint ? `${name}-hint` : undefined}
        value=${note.body}
        onInput=${type("body")}
        onBlur=${leave}
      ></textarea>
      <${NoteState} session=${session} note=${note} several=${states.length > 1} />
    </div>
  `;
}

function NoteState({ session, note, several }) {
  const waiting = useWatched(session.state, (state) => state.waiting);
  const state = note.dirty
    ? "Pas encore enregistré"
    : note.base && waiting.has(note.base.uid)
      ? "Enregistrement…"
      : note.base
        ? "Enregistré"
        : "";
  return html`
    <p class="note-state">
      ${state}${note.masked && html` · <strong>Des mots ont été masqués par sécurité : relisez.</strong>`}
      ${several && html` · <strong>Deux versions existent : voyez « À revoir ».</strong>`}
    </p>
  `;
}

/** States that hold, one list for each thing, in the order in which the things were first made. */
export function byItem(entries) {
  const items = new Map();
  for (const entry of entries) items.set(entry.item, [...(items.get(entry.item) ?? []), entry]);
  return [...items];
}
