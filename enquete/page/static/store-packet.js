// The work kept in this browser: this file is a packet, which opens with a phrase and talks to nobody.

import { Work } from "enquete/packet-work";
import { openPacket } from "enquete/packet-opening";
import { showBar } from "enquete/packet-bar";

const BETWEEN_LOOKS = 3_000; // milliseconds
const BETWEEN_PLACES = 2_000;

/** @returns {import("./stores.js").Store} */
export function packetStore() {
  const held = document.getElementById("paquet");
  const payload = JSON.parse(held.textContent);
  held.textContent = ""; // some millions of letters that are needed no longer
  let tellStatus = () => {};
  let tellChange = () => {};
  let opening = null;
  /** @type {Work} */
  let work = null;
  let writing = 0;
  let bar = null;

  async function start() {
    opening ??= open_();
    await opening;
    return work.overview();
  }

  async function open_() {
    const { key, header, content } = await openPacket(payload);
    work = new Work(key, header, content);
    await work.load();
    bar = showBar({ work, taken: tellAll, filed: say, erase });
    watch();
    say();
  }

  function say() {
    const { fragile } = work;
    const state = fragile > 0 ? "memory" : writing > 0 ? "saving" : "kept";
    tellStatus({ state, pending: fragile || writing, fragile: fragile > 0, message: "" });
    bar.draw();
  }

  async function put(entries) {
    const before = new Set(entries.filter((entry) => work.known(entry.uid)).map((entry) => entry.uid));
    writing += entries.length;
    say();
    await work.add(entries);
    writing -= entries.length;
    say();
    return entries.map((entry) => {
      const arrival = before.has(entry.uid) ? "same" : entry.over?.length > 0 ? "changed" : "new";
      return { uid: entry.uid, arrival, entry, touched: 0, reason: "" };
    });
  }

  async function retry() {
    await work.retry();
    say();
  }

  function watch() {
    work.records?.onNews(look);
    work.records?.onErased(() => bar.showErased());
    setInterval(() => (work.left.length > 0 ? retry() : look()), BETWEEN_LOOKS);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
    window.addEventListener("beforeunload", (event) => bar.mustRemind() && event.preventDefault());
    window.addEventListener("pagehide", () => sendPlace());
  }

  let looking = false;

  async function look() {
    if (looking || bar.erased) return;
    looking = true;
    try {
      tellAll(await work.news());
    } catch {
      // erased by another tab, which says so
    }
    looking = false;
  }

  /** Tells of entries that came from another tab or from a file. */
  function tellAll(entries) {
    for (const [interview, some] of byInterview(entries)) tellChange({ interview, entries: some });
    if (entries.length > 0) say();
    else bar.draw();
  }

  let placeTimer = 0;
  const placesSeen = new Map();

  function setPlace(code, turn) {
    placesSeen.set(code, Math.max(turn, placesSeen.get(code) ?? 0));
    placeTimer ||= setTimeout(sendPlace, BETWEEN_PLACES);
  }

  async function sendPlace() {
    placeTimer = 0;
    const places = [...placesSeen];
    placesSeen.clear();
    for (const [code, turn] of places) await work.setPlace(code, turn).catch(() => {});
  }

  async function erase() {
    await work.records?.erase();
    bar.showErased();
  }

  return {
    mode: "packet",
    start,
    open: async (code) => work.interview(code),
    close: () => {},
    put,
    waiting: () => [],
    forget: () => {},
    setPlace,
    search: async (query) => work.search(query),
    notes: async () => work.notes(),
    retry,
    onStatus: (fn) => (tellStatus = fn),
    onChange: (fn) => (tellChange = fn),
  };
}

function byInterview(entries) {
  const groups = new Map();
  for (const entry of entries) {
    const about = entry.interview ?? null;
    groups.set(about, [...(groups.get(about) ?? []), entry]);
  }
  return groups;
}
