// The interview's sheet: context, trajectory, tensions, impressions, dated events. It saves itself.

import { useState } from "preact/hooks";

import { gone, newUid } from "enquete/model";
import { html } from "enquete/html";
import { byItem, Note } from "enquete/note";

const FIELDS = [
  ["context", "Contexte", "Où, quand, comment l'entretien s'est passé\u00a0; qui était là."],
  ["trajectory", "Trajectoire", "Le parcours de la personne, tel qu'elle le raconte."],
  ["tensions", "Tensions", "Ce qui résiste, se contredit, ne se dit pas."],
  ["impressions", "Impressions", "Ce que l'entretien vous fait penser, à chaud."],
];

export function Sheet({ session, reading }) {
  const { code } = session.state.get().interview;
  const { sheet, events } = reading.layer();
  return html`
    <p class="hint">La fiche s'enregistre d'elle-même quand vous cessez d'écrire. N'y mettez aucun vrai nom.</p>
    ${FIELDS.map(
      ([field, label, hint]) => html`
        <${Note}
          key=${field}
          session=${session}
          states=${sheet.get(field) ?? []}
          content=${{ kind: "sheet", interview: code, field, item: `${code}-${field}` }}
          label=${label}
          hint=${hint}
          rows=${4}
        />
      `,
    )}
    <${Events} session=${session} code=${code} events=${events} />
  `;
}

/** Dated facts of a life; a day is written as one knows it: « 2024-03 », « mars 2024 ». */
function Events({ session, code, events }) {
  const [fresh, setFresh] = useState(newUid);
  const items = byItem(events);
  const isFreshSaved = items.some(([item]) => item === fresh);
  const shown = isFreshSaved ? items : [...items, [fresh, []]];
  return html`
    <h3>Événements datés</h3>
    ${shown.map(
      ([item, states]) => html`
        <div key=${item} class="event">
          <${Note}
            session=${session}
            states=${states}
            content=${{ kind: "event", interview: code, item }}
            titleLabel="Quand (« mars 2024 »)"
            label="Ce qui s'est passé"
            rows=${2}
          />
          ${
            states.length > 0 &&
            html`<button
              class="small"
              onClick=${() => session.act([gone(states)], "Supprimé : événement")}
            >
              Supprimer cet événement
            </button>`
          }
        </div>
      `,
    )}
    ${isFreshSaved && html`<button class="small" onClick=${() => setFresh(newUid())}>Ajouter un événement</button>`}
  `;
}
