// Which chips the open interview shows: codings, memos on passages, suggestions.

import { html } from "enquete/html";
import { suggestionMark } from "enquete/layer";
import { FLAG_LABELS } from "enquete/commands";
import { n, shortened } from "enquete/text";

/**
 * @param {ReturnType<import("./reading.js").createReading>} reading
 * @param {object} known of the session: codes, waiting
 * @param {object} looked of the reading: current, suggestion
 * @returns {import("./layer.js").Chip[]} in the order of the text
 */
export function chipsOf(reading, { codes, waiting }, { current, suggestion }) {
  const layer = reading.layer();
  const codings = layer.codings.map((entry) => {
    const hue = codes.get(entry.codebook, entry.code).hue;
    const isCurrent = entry.item === current;
    const isWaiting = waiting.has(entry.uid);
    const look = hue < 0 ? "waiting" : isCurrent ? `current-${hue}` : isWaiting ? "waiting" : `coded-${hue}`;
    const memos = layer.memosOn.get(entry.item)?.length ?? 0;
    return chip("coding", entry.item, entry, look, { waiting: isWaiting, current: isCurrent, memos });
  });
  const placed = layer.memos.filter((memo) => memo.start != null && memo.revision === reading.revision());
  const memos = placed.map((memo) => chip("memo", memo.item, memo, "noted", { waiting: waiting.has(memo.uid) }));
  const suggestions = reading.suggestions().map((told) => {
    const isCurrent = told.id === suggestion;
    return chip("suggestion", suggestionMark(told.id), told, isCurrent ? "suggested-here" : "suggested", {
      current: isCurrent,
    });
  });
  return [...codings, ...memos, ...suggestions].sort((a, b) => a.thing.start - b.thing.start);
}

function chip(kind, id, thing, look, more) {
  return { kind, id, thing, look, waiting: false, current: false, memos: 0, ...more };
}

const FLAG_SIGNS = { cite: "❝", paraphrase: "≈", never: "⊘" };

/** A chip beside a turn: a button that makes its passage the current one. */
export function ChipButton({ chip, codes, quote }) {
  const { kind, id, thing, waiting, current, memos } = chip;
  const draw = { coding: CodingWords, memo: MemoWords, suggestion: SuggestionWords }[kind];
  const hue = kind === "memo" ? "" : `hue-${codes.get(thing.codebook, thing.code).hue}`;
  const classes = ["chip", `chip-${kind}`, hue, waiting && "chip-waiting", current && "chip-current"];
  return html`
    <button
      class=${classes.filter(Boolean).join(" ")}
      data-shows=${id}
      aria-pressed=${current ? "true" : "false"}
      tabindex="-1"
    >
      <${draw} thing=${thing} codes=${codes} memos=${memos} />
      <span class="unseen">, « ${shortened(quote, 40)} »${waiting ? ", en attente d'enregistrement" : ""}</span>
      ${waiting && html`<span class="chip-sign" aria-hidden="true">…</span>`}
    </button>
  `;
}

function CodingWords({ thing, codes, memos }) {
  const { label } = codes.get(thing.codebook, thing.code);
  return html`
    <span class="chip-label">${label}</span>
    ${
      thing.flag &&
      html`<span class="chip-sign" aria-hidden="true">${FLAG_SIGNS[thing.flag]}</span>
      <span class="unseen">, ${FLAG_LABELS[thing.flag]}</span>`
    }
    ${
      memos > 0 &&
      html`<span
        class="chip-sign"
        aria-hidden="true"
      >
        ✎
      </span><span class="unseen">, ${n(memos, "mémo", "mémos")}</span>`
    }
    ${
      thing.touched > 0 &&
      html`<span class="chip-sign" aria-hidden="true">↻</span><span class="unseen">, à revoir</span>`
    }
  `;
}

function MemoWords({ thing }) {
  return html`<span class="chip-sign" aria-hidden="true">✎</span>
    <span class="unseen">Mémo : </span><span class="chip-label">${shortened(thing.body, 32)}</span>`;
}

function SuggestionWords({ thing, codes }) {
  return html`<span class="chip-sign" aria-hidden="true">?</span><span class="unseen">Suggestion : </span>
    <span class="chip-label">${codes.get(thing.codebook, thing.code).label}</span>`;
}
