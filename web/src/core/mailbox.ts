// Where the worker leaves its newest answer for the page to fetch.
//
// After a keystroke a browser puts off messages until the letter is on the screen, and so the worker's answer, which
// is there long before, would be seen a frame later. Shared memory needs no message: the page looks when it has
// done its own part of the keystroke, and again before the frame is drawn. Needs a cross-origin isolated page; without
// it there is no mailbox, and answers come as messages only.

import type { Reply } from "./protocol";

const BYTES = 1 << 20; // a larger answer comes as a message
const HEADER_INTS = 2; // id of the answer, its length in bytes
const HEADER_BYTES = HEADER_INTS * Int32Array.BYTES_PER_ELEMENT;

export function sharedMemory(): SharedArrayBuffer | null {
  return globalThis.crossOriginIsolated ? new SharedArrayBuffer(BYTES) : null;
}

export class Mailbox {
  private readonly header: Int32Array;
  private readonly body: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.header = new Int32Array(memory, 0, HEADER_INTS);
    this.body = new Uint8Array(memory, HEADER_BYTES);
  }

  /** The worker's side. One answer at a time: the next is asked for when this one was seen. */
  put(reply: Reply): void {
    const bytes = new TextEncoder().encode(JSON.stringify(reply));
    if (bytes.length > this.body.length) return;
    this.body.set(bytes);
    Atomics.store(this.header, 1, bytes.length);
    Atomics.store(this.header, 0, reply.id);
  }

  /** The page's side: the answer of this id, if it is there already. */
  take(id: number): Reply | null {
    if (Atomics.load(this.header, 0) !== id) return null;
    const bytes = this.body.slice(0, Atomics.load(this.header, 1)); // decoders refuse shared memory
    return JSON.parse(new TextDecoder().decode(new Uint8Array(bytes))) as Reply;
  }
}
