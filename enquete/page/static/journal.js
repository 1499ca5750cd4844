// The study's journal, and all that the coder wrote: memos, sheets, events.

import { useEffect, useState } from "preact/hooks";

import { gone, holding, newUid } from "enquete/model";
import { html } from "enquete/html";
import { isField, keyName } from "enquete/keys";
import { byItem, Note } from "enquete/note";
import { hrefOf } from "enquete/router";
import { useWatched } from "enquete/state";

export function Journal({ session }) {
  useEffect(() => {
    document.title = "Journal et notes";
  }, []);
  useUndo(session);
  return html`
    <main class="page" id="contenu" tabindex="-1">
      <h1>Journal et notes</h1>
      <div class="journal">
        <section aria-label="Journal d'étude">
          <h2>Journal d'étude</h2>
          <p class="hint">
            Vos hypothèses, vos doutes, vos décisions de codage, au fil des jours. N'y mettez aucun vrai nom.
          </p>
          <${Entries} session=${session} />
        </section>
        <section aria-label="Toutes mes notes">
          <h2>Toutes mes notes</h2>
          <${AllNotes} session=${session} />
        </section>
      </div>
    </main>
  `;
}

function useUndo(session) {
  useEffect(() => {
    const hear = (event) => {
      if (isField(event.target)) return;
      const name = keyName(event);
      const act = { "Ctrl+z": session.undo, "Ctrl+y": session.redo, "Ctrl+Shift+z": session.redo }[name];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [session]);
}

function Entries({ session }) {
  const study = useWatched(session.state, (state) => state.study);
  const [fresh, setFresh] = useState(newUid);
  const items = byItem(holding(study).filter((entry) => entry.kind === "journal")).reverse();
  const isFreshSaved = items.some(([item]) => item === fresh);
  const shown = isFreshSaved ? items : [[fresh, []], ...items];
  return html`
    ${isFreshSaved && html`<button onClick=${() => setFresh(newUid())}>Écrire une autre note</button>`}
    ${shown.map(
      ([item, states]) => html`
        <article key=${item} class="journal-entry">
          ${states.length > 0 && html`<p class="detail">${dayOf(states[0].made_at)}</p>`}
          <${Note}
            session=${session}
            states=${states}
            content=${{ kind: "journal", item }}
            titleLabel="Titre (facultatif)"
            label=${states.length > 0 ? "Note du journal" : "Nouvelle note du journal"}
            rows=${5}
          />
          ${
            states.length > 0 &&
            html`<button
              class="small"
              onClick=${() => session.act([gone(states)], "Supprimé : note du journal")}
            >
              Supprimer cette note
            </button>`
          }
        </article>
      `,
    )}
  `;
}

const FIELDS = { context: "contexte", trajectory: "trajectoire", tensions: "tensions", impressions: "impressions" };

function AllNotes({ session }) {
  const { codes, study } = useWatched(session.state);
  const [notes, setNotes] = useState(null);
  const [failure, setFailure] = useState("");
  useEffect(() => {
    session.store.notes().then(setNotes, (error) => setFailure(error.message));
  }, [session, study]);
  if (failure) return html`<p>${failure}</p>`;
  if (!notes) return html`<p>Ouverture…</p>`;
  const written = holding(notes).filter((entry) => entry.kind !== "journal");
  if (written.length === 0)
    return html`<p class="hint">Vos mémos, vos fiches et les codes que vous proposez se liront ici.</p>`;
  return html`
    <ul class="all-notes">
      ${written.map(
        (entry) => html`
          <li key=${entry.uid}>
            <p class="detail"><${About} entry=${entry} codes=${codes} /></p>
            ${entry.title && html`<p><strong>${entry.title}</strong></p>`}
            <p class="written">${entry.body}</p>
          </li>
        `,
      )}
    </ul>
  `;
}

function About({ entry, codes }) {
  const { kind, interview, start, end } = entry;
  const link = (words) => {
    const span = start === null || start === undefined ? [] : [`${start}-${end}`];
    return html`<a href=${hrefOf("entretien", interview, ...span)}>${words}</a>`;
  };
  if (kind === "proposal") return "Code proposé";
  if (kind === "sheet") return html`Fiche de ${link(interview)}, ${FIELDS[entry.field]}`;
  if (kind === "event") return html`Événement, ${link(interview)}`;
  if (!interview) return html`Mémo sur le code ${codes.get(entry.codebook, entry.code).label}`;
  return html`Mémo sur ${start === null || start === undefined ? "" : "un passage de "}${link(interview)}`;
}

function dayOf(madeAt) {
  const day = new Date(madeAt);
  return Number.isNaN(day.getTime()) ? "" : day.toLocaleDateString("fr-FR", { dateStyle: "long" });
}
