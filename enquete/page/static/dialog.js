// A dialog over the page: the browser keeps the focus in it, and gives it back when it closes.

import { useLayoutEffect, useId, useRef } from "preact/hooks";

import { html } from "enquete/html";

/** title: its name, shown unless `quiet`. */
export function Dialog({ title, quiet = false, kind = "", onClose, children }) {
  const dialog = useRef();
  const name = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown.showModal();
    return () => shown.close(); // gives the focus back to where it was
  }, []);
  const outside = (event) => event.target === dialog.current && onClose();
  return html`
    <dialog
      class=${`dialog ${kind}`}
      ref=${dialog}
      aria-labelledby=${name}
      onCancel=${closing(onClose)}
      onMouseDown=${outside}
    >
      <div class="dialog-inside">
        <div class="dialog-head">
          <h2 id=${name} class=${quiet ? "unseen" : ""}>${title}</h2>
          <button class="bare" onClick=${onClose} aria-label="Fermer">✕</button>
        </div>
        ${children}
      </div>
    </dialog>
  `;
}

function closing(onClose) {
  return (event) => {
    event.preventDefault();
    onClose();
  };
}
