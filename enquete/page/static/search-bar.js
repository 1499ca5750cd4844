// Search in the open interview: all hits are shown, and one goes from one to the next.

import { useLayoutEffect, useRef } from "preact/hooks";

import { html } from "enquete/html";
import { placeAt } from "enquete/moves";
import { hrefOf } from "enquete/router";
import { wanted } from "enquete/search-everywhere";
import { focusTurn } from "enquete/sight";
import { useWatched } from "enquete/state";
import { Finder } from "enquete/text";

const finders = new WeakMap(); // one for each interview: its text is folded once

function hitsIn(interview, query) {
  if (!finders.has(interview)) finders.set(interview, new Finder(interview.text));
  const { positions } = interview;
  const found = finders.get(interview).find(query);
  return found.map(({ start, end }) => ({ start: positions.toPoints(start), end: positions.toPoints(end) }));
}

export function SearchBar({ session, reading }) {
  const { search } = useWatched(reading.state);
  return search.open ? html`<${Bar} session=${session} reading=${reading} search=${search} />` : null;
}

function Bar({ session, reading, search }) {
  const field = useRef();
  useLayoutEffect(() => field.current.select(), []);
  const { interview } = session.state.get();

  function look(query) {
    const hits = query.trim().length > 1 ? hitsIn(interview, query) : [];
    const here = reading.state.get().caret ? placeStart(interview, reading.state.get().caret) : 0;
    const next = hits.findIndex((hit) => hit.start >= here);
    reading.state.set({ search: { open: true, query, hits, at: hits.length > 0 ? Math.max(0, next) : -1 } });
    if (hits.length > 0) reading.show(hits[Math.max(0, next)].start);
  }

  function go(by) {
    const { hits, at } = search;
    if (hits.length === 0) return;
    const to = (at + by + hits.length) % hits.length;
    reading.state.set({ search: { ...search, at: to }, caret: placeAt(interview, hits[to].start) });
    reading.show(hits[to].start);
  }

  function typed(event) {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  function everywhere() {
    wanted.set({ words: query.trim() });
  }

  function close() {
    reading.state.set({ search: { open: false, query: "", hits: [], at: -1 } });
    focusTurn(document.getElementById("contenu"), reading.state.get().caret?.turn ?? 0);
  }

  const { hits, at, query } = search;
  const count = query.trim().length < 2 ? "" : hits.length > 0 ? `${at + 1} sur ${hits.length}` : "introuvable";
  return html`
    <div class="search-bar" role="search">
      <input
        ref=${field}
        type="search"
        aria-label="Chercher dans cet entretien"
        placeholder="Chercher dans cet entretien"
        value=${query}
        onInput=${(e) => look(e.target.value)}
        onKeyDown=${typed}
      />
      <span class="search-count" role="status">${count}</span>
      <button onClick=${() => go(-1)} aria-label="Résultat précédent">↑</button>
      <button onClick=${() => go(1)} aria-label="Résultat suivant">↓</button>
      ${query.trim() && html`<a href=${hrefOf("recherche")} onClick=${everywhere}>Dans tous mes entretiens</a>`}
      <button class="bare" onClick=${close} aria-label="Fermer la recherche">✕</button>
    </div>
  `;
}

function placeStart(interview, { turn, word }) {
  return interview.point(turn, interview.turns[turn].words[word]?.start ?? 0);
}
