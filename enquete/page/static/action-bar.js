// What can be done with what is chosen: at the foot of the text, always in the same place.

import { FLAG_LABELS, quickCodes } from "enquete/commands";
import { html } from "enquete/html";
import { writeMemo } from "enquete/key-events";
import { prefs } from "enquete/prefs";
import { useWatched } from "enquete/state";
import { n } from "enquete/text";

export function ActionBar(parts) {
  const { session, reading } = parts;
  useWatched(session.state);
  const { selection } = useWatched(reading.state);
  const [suggestion, coding] = [reading.suggestion(), reading.current()];
  if (suggestion) return html`<${OnSuggestion} ...${parts} suggestion=${suggestion} selection=${selection} />`;
  if (selection) return html`<${OnWords} ...${parts} selection=${selection} />`;
  if (coding) return html`<${OnCoding} ...${parts} coding=${coding} />`;
  return session.state.get().interview.isAnswer ? html`<${OnAnswer} ...${parts} />` : null;
}

function Bar({ name, title, children }) {
  return html`
    <section class="actions" aria-label=${name}>
      <p class="actions-what">${title}</p>
      <div class="actions-do">${children}</div>
    </section>
  `;
}

const KEY_LABELS = { Enter: "Entrée", Delete: "Suppr" };

function Do({ run, keys, main = false, pressed, children }) {
  return html`
    <button class=${main ? "main" : ""} onClick=${run} aria-keyshortcuts=${keys} aria-pressed=${pressed}>
      ${children}${keys && html` <kbd aria-hidden="true">${KEY_LABELS[keys] ?? keys}</kbd>`}
    </button>
  `;
}

function OnWords({ session, reading, commands, caret, selection }) {
  const { interview } = session.state.get();
  const count = interview.quote(selection).split(/\s+/).filter(Boolean).length;
  return html`
    <${Bar} name="Mots choisis" title=${n(count, "mot choisi", "mots choisis")}>
      <${Do} run=${commands.pickCode} keys="Enter" main>Coder<//>
      <${QuickCodes} session=${session} commands=${commands} />
      <${Do} run=${caret.wholeTurn} keys="t">Tout le tour<//>
      <${Do} run=${() => writeMemo(reading)} keys="m">Mémo<//>
      ${reading.current() && html`<${Do} run=${() => commands.setBounds(selection)} keys="b">Remplacer les bornes<//>`}
    <//>
  `;
}

/** Nothing is chosen in an answer: what is done is done to the whole of it. */
function OnAnswer({ session, reading, commands }) {
  return html`
    <${Bar} name="Réponse entière" title="Réponse entière">
      <${Do} run=${commands.pickCode} keys="Enter" main>Coder<//>
      <${QuickCodes} session=${session} commands=${commands} />
      <${Do} run=${() => writeMemo(reading)} keys="m">Mémo<//>
    <//>
  `;
}

function QuickCodes({ session, commands }) {
  const codes = useWatched(session.state, (state) => state.codes);
  const quick = quickCodes(useWatched(prefs), codes);
  return quick.map(
    (code, i) => html`
      <button
        key=${code.key}
        class=${`quick hue-${code.hue}`}
        title=${code.path}
        onClick=${() => commands.choose(code, "code")}
      >
        <kbd aria-hidden="true">${i + 1}</kbd> ${code.label}
      </button>
    `,
  );
}

function OnCoding({ session, reading, commands, coding }) {
  const code = session.state.get().codes.get(coding.codebook, coding.code);
  const open = (mode) => () => reading.state.set({ picker: { mode } });
  const title = html`<span class=${`swatch hue-${code.hue}`} aria-hidden="true"></span>${code.label}`;
  return html`
    <${Bar} name="Passage codé" title=${title}>
      <${Do} run=${open("code")} keys="Enter" main>Ajouter un code<//>
      <${Do} run=${open("recode")} keys="r">Recoder<//>
      <${Do} run=${() => commands.nextFlag()} keys="c">${coding.flag ? FLAG_LABELS[coding.flag] : "Marquer"}<//>
      <${Do} run=${() => writeMemo(reading)} keys="m">Mémo<//>
      ${session.state.get().interview.isAnswer && html`<${QuickCodes} session=${session} commands=${commands} />`}
      ${coding.touched > 0 && html`<${Do} run=${() => commands.seen()} keys="v">Vu<//>`}
      <${Do} run=${() => commands.remove()} keys="Delete">Supprimer<//>
    <//>
  `;
}

function OnSuggestion({ session, commands, caret, suggestion, selection }) {
  const code = session.state.get().codes.get(suggestion.codebook, suggestion.code);
  const title = html`Suggestion : <strong>${code.label}</strong> <span class="detail">${suggestion.why}</span>`;
  return html`
    <${Bar} name="Suggestion" title=${title}>
      <${Do} run=${() => commands.accept()} keys="a" main>Accepter<//>
      <${Do} run=${() => commands.adjustOrPick()} keys="e">${selection ? "Ajuster à ces mots" : "Autre code"}<//>
      <${Do} run=${() => commands.refuse()} keys="x">Refuser<//>
      <${Do} run=${() => caret.suggestion(1)} keys="j">Suivante<//>
    <//>
  `;
}
