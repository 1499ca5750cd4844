// Above the text: which interview, how far, its stages, undo and redo, search, help.

import { staged } from "enquete/acts";
import { AnswerSteps } from "enquete/answer-steps";
import { html } from "enquete/html";
import { kindName } from "enquete/questions";
import { hrefOf, skipTo } from "enquete/router";
import { useWatched } from "enquete/state";
import { n } from "enquete/text";

const STAGES = [
  { field: "read", label: "J'ai lu cet entretien", short: "Lu", said: "Entretien lu" },
  { field: "coded", label: "J'ai fini de coder", short: "Fini", said: "Entretien codé" },
];

// An answer is read at a glance.
const ANSWER_STAGES = [{ field: "coded", label: "Réponse finie", short: "Finie", said: "Réponse finie" }];

export function ReaderBar(parts) {
  const { session, reading, commands } = parts;
  const { interview } = useWatched(session.state);
  const { search } = useWatched(reading.state);
  const open = () => reading.state.set({ search: { ...search, open: true } });
  return html`
    <section class="reader-bar" aria-label=${`${kindName(interview)} ${interview.code}`}>
      <a class="skip" href="#volet" onClick=${skipTo("volet")}>Aller au volet des codes</a>
      <a class="back" href=${hrefOf("")} aria-label="Revenir à mes entretiens">←</a>
      <h1>${interview.code} <span class="detail">${interview.wave}</span></h1>
      ${interview.isAnswer ? html`<${AnswerSteps} ...${parts} />` : html`<${Left} ...${parts} />`}
      <div class="reader-tools">
        <${Stages} ...${parts} />
        <button
          onClick=${commands.undo}
          aria-keyshortcuts="Control+Z"
          aria-label="Annuler"
          title="Annuler (Ctrl + Z)"
        >↶<span class="wide-only"> Annuler</span></button>
        <button
          onClick=${commands.redo}
          aria-keyshortcuts="Control+Y"
          aria-label="Rétablir"
          title="Rétablir (Ctrl + Y)"
        >↷<span class="wide-only"> Rétablir</span></button>
        <button onClick=${open} aria-keyshortcuts="/" aria-expanded=${search.open ? "true" : "false"}>Chercher</button>
        <button onClick=${() => reading.state.set({ dialog: "help" })} aria-label="Aide : touches et signes">?</button>
      </div>
    </section>
  `;
}

function Left({ session, reading }) {
  const { interview } = useWatched(session.state);
  const seen = useWatched(reading.state, (state) => state.seen);
  const { stages } = reading.layer();
  const isRead = stages.has("read") || stages.has("coded"); // the coder says so, wherever the text was scrolled to
  const left = isRead ? 0 : interview.wordsAfter(Math.max(seen, interview.place, 0));
  const done = isRead ? "lu jusqu'au bout" : "affiché jusqu'au bout"; // what stood in the window may not have been read
  return html`<p class="left">${left > 0 ? `${n(left, "mot", "mots")} à lire` : done}</p>`;
}

function Stages({ session, reading }) {
  useWatched(session.state, (state) => state.own);
  const { interview } = session.state.get();
  const { stages } = reading.layer();
  async function toggle(field, said) {
    const states = stages.get(field) ?? [];
    await session.act([staged(session, field, states)], states.length > 0 ? `Repris : ${said.toLowerCase()}` : said);
    // Suggestions may show, or hide again.
    if (field === "coded") await session.open(session.state.get().interview.code).catch(() => {});
  }
  const shown = interview.isAnswer ? ANSWER_STAGES : STAGES;
  return shown.map(({ field, label, short, said }) => {
    const reached = stages.has(field);
    return html`
      <button key=${field} aria-label=${label} aria-pressed=${reached ? "true" : "false"} onClick=${() => toggle(field, said)}>
        <span aria-hidden="true">${reached ? "☑" : "☐"}</span> <span class="wide-only">${label}</span>
        <span class="narrow-only">${short}</span>
      </button>
    `;
  });
}
