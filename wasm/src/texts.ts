/**
 * Rendering prepared templates over the module's memory: the text comes back as address and length (`wasm/direct.cc`). What has no text
 * (a fault) is asked for as JSON by the caller.
 */
import type { InputBuffer } from "./buffer.js";
import type { NativeCore } from "./native.js";

const ADDRESS_BYTES = 4;
const SHORT = 24; // bytes up to which a text is quicker put together by hand

const decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // U+FEFF is part of the text

export class TextRenderer {
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

  /** One crossing of the border, and all texts decoded at once. */
  renderMany(template: number, snapshots: readonly number[], now: number): (string | null)[] {
    if (template === 0 || snapshots.includes(0)) return snapshots.map(() => null);
    this.buffer.reserve(snapshots.length * ADDRESS_BYTES);
    this.buffer.numbers(snapshots.length).set(snapshots);
    const answer = this.native._recado_render_many(template, snapshots.length, now);
    const units = new Int32Array(this.native.HEAPU8.buffer, answer, snapshots.length + 1);
    const all = this.decode(this.native._recado_rendered(), units[0]!);
    let from = 0;
    return snapshots.map((_, index) => {
      const size = units[index + 1]!;
      if (size < 0) return null;
      from += size;
      return all.slice(from - size, from);
    });
  }

  private decode(address: number, bytes: number): string {
    if (bytes > SHORT) return decoder.decode(this.native.HEAPU8.subarray(address, address + bytes));
    let text = "";
    for (let at = address; at < address + bytes; at++) {
      const byte = this.native.HEAPU8[at]!;
      if (byte >= 0x80) return decoder.decode(this.native.HEAPU8.subarray(address, address + bytes));
      text += String.fromCharCode(byte);
    }
    return text;
  }
}
