// The work done on a packet: what the packet held when it was made, and what was done since, kept in this browser.

import { holding, merged, newUid } from "enquete/model";
import { openRecords } from "enquete/records";
import { seal, sealRecord, unsealRecord } from "enquete/sealing";
import { Finder, lastStartingBefore, Positions } from "enquete/text";

const HITS = 200;
const AROUND = 60; // characters on each side of words found

/** @typedef {import("./model.js").Entry} Entry */

export class Work {
  /**
   * @param {CryptoKey} key
   * @param {object} header of the packet
   * @param {{overview: object, interviews: object[]}} content of the packet
   */
  constructor(key, header, content) {
    this.key = key;
    this.header = header;
    this.content = content;
    this.interviews = new Map(content.interviews.map((interview) => [interview.code, interview]));
    /** @type {Map<string, Entry>} done since the packet was made, by uid */
    this.entries = new Map();
    /** @type {Map<string|null, Entry[]>} the same, by the interview that they are about */
    this.done = new Map();
    this.places = new Map();
    this.inFile = new Set(); // uids of entries that a file of codings holds
    this.firstLeft = 0; // when the first entry that no file holds was done, in milliseconds
    this.records = null;
    this.left = []; // entries that the disk refused: in memory until it takes them
    this.seq = 0;
    this.tab = newUid();
  }

  /** Whether this browser keeps what is done. */
  get kept() {
    return this.records !== null;
  }

  /** How many actions are nowhere but in memory and in no file. */
  get fragile() {
    return this.kept ? this.left.filter((entry) => !this.inFile.has(entry.uid)).length : this.unfiled;
  }

  /** How many actions no file of codings holds. */
  get unfiled() {
    return this.entries.size - this.inFile.size;
  }

  async load() {
    this.records = await openRecords(this.header.packet);
    await this.news().catch(() => (this.records = null));
  }

  /** Reads what was added to the browser's records since; returns the entries that are new here. */
  async news() {
    const found = this.records ? await this.records.after(this.seq) : [];
    const fresh = [];
    for (const record of found) {
      this.seq = Math.max(this.seq, record.seq);
      const content = await unsealRecord(this.key, this.header.packet, record).catch(() => ({})); // damaged on the disk
      if (content.entry && !this.entries.has(content.entry.uid)) fresh.push(content.entry);
      this.take(content);
    }
    return fresh;
  }

  take({ entry, place, inFile }) {
    if (entry && !this.entries.has(entry.uid)) {
      this.entries.set(entry.uid, entry);
      const about = entry.interview ?? null;
      if (!this.done.has(about)) this.done.set(about, []);
      this.done.get(about).push(entry);
      this.firstLeft ||= Date.parse(entry.made_at) || Date.now();
    }
    if (place) this.places.set(place.interview, Math.max(place.turn, this.places.get(place.interview) ?? 0));
    for (const uid of inFile ?? []) this.inFile.add(uid);
    if (this.unfiled <= 0) this.firstLeft = 0;
  }

  /** Adds entries; resolves when they are on the disk, or in memory where it takes nothing. Returns the new ones. */
  async add(entries) {
    const fresh = entries.filter((entry) => !this.known(entry.uid)).map(({ touched, ...entry }) => ({ over: [], ...entry }));
    try {
      await this.keep(fresh.map((entry) => [entry.uid, { entry }]));
    } catch {
      this.left.push(...fresh);
    }
    for (const entry of fresh) this.take({ entry });
    return fresh;
  }

  /** Tries again what the disk refused. */
  async retry() {
    const again = this.left;
    if (again.length === 0) return;
    try {
      await this.keep(again.map((entry) => [entry.uid, { entry }]));
      this.left = this.left.filter((entry) => !again.includes(entry));
    } catch {
      // still refused
    }
  }

  known(uid) {
    if (this.entries.has(uid)) return true;
    this.former ??= new Set(this.baseline().map((entry) => entry.uid));
    return this.former.has(uid);
  }

  async keep(contents) {
    if (!this.records || contents.length === 0) return;
    const packet = this.header.packet;
    const sealed = contents.map(([uid, content]) => sealRecord(this.key, packet, uid, content));
    await this.records.add(await Promise.all(sealed));
  }

