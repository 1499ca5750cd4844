// Beside the text: the codes, the current passage, the sheet, the memos, what wants a look.

import { useRef } from "preact/hooks";

import { html } from "enquete/html";
import { InterviewMemos } from "enquete/memos";
import { PassagePanel } from "enquete/passage-panel";
import { countToReview, Review } from "enquete/review";
import { Sheet } from "enquete/sheet";
import { useWatched } from "enquete/state";
import { CodesPanel } from "enquete/tree";

const TABS = [
  ["codes", "Codes", CodesPanel],
  ["passage", "Passage", PassagePanel],
  ["sheet", "Fiche", Sheet], // of an interview: an answer has none
  ["memos", "Mémos", InterviewMemos],
  ["review", "À revoir", Review],
];

export function Panel(parts) {
  const { session, reading } = parts;
  const { isAnswer } = session.state.get().interview;
  const tabs = TABS.filter(([name]) => !isAnswer || name !== "sheet");
  useWatched(session.state);
  const { tab, panelOpen } = useWatched(reading.state);
  const [, label, Shown] = tabs.find(([name]) => name === tab);
  const list = useRef();
  const open = (name) => reading.state.set({ tab: name, panelOpen: name !== tab || !panelOpen ? true : panelOpen });

  function arrows(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const at = (tabs.findIndex(([name]) => name === tab) + by + tabs.length) % tabs.length;
    reading.state.set({ tab: tabs[at][0] });
    list.current.children[at].focus();
    event.preventDefault();
  }

  const toReview = countToReview(session, reading);
  return html`
    <aside class=${panelOpen ? "panel" : "panel panel-folded"} id="volet" tabindex="-1" aria-label="Volet">
      <div class="tabs">
        <div role="tablist" aria-label="Volet" ref=${list} onKeyDown=${arrows}>
          ${tabs.map(
            ([name, words]) => html`
              <button
                key=${name}
                role="tab"
                id=${`tab-${name}`}
                aria-controls="volet-contenu"
                aria-selected=${name === tab ? "true" : "false"}
                tabindex=${name === tab ? 0 : -1}
                onClick=${() => open(name)}
              >
                ${words}${name === "review" && toReview > 0 ? ` (${toReview})` : ""}
              </button>
            `,
          )}
        </div>
        <button
          class="fold-panel bare"
          aria-expanded=${panelOpen ? "true" : "false"}
          aria-label="Volet"
          onClick=${() => reading.state.set({ panelOpen: !panelOpen })}
        >
          ${panelOpen ? "▾" : "▴"}
        </button>
      </div>
      <div class="panel-inside" id="volet-contenu" role="tabpanel" aria-label=${label} tabindex="0">
        <h2 class="unseen">${label}</h2>
        <${Shown} key=${tab} ...${parts} />
      </div>
    </aside>
  `;
}
