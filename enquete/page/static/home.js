// « Mes entretiens »: what is assigned, how far it is, what is left.

import { useEffect } from "preact/hooks";

import { Questions } from "enquete/home-questions";
import { html } from "enquete/html";
import { byQuestion, interviewsOf, nextToCode } from "enquete/questions";
import { Refusals } from "enquete/review";
import { goTo, hrefOf } from "enquete/router";
import { useWatched } from "enquete/state";
import { n } from "enquete/text";

export function Home({ session }) {
  const overview = useWatched(session.state, (state) => state.overview);
  useEffect(() => {
    document.title = "Mes entretiens";
    session.refresh(); // what was coded meanwhile
  }, [session]);
  const interviews = interviewsOf(overview);
  const questions = byQuestion(overview);
  const judgesOnly = overview.arbiter && !overview.interviews.some((one) => one.begun || one.round);
  return html`
    <main class="page" id="contenu" tabindex="-1">
      <h1>Mes entretiens</h1>
      <p class="notice">${overview.notice}</p>
      <${Refusals} session=${session} />
      ${judgesOnly && html`<${Judging} />`}
      ${
        overview.interviews.length === 0
          ? html`<p>Aucun entretien ne vous est encore confié. La personne qui conduit l'étude vous en affectera.</p>`
          : html`
              ${!judgesOnly && html`<${Progress} interviews=${interviews} questions=${questions} />`}
              ${interviews.length > 0 && html`<${Interviews} interviews=${interviews} />`}
              ${questions.length > 0 && html`<${Questions} questions=${questions} />`}
            `
      }
    </main>
  `;
}

/** For whoever settles disagreements and was given nothing to code. */
function Judging() {
  return html`
    <section class="progress" aria-label="Arbitrage">
      <p>Vous arbitrez les désaccords entre codeurs.</p>
      <button class="main" onClick=${() => goTo("arbitrage")}>Ouvrir l'arbitrage</button>
    </section>
  `;
}

function Progress({ interviews, questions }) {
  const answers = questions.flatMap((question) => question.answers);
  const all = [...interviews, ...answers];
  const words = sum(all, "words");
  const left = sum(all, "wordsLeft");
  const share = words > 0 ? Math.round((100 * (words - left)) / words) : 0;
  const next = interviews.find((one) => one.begun && !one.coded) ?? interviews.find((one) => !one.coded);
  const answer = next ? null : nextToCode(answers);
  return html`
    <section class="progress" aria-label="Où vous en êtes">
      <div>
        <p class="progress-figures">
          ${interviews.length > 0 && html`<${Coded} texts=${interviews} one="entretien codé" many="entretiens codés" /> · `}
          ${answers.length > 0 && html`<${Coded} texts=${answers} one="réponse codée" many="réponses codées" /> · `}
          ${n(left, "mot", "mots")} à lire
        </p>
        <div
          class="bar"
          role="img"
          aria-label=${`${share} % des mots lus`}
        ><span style=${`width:${share}%`}></span></div>
      </div>
      ${
        next &&
        html`<button class="main" onClick=${() => goTo("entretien", next.code)}>
        ${next.begun ? `Reprendre ${next.code}` : `Commencer ${next.code}`}
      </button>`
      }
      ${
        answer &&
        html`<button class="main" onClick=${() => goTo("entretien", answer.code)}>
        ${answers.some((one) => one.begun) ? "Reprendre les réponses" : "Commencer les réponses"}
      </button>`
      }
    </section>
  `;
}

function Coded({ texts, one, many }) {
  const coded = texts.filter((text) => text.coded).length;
  return html`
    <strong>${coded.toLocaleString("fr-FR")}</strong> sur <strong>${texts.length.toLocaleString("fr-FR")}</strong>${" "}
    ${texts.length > 1 ? many : one}
  `;
}

function Interviews({ interviews }) {
  return html`
    <table class="interviews">
      <caption class="unseen">Entretiens qui vous sont confiés</caption>
      <thead>
        <tr>
          <th scope="col">Entretien</th>
          <th scope="col">Vague</th>
          <th scope="col">Où vous en êtes</th>
          <th scope="col" class="number">Mots à lire</th>
          <th scope="col" class="number">Codages</th>
          <th scope="col">Répartition</th>
        </tr>
      </thead>
      <tbody>
        ${interviews.map((one) => html`<${Row} key=${one.code} one=${one} />`)}
      </tbody>
    </table>
  `;
}

function Row({ one }) {
  const share = one.words > 0 ? Math.round((100 * (one.words - one.wordsLeft)) / one.words) : 0;
  return html`
    <tr>
      <th scope="row">
        <a href=${hrefOf("entretien", one.code)}>${one.code}</a>
        <span class="detail">${detail(one)}</span>
      </th>
      <td>${one.wave}</td>
      <td><${Stage} one=${one} /></td>
      <td class="number">
        ${one.wordsLeft.toLocaleString("fr-FR")}
        <span class="detail"> sur ${one.words.toLocaleString("fr-FR")}</span>
        <span class="bar bar-small" aria-hidden="true"><span style=${`width:${share}%`}></span></span>
      </td>
      <td class="number">${one.codings.toLocaleString("fr-FR")}</td>
      <td>
        ${one.round ? roundOf(one.round) : html`<span class="detail">hors répartition</span>`}
        ${one.round?.kind === "training" && one.coded && html`<${Compared} code=${one.code} />`}
      </td>
    </tr>
  `;
}

function Compared({ code }) {
  return html`<p><a
    href=${hrefOf("formation", code)}
    aria-label=${`Comparer avec la référence : ${code}`}
  >
    Comparer avec la référence
  </a></p>`;
}

function Stage({ one }) {
  const [sign, word] = one.coded
    ? ["●", "codé"]
    : one.read
      ? ["◕", "lu, à coder"]
      : one.begun
        ? ["◐", "commencé"]
        : ["○", "à lire"];
  const kind = one.coded ? "stage stage-done" : "stage";
  return html`<span class=${kind}><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

function detail({ kind, date, turns }) {
  const parts = [kind === "notes" ? "notes" : null, date && dayOf(date), n(turns, "tour de parole", "tours de parole")];
  return parts.filter(Boolean).join(" · ");
}

export function dayOf(date) {
  const day = new Date(`${date}T12:00:00`);
  return Number.isNaN(day.getTime()) ? date : day.toLocaleDateString("fr-FR", { dateStyle: "long" });
}

function roundOf(round) {
  const kind = round.kind === "training" ? "entraînement" : round.blind ? "à l'aveugle" : "";
  return html`${round.name}${kind && html`<span class="detail"> · ${kind}</span>`}`;
}

function sum(interviews, field) {
  return interviews.reduce((total, one) => total + one[field], 0);
}