  /** The furthest turn seen of an interview. */
  async setPlace(interview, turn) {
    if (turn <= (this.places.get(interview) ?? -1)) return;
    this.take({ place: { interview, turn } });
    if (!this.records) return;
    const record = await sealRecord(this.key, this.header.packet, `${this.tab}-${interview}`, {
      place: { interview, turn },
    });
    await this.records.replace(record);
  }

  /** The file of codings, as text: all that was done since the packet was made. */
  async file() {
    const content = { entries: [...this.entries.values()], places: Object.fromEntries(this.places) };
    return seal(this.key, { ...this.header, kind: "codages" }, content);
  }

  /** A file of codings holds these entries. */
  async filed(uids) {
    this.take({ inFile: uids });
    await this.keep([[newUid(), { inFile: uids }]]).catch(() => {}); // at worst, it is asked for once more
  }

  /** Takes back what a file of codings holds; returns the entries that were new here. */
  async takeBack({ entries, places }) {
    const fresh = await this.add(entries);
    await this.filed(entries.map((entry) => entry.uid).filter((uid) => this.entries.has(uid)));
    for (const [interview, turn] of Object.entries(places)) await this.setPlace(interview, turn).catch(() => {});
    return fresh;
  }

  baseline() {
    const { overview, interviews } = this.content;
    return [overview.entries, ...interviews.map((interview) => interview.entries)].flat();
  }

  /** Entries about an interview, or about none (null). */
  about(code) {
    const former = code === null ? this.content.overview.entries : this.interviews.get(code).entries;
    return merged(former, this.done.get(code) ?? []);
  }

  overview() {
    const { overview } = this.content;
    const interviews = overview.interviews.map((listed) => this.listed(listed));
    return { ...overview, interviews, entries: this.about(null) };
  }

  listed(listed) {
    const entries = this.about(listed.code);
    const held = holding(entries);
    const stages = new Set(held.filter((entry) => entry.kind === "stage").map((entry) => entry.field));
    const seen = this.places.get(listed.code);
    const read = stages.has("read") || stages.has("coded");
    const wordsLeft = seen === undefined ? listed.wordsLeft : this.wordsAfter(listed.code, seen);
    return {
      ...listed,
      begun: listed.begun || entries.length > 0 || seen !== undefined,
      read,
      coded: stages.has("coded"),
      place: Math.max(listed.place, seen ?? 0),
      wordsLeft: read ? 0 : Math.min(wordsLeft, listed.wordsLeft || listed.words),
      codings: held.filter((entry) => entry.kind === "coding").length,
    };
  }

  wordsAfter(code, turn) {
    const { text, turns } = this.interviews.get(code);
    if (turn + 1 >= turns.length) return 0;
    const after = text.slice(new Positions(text).toUnits(turns[turn + 1].start));
    return after.split(/\s+/).filter(Boolean).length;
  }

  interview(code) {
    const interview = this.interviews.get(code);
    if (!interview) throw new Error("Ce texte n'est pas dans ce paquet.");
    const place = Math.max(interview.place, this.places.get(code) ?? 0);
    return { ...interview, entries: this.about(code), place };
  }

  notes() {
    const all = merged(this.baseline(), [...this.entries.values()]);
    return all.filter((entry) => entry.body || entry.title);
  }

  search(query) {
    const found = this.content.interviews.flatMap((interview) => hitsIn(interview, query));
    return { hits: found.slice(0, HITS), total: found.length };
  }
}

function hitsIn(interview, query) {
  interview.finder ??= new Finder(interview.text);
  interview.positions ??= new Positions(interview.text);
  const { code, text, turns, positions } = interview;
  return interview.finder.find(query).map(({ start, end }) => {
    const point = positions.toPoints(start);
    return {
      interview: code,
      turn: Math.max(0, lastStartingBefore(turns, point)),
      start: point,
      end: positions.toPoints(end),
      before: text.slice(Math.max(0, start - AROUND), start),
      words: text.slice(start, end),
      after: text.slice(end, end + AROUND),
    };
  });
}
