// The work kept on the server: what is done goes to a queue, and what others did (another tab, a command) is asked for.

import { client, isLink, RequestError, takeToken } from "enquete/http";
import { openKeeping } from "enquete/keeping";
import { createQueue } from "enquete/queue";

const BETWEEN_LOOKS = 15_000; // milliseconds
const BETWEEN_PLACES = 4_000;

/** @returns {import("./stores.js").Store} */
export function serverStore() {
  const token = takeToken();
  let http = client(token);
  let coder = null;
  let tellStatus = () => {};
  let tellChange = () => {};
  let queue = null;
  let keeping = null;
  let left = [];
  let known = null; // { revisions and rows seen, see watching }

  async function start() {
    if (!token) throw new RequestError("link", "Ouvrez la page par le lien que votre équipe vous a donné.");
    const overview = await http.get("/api/overview");
    if (!queue) await startQueue(overview.queueKey);
    known = watched(known, null, overview);
    coder = overview.coder;
    return overview;
  }

  /** A link opened in a tab that has the page already. A coder's new link takes what waits along. */
  async function relink() {
    const other = client(takeToken());
    const overview = await other.get("/api/overview").catch(() => null);
    if (coder && !overview) return; // what is done here stays
    if (overview?.coder !== coder) return location.reload();
    http = other;
    queue.retry();
    look();
  }

  window.addEventListener("hashchange", () => isLink() && relink());

  async function startQueue(queueKey) {
    keeping = await openKeeping(queueKey);
    queue = createQueue({ send, keeping, tell: (status) => tellStatus(status) });
    left = (await keeping.kept()).map((entry) => ({ entries: [entry], done: queue.add([entry], true) }));
    watch();
  }

  async function send(entries) {
    const answer = await http.send("POST", "/api/entries", { entries });
    for (const { entry } of answer.arrived) if (entry) known.uids.add(entry.uid);
    if (isElsewhere(answer)) setTimeout(look); // what was sent stands in a text, or under codes, that are not shown yet
    return answer.arrived;
  }

  function isElsewhere({ generation, revisions }) {
    const revision = known.interview && revisions[known.interview.code];
    return generation !== known.study.generation || (revision && revision !== known.interview.revision);
  }

  function put(entries) {
    return queue.add(entries);
  }

  async function open(code) {
    const interview = await http.get(`/api/interviews/${encodeURIComponent(code)}`);
    known = watched(known, code, interview);
    return interview;
  }

  function close() {
    known = { ...known, interview: null };
  }

  function watch() {
    setInterval(() => look(), BETWEEN_LOOKS);
    window.addEventListener("focus", () => look());
    window.addEventListener("online", () => queue.retry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  }

  let looking = false;

  async function look() {
    if (looking || document.visibilityState !== "visible") return;
    looking = true;
    try {
      await lookAt(null);
      if (known.interview) await lookAt(known.interview.code);
    } catch {
      // The next look will tell; what waits to be sent says by itself that the server is away.
    }
    looking = false;
  }

  async function lookAt(code) {
    const seen = code ? known.interview : known.study;
    const query = new URLSearchParams(code ? { interview: code, after: seen.last } : { after: seen.last });
    const news = await http.get(`/api/changes?${query}`);
    const stillThere = code ? known.interview === seen : known.study === seen;
    if (!stillThere) return;
    const moved = news.generation !== seen.generation || (code && news.revision !== seen.revision);
    const entries = (news.entries ?? []).filter((entry) => !known.uids.has(entry.uid));
    const suggested = code ? (news.suggestions ?? null) : null;
    const otherSuggestions = code !== null && count(suggested) !== seen.suggestions;
    seen.last = news.last;
    for (const entry of entries) known.uids.add(entry.uid);
    if (moved) tellChange({ interview: code });
    else if (entries.length > 0 || otherSuggestions) tellChange({ interview: code, entries, suggestions: suggested });
    if (otherSuggestions) seen.suggestions = count(suggested);
  }

  let placeTimer = 0;
  let place = null;

  function setPlace(interview, turn) {
    if (place && place.interview === interview && place.turn >= turn) return;
    place = { interview, turn };
    placeTimer ||= setTimeout(() => {
      placeTimer = 0;
      http.send("PUT", "/api/place", place).catch(() => {}); // scrolling on tells it again
    }, BETWEEN_PLACES);
  }

  return {
    mode: "server",
    start,
    open,
    close,
    put,
    waiting: () => left,
    forget: (uid) => keeping.drop(uid),
    setPlace,
    search: (query) => http.get(`/api/search?${new URLSearchParams({ q: query })}`),
    disagreements: (asked) => http.get(`/api/disagreements?${new URLSearchParams(asked)}`),
    disagreement: (key) => http.get(`/api/disagreements/${encodeURIComponent(key)}`),
    rule: (content) => http.send("POST", "/api/rulings", content),
    training: (code) => http.get(`/api/training?${new URLSearchParams({ interview: code })}`),
    notes: async () => (await http.get("/api/notes")).entries,
    retry: () => queue?.retry(),
    onStatus: (fn) => (tellStatus = fn),
    onChange: (fn) => (tellChange = fn),
  };
}

/** What was seen of the study and of the open interview, so that only what is new is told. */
function watched(known, code, answer) {
  const uids = new Set(known?.uids);
  for (const entry of answer.entries) uids.add(entry.uid);
  const seen = {
    code,
    last: answer.last ?? 0,
    generation: answer.generation,
    revision: answer.revision,
    suggestions: count(answer.suggestions),
  };
  return code ? { ...known, uids, interview: seen } : { interview: null, ...known, uids, study: seen };
}

/** -1 when suggestions are hidden. */
function count(suggestions) {
  return suggestions ? suggestions.length : -1;
}
