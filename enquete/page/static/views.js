// The views of the page, by the first word of their address. Each is given { session, args }.

import { Arbitration } from "enquete/arbitration";
import { Home } from "enquete/home";
import { Journal } from "enquete/journal";
import { Reader } from "enquete/reader";
import { SearchEverywhere } from "enquete/search-everywhere";
import { Training } from "enquete/training";

/**
 * @typedef {object} View
 * @property {string} name first word of its address: « #/journal »
 * @property {string} title
 * @property {Function} show its component
 * @property {boolean} [menu] whether it stands in the menu
 * @property {(overview: object) => boolean} [when] who has it; everybody when left out
 */

/** @type {View[]} */
export const VIEWS = [
  { name: "", title: "Mes entretiens", show: Home, menu: true },
  { name: "journal", title: "Journal et notes", show: Journal, menu: true },
  { name: "recherche", title: "Chercher partout", show: SearchEverywhere, menu: true },
  { name: "entretien", title: "Entretien", show: Reader },
  { name: "arbitrage", title: "Arbitrage", show: Arbitration, menu: true, when: (overview) => overview.arbiter },
  { name: "formation", title: "Formation", show: Training },
];
