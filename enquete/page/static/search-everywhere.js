// Search in all the coder's interviews. What is looked for, a name perhaps, stands in no address: browsers keep those.

import { useEffect, useState } from "preact/hooks";

import { html } from "enquete/html";
import { labelOf } from "enquete/questions";
import { hrefOf } from "enquete/router";
import { useWatched, watchable } from "enquete/state";
import { n } from "enquete/text";

/** What is looked for, as long as the page is there. */
export const wanted = watchable({ words: "" });

export function SearchEverywhere({ session }) {
  const asked = useWatched(wanted, ({ words }) => words);
  const [query, setQuery] = useState(asked);
  const [found, setFound] = useState(null); // {query, hits, total}, or {failure}
  useEffect(() => {
    document.title = "Chercher dans tous mes entretiens";
    setQuery(asked);
    setFound(null);
    if (!asked.trim()) return undefined;
    let stale = false;
    session.store.search(asked).then(
      (answer) => stale || setFound({ query: asked, ...answer }),
      (error) => stale || setFound({ failure: error.message }),
    );
    return () => (stale = true);
  }, [session, asked]);
  const search = (event) => {
    event.preventDefault();
    if (query.trim()) wanted.set({ words: query.trim() });
  };
  return html`
    <main class="page" id="contenu" tabindex="-1">
      <h1>Chercher dans tous mes entretiens</h1>
      <form class="search-form" role="search" onSubmit=${search}>
        <input
          type="search"
          aria-label="Mots à chercher"
          value=${query}
          onInput=${(event) => setQuery(event.target.value)}
        />
        <button class="main" type="submit">Chercher</button>
      </form>
      <div role="status">${summary(asked, found)}</div>
      ${found?.hits && html`<${Hits} hits=${found.hits} overview=${session.state.get().overview} />`}
    </main>
  `;
}

function summary(asked, found) {
  if (!asked.trim()) return html`<p class="hint">Majuscules et accents ne comptent pas.</p>`;
  if (!found) return html`<p>Recherche…</p>`;
  if (found.failure) return html`<p>${found.failure}</p>`;
  if (found.total === 0) return html`<p>« ${found.query} » ne se trouve dans aucun de vos textes.</p>`;
  const shown = found.hits.length < found.total ? ` ; les ${found.hits.length} premiers sont montrés` : "";
  return html`<p>${n(found.total, "passage")}${shown}.</p>`;
}

function Hits({ hits, overview }) {
  const interviews = [...new Set(hits.map((hit) => hit.interview))];
  const questions = new Map(overview.interviews.map((one) => [one.code, one.question]));
  return interviews.map(
    (code) => html`
      <section key=${code} aria-label=${code}>
        <h2>
          ${code}
          ${questions.get(code) && html` <span class="detail">${labelOf(overview, questions.get(code))}</span>`}
        </h2>
        <ul class="hits">
          ${hits
            .filter((hit) => hit.interview === code)
            .map(
              (hit) => html`
                <li key=${hit.start}>
                  <a href=${hrefOf("entretien", code, `${hit.start}-${hit.end}`)}>
                    <span class="detail">${questions.get(code) ? "réponse" : `tour ${hit.turn + 1}`}</span>${" "}
                    …${fromWord(hit.before)}<mark>${hit.words}</mark>${toWord(hit.after)}…
                  </a>
                </li>
              `,
            )}
        </ul>
      </section>
    `,
  );
}

/** What stands before words found, without the half word that it begins with; and after, without the last one. */
function fromWord(before) {
  return before.replace(/^\S{0,20}\s/u, "");
}

function toWord(after) {
  return after.replace(/\s\S{0,20}$/u, "");
}
