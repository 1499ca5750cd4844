// The turns of an interview: who speaks, when, what is said, and what is coded there.

import { ChipButton } from "enquete/chips";
import { html, kept } from "enquete/html";
import { clock } from "enquete/interview";

/** All turns; each is drawn again alone, when what it shows changes. */
export const Turns = kept(({ interview, shown, codes, container }) => {
  return html`
    <ol class=${interview.isAnswer ? "turns turns-answer" : "turns"} ref=${container}>
      ${interview.turns.map(
        (turn) => html`
          <${Turn}
            key=${turn.index}
            interview=${interview}
            turn=${turn}
            shown=${shown.get(turn.index)}
            codes=${codes}
          />
        `,
      )}
    </ol>
  `;
});

const Turn = kept(({ interview, turn, shown, codes }) => {
  const when = turn.begin === null || turn.begin === undefined ? null : clock(turn.begin);
  return html`
    <li class=${turn.asked ? "turn turn-asked" : "turn"} data-turn=${turn.index}>
      <div class="row" role="group" aria-label=${interview.isAnswer ? "Réponse" : nameOf(turn, when)} tabindex="-1">
        ${!interview.isAnswer && html`<div class="who not-annotatable">
          <span class="who-name">${turn.speaker}</span>
          <span class="who-place">${turn.index + 1}${when && ` · ${when}`}</span>
        </div>`}
        <p class="words" data-turn=${turn.index}><${Words} turn=${turn} /></p>
        ${shown?.chips.length > 0 && html`<${Chips}
          interview=${interview}
          shown=${shown}
          codes=${codes}
          turn=${turn}
        />`}
      </div>
    </li>
  `;
});

function nameOf(turn, when) {
  return `Tour ${turn.index + 1}, ${turn.speaker}${when ? `, à ${when}` : ""}`;
}

/** Words, with the places where a pseudonym or a mask stands. */
const Words = kept(({ turn }) => {
  const { text, masks } = turn;
  const pieces = [];
  let at = 0;
  for (const { start, end } of masks) {
    pieces.push(text.slice(at, start), html`<span class="mask">${text.slice(start, end)}</span>`);
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
});

function Chips({ interview, shown, codes, turn }) {
  return html`
    <ul class="chips not-annotatable" aria-label=${`Codages du tour ${turn.index + 1}`}>
      ${shown.chips.map(
        (chip) => html`
          <li key=${chip.thing.uid ?? chip.id}><${ChipButton} chip=${chip} codes=${codes} quote=${interview.quote(chip.thing)} /></li>
        `,
      )}
    </ul>
  `;
}
