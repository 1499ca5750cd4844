// What a packet adds to the page: saving the work into a file, taking a file back, erasing the work at the end.

import { render } from "preact";
import { useRef, useState } from "preact/hooks";
import { Dialog } from "enquete/dialog";
import { html } from "enquete/html";
import { readSealed, SealError, unseal } from "enquete/sealing";
import { n } from "enquete/text";

const DAY = 86_400_000; // milliseconds
const MANY = 100; // actions
const LARGEST = 50_000_000; // bytes
const CANNOT_TAKE = "Ce fichier ne peut pas être repris.";

/**
 * @param {{work: import("./packet-work.js").Work, taken: (entries: object[]) => void, filed: () => void,
 *   erase: () => Promise<void>}} parts  taken: these entries came from a file; filed: a file holds the work
 */
export function showBar({ work, taken, filed, erase }) {
  const host = document.createElement("div");
  document.body.classList.add("in-packet");
  document.getElementById("page").after(host);
  const bar = { draw, mustRemind, showErased, erased: false };

  function draw() {
    if (bar.erased) return;
    const acts = { taken, filed, erase };
    render(html`<${Bar} work=${work} full=${work.left.length > 0} count=${work.unfiled} acts=${acts} />`, host);
  }

  /** Where the browser keeps the work, only work that has waited long for a file is worth a question. */
  function mustRemind() {
    if (bar.erased || work.unfiled === 0) return false;
    return work.fragile > 0 || work.unfiled >= MANY || Date.now() - work.firstLeft > DAY;
  }

  function showErased() {
    bar.erased = true;
    const page = document.getElementById("page");
    render(null, page);
    page.hidden = true;
    render(html`<${Erased} />`, host);
    host.querySelector("h1").focus();
  }

  draw();
  return bar;
}

function Bar({ work, full, count, acts }) {
  const [answer, setAnswer] = useState({ text: "", bad: false });
  const file = useRef(null);
  const [asking, setAsking] = useState(false);

  async function save() {
    const uids = [...work.entries.keys()];
    if (uids.length === 0) return setAnswer({ text: "Rien à enregistrer : rien n'a été fait depuis que ce paquet existe." });
    const name = fileName(work.header.coder);
    download(name, await work.file());
    await work.filed(uids.filter((uid) => !work.inFile.has(uid)));
    acts.filed();
    const actions = n(uids.length, "action");
    setAnswer({ text: `Enregistré : ${name} (${actions}), dans vos téléchargements. Envoyez ce fichier à votre équipe.` });
  }

  async function takeBack(event) {
    const [chosen] = event.target.files;
    event.target.value = "";
    if (!chosen) return;
    try {
      const fresh = await work.takeBack(await contentOf(chosen, work));
      acts.taken(fresh);
      setAnswer({ text: fresh.length > 0 ? `Repris : ${n(fresh.length, "action")}.` : "Tout ce fichier était déjà ici." });
    } catch (error) {
      setAnswer({ text: error instanceof SealError ? error.message : CANNOT_TAKE, bad: true });
    }
  }

  const safe = work.kept && !full;
  return html`<section class="packet" aria-label="Travail sur ce paquet">
    <p class=${safe ? "" : "packet-fault"}>${told(work, full, count)}</p>
    <p role="status" class=${answer.bad ? "packet-told packet-fault" : "packet-told"}>${answer.text}</p>
    <div class="packet-actions">
      <button class="small main" onClick=${save}>Enregistrer mon travail</button>
      <button class="small" onClick=${() => file.current.click()}>Reprendre un fichier…</button>
      <input ref=${file} type="file" hidden onChange=${takeBack} aria-label="Fichier de codages à reprendre" />
      <button class="small" onClick=${() => setAsking(true)}>Effacer mon travail…</button>
    </div>
    ${asking && html`<${Erasing} count=${count} erase=${acts.erase} onClose=${() => setAsking(false)} />`}
  </section>`;
}

/** What to know before leaving: whether this browser keeps the work, whether a file holds it. */
function told(work, full, count) {
  const actions = n(count, "action à enregistrer", "actions à enregistrer");
  if (!work.kept) return `Ce navigateur ne garde rien : enregistrez votre travail avant de fermer. ${actions}.`;
  if (full) return `Ce navigateur ne garde plus rien (disque plein ?) : enregistrez votre travail avant de fermer. ${actions}.`;
  if (count > 0) return `${actions} dans un fichier.`;
  return work.entries.size > 0 ? "Tout votre travail est dans un fichier." : "Aucun réseau : rien ne part de cet ordinateur.";
}

function Erasing({ count, erase, onClose }) {
  const lost = n(count, "action n'est dans aucun fichier : elle serait perdue", "actions ne sont dans aucun fichier : elles seraient perdues");
  return html`<${Dialog} title="Effacer mon travail de ce navigateur ?" onClose=${onClose}>
    ${count > 0 ? html`<p class="packet-fault">${lost}.</p>` : html`<p>Tout ce que vous avez fait est dans un fichier.</p>`}
    <p>À faire à la fin, quand votre équipe a confirmé qu'elle a repris vos codages. On ne revient pas en arrière.</p>
    <div class="form-foot">
      <button onClick=${onClose}>Annuler</button>
      <button class="packet-danger" onClick=${erase}>Effacer</button>
    </div>
  <//>`;
}

function Erased() {
  return html`<main class="opening">
    <h1 tabindex="-1">Votre travail est effacé de ce navigateur.</h1>
    <p>Il reste à supprimer de cet ordinateur, corbeille comprise :</p>
    <ul>
      <li>ce fichier, le paquet ;</li>
      <li>les fichiers de codages (« .enquete ») de vos téléchargements et de vos messages.</li>
    </ul>
    <p>Dites-le ensuite à votre équipe : elle note que le paquet est détruit.</p>
  </main>`;
}

async function contentOf(chosen, work) {
  if (chosen.size > LARGEST) throw new SealError("large");
  const sealed = await readSealed(await chosen.text(), "codages");
  if (sealed.header.packet !== work.header.packet) throw new SealError("other");
  try {
    return await unseal(work.key, sealed);
  } catch {
    throw new SealError("damaged"); // the key is this packet's: the file was altered
  }
}

/** « codages-lea-2026-03-14.enquete », by the day here. */
function fileName(coder) {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return `codages-${coder}-${day.join("-")}.enquete`;
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
