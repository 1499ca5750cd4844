// The current coding: its words, its code, its mark, its bounds, the memos on it, what is coded in the same place.

import { FLAG_LABELS } from "enquete/commands";
import { Definition } from "enquete/definition";
import { html } from "enquete/html";
import { Memos, useAskedFor } from "enquete/memos";
import { useWatched } from "enquete/state";
import { shortened } from "enquete/text";
import { TEXT_CHANGED } from "enquete/model";

export function PassagePanel(parts) {
  const { session, reading, caret } = parts;
  useWatched(session.state);
  useWatched(reading.state);
  const coding = reading.current();
  if (!coding) {
    return html`
      <p class="hint">Cliquez sur un passage codé, ou allez de l'un à l'autre par <kbd>n</kbd> et <kbd>p</kbd>.</p>
    `;
  }
  const { codes, interview } = session.state.get();
  const code = codes.get(coding.codebook, coding.code);
  const others = reading.layer().codings.filter((c) => c !== coding && c.start < coding.end && coding.start < c.end);
  return html`
    <blockquote class=${`quoted hue-${code.hue}`}>${shortened(interview.quote(coding), 320)}</blockquote>
    ${coding.touched > 0 && html`<p class="touched">↻ ${whyTouched(coding.touched)}</p>`}
    <p class=${`named hue-${code.hue}`}>${code.path}</p>
    <${Flags} ...${parts} coding=${coding} />
    <${Bounds} ...${parts} coding=${coding} />
    ${others.length > 0 && html`<${Others} codes=${codes} caret=${caret} others=${others} />`}
    <${CodingMemos} ...${parts} key=${coding.item} coding=${coding} />
    <${Definition} code=${code} />
  `;
}

function Others({ codes, caret, others }) {
  const chip = (coding) => {
    const code = codes.get(coding.codebook, coding.code);
    return html`<button class=${`chip hue-${code.hue}`} onClick=${() => caret.lookAt(coding)}>${code.label}</button>`;
  };
  return html`
    <h3>Aussi codé ici</h3>
    <ul class="others">${others.map((coding) => html`<li key=${coding.uid}>${chip(coding)}</li>`)}</ul>
  `;
}

export function whyTouched(touched) {
  return touched & TEXT_CHANGED ? "Le texte de ce passage a changé." : "Le sens de ce code a changé.";
}

function Flags({ commands, coding }) {
  const choices = [[null, "sans marque"], ...Object.entries(FLAG_LABELS)];
  return html`
    <fieldset class="flags">
      <legend>Marque</legend>
      ${choices.map(
        ([value, label]) => html`
          <label class="choice" key=${label}>
            <input
              type="radio"
              name="flag"
              checked=${(coding.flag ?? null) === value}
              onChange=${() => commands.flag(value, coding)}
            />
            ${label}
          </label>
        `,
      )}
    </fieldset>
  `;
}

function Bounds({ reading, commands, coding }) {
  const { selection } = reading.state.get();
  const move = (side, by, sign, label, key) => html`
    <button
      class="small"
      aria-label=${label}
      aria-keyshortcuts=${key}
      onClick=${() => commands.moveBound(side, by)}
    >
      ${sign}
    </button>
  `;
  return html`
    <div class="bounds" role="group" aria-label="Bornes du passage">
      <span>Début</span>
      ${move("start", -1, "←", "Reculer le début d'un mot", "q")}
      ${move("start", 1, "→", "Avancer le début d'un mot", "s")}
      <span>Fin</span>
      ${move("end", -1, "←", "Reculer la fin d'un mot", "d")}
      ${move("end", 1, "→", "Avancer la fin d'un mot", "f")}
      ${selection && html`<button
        class="small"
        onClick=${() => commands.setBounds(selection, coding)}
      >
        Remplacer par les mots choisis
      </button>`}
    </div>
  `;
}

function CodingMemos({ session, reading, coding }) {
  const writing = useAskedFor(reading);
  const { interview, revision, start, end, item } = coding;
  const content = { kind: "memo", about: item, interview, revision, start, end };
  const memos = reading.layer().memosOn.get(item) ?? [];
  return html`<${Memos}
    session=${session}
    memos=${memos}
    content=${content}
    label="Mémo sur ce codage"
    focus=${writing}
  />`;
}
