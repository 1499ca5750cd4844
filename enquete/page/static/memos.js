// Memos: on a passage, an interview, a code. Each saves itself.

import { useEffect, useState } from "preact/hooks";

import { gone, newUid } from "enquete/model";
import { html } from "enquete/html";
import { byItem, Note } from "enquete/note";
import { useWatched } from "enquete/state";
import { shortened } from "enquete/text";

/**
 * The memos on one thing, and room for another.
 * @param {object} props
 * @param {object[]} props.memos  that hold
 * @param {object} props.content  what a new one says besides its words
 * @param {string} props.label
 * @param {number} [props.focus]
 */
export function Memos({ session, memos, content, label, focus = 0, hint = "" }) {
  const [fresh, setFresh] = useState(newUid);
  const items = byItem(memos);
  const isFreshSaved = items.some(([item]) => item === fresh);
  const shown = isFreshSaved ? items : [...items, [fresh, []]];
  return html`
    <div class="memos">
      ${shown.map(
        ([item, states], i) => html`
          <div key=${item} class="memo">
            <${Note}
              session=${session}
              states=${states}
              content=${{ ...content, item }}
              label=${shown.length > 1 ? `${label}, ${i + 1}` : label}
              hint=${i === 0 ? hint : ""}
              focus=${i === shown.length - 1 ? focus : 0}
            />
            ${
              states.length > 0 &&
              html`<button class="small" onClick=${() => removeMemo(session, states)}>Supprimer ce mémo</button>`
            }
          </div>
        `,
      )}
      ${isFreshSaved && html`<button class="small" onClick=${() => setFresh(newUid())}>Ajouter un mémo</button>`}
    </div>
  `;
}

export function removeMemo(session, states) {
  return session.act([gone(states)], `Supprimé : mémo « ${shortened(states[0].body, 40)} »`);
}

/** Above 0 when a memo was just asked for: its field takes the focus then, not each time that the panel shows again. */
export function useAskedFor(reading) {
  const { writing } = useWatched(reading.state);
  useEffect(() => {
    if (writing > 0) reading.state.set({ writing: 0 });
  }, [writing]);
  return writing;
}

/** All the memos of the interview but those on codings: on the whole, then on passages. */
export function InterviewMemos({ session, reading }) {
  const { interview } = session.state.get();
  const { newMemo } = reading.state.get();
  const writing = useAskedFor(reading);
  const { memos } = reading.layer();
  const onWhole = memos.filter((memo) => memo.start === null || memo.start === undefined);
  const onPassages = memos.filter((memo) => memo.start !== null && memo.start !== undefined);
  const content = { kind: "memo", interview: interview.code };
  const isNewSaved = newMemo && onPassages.some((memo) => memo.start === newMemo.start && memo.end === newMemo.end);
  return html`
    <h3>Sur l'entretien</h3>
    <${Memos} session=${session} memos=${onWhole} content=${content} label="Mémo sur l'entretien" focus=${writing} />
    <h3>Sur des passages</h3>
    ${newMemo && !isNewSaved && html`<${OnPassage}
      session=${session}
      reading=${reading}
      place=${newMemo}
      states=${[]}
    />`}
    ${byItem(onPassages).map(
      ([item, states]) =>
        html`<${OnPassage}
          key=${item}
          session=${session}
          reading=${reading}
          place=${states[0]}
          states=${states}
          item=${item}
        />`,
    )}
    ${onPassages.length === 0 && !newMemo && html`<p class="hint">Choisissez des mots, puis « Mémo ».</p>`}
  `;
}

function OnPassage({ session, reading, place, states, item }) {
  const { interview } = session.state.get();
  const content = {
    kind: "memo",
    interview: interview.code,
    revision: interview.revision,
    start: place.start,
    end: place.end,
  };
  return html`
    <div class="memo">
      <button
        class="quote"
        onClick=${() => reading.show(place.start)}
      >
        « ${shortened(interview.quote(place), 90)} »
      </button>
      <${Note}
        session=${session}
        states=${states}
        content=${item ? { ...content, item } : content}
        label="Mémo sur ce passage"
        focus=${states.length === 0 ? 1 : 0}
      />
      ${states.length > 0 && html`<button
        class="small"
        onClick=${() => removeMemo(session, states)}
      >
        Supprimer ce mémo
      </button>`}
    </div>
  `;
}
