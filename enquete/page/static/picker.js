// The list of codes: a few letters, and Enter. From here too, a code of one's own is proposed.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { Definition } from "enquete/definition";
import { Dialog } from "enquete/dialog";
import { html } from "enquete/html";
import { prefer, prefs } from "enquete/prefs";
import { ProposalForm } from "enquete/proposal-form";
import { useWatched } from "enquete/state";
import { shortened } from "enquete/text";

const TITLES = { code: "Coder le passage", recode: "Recoder le passage", adjust: "Choisir un autre code" };

export function Picker({ session, reading, commands }) {
  const { picker } = useWatched(reading.state);
  const codes = useWatched(session.state, (state) => state.codes);
  const { themesOnly } = useWatched(prefs);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [proposing, setProposing] = useState(null);
  const found = useMemo(() => matching(codes, query, themesOnly), [codes, query, themesOnly]);
  const proposable = picker.mode === "code" && codes.books.length > 0;
  const quote = useMemo(() => quoteOf(session, reading), []);
  const close = () => reading.state.set({ picker: null });

  function choose(code, again) {
    commands.choose(code, picker.mode);
    if (again && picker.mode === "code") setQuery("");
    else close();
  }

  function typed(event) {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const last = found.length - 1 + (proposable ? 1 : 0);
    if (move) setAt(Math.max(0, Math.min(last, at + move)));
    else if (event.key === "Enter" && at < found.length) choose(found[at], event.shiftKey);
    else if (event.key === "Enter" && proposable) setProposing(query.trim());
    else return;
    event.preventDefault();
  }

  if (proposing !== null) {
    const propose = (told) => {
      commands.propose(told);
      close();
    };
    return html`
      <${Dialog} key="proposal" title="Proposer un code" onClose=${close}>
        <${ProposalForm}
          codes=${codes}
          label=${proposing}
          quote=${quote}
          onPropose=${propose}
          onBack=${() => setProposing(null)}
        />
      <//>
    `;
  }
  return html`
    <${Dialog} key="codes" title=${TITLES[picker.mode]} kind="dialog-picker" onClose=${close}>
      <p class="picker-quote">« ${shortened(quote, 140)} »</p>
      <div class="picker">
        <div class="picker-left">
          <${QueryField} query=${query} at=${at} onKeyDown=${typed} onQuery=${(text) => (setQuery(text), setAt(0))} />
          <${Options}
            found=${found}
            at=${at}
            query=${query}
            proposable=${proposable}
            onChoose=${choose}
            onPropose=${setProposing}
            onAt=${setAt}
          />
        </div>
        <${Definition} code=${found[at]} />
      </div>
      <div class="picker-foot">
        <label class="choice">
          <input type="checkbox" checked=${themesOnly} onChange=${(e) => prefer({ themesOnly: e.target.checked })} />
          Première passe : thèmes seulement
        </label>
        ${picker.mode === "code" &&
        html`<p class="hint"><kbd>Maj + Entrée</kbd> : coder, et choisir un autre code encore</p>`}
      </div>
    <//>
  `;
}

function QueryField({ query, at, onKeyDown, onQuery }) {
  return html`
    <input
      autofocus
      class="picker-field"
      type="text"
      role="combobox"
      aria-label="Quelques lettres du code"
      aria-expanded="true"
      aria-controls="picker-list"
      aria-activedescendant=${`picker-${at}`}
      aria-autocomplete="list"
      autocomplete="off"
      spellcheck=${false}
      placeholder="Quelques lettres…"
      value=${query}
      onInput=${(event) => onQuery(event.target.value)}
      onKeyDown=${onKeyDown}
    />
  `;
}

function Options({ found, at, query, proposable, onChoose, onPropose, onAt }) {
  const list = useRef();
  useEffect(
    () => list.current.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
    [at, found],
  );
  return html`
    <ul class="picker-list" id="picker-list" role="listbox" aria-label="Codes" ref=${list}>
      ${found.map(
        (code, i) => html`
          <li
            key=${code.key}
            id=${`picker-${i}`}
            role="option"
            aria-selected=${i === at ? "true" : "false"}
            class=${`option hue-${code.hue} ${code.parent ? "option-under" : ""}`}
            onClick=${(event) => onChoose(code, event.shiftKey)}
            onMouseMove=${() => i !== at && onAt(i)}
          >
            <span class="option-label">${code.label}</span>
            <span class="detail">${code.own ? "proposé" : code.id}</span>
          </li>
        `,
      )}
      ${
        proposable &&
        html`<li
        key="propose"
        id=${`picker-${found.length}`}
        role="option"
        aria-selected=${at === found.length ? "true" : "false"}
        class="option option-propose"
        onClick=${() => onPropose(query.trim())}
        onMouseMove=${() => onAt(found.length)}
      >
        + Proposer un code${query.trim() ? ` « ${query.trim()} »` : ""}
      </li>`
      }
    </ul>
  `;
}

/** Themes alone on a first pass; when none answers, the codes under them. */
function matching(codes, query, themesOnly) {
  const all = codes.matching(query);
  const themes = all.filter((code) => code.parent === null || code.own);
  return themesOnly && themes.length > 0 ? themes : all;
}

function quoteOf(session, reading) {
  const span = reading.target() ?? reading.suggestion();
  return span ? session.state.get().interview.quote(span) : "";
}
