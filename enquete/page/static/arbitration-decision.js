// What is decided of a disagreement, and why: a key a verdict, then the reason, then Enter.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { verdictTold } from "enquete/arbitration-words";
import { html } from "enquete/html";

export function Decision({ session, told, codes, motives, words, chosen, done }) {
  const [verdict, setVerdict] = useState(null); // {verdict, coder}
  const [why, setWhy] = useState("");
  const [other, setOther] = useState(() => ({ code: told.codes[0].code, words: passage(told) }));
  const [failure, setFailure] = useState("");
  const [sending, setSending] = useState(false);
  const [asked, ask] = useState(0); // grows each time that the reason is to be written
  const motive = useRef();
  const choices = choicesOf(told);

  function choose(choice) {
    setVerdict(choice);
    setFailure("");
    ask(asked + 1);
  }
  chosen.current = (name) => {
    const choice = choices.find((one) => one.on === name);
    if (choice) choose(choice);
  };
  useLayoutEffect(() => {
    if (asked > 0) motive.current?.focus();
  }, [asked]);
  useEffect(() => {
    if (words) setOther((before) => ({ ...before, words }));
  }, [words]);

  async function send(event) {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setFailure("");
    const isNew = verdict.verdict === "new";
    const content = { key: told.key, verdict: verdict.verdict, coder: verdict.coder, why };
    try {
      const answer = await session.store.rule(isNew ? { ...content, codes: [other.code], words: other.words } : content);
      setVerdict(null);
      setWhy("");
      done(answer, verdictTold(answer.case.history.at(-1), codes));
    } catch (error) {
      setFailure(error.message);
    }
    setSending(false);
  }

  return html`
    <section class="decision" aria-label="Décision">
      <h3>${told.state === "settled" ? "Décider autrement" : "Que retenir ?"}</h3>
      <div class="verdicts" role="group" aria-label="Ce qui est retenu">
        ${choices.map(
          (choice) => html`
            <button
              key=${choice.on}
              type="button"
              aria-pressed=${verdict?.on === choice.on ? "true" : "false"}
              aria-keyshortcuts=${choice.on}
              onClick=${() => choose(choice)}
            >
              ${choice.title} <kbd>${choice.on}</kbd>
            </button>
          `,
        )}
      </div>
      ${verdict &&
      html`
        <form class="decision-form" onSubmit=${send} onKeyDown=${(event) => event.key === "Escape" && setVerdict(null)}>
          ${verdict.verdict === "new" && html`<${Other} told=${told} codes=${codes} other=${other} setOther=${setOther} />`}
          <div class="decision-why">
            <label for="why">Pourquoi ?</label>
            <input id="why" ref=${motive} type="text" required maxlength="2000" list="motives" autocomplete="off" value=${why} onInput=${(event) => setWhy(event.target.value)} />
          </div>
          <datalist id="motives">${motives.map((one) => html`<option value=${one}></option>`)}</datalist>
          <button class="main" type="submit" disabled=${sending}>Enregistrer <kbd>Entrée</kbd></button>
        </form>
      `}
      <div role="alert">${failure && html`<p class="decision-failure">${failure}</p>`}</div>
    </section>
  `;
}

/** Each with the key that chooses it. */
function choicesOf({ coders }) {
  const each = coders.slice(0, 9).map(({ coder, readings }, i) => ({
    verdict: "one",
    coder,
    on: String(i + 1),
    title: readings.length > 0 ? `Garder ${coder}` : `Garder ${coder} : rien`,
  }));
  const all = coders.length === 2 ? "Les deux" : "Toutes";
  return [
    ...each,
    { verdict: "all", coder: "", on: "l", title: all },
    { verdict: "none", coder: "", on: "a", title: "Aucun code" },
    { verdict: "new", coder: "", on: "n", title: "Autre code ou autres mots" },
    { verdict: "upheld", coder: "", on: "m", title: "Désaccord maintenu" },
  ];
}

/** Another code, other words: from the passage, a word more or less. */
function Other({ told, codes, other, setOther }) {
  const { codebook } = told.codes[0];
  const book = codes.books.find(({ id }) => id === codebook);
  const set = (name) => (event) => setOther({ ...other, [name]: event.target.value });
  return html`
    <div>
      <label for="other-code">Code</label>
      <select id="other-code" value=${other.code} onChange=${set("code")}>
        ${book?.themes.map((theme) => html`<${Branch} code=${theme} depth=${0} />`)}
      </select>
    </div>
    <div>
      <label for="other-words">Mots à coder</label>
      <textarea id="other-words" rows="3" required value=${other.words} onInput=${set("words")}></textarea>
    </div>
    <p class="hint">Ôtez ou ajoutez des mots du texte, sans en changer ; choisis à la souris dans le passage, ils viennent ici.</p>
  `;
}

function Branch({ code, depth }) {
  const usable = !code.retired && !code.own;
  return html`
    ${usable && html`<option value=${code.id}>${"\u2003".repeat(depth)}${code.label} (${code.id})</option>`}
    ${code.children.map((child) => html`<${Branch} code=${child} depth=${depth + 1} />`)}
  `;
}

function passage({ turns, start, end }) {
  const pieces = turns.map((turn) => {
    const letters = Array.from(turn.text);
    return letters.slice(Math.max(start - turn.start, 0), Math.max(end - turn.start, 0)).join("");
  });
  return pieces.filter(Boolean).join(" ").trim();
}
