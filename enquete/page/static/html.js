// Templates, and components that are drawn again only when what they are given changes.

import { Component, h } from "preact";
import htm from "htm";

export const html = htm.bind(h);

/** A component that is left alone while its properties stay the same, each compared by identity. */
export function kept(draw) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const now = this.props;
      for (const name in next) if (next[name] !== now[name]) return true;
      for (const name in now) if (!(name in next)) return true;
      return false;
    }

    render(props) {
      return h(draw, props);
    }
  };
}
