// Starts the page on the store that fits: the server, or the packet that this file is.

import { render } from "preact";

import { App } from "enquete/app";
import { html } from "enquete/html";
import { followAddress } from "enquete/router";
import { createSession } from "enquete/session";
import { openStore } from "enquete/stores";

// Browsers write what stands in fields on the disk, to restore tabs, and some send it to a spelling service: not of
// this page.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("input, textarea")) Object.assign(target, { autocomplete: "off", spellcheck: false });
});

const store = await openStore();
followAddress();
const session = createSession(store);
render(html`<${App} session=${session} />`, document.getElementById("page"));
await session.start();
