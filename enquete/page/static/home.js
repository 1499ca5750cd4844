// « Mes entretiens »: what is assigned, how far it is, what is left.

import { useEffect } from "preact/hooks";

import { html } from "enquete/html";
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
  const { interviews } = overview;
  const judgesOnly = overview.arbiter && !interviews.some((one) => one.begun || one.round);
  return html`
    <main class="page" id="contenu" tabindex="-1">
      <h1>Mes entretiens</h1>
      <p class="notice">${overview.notice}</p>
      <${Refusals} session=${session} />
      ${judgesOnly && html`<${Judging} />`}
      ${
        interviews.length === 0
          ? html`<p>Aucun entretien ne vous est encore confié. La personne qui conduit l'étude vous en affectera.</p>`
          : html`${!judgesOnly && html`<${Progress} interviews=${interviews} />`}<${Interviews} interviews=${interviews} />`
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

function Progress({ interviews }) {
  const coded = interviews.filter((one) => one.coded).length;
  const words = sum(interviews, "words");
  const left = sum(interviews, "wordsLeft");
  const share = words > 0 ? Math.round((100 * (words - left)) / words) : 0;
  const next = interviews.find((one) => one.begun && !one.coded) ?? interviews.find((one) => !one.coded);
  return html`
    <section class="progress" aria-label="Où vous en êtes">
      <div>
        <p class="progress-figures">
          <strong>${coded}</strong> sur <strong>${interviews.length}</strong>${" "}
          ${interviews.length > 1 ? "entretiens codés" : "entretien codé"} · ${n(left, "mot", "mots")} à lire
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
    </section>
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
