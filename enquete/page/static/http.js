// Requests to the server that gave this page, in the name of the coder whose link was opened.

const TOKEN_KEY = "enquete-lien";
const LONGEST_WAIT = 15_000; // milliseconds

/** A request that did not succeed. kind: "network" (worth trying again), "link" (not a coder's), "refused". */
export class RequestError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** Whether the address is that of a coder's link. */
export function isLink() {
  return /^#[A-Za-z0-9_-]{16,}$/.test(location.hash);
}

/**
 * The coder's token: it comes in the link (…/#TOKEN), is kept for this tab, and leaves the address bar at once.
 * @returns {string|null}
 */
export function takeToken() {
  if (isLink()) {
    sessionStorage.setItem(TOKEN_KEY, location.hash.slice(1));
    history.replaceState(null, "", `${location.pathname}#/`);
  }
  return sessionStorage.getItem(TOKEN_KEY);
}

/** Requests with this token: get(path), send(method, path, content). They reject with a RequestError. */
export function client(token) {
  async function request(method, path, content) {
    const headers = { Authorization: `Bearer ${token}` };
    if (content !== undefined) headers["Content-Type"] = "application/json";
    const body = content === undefined ? undefined : JSON.stringify(content);
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    let response, answer;
    try {
      response = await fetch(path, { method, headers, body, signal, cache: "no-store", credentials: "omit" });
      answer = response.status === 204 ? null : await response.json();
    } catch {
      if (response && !response.ok) answer = {};
      else throw new RequestError("network", "Le serveur ne répond pas.");
    }
    if (response.ok) return answer;
    throw refusal(response.status, answer?.error);
  }
  return {
    get: (path) => request("GET", path),
    send: (method, path, content) => request(method, path, content),
  };
}

function refusal(status, told) {
  if (status === 401) {
    return new RequestError("link", told ?? "Ce lien n'est plus valable : demandez-en un autre à votre équipe.");
  }
  if (status >= 500 || status === 408 || status === 429) {
    return new RequestError("network", told ?? "Le serveur a rencontré un problème.");
  }
  return new RequestError("refused", told ?? "Le serveur a refusé cette demande.");
}
