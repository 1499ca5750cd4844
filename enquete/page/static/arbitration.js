// « Arbitrage »: disagreements between coders, one after the other, for those who settle them.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { announce } from "enquete/announce";
import { Case } from "enquete/arbitration-case";
import { KINDS, STATES } from "enquete/arbitration-words";
import { html } from "enquete/html";
import { isField, keyName } from "enquete/keys";
import { prefs } from "enquete/prefs";
import { labelOf, placeName } from "enquete/questions";
import { goTo, hrefOf } from "enquete/router";
import { drawnAtOnce, useWatched } from "enquete/state";
import { n } from "enquete/text";

const NONE = [];
const ALL = ["", "tous"];
const SHOWN = [["open", "à arbitrer"], ["settled", "réglés"], ["all", "tous"]];
const NO_FILTER = { state: "open", interview: "", code: "" };

export function Arbitration({ session, args: [key = ""] }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const [told, setTold] = useState(null); // what the server lists, or {failure}
  const [turn, setTurn] = useState(0); // grows when the list is to be read again
  const codes = useWatched(session.state, (state) => state.codes);
  useEffect(() => {
    document.title = "Arbitrage";
    let stale = false;
    session.store.disagreements(filter).then(
      (answer) => stale || setTold({ ...answer, filter }),
      (error) => stale || setTold({ failure: error.message }),
    );
    return () => (stale = true);
  }, [session, filter, turn]);
  const cases = (told?.filter === filter && told?.cases) || NONE;
  const at = cases.findIndex((one) => one.key === key);
  useEffect(() => {
    if (!key && cases.length > 0) goTo("arbitrage", cases[0].key);
  }, [key, cases]);

  function move(step) {
    const next = cases[at < 0 ? 0 : at + step];
    if (next) goTo("arbitrage", next.key);
    else announce(step > 0 ? "C'est le dernier de la liste." : "C'est le premier de la liste.");
  }

  function settled({ left, agreed }, said, interview) {
    const whole = agreed > 0 || left === 0 ? ` Plus aucun désaccord dans ${interview}.` : "";
    announce(`Réglé : ${said}.${whole}`);
    const next = cases.find((one, i) => i > at && one.state !== "settled") ?? cases.find((one) => one.key !== key && one.state !== "settled");
    goTo("arbitrage", next?.key ?? key);
    setTurn(turn + 1);
  }

  return html`
    <main class="arbitration" id="contenu" tabindex="-1">
      <div class="cases">
        <h1>Arbitrage</h1>
        <${Progress} told=${told} />
        <${Filters} told=${told} filter=${filter} setFilter=${setFilter} codes=${codes} />
        <${List} cases=${cases} told=${told} shown=${key} codes=${codes} />
      </div>
      <div class="case-place">
        ${key
          ? html`<${Opened} key=${key} session=${session} name=${key} at=${at} many=${cases.length} motives=${told?.motives ?? []} move=${move} settled=${settled} />`
          : html`<p class="hint case-none">${nothing(told)}</p>`}
      </div>
    </main>
  `;
}

function Progress({ told }) {
  if (!told) return html`<p role="status">Ouverture…</p>`;
  if (told.failure) return html`<p role="alert">${told.failure}</p>`;
  const share = told.total > 0 ? Math.round((100 * told.settled) / told.total) : 0;
  return html`
    <div class="cases-progress">
      <p role="status"><strong>${told.settled}</strong> sur <strong>${told.total}</strong> ${told.settled > 1 ? "réglés" : "réglé"}</p>
      <div class="bar" role="img" aria-label=${`${share} % des désaccords réglés`}><span style=${`width:${share}%`}></span></div>
      ${told.proposed > 0 &&
      html`<p class="hint">${n(told.proposed, "codage")} sous des codes proposés : à harmoniser d'abord, laissés de côté.</p>`}
      ${told.toCode.length > 0 && html`<p class="hint">${toCode(told)}</p>`}
    </div>
  `;
}

function toCode({ toCode: codes }) {
  const named = codes.length > 1 ? `${codes.join(", ")} : vous les codez aussi` : `${codes[0]} : vous le codez aussi`;
  return `${named}, à l'aveugle ; les désaccords y seront montrés quand vous aurez fini.`;
}

function nothing(told) {
  if (!told || told.failure) return "";
  if (told.interviews.length === 0 && told.toCode.length > 0) return "";
  if (told.interviews.length === 0) return "Rien n'a encore été fini par deux codeurs.";
  return told.total === 0 ? "Aucun désaccord." : "Rien à arbitrer avec ce choix.";
}

