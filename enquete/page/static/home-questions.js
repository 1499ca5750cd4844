// « Mes entretiens »: the open questions, a line each, which opens the answers one after the other.

import { html } from "enquete/html";
import { nextToCode } from "enquete/questions";
import { hrefOf } from "enquete/router";

export function Questions({ questions }) {
  return html`
    <section aria-label="Questions ouvertes">
      <h2>Questions ouvertes</h2>
      <table class="interviews">
        <caption class="unseen">Questions dont les réponses vous sont confiées</caption>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Vague</th>
            <th scope="col" class="number">Réponses</th>
            <th scope="col" class="number">Codées</th>
            <th scope="col" class="number">À coder</th>
            <th scope="col" class="number">Codages</th>
            <th scope="col">Répartition</th>
          </tr>
        </thead>
        <tbody>
          ${questions.map((question) => html`<${Row} key=${question.key} question=${question} />`)}
        </tbody>
      </table>
    </section>
  `;
}

function Row({ question: { key, label, answers } }) {
  const coded = answers.filter((one) => one.coded).length;
  const share = Math.round((100 * coded) / answers.length);
  const to = nextToCode(answers) ?? answers[0];
  return html`
    <tr>
      <th scope="row">
        <a href=${hrefOf("entretien", to.code)}>${label}</a>
        <span class="detail">${key}</span>
      </th>
      <td>${each(answers, (one) => one.wave)}</td>
      <td class="number">${number(answers.length)}</td>
      <td class="number">
        ${number(coded)}
        <span class="bar bar-small" aria-hidden="true"><span style=${`width:${share}%`}></span></span>
      </td>
      <td class="number">${number(answers.length - coded)}</td>
      <td class="number">${number(answers.reduce((total, one) => total + one.codings, 0))}</td>
      <td>${each(answers, (one) => one.round?.name) || html`<span class="detail">hors répartition</span>`}</td>
    </tr>
  `;
}

function each(answers, tell) {
  return [...new Set(answers.map(tell))].filter(Boolean).join(", ");
}

function number(count) {
  return count.toLocaleString("fr-FR");
}
