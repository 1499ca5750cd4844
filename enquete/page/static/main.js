// Starts the page on the store that fits: the server, or the packet that this file is.
import { h, render } from "preact";

render(h("main", null, ""), document.getElementById("page"));
