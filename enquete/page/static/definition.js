// What a code means: definition, what it includes and excludes, examples.

import { html } from "enquete/html";

export function Definition({ code, children }) {
  if (!code) return html`<p class="hint">Passez sur un code pour lire sa définition.</p>`;
  const above = code.path.includes(" › ") ? code.path.slice(0, code.path.lastIndexOf(" › ")) : "";
  return html`
    <section class=${`definition hue-${code.hue}`} aria-label=${`Définition du code ${code.label}`}>
      ${above && html`<p class="definition-above">${above}</p>`}
      <h3>${code.label} ${!code.own && html`<span class="detail">${code.id}</span>`}</h3>
      ${code.own && html`<p class="detail">Code que vous proposez</p>`}
      ${code.retired && html`<p class="detail">Code retiré de la grille</p>`}
      ${code.definition ? html`<p>${code.definition}</p>` : html`<p class="hint">Sans définition.</p>`}
      <${Part} title="Comprend" text=${code.include} />
      <${Part} title="Ne comprend pas" text=${code.exclude} />
      ${
        code.examples.length > 0 &&
        html`<h4>Exemples</h4>
        <ul class="examples">${code.examples.map((example) => html`<li>${quoted(example)}</li>`)}</ul>`
      }
      ${children}
    </section>
  `;
}

function quoted(example) {
  return /^\s*[«“"]/.test(example) ? example : `« ${example} »`;
}

function Part({ title, text }) {
  return text ? html`<h4>${title}</h4><p>${text}</p>` : null;
}
