// « À revoir »: passages that changed under the coder, states of one thing made apart, what the store refused.

import { html } from "enquete/html";
import { gone } from "enquete/model";
import { FLAG_LABELS } from "enquete/commands";
import { useWatched } from "enquete/state";
import { whyTouched } from "enquete/passage-panel";
import { shortened } from "enquete/text";

/** How many things wait for a look. */
export function countToReview(session, reading) {
  const { touched, conflicts } = reading.layer();
  return touched.length + conflicts.size + session.state.get().refused.length;
}

export function Review(parts) {
  const { session, reading } = parts;
  const { refused } = useWatched(session.state);
  const { touched, conflicts } = reading.layer();
  if (countToReview(session, reading) === 0) return html`<p class="hint">Rien à revoir dans cet entretien.</p>`;
  return html`
    ${
      conflicts.size > 0 &&
      html`<h3>Faits deux fois</h3>
      <p class="hint">Deux onglets ou deux appareils ont changé la même chose. Gardez celle qui convient.</p>`
    }
    ${[...conflicts].map(([item, states]) => html`<${States} key=${item} ...${parts} states=${states} />`)}
    ${touched.length > 0 && html`<h3>Passages touchés</h3>`}
    ${touched.map((coding) => html`<${Touched} key=${coding.uid} ...${parts} coding=${coding} />`)}
    ${refused.length > 0 && html`<h3>Refusé</h3>`}
    ${refused.map((told) => html`<${Refused} key=${told.entry.uid} session=${session} told=${told} />`)}
  `;
}

function States({ session, states }) {
  const keep = (kept) => session.act([gone(states.filter((state) => state !== kept))], "Une seule version est gardée");
  return html`
    <div class="states">
      ${states.map(
        (state, i) => html`
          <div class="state" key=${state.uid}>
            <h4>Version ${i + 1}</h4>
            <${Content} session=${session} entry=${state} />
            <button onClick=${() => keep(state)}>Garder celle-ci</button>
          </div>
        `,
      )}
    </div>
  `;
}

function Touched({ session, commands, caret, coding }) {
  return html`
    <div class="state">
      <p class="touched">↻ ${whyTouched(coding.touched)}</p>
      <${Content} session=${session} entry=${coding} />
      <div class="row-actions">
        <button onClick=${() => caret.lookAt(coding)}>Voir</button>
        <button onClick=${() => commands.seen(coding)}>Vu</button>
      </div>
    </div>
  `;
}

/** What the store refused, of any interview: one may not be this coder's any longer. */
export function Refusals({ session }) {
  const refused = useWatched(session.state, (state) => state.refused);
  if (refused.length === 0) return null;
  return html`
    <section class="refusals" aria-label="Refusé">
      <h2>Refusé</h2>
      <p class="hint">
        Ce qui suit n'a pas pu être enregistré, et n'est plus que dans ce navigateur. Recopiez ce qui compte, ou
        parlez-en à votre équipe.
      </p>
      ${refused.map((told) => html`<${Refused} key=${told.entry.uid} session=${session} told=${told} />`)}
    </section>
  `;
}

function Refused({ session, told }) {
  return html`
    <div class="state">
      <p class="touched">${told.reason}</p>
      <${Content} session=${session} entry=${told.entry} />
      <button onClick=${() => session.forget(told.entry.uid)}>Ne plus garder</button>
    </div>
  `;
}

/** What an entry says, in words. */
function Content({ session, entry }) {
  const { codes, interview } = session.state.get();
  const code = entry.code ? codes.get(entry.codebook, entry.code) : null;
  const isHere =
    interview && entry.revision === interview.revision && entry.start !== null && entry.start !== undefined;
  return html`
    ${entry.interview && entry.interview !== interview?.code && html`<p class="detail">${entry.interview}</p>`}
    ${code && html`<p><strong>${code.path}</strong>${entry.flag ? `, ${FLAG_LABELS[entry.flag]}` : ""}</p>`}
    ${entry.title && html`<p><strong>${entry.title}</strong></p>`}
    ${isHere && html`<p class="quoted">« ${shortened(interview.quote(entry), 160)} »</p>`}
    ${entry.body && html`<p class="written">${entry.body}</p>`}
    ${entry.kind === "gone" && html`<p>Suppression</p>`}
  `;
}
