// The codes as a tree: themes on a first pass, then what is under them. A click codes the words chosen.

import { useMemo, useState } from "preact/hooks";

import { Definition } from "enquete/definition";
import { html } from "enquete/html";
import { holding } from "enquete/model";
import { Memos } from "enquete/memos";
import { prefer, prefs } from "enquete/prefs";
import { QUICK, quickCodes } from "enquete/commands";
import { useWatched } from "enquete/state";

export function CodesPanel({ session, reading, commands }) {
  const { codes, study } = useWatched(session.state);
  const { code: shownKey } = useWatched(reading.state);
  const preferred = useWatched(prefs);
  const [query, setQuery] = useState("");
  const coding = reading.current();
  const shown = codes.byKey.get(shownKey) ?? (coding && codes.get(coding.codebook, coding.code));
  const numbers = new Map(quickCodes(preferred, codes).map((code, i) => [code.key, i + 1]));
  const look = (code) => reading.state.set({ code: code.key });
  const take = (code) => (reading.target() ? commands.choose(code, "code") : look(code));
  return html`
    <div class="codes">
      <div class="codes-head">
        <${Passes} themesOnly=${preferred.themesOnly} />
        <input
          type="search"
          aria-label="Filtrer les codes"
          placeholder="Filtrer les codes"
          value=${query}
          onInput=${(e) => setQuery(e.target.value)}
        />
      </div>
      <div class="codes-tree">
        <${Tree}
          codes=${codes}
          query=${query}
          themesOnly=${preferred.themesOnly}
          numbers=${numbers}
          onLook=${look}
          onTake=${take}
          shown=${shown}
        />
      </div>
      <div class="codes-definition">
        <${Definition} code=${shown}>
          ${shown && html`<${Pin} code=${shown} pinned=${preferred.pinned} />`}
          ${shown && !shown.retired && html`<${CodeMemos}
            key=${shown.key}
            session=${session}
            study=${study}
            code=${shown}
          />`}
        <//>
      </div>
    </div>
  `;
}

function Passes({ themesOnly }) {
  const pass = (only, words) => html`
    <button
      aria-pressed=${themesOnly === only ? "true" : "false"}
      onClick=${() => prefer({ themesOnly: only })}
    >
      ${words}
    </button>
  `;
  return html`
    <div class="switch" role="group" aria-label="Codes montrés">
      ${pass(true, "1. Thèmes")} ${pass(false, "2. Tous les codes")}
    </div>
  `;
}

function Tree({ codes, query, themesOnly, ...rest }) {
  const found = useMemo(
    () => (query.trim() ? new Set(codes.matching(query).map((code) => code.key)) : null),
    [codes, query],
  );
  if (codes.books.length === 0) return html`<p class="hint">Cette étude n'a pas encore de grille de codes.</p>`;
  return codes.books.map(
    (book) => html`
      <section key=${book.id} aria-label=${book.label}>
        ${codes.books.length > 1 && html`<h3 class="codes-book">${book.label}</h3>`}
        <ul class="tree">
          ${book.themes.map(
            (code) =>
              html`<${Branch} key=${code.key} code=${code} found=${found} themesOnly=${themesOnly} ...${rest} />`,
          )}
        </ul>
      </section>
    `,
  );
}

function Branch({ code, found, themesOnly, numbers, onLook, onTake, shown }) {
  const [open, setOpen] = useState(false);
  const under = code.children.filter((child) => !child.retired);
  const wanted = !found || holdsAny(code, found);
  if (!wanted || code.retired) return null;
  const isOpen = found ? true : open;
  const rest = { found, themesOnly: false, numbers, onLook, onTake, shown };
  const number = numbers.get(code.key);
  return html`
    <li>
      <div class=${`branch hue-${code.hue} ${shown?.key === code.key ? "branch-shown" : ""}`}>
        ${
          !themesOnly && under.length > 0
            ? html`<button
              class="fold"
              aria-expanded=${isOpen ? "true" : "false"}
              aria-label=${`Codes sous ${code.label}`}
              onClick=${() => setOpen(!isOpen)}
            >
              ${isOpen ? "▾" : "▸"}
            </button>`
            : !themesOnly && html`<span class="fold" aria-hidden="true"></span>`
        }
        <button
          class="branch-code"
          onClick=${() => onTake(code)}
          onMouseEnter=${() => onLook(code)}
          onFocus=${() => onLook(code)}
        >
          <span>${code.label}</span>${code.own && html` <span class="detail">proposé</span>`}
          ${number && html`<kbd title=${`Touche ${number}`}>${number}</kbd>`}
        </button>
      </div>
      ${isOpen && !themesOnly && under.length > 0 && html`<ul>${under.map((child) => html`<${Branch}
        key=${child.key}
        code=${child}
        ...${rest}
      />`)}</ul>`}
    </li>
  `;
}

function holdsAny(code, found) {
  return found.has(code.key) || code.children.some((child) => holdsAny(child, found));
}

function Pin({ code, pinned }) {
  const isPinned = pinned.includes(code.key);
  const toggle = () => prefer({ pinned: isPinned ? pinned.filter((key) => key !== code.key) : [...pinned, code.key] });
  if (!isPinned && (pinned.length >= QUICK || code.retired)) return null;
  return html`
    <button class="small" aria-pressed=${isPinned ? "true" : "false"} onClick=${toggle}>
      ${isPinned ? `Épinglé sous le ${pinned.indexOf(code.key) + 1}` : `Épingler sous le ${pinned.length + 1}`}
    </button>
  `;
}

function CodeMemos({ session, study, code }) {
  const memos = holding(study).filter((e) => e.kind === "memo" && e.codebook === code.codebook && e.code === code.id);
  const content = { kind: "memo", codebook: code.codebook, code: code.id };
  return html`
    <details class="code-memos">
      <summary>Mémo sur ce code${memos.length > 0 ? ` (${memos.length})` : ""}</summary>
      <${Memos} session=${session} memos=${memos} content=${content} label="Mémo sur le code" />
    </details>
  `;
}
