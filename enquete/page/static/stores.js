// Where the work is kept: on the server that gave this page, or in the packet that this file is.

/** @typedef {import("./model.js").Entry} Entry */

/**
 * @typedef {object} Arrived what became of an entry that was sent
 * @property {string} uid
 * @property {"new"|"same"|"changed"|"moved"|"impossible"} arrival
 * @property {Entry|null} entry as it stands now; its words may have been masked
 * @property {number} [touched]
 * @property {string} [reason] in French, when impossible
 */

/**
 * @typedef {object} Status how the saving goes
 * @property {"saved"|"saving"|"offline"|"refused"|"kept"|"memory"} state the last two: of a packet
 * @property {number} pending how many actions wait
 * @property {boolean} [fragile] whether some of them are nowhere but in memory
 * @property {string} [message] a French sentence to show, if there is more to say
 */

/**
 * @typedef {object} Store what keeps the work; store-server.js and store-packet.js are two of them
 * @property {"server"|"packet"} mode
 * @property {() => Promise<object>} start  the overview; rejects with an Error whose message is a French sentence
 * @property {(code: string) => Promise<object>} open  an interview; watched from then on
 * @property {() => void} close  no interview is open any longer
 * @property {(entries: Entry[]) => Promise<Arrived[]>} put  resolves only when they are stored or refused
 * @property {() => {entries: Entry[], done: Promise<Arrived[]>}[]} waiting  what an earlier page left to send
 * @property {(uid: string) => void} forget  a refused entry that an earlier page may tell again in waiting(): no longer
 * @property {(code: string, turn: number) => void} setPlace  furthest turn seen; may be lost
 * @property {(query: string) => Promise<{hits: object[], total: number}>} search  in all the coder's interviews
 * @property {(asked: object) => Promise<object>} [disagreements]  for arbiters; not in a packet, nor the two that follow
 * @property {(key: string) => Promise<object>} [disagreement]
 * @property {(content: object) => Promise<object>} [rule]
 * @property {(code: string) => Promise<object>} [training]  the coder's work beside the reference; not in a packet
 * @property {() => Promise<Entry[]>} notes  all the coder's entries that have words
 * @property {() => void} retry  tries at once, without waiting
 * @property {(fn: (status: Status) => void) => void} onStatus
 * @property {(fn: (change: {interview: string|null, entries?: Entry[], suggestions?: object[]}) => void) => void} onChange
 *   something else changed the study: entries that are new (and, of an interview, its suggestions); without entries,
 *   all that is shown wants to be loaded again
 */

/** @returns {Promise<Store>} */
export async function openStore() {
  if (document.getElementById("paquet")) {
    const { packetStore } = await import("enquete/store-packet");
    return packetStore();
  }
  const { serverStore } = await import("enquete/store-server");
  return serverStore();
}
