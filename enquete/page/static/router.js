// Addresses of views: « #/entretien/E001/120-140 » is the view « entretien » with ["E001", "120-140"].

import { watchable } from "enquete/state";

export const route = watchable(read());

function read() {
  const [name = "", ...args] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  return { name, args };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view. */
export function hrefOf(name, ...args) {
  return `#/${[name, ...args].map(encodeURIComponent).join("/")}`;
}

export function goTo(name, ...args) {
  location.hash = hrefOf(name, ...args);
}

/** The same, in the place of this view: going back does not come here again. */
export function insteadGoTo(name, ...args) {
  location.replace(hrefOf(name, ...args));
}

export function followAddress() {
  window.addEventListener("hashchange", () => route.set(read()));
  route.set(read());
}

/** Moves the focus without changing the address, which names the view. */
export function skipTo(id) {
  return (event) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
}
