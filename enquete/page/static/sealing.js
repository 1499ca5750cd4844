// Files sealed with a phrase, as enquete/page/sealing.py writes and reads them: PBKDF2-HMAC-SHA256 gives the key,
// AES-256-GCM encrypts, and the header, in clear, is authenticated with what it announces.

const VERSION = 1;
const PARTS = ["header", "nonce", "sealed"];
const PACKET_MARK = 'id="paquet"';
const utf8 = { encode: (text) => new TextEncoder().encode(text), decode: (bytes) => new TextDecoder().decode(bytes) };

const REASONS = {
  damaged: "Ce fichier est abîmé ou incomplet : prenez-en une nouvelle copie.",
  newer: "Ce fichier vient d'une version plus récente de cet outil.",
  large: "Ce fichier est trop gros pour être un fichier de codages.",
  packet: "C'est le paquet lui-même, pas un fichier de codages. Son nom finit par « .enquete ».",
  phrase: "Ce n'est pas la bonne phrase. Vérifiez les majuscules, les accents et l'ordre des mots.",
  other: "Ce fichier de codages vient d'un autre paquet : il ne peut pas être repris ici.",
  unknown: "Ce n'est pas un fichier de codages. Son nom finit par « .enquete ».",
};

/** Why a sealed file can't be opened, in French. kind: a key of REASONS. */
export class SealError extends Error {
  constructor(kind) {
    super(REASONS[kind]);
    this.kind = kind;
  }
}

/** Whether this browser encrypts here: old ones do not. */
export const canSeal = () => Boolean(globalThis.crypto?.subtle);

/** Composed letters, one space between words, none around: what two keyboards write is the same. */
export function plain(phrase) {
  return phrase
    .normalize("NFKC")
    .replace(/[ \t\n\r\f\v]+/g, " ")
    .replace(/^ | $/g, "");
}

/** The key that a phrase gives with this header; takes some tenths of a second, on purpose. */
export async function deriveKey(phrase, header) {
  const material = await crypto.subtle.importKey("raw", utf8.encode(plain(phrase)), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(header.salt), iterations: header.iterations };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * @param {string|object} file what a file holds, perhaps through mail, or its JSON object
 * @param {"paquet"|"codages"} kind
 * @returns {Promise<{header: object, parts: object}>} rejects with a SealError
 */
export async function readSealed(file, kind) {
  const parts = typeof file === "string" ? partsOf(file, kind) : file;
  if (parts.enquete !== VERSION) throw new SealError("newer");
  if (parts.digest !== (await digest(parts))) throw new SealError("damaged");
  const header = JSON.parse(utf8.decode(fromBase64(parts.header)));
  if (header.kind !== kind) throw new SealError("unknown");
  return { header, parts };
}

function partsOf(text, kind) {
  if (kind === "codages" && text.includes(PACKET_MARK)) throw new SealError("packet");
  const printable = text.replace(/[^!-~]/g, ""); // anything else was added on the way
  const start = printable.indexOf('{"enquete":');
  if (start < 0) throw new SealError("unknown");
  try {
    return JSON.parse(printable.slice(start, printable.lastIndexOf("}") + 1));
  } catch {
    throw new SealError("damaged");
  }
}

/** The content of a sealed file that was read; rejects with a SealError. */
export async function unseal(key, { parts }) {
  const [header, nonce, data] = PARTS.map((name) => fromBase64(parts[name]));
  const content = await decrypt(key, header, nonce, data);
  return JSON.parse(content);
}

/** A sealed file, in JSON. */
export async function seal(key, header, content) {
  const clear = utf8.encode(JSON.stringify(header));
  const { nonce, data } = await encrypt(key, clear, JSON.stringify(content));
  const parts = { enquete: VERSION, header: toBase64(clear), nonce: toBase64(nonce), sealed: toBase64(data) };
  return JSON.stringify({ ...parts, digest: await digest(parts) });
}

/** Encrypts one record of this packet, which is known by its uid. */
export async function sealRecord(key, packet, uid, content) {
  return { uid, ...(await encrypt(key, utf8.encode(`${packet}/${uid}`), JSON.stringify(content))) };
}

/** What a record holds; rejects with a SealError. */
export async function unsealRecord(key, packet, { uid, nonce, data }) {
  return JSON.parse(await decrypt(key, utf8.encode(`${packet}/${uid}`), nonce, data));
}

async function encrypt(key, additionalData, text) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv: nonce, additionalData };
  return { nonce, data: new Uint8Array(await crypto.subtle.encrypt(how, key, utf8.encode(text))) };
}

async function decrypt(key, additionalData, iv, data) {
  try {
    return utf8.decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, data));
  } catch {
    throw new SealError("phrase");
  }
}

async function digest(parts) {
  const bytes = await crypto.subtle.digest("SHA-256", utf8.encode(PARTS.map((name) => parts[name]).join(".")));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toBase64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

function fromBase64(text) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw new SealError("damaged");
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
