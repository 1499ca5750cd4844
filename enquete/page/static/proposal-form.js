// A code that the coder proposes: its words, what it means, the theme that it goes under.

import { useState } from "preact/hooks";

import { html } from "enquete/html";
import { shortened } from "enquete/text";

const LONGEST_LABEL = 200;

export function ProposalForm({ codes, label, quote, onPropose, onBack }) {
  const [told, setTold] = useState({ label: label || shortened(quote, 60), definition: "", above: "" });
  const set = (name) => (event) => setTold({ ...told, [name]: event.target.value });

  function propose(event) {
    event.preventDefault();
    const parent = codes.byKey.get(told.above) ?? null;
    const codebook = parent?.codebook ?? codes.books[0].id;
    onPropose({ codebook, label: told.label.trim(), definition: told.definition.trim(), parent: parent?.id ?? null });
  }

  return html`
    <form class="form" onSubmit=${propose}>
      <p class="hint">
        Un code à vous, pour ce que la grille ne dit pas. Il sera comparé plus tard avec ceux des autres codeurs.
      </p>
      <label>Nom du code<input
        autofocus
        type="text"
        required
        maxlength=${LONGEST_LABEL}
        pattern=".*\\S.*"
        value=${told.label}
        onInput=${set("label")}
      /></label>
      <label>Ce qu'il désigne (facultatif)<textarea
        rows="3"
        value=${told.definition}
        onInput=${set("definition")}
      ></textarea></label>
      <label>
        Sous le thème
        <select value=${told.above} onChange=${set("above")}>
          <option value="">aucun : un thème nouveau</option>
          ${codes.books.flatMap((book) =>
            book.themes
              .filter((t) => !t.own && !t.retired)
              .map((t) => html`<option value=${t.key}>${t.label}</option>`),
          )}
        </select>
      </label>
      <div class="form-foot">
        <button type="button" onClick=${onBack}>Revenir aux codes</button>
        <button type="submit" class="main">Proposer et coder</button>
      </div>
    </form>
  `;
}
