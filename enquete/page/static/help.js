// « ? »: what each key does, and what the signs mean.

import { Dialog } from "enquete/dialog";
import { html } from "enquete/html";
import { SHORTCUTS } from "enquete/keys";
import { prefer, prefs } from "enquete/prefs";
import { useWatched } from "enquete/state";

const SIGNS = [
  ["❝", "à citer"],
  ["≈", "à paraphraser"],
  ["⊘", "ne jamais citer"],
  ["✎", "un mémo est écrit là"],
  ["↻", "à revoir : le texte ou le code a changé"],
  ["?", "suggestion, à décider"],
  ["…", "en attente d'enregistrement"],
];

export function Help({ reading }) {
  const { letters } = useWatched(prefs);
  const groups = [...new Set(SHORTCUTS.map((shortcut) => shortcut.group))];
  const close = () => reading.state.set({ dialog: null });
  return html`
    <${Dialog} title="Touches et signes" kind="dialog-wide" onClose=${close}>
      <p>
        Les touches agissent dans le texte. Avec un lecteur d'écran, passez en mode formulaire (NVDA : Inser + Espace)
        pour aller de mot en mot.
      </p>
      <label class="choice">
        <input type="checkbox" checked=${letters} onChange=${(event) => prefer({ letters: event.target.checked })} />
        Commandes d'une seule lettre
      </label>
      <div class="help-groups">
        ${groups.map((group) => html`<${Group} key=${group} group=${group} />`)}
        <section>
          <h3>Signes</h3>
          <dl class="help-keys">${SIGNS.map(([sign, means]) => html`<div><dt>${sign}</dt><dd>${means}</dd></div>`)}</dl>
        </section>
      </div>
    <//>
  `;
}

function Group({ group }) {
  return html`
    <section>
      <h3>${group}</h3>
      <dl class="help-keys">
        ${SHORTCUTS.filter((s) => s.group === group).map(
          ({ keys, does }) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${does}</dd></div>`,
        )}
      </dl>
    </section>
  `;
}
