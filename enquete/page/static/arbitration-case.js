// One disagreement: the passage in its turns, what each coder read, what the codes mean, what was decided before.

import { useRef, useState } from "preact/hooks";

import { Decision } from "enquete/arbitration-decision";
import { verdictTold } from "enquete/arbitration-words";
import { FLAG_LABELS } from "enquete/commands";
import { Definition } from "enquete/definition";
import { dayOf } from "enquete/home";
import { html } from "enquete/html";
import { useWatched } from "enquete/state";
import { Positions } from "enquete/text";

/** Between French quotation marks, which no end of line parts from the words. */
const quoted = (words) => `«\u00a0${words.trim()}\u00a0»`;

export function Case({ session, told, motives, chosen, done }) {
  const codes = useWatched(session.state, (state) => state.codes);
  const [words, setWords] = useState(null); // chosen with the mouse in the passage
  return html`
    <${Context} told=${told} onWords=${setWords} />
    <section aria-label="Lectures">
      <div class="readings">
        ${told.coders.map((one, i) => html`<${Reading} key=${one.coder} one=${one} number=${i + 1} codes=${codes} />`)}
      </div>
    </section>
    <${Decision} session=${session} told=${told} codes=${codes} motives=${motives} words=${words} chosen=${chosen} done=${done} />
    <${History} history=${told.history} codes=${codes} />
    <${Meanings} told=${told} codes=${codes} />
  `;
}

/** The turns of the passage and those around; words chosen there with the mouse are told. */
function Context({ told, onWords }) {
  const place = useRef();
  const choose = () => {
    const words = place.current.ownerDocument.getSelection().toString().trim();
    if (words) onWords(words);
  };
  return html`
    <ol class="context" ref=${place} onMouseUp=${choose} aria-label="Le passage dans l'entretien">
      ${told.turns.map(
        (turn) => html`
          <li key=${turn.index} class=${turn.role === "interviewer" ? "context-turn context-asked" : "context-turn"}>
            <span class="who-name">${turn.speaker} <span class="detail">${turn.index + 1}</span></span>
            <p><${Marked} turn=${turn} told=${told} /></p>
          </li>
        `,
      )}
    </ol>
  `;
}

function Marked({ turn, told }) {
  const positions = new Positions(turn.text);
  const unit = (point) => positions.toUnits(Math.min(Math.max(point - turn.start, 0), positions.length));
  const [start, end] = [unit(told.start), unit(told.end)];
  if (end <= start) return turn.text;
  return [turn.text.slice(0, start), html`<mark>${turn.text.slice(start, end)}</mark>`, turn.text.slice(end)];
}

function Reading({ one, number, codes }) {
  return html`
    <section class="reading" aria-label=${`Lecture de ${one.coder}`}>
      <h3>${one.coder} <kbd>${number}</kbd></h3>
      ${one.readings.length === 0 && html`<p class="hint">${one.beside.length > 0 ? "N'a pas donné ce code." : "N'a rien codé ici."}</p>`}
      ${one.readings.map((reading) => html`<${Coded} reading=${reading} code=${codes.get(reading.codebook, reading.code)} />`)}
      <${Beside} readings=${one.beside} codes=${codes} />
    </section>
  `;
}

/** What the coder also gave to these words, and that is settled apart. */
function Beside({ readings, codes }) {
  const labels = [...new Set(readings.map(({ codebook, code }) => codes.get(codebook, code).label))];
  return labels.length > 0 ? html`<p class="detail">Sur ces mots aussi, à part : ${labels.join(", ")}</p>` : null;
}

function Coded({ reading, code }) {
  return html`
    <div class=${`reading-coded hue-${code.hue}`}>
      <p class="reading-code"><strong>${code.label}</strong> <span class="detail">${code.id}</span></p>
      <p class="reading-words">${quoted(reading.words)}</p>
      ${reading.flag && html`<p class="detail">Marqué « ${FLAG_LABELS[reading.flag]} »</p>`}
      ${reading.memo && html`<p class="reading-memo"><span class="detail">Mémo</span> ${reading.memo}</p>`}
    </div>
  `;
}

function History({ history, codes }) {
  if (history.length === 0) return null;
  return html`
    <section class="rulings" aria-label="Décisions">
      <h3>Décisions</h3>
      <ol>
        ${history.map(
          (ruling) => html`
            <li class=${ruling.stands ? "" : "ruling-past"}>
              <p>
                ${dayOf(ruling.at.slice(0, 10))}, <strong>${ruling.by}</strong> : ${verdictTold(ruling, codes)}
                ${!ruling.stands && html` <span class="detail">(remplacée depuis)</span>`}
                ${ruling.stands && !ruling.fits && html` <span class="detail">(des codages ont changé depuis)</span>`}
              </p>
              ${ruling.why && html`<p class="ruling-why">${quoted(ruling.why)}</p>`}
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}

function Meanings({ told, codes }) {
  const seen = new Map(told.codes.map(({ codebook, code }) => [`${codebook} ${code}`, codes.get(codebook, code)]));
  return html`
    <section aria-label="Ce que disent les codes">
      <h3>Ce que disent les codes</h3>
      <div class="meanings">${[...seen].map(([key, code]) => html`<${Definition} key=${key} code=${code} />`)}</div>
    </section>
  `;
}
