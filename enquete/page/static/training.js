// « Formation »: what the coder did of a training interview, passage by passage, beside the reference.

import { useEffect, useState } from "preact/hooks";

import { html } from "enquete/html";
import { hrefOf } from "enquete/router";
import { useWatched } from "enquete/state";
import { n } from "enquete/text";

const OUTCOMES = [
  ["other", "Autre code"],
  ["missed", "Oublié"],
  ["added", "Ajouté"],
  ["bounds", "Autre découpage"],
  ["agreed", "D'accord"],
];
const TITLES = Object.fromEntries(OUTCOMES);

export function Training({ session, args: [code = ""] }) {
  const [told, setTold] = useState(null); // what the server answers, or {failure}
  useEffect(() => {
    document.title = `${code} : formation`;
    setTold(null);
    let stale = false;
    comparison(session, code).then((answer) => stale || setTold(answer));
    return () => (stale = true);
  }, [session, code]);
  return html`
    <main class="page training" id="contenu" tabindex="-1">
      <h1>${code} : votre codage et la référence</h1>
      <div role="status">${!told ? html`<p>Ouverture…</p>` : told.failure && html`<${Failure} code=${code} told=${told} />`}</div>
      ${told?.places && html`<${Comparison} session=${session} told=${told} />`}
    </main>
  `;
}

async function comparison({ store }, code) {
  if (!store.training) return { failure: "La comparaison se lit sur la page de codage, pas dans un paquet." };
  try {
    return await store.training(code);
  } catch (error) {
    if (error.kind !== "refused") return { failure: error.message };
    return { failure: "La comparaison se lit quand vous avez dit « J'ai fini de coder » sur un entretien de formation." };
  }
}

function Failure({ code, told }) {
  return html`<p>${told.failure}</p><p><a href=${hrefOf("entretien", code)}>Ouvrir ${code}</a></p>`;
}

function Comparison({ session, told }) {
  const [shown, setShown] = useState("differences");
  const { codes } = useWatched(session.state);
  const kept = told.places.filter(({ outcome }) =>
    shown === "differences" ? outcome !== "agreed" : shown === "all" || outcome === shown,
  );
  return html`
    <section class="training-summary" aria-label="Bilan">
      <p>${told.summary}</p>
      <${Advice} ...${told} />
      ${told.aside > 0 &&
      html`<p class="hint">${n(told.aside, "codage")} sous un code proposé : laissé de côté, faute d'être partagé.</p>`}
    </section>
    <section aria-label="Passages">
      <h2>Passage par passage</h2>
      <${Filters} places=${told.places} shown=${shown} show=${setShown} />
      <p class="unseen" role="status">${n(kept.length, "passage montré", "passages montrés")}</p>
      ${kept.length === 0 && html`<p class="hint">Rien à montrer ici.</p>`}
      <ol class="training-places">
        ${kept.map((place) => html`<${Place} key=${keyOf(place)} place=${place} interview=${told.interview} codes=${codes} />`)}
      </ol>
    </section>
    <section aria-label="Code par code">
      <h2>Code par code</h2>
      <${Figures} rows=${told.codes} caption="Par code" codes=${codes} />
      <${Figures} rows=${told.themes} caption="Par thème" codes=${codes} />
    </section>
  `;
}

function Advice({ again, habits }) {
  return html`
    ${again.length > 0 &&
    html`<p><strong>À relire d'abord dans la grille</strong> (définition, inclusions, exclusions) :</p>
      <ul>${again.map((code) => html`<li>${code}</li>`)}</ul>`}
    ${habits.map((sentence) => html`<p>${sentence}</p>`)}
  `;
}

function Filters({ places, shown, show }) {
  const count = (outcome) => places.filter((place) => place.outcome === outcome).length;
  const choices = [
    ["differences", "Écarts", places.length - count("agreed")],
    ...OUTCOMES.map(([outcome, title]) => [outcome, title, count(outcome)]).filter(([, , many]) => many > 0),
    ["all", "Tout", places.length],
  ];
  return html`
    <div class="training-filters" role="group" aria-label="Passages à montrer">
      ${choices.map(
        ([name, title, many]) => html`
          <button key=${name} class="small" aria-pressed=${name === shown ? "true" : "false"} onClick=${() => show(name)}>
            ${title} <span class="detail">${many}</span>
          </button>
        `,
      )}
    </div>
  `;
}

function Place({ place, interview, codes }) {
  const { outcome, turn, start, end, words, explanation } = place;
  return html`
    <li class=${`training-place training-${outcome}`}>
      <h3>${TITLES[outcome]} <span class="detail">tour ${turn + 1}</span></h3>
      <blockquote>${words}</blockquote>
      <p class="hint">
        ${explanation}${" "}
        <a href=${hrefOf("entretien", interview, `${start}-${end}`)} aria-label=${`Relire ce passage du tour ${turn + 1}`}>Relire</a>
      </p>
      <div class="training-sides">
        <${Side} title="Référence" coded=${place.expected} passages=${place.reference} outcome=${outcome} codes=${codes} />
        <${Side} title="Vous" coded=${place.given} passages=${place.newcomer} outcome=${outcome} codes=${codes} />
      </div>
    </li>
  `;
}

function Side({ title, coded, passages, outcome, codes }) {
  if (!coded) return html`<div class="training-side"><h4>${title}</h4><p class="hint">Rien.</p></div>`;
  const code = codes.get(coded.codebook, coded.code);
  const cut = outcome === "bounds" || outcome === "other";
  const explained = outcome !== "agreed" && outcome !== "bounds";
  const memos = title === "Référence" ? passages.filter((passage) => passage.memo) : [];
  return html`
    <div class=${`training-side hue-${code.hue}`}>
      <h4>${title}</h4>
      <p class="training-code"><strong>${code.label}</strong> <span class="detail">${code.id}</span></p>
      ${cut && passages.map((passage) => html`<p class="training-words">« ${passage.words} »</p>`)}
      ${explained && html`<${Meaning} code=${code} />`}
      ${memos.map((passage) => html`<p class="training-memo"><span class="detail">Mémo</span> ${passage.memo}</p>`)}
    </div>
  `;
}

function Meaning({ code }) {
  const parts = [
    ["Définition", code.definition],
    ["Comprend", code.include],
    ["Ne comprend pas", code.exclude],
  ].filter(([, text]) => text);
  return html`<dl class="training-meaning">${parts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
}

const COLUMNS = [
  ["Référence", (row) => row.found + row.other + row.missed],
  ["Retrouvés", (row) => row.found],
  ["Découpés autrement", (row) => row.cut],
  ["Sous un autre code", (row) => row.other],
  ["Oubliés", (row) => row.missed],
  ["À la place", (row) => row.instead],
  ["Ajoutés", (row) => row.added],
];

function Figures({ rows, caption, codes }) {
  return html`
    <table class="interviews training-figures">
      <caption>${caption}</caption>
      <thead>
        <tr>
          <th scope="col">${caption === "Par thème" ? "Thème" : "Code"}</th>
          ${COLUMNS.map(([title]) => html`<th scope="col" class="number">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`
            <tr>
              <th scope="row">${codes.get(row.codebook, row.code).label} <span class="detail">${row.code}</span></th>
              ${COLUMNS.map(([, count]) => html`<td class="number">${count(row)}</td>`)}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function keyOf({ outcome, start, end, expected, given }) {
  return [outcome, start, end, expected?.codebook, expected?.code, given?.codebook, given?.code].join(" ");
}
