// Values that the page watches: what draws them is drawn again when they change.

import { options } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

/**
 * @template {object} T
 * @param {T} initial
 * @returns {{get: () => T, set: (patch: Partial<T>) => void, subscribe: (fn: (value: T) => void) => () => void}}
 */
export function watchable(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(patch) {
      value = { ...value, ...patch };
      for (const listener of [...listeners]) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Does something and draws it before returning: the key typed next finds the field that this one opened. */
export function drawnAtOnce(act) {
  const usual = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  try {
    return act();
  } finally {
    options.debounceRendering = usual;
  }
}

/** What `select` takes from a watchable; the component is drawn again when that changes (compared by identity). */
export function useWatched(watched, select = (value) => value) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const selected = select(watched.get());
  const latest = useRef();
  latest.current = { select, selected };
  useLayoutEffect(() => {
    const check = () => {
      if (latest.current.select(watched.get()) !== latest.current.selected) redraw();
    };
    check();
    return watched.subscribe(check);
  }, [watched]);
  return selected;
}
