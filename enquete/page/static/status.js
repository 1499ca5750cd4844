// How the saving goes: a word in the menu, a banner when the work cannot leave this browser.

import { html } from "enquete/html";
import { hrefOf } from "enquete/router";
import { useWatched } from "enquete/state";
import { n } from "enquete/text";

const WORDS = {
  saved: ["✓", "Tout est enregistré"],
  saving: ["…", "Enregistrement…"],
  offline: ["!", "Hors connexion"],
  refused: ["!", "Non enregistré"],
  kept: ["✓", "Gardé dans ce navigateur"], // a packet: to be given back as a file
  memory: ["!", "Dans la mémoire de cet onglet seulement"],
};

export function SaveState({ session }) {
  const { state } = useWatched(session.state, (value) => value.status);
  const refused = useWatched(session.state, (value) => value.refused.length);
  if (refused > 0 && state === "saved") {
    return html`<a class="save save-refused" href=${hrefOf("")}>${n(refused, "action refusée", "actions refusées")}</a>`;
  }
  return html`
    <span class=${`save save-${state}`}>
      <span aria-hidden="true">${WORDS[state][0]}</span> ${WORDS[state][1]}
    </span>
  `;
}

export function Banner({ session }) {
  const { state, pending, fragile, message } = useWatched(session.state, (value) => value.status);
  if (state !== "offline" && state !== "refused") return null;
  const waiting = n(pending, "action en attente", "actions en attente");
  const safe = fragile
    ? "gardez cet onglet ouvert : une partie n'est que dans sa mémoire."
    : "rien n'est perdu, même si vous fermez l'onglet.";
  return html`
    <div class="banner" role="alert">
      <p>
        <strong>${state === "refused" ? "Lien refusé" : "Hors connexion"}</strong> : ${waiting}, ${safe}
        ${message && html` <span class="banner-why">${message}</span>`}
      </p>
      <button onClick=${() => session.store.retry()}>Réessayer maintenant</button>
    </div>
  `;
}
