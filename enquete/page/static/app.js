// The frame of every view: the menu, how the saving goes, what is said aloud.

import { useEffect } from "preact/hooks";

import { spoken } from "enquete/announce";
import { hueStyles } from "enquete/codes";
import { html } from "enquete/html";
import { saveAll } from "enquete/note";
import { hrefOf, route, skipTo } from "enquete/router";
import { useWatched } from "enquete/state";
import { Banner, SaveState } from "enquete/status";
import { VIEWS } from "enquete/views";

export function App({ session }) {
  const { phase, failure, overview } = useWatched(session.state);
  const { name, args } = useWatched(route);
  useLeavingWarned(session);
  if (phase === "loading") return html`<p class="alone" role="status">Ouverture…</p>`;
  if (phase === "failed") return html`<${Failed} failure=${failure} session=${session} />`;
  const views = VIEWS.filter((view) => !view.when || view.when(overview));
  const view = views.find((v) => v.name === name) ?? views[0];
  return html`
    <${Hues} session=${session} />
    <a class="skip" href="#contenu" onClick=${skipTo("contenu")}>Aller au contenu</a>
    <${Menu} views=${views} view=${view} session=${session} />
    <${Banner} session=${session} />
    <${view.show} key=${view.name} session=${session} args=${args} />
    <${Voice} />
  `;
}

function Menu({ views, view, session }) {
  const { overview } = session.state.get();
  return html`
    <header class="menu">
      <span class="menu-study">${overview.study.name}</span>
      <nav aria-label="Vues">
        ${views
          .filter((v) => v.menu)
          .map((v) => html`<a href=${hrefOf(v.name)} aria-current=${v === view ? "page" : undefined}>${v.title}</a>`)}
      </nav>
      <${SaveState} session=${session} />
      <span class="menu-coder"><span class="unseen">Codage de </span>${overview.coder}</span>
    </header>
  `;
}

function Failed({ failure, session }) {
  useEffect(() => {
    document.title = "La page ne s'ouvre pas";
  }, []);
  return html`
    <main class="alone" id="contenu">
      <h1>La page ne s'ouvre pas</h1>
      <p>${failure}</p>
      <button class="main" onClick=${() => session.start()}>Réessayer</button>
    </main>
  `;
}

/** The colours of themes, as rules of style. */
function Hues({ session }) {
  const codes = useWatched(session.state, (state) => state.codes);
  return html`<style>${hueStyles(codes.hues)}</style>`;
}

/** What was done, said to screen readers and shown for a moment. */
function Voice() {
  const { said, turn, shown, shownTurn } = useWatched(spoken);
  return html`
    <div class="unseen" role="status" aria-live="polite"><p key=${turn}>${said}</p></div>
    ${shown && html`<p class="toast" key=${`shown-${shownTurn}`} aria-hidden="true">${shown}</p>`}
  `;
}

function useLeavingWarned(session) {
  useEffect(() => {
    const warn = (event) => {
      // What was typed a moment ago is handed over now; the question leaves it the time to be stored.
      if (saveAll() || session.state.get().status.fragile) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [session]);
}