function Filters({ told, filter, setFilter, codes }) {
  const set = (name) => (event) => {
    setFilter({ ...filter, [name]: event.target.value });
    goTo("arbitrage");
  };
  const found = useRef(new Map()); // codes met so far, so that one that is chosen stays in the list
  for (const one of told?.cases ?? []) for (const { codebook, code } of one.codes) found.current.set(code, codes.get(codebook, code));
  const known = [...found.current]
    .sort(([a], [b]) => a.localeCompare(b, "fr", { numeric: true }))
    .map(([id, code]) => [id, `${id} ${code.label}`]);
  const interviews = (told?.interviews ?? []).map((code) => [code, code]);
  const where = interviews.some(([code]) => code.includes("/")) ? "Entretien ou question" : "Entretien";
  return html`
    <form class="cases-filters" onSubmit=${(event) => event.preventDefault()}>
      <${Choice} name="state" title="Montrer" value=${filter.state} onChange=${set("state")} options=${SHOWN} />
      <${Choice} name="interview" title=${where} value=${filter.interview} onChange=${set("interview")} options=${[ALL, ...interviews]} />
      <${Choice} name="code" title="Code" value=${filter.code} onChange=${set("code")} options=${[ALL, ...known]} />
    </form>
  `;
}

function Choice({ name, title, value, onChange, options }) {
  return html`
    <div class=${`choice-of choice-${name}`}>
      <label for=${`cases-${name}`}>${title}</label>
      <select id=${`cases-${name}`} value=${value} onChange=${onChange}>
        ${options.map(([option, words]) => html`<option key=${option} value=${option}>${words}</option>`)}
      </select>
    </div>
  `;
}

function List({ cases, told, shown, codes }) {
  const list = useRef();
  useEffect(() => list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [shown, cases]);
  return html`
    <nav class="cases-list" aria-label="Désaccords" ref=${list}>
      <ol>
        ${cases.map((one) => html`<${Line} key=${one.key} one=${one} current=${one.key === shown} codes=${codes} />`)}
      </ol>
      ${told && told.matching > cases.length && html`<p class="hint">Les ${cases.length} premiers sont montrés : choisissez un entretien.</p>`}
    </nav>
  `;
}

function Line({ one, current, codes }) {
  const labels = one.codes.map(({ codebook, code }) => codes.get(codebook, code).label);
  return html`
    <li>
      <a class=${`case-line case-${one.state}`} href=${hrefOf("arbitrage", one.key)} aria-current=${current ? "true" : undefined}>
        <span class="case-line-place">
          <span>${placeName(one)}</span>
          ${one.state !== "open" && html`<span class="detail">${one.state === "settled" ? "réglé" : "à reprendre"}</span>`}
        </span>
        <span class="case-line-codes">${labels.join(" / ")}</span>
        <span class="case-line-words">«\u00a0${one.words}\u00a0»</span>
      </a>
    </li>
  `;
}

function Opened({ session, name, at, many, motives, move, settled }) {
  const [told, setTold] = useState(null);
  const heading = useRef();
  const chosen = useRef(() => {}); // what a key of a verdict does
  useEffect(() => {
    let stale = false;
    session.store.disagreement(name).then(
      (answer) => stale || setTold(answer),
      (error) => stale || setTold({ failure: error.message }),
    );
    return () => (stale = true);
  }, [session, name]);
  useEffect(() => {
    if (!told?.key) return;
    heading.current.focus({ preventScroll: true });
    heading.current.scrollIntoView({ block: "nearest" });
  }, [told?.key]);
  useVerdictKeys(chosen, move);
  if (!told) return html`<p class="case-none" role="status">Ouverture…</p>`;
  if (told.failure) return html`<p class="case-none" role="alert">${told.failure}</p>`;
  const done = (answer, said) => {
    setTold(answer.case);
    settled(answer, said, told.interview);
  };
  return html`
    <article class="case">
      <header class="case-head">
        <div>
          <h2 tabindex="-1" ref=${heading}>${placeName(told)}</h2>
          ${told.question && html`<p>${labelOf(session.state.get().overview, told.question)}</p>`}
          <p class="detail">${KINDS[told.kind]} · ${STATES[told.state]}${at >= 0 ? ` · ${at + 1} sur ${many}` : ""}</p>
        </div>
        <div class="case-moves" role="group" aria-label="Parcourir">
          <button onClick=${() => move(-1)}>Précédent <kbd>←</kbd></button>
          <button onClick=${() => move(1)}>Suivant <kbd>→</kbd></button>
        </div>
      </header>
      <${Case} session=${session} told=${told} motives=${motives} chosen=${chosen} done=${done} />
    </article>
  `;
}

/** Keys heard anywhere but in a field: → and ← for the next and the former one, digits and letters for a verdict. */
function useVerdictKeys(chosen, move) {
  const latest = useRef();
  latest.current = move;
  const steps = useMemo(() => ({ ArrowRight: 1, ArrowLeft: -1 }), []);
  useEffect(() => {
    const hear = (event) => {
      if (event.defaultPrevented || isField(event.target) || event.target.closest?.("select, dialog")) return;
      const name = keyName(event);
      const verdict = /^Digit[1-9]$/.test(name) || (prefs.get().letters && /^[lanm]$/.test(name));
      if (steps[name]) latest.current(steps[name]);
      else if (verdict) drawnAtOnce(() => chosen.current(name.replace("Digit", ""))); // what is typed next is the reason
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}
