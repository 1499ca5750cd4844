// Entries that the server has not acknowledged yet, kept in this browser so that a reload or a closed lid loses none.
//
// They are encrypted with a key that the server gives to this coder. Browsers encrypt only on pages that came safely
// (this machine, or https): elsewhere entries with words stay in memory, and those without are kept in clear.

const PREFIX = "enquete-attente";
const text = { encode: new TextEncoder(), decode: new TextDecoder() };

/**
 * @param {string} queueKey 32 bytes, base64
 * @returns {Promise<{keep: (entry: object) => Promise<boolean>, drop: (uid: string) => void,
 *   kept: () => Promise<object[]>}>} keep tells whether the entry will survive a reload
 */
export async function openKeeping(queueKey) {
  const bytes = fromBase64(queueKey);
  const prefix = `${PREFIX}-${fingerprint(bytes)}-`;
  const key = crypto.subtle
    ? await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"])
    : null;

  async function keep(entry) {
    if (!key && (entry.body || entry.title)) return false;
    const content = JSON.stringify(entry);
    try {
      localStorage.setItem(prefix + entry.uid, key ? await sealed(key, content) : content);
      return true;
    } catch {
      return false; // full, or forbidden by the browser
    }
  }

  function drop(uid) {
    try {
      localStorage.removeItem(prefix + uid);
    } catch {
      // nothing was kept
    }
  }

  async function kept() {
    const found = [];
    for (const [name, content] of stored(prefix)) {
      try {
        found.push(JSON.parse(key ? await unsealed(key, content) : content));
      } catch {
        localStorage.removeItem(name); // damaged: nobody can read it any longer
      }
    }
    return found.sort((a, b) => (a.uid < b.uid ? -1 : 1));
  }

  return { keep, drop, kept };
}

function stored(prefix) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    return names.map((name) => [name, localStorage.getItem(name)]);
  } catch {
    return [];
  }
}

async function sealed(key, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text.encode.encode(content));
  return `${toBase64(iv)}.${toBase64(new Uint8Array(data))}`;
}

async function unsealed(key, content) {
  const [iv, data] = content.split(".").map(fromBase64);
  return text.decode.decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data));
}

/** Tells apart the coders and studies that this browser has met (FNV-1a, 32 bits: says nothing of the key). */
function fingerprint(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

function toBase64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(content) {
  return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
}
