// From an answer to the next one to the same question: by keys, and by the buttons above the text.

import { staged } from "enquete/acts";
import { announce } from "enquete/announce";
import { html } from "enquete/html";
import { answersBeside, labelOf, neighbour, nextToCode } from "enquete/questions";
import { insteadGoTo } from "enquete/router";
import { useWatched } from "enquete/state";
import { n } from "enquete/text";

/**
 * @param {ReturnType<import("./session.js").createSession>} session
 * @param {ReturnType<import("./reading.js").createReading>} reading
 */
export function createAnswerSteps(session, reading) {
  const here = () => session.state.get().interview;
  const answers = () => answersBeside(session.state.get().overview, here().code);

  /** @param {1|-1} by */
  function step(by) {
    const to = neighbour(answers(), here().code, by);
    if (to) insteadGoTo("entretien", to.code);
    else announce(by > 0 ? "C'est la dernière réponse à cette question." : "C'est la première réponse à cette question.");
  }

  /** This answer is coded: the next one to code. Suggestions that show only now are looked at first. */
  async function finish() {
    const { code } = here();
    if (!reading.layer().stages.has("coded")) {
      const stored = session.act([staged(session, "coded", [])], "Réponse finie");
      if (await newSuggestions(stored, code)) return;
    }
    if (here()?.code !== code) return; // the coder went elsewhere meanwhile
    const to = nextToCode(answers(), code);
    if (to) insteadGoTo("entretien", to.code);
    else announce("Toutes vos réponses à cette question sont codées.");
  }

  async function newSuggestions(stored, code) {
    const { overview, status } = session.state.get();
    if (overview.suggestions !== "after-coding" || session.store.mode === "packet" || status.state === "offline") {
      return false;
    }
    await stored;
    if (here()?.code === code) await session.open(code).catch(() => {});
    const count = here()?.code === code ? reading.suggestions().length : 0;
    if (count > 0) announce(`${n(count, "suggestion")} à décider ; Espace : réponse suivante`);
    return count > 0;
  }

  return { step, finish };
}

/** Where one is among the answers, and the ways on. */
export function AnswerSteps({ session, steps }) {
  const { interview, overview } = useWatched(session.state);
  const answers = answersBeside(overview, interview.code);
  const at = answers.findIndex((one) => one.code === interview.code);
  const coded = answers.filter((one) => one.coded).length;
  const total = answers.length.toLocaleString("fr-FR");
  const share = answers.length > 0 ? (100 * coded) / answers.length : 0;
  return html`
    <div class="answer-steps">
      <p class="left">
        ${(at + 1).toLocaleString("fr-FR")} sur ${total} · ${n(coded, "codée", "codées")}
        <span class="bar bar-small" aria-hidden="true"><span style=${`width:${share}%`}></span></span>
      </p>
      <${Way} run=${() => steps.step(-1)} off=${at <= 0} keys="PageUp" name="Réponse précédente" sign="‹" />
      <${Way} run=${() => steps.step(1)} off=${at + 1 >= answers.length} keys="PageDown" name="Réponse suivante" sign="›" />
      <button class="main" onClick=${steps.finish} aria-keyshortcuts="Space">
        Finie, la suivante <kbd aria-hidden="true">Espace</kbd>
      </button>
    </div>
  `;
}

function Way({ run, off, keys, name, sign }) {
  return html`
    <button onClick=${run} disabled=${off} aria-keyshortcuts=${keys} aria-label=${name} title=${name}>${sign}</button>
  `;
}

/** The question, above the answer. */
export function Asked({ session }) {
  const { interview, overview } = useWatched(session.state);
  if (!interview.isAnswer) return null;
  return html`
    <h2 class="asked">
      <span class="detail">Question </span>
      ${labelOf(overview, interview.question)}
    </h2>
  `;
}
