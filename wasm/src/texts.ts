/**
 * Rendering prepared templates over the module's memory: the text comes back as address and length (`wasm/direct.cc`). What has no text
 * (a fault) is asked for as JSON by the caller.
 */
import type { InputBuffer } from "./buffer.js";
import type { NativeCore } from "./native.js";

const ADDRESS_BYTES = 4;
const SHORT = 24; // bytes up to which a text is quicker put together by hand
const nodeBuffer = typeof Buffer === "undefined" ? null : Buffer;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // U+FEFF is part of the text

export class TextRenderer {
  private memory: Buffer | null = null; // all of it: Node's Buffer decodes short texts quicker than its TextDecoder

  constructor(
    private readonly native: NativeCore,
    private readonly buffer: InputBuffer,
  ) {}

  /** Null where there is no text. `template` and `snapshot` are addresses of handles, `now` milliseconds since 1970. */
  render(template: number, snapshot: number, now: number): string | null {
    if (template === 0 || snapshot === 0) return null; // closed: the caller's other way says so
    const bytes = this.native._recado_render(template, snapshot, now);
    return bytes < 0 ? null : this.decode(this.native._recado_rendered(), bytes);
  }

  /** Few crossings of the border, and the texts of each decoded at once. */
  renderMany(template: number, snapshots: readonly number[], now: number): (string | null)[] {
    if (template === 0 || snapshots.includes(0)) return snapshots.map(() => null);
    this.buffer.reserve(snapshots.length * ADDRESS_BYTES);
    this.buffer.numbers(snapshots.length).set(snapshots);
    const texts: (string | null)[] = [];
    while (texts.length < snapshots.length) this.takePiece(this.native._recado_render_many(template, texts.length, snapshots.length, now), texts);
    return texts;
  }

  private takePiece(answer: number, texts: (string | null)[]): void {
    const [bytes, count] = new Int32Array(this.native.HEAPU8.buffer, answer, 2) as unknown as readonly [number, number];
    const units = new Int32Array(this.native.HEAPU8.buffer, answer + 8, count);
    const all = this.decode(this.native._recado_rendered(), bytes);
    let from = 0;
    for (const size of units) {
      texts.push(size < 0 ? null : all.slice(from, from + size));
      from += Math.max(size, 0);
    }
  }

  private decode(address: number, bytes: number): string {
    if (bytes > SHORT) return this.decodeLong(address, bytes);
    let text = "";
    for (let at = address; at < address + bytes; at++) {
      const byte = this.native.HEAPU8[at]!;
      if (byte >= 0x80) return this.decodeLong(address, bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  private decodeLong(address: number, bytes: number): string {
    const { HEAPU8 } = this.native;
    if (!nodeBuffer) return decoder.decode(HEAPU8.subarray(address, address + bytes));
    if (this.memory?.buffer !== HEAPU8.buffer) this.memory = nodeBuffer.from(HEAPU8.buffer);
    return this.memory.toString("utf8", address, address + bytes);
  }
}
