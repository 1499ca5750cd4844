// Asks for the phrase that opens a packet, until it is the right one.

import { render } from "preact";
import { useRef, useState } from "preact/hooks";
import { html } from "enquete/html";
import { canSeal, deriveKey, readSealed, unseal } from "enquete/sealing";

const TOO_OLD =
  "Ce navigateur est trop ancien pour ouvrir un paquet. Ouvrez ce fichier dans une version récente de Firefox, Chrome, Edge ou Safari.";
const DAMAGED = "Ce paquet est abîmé ou a été modifié : redemandez-le à la personne qui vous l'a donné.";

/**
 * Shows the opening screen in the place of the page.
 * @param {object} payload the sealed packet
 * @returns {Promise<{key: CryptoKey, header: object, content: object}>} resolves when the phrase was right
 */
export async function openPacket(payload) {
  const page = document.getElementById("page");
  const host = document.createElement("div");
  page.hidden = true;
  page.before(host);
  const { sealed, trouble } = await checked(payload);
  const opened = await new Promise((resolve) =>
    render(html`<${Opening} sealed=${sealed} trouble=${trouble} onOpened=${resolve} />`, host),
  );
  render(null, host);
  host.remove();
  page.hidden = false;
  return opened;
}

async function checked(payload) {
  if (!canSeal()) return { trouble: TOO_OLD };
  try {
    return { sealed: await readSealed(payload, "paquet"), trouble: "" };
  } catch {
    return { trouble: DAMAGED };
  }
}

function Opening({ sealed, trouble, onOpened }) {
  const [state, setState] = useState({ busy: false, told: "" });
  const [shown, setShown] = useState(false);
  const field = useRef(null);

  async function open(event) {
    event.preventDefault();
    if (state.busy) return;
    setState({ busy: true, told: "" });
    try {
      const key = await deriveKey(field.current.value, sealed.header);
      const content = await unseal(key, sealed);
      onOpened({ key, header: sealed.header, content });
    } catch (error) {
      setState({ busy: false, told: error.message });
      field.current.select();
      field.current.focus();
    }
  }

  return html`<main class="opening">
    <h1>Paquet d'entretiens à coder</h1>
    ${trouble
      ? html`<p role="alert" class="packet-fault">${trouble}</p>`
      : html`<${Advice} header=${sealed.header} />
          <form onSubmit=${open}>
            <label for="phrase">Phrase de ce paquet</label>
            <input
              id="phrase"
              ref=${field}
              type=${shown ? "text" : "password"}
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              required
              autofocus
              readonly=${state.busy}
              aria-describedby="phrase-faute"
              aria-invalid=${state.told ? "true" : "false"}
            />
            <label class="choice">
              <input type="checkbox" checked=${shown} onChange=${(event) => setShown(event.target.checked)} />
              Montrer la phrase
            </label>
            <p id="phrase-faute" role="alert" class="packet-fault">${state.told}</p>
            <button type="submit" class="main" aria-disabled=${state.busy}>Ouvrir</button>
            <div role="status" class="opening-wait">
              ${state.busy &&
              html`<progress aria-label="Déchiffrement"></progress>
                <span>Déchiffrement… quelques secondes sur un vieil ordinateur.</span>`}
            </div>
          </form>`}
  </main>`;
}

function Advice({ header }) {
  return html`<p>
      Pour <strong>${header.coder}</strong>. La phrase vous a été donnée à part : par téléphone, ou de la main à la main.
    </p>
    <ul>
      <li>Enregistrez d'abord ce fichier dans un dossier à vous, et ne le déplacez ni ne le renommez ensuite.</li>
      <li>Pas de fenêtre privée : elle oublie tout à la fermeture.</li>
      <li>Aucun réseau n'est nécessaire : rien n'est envoyé nulle part.</li>
    </ul>`;
}
