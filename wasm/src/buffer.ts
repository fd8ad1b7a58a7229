/**
 * The module's buffer for texts and numbers on their way in (`wasm/direct.cc`); one object for everybody who writes there, because it moves when
 * it grows. Texts go as UTF-16, JavaScript's own form, so nothing is
 * converted: Node's Buffer copies them at the speed of memory, elsewhere a loop does it.
 */
import type { NativeCore } from "./native.js";

const UNIT_BYTES = 2;
const SMALLEST = 1 << 16; // bytes: most calls never have to ask for more
const nodeBuffer = typeof Buffer === "undefined" ? null : Buffer;

export class InputBuffer {
  private bytes: Uint8Array = new Uint8Array(0);
  private units: Uint16Array = new Uint16Array(0); // the same
  private copier: Buffer | null = null; // the same

  constructor(private readonly native: NativeCore) {}

  /** Room for so many bytes; what was there before may be gone. */
  reserve(bytes: number): void {
    const memory = this.native.HEAPU8.buffer;
    if (this.bytes.byteLength >= bytes && this.bytes.buffer === memory) return;
    const size = Math.max(bytes, this.bytes.byteLength, SMALLEST);
    const address = this.native._recado_buffer(size);
    const { buffer } = this.native.HEAPU8; // may have grown
    this.bytes = new Uint8Array(buffer, address, size);
    this.units = new Uint16Array(buffer, address, size / UNIT_BYTES);
    this.copier = nodeBuffer && nodeBuffer.from(buffer, address, size);
  }

  /** 32-bit numbers at the beginning, behind a `reserve`. */
  numbers(count: number): Uint32Array {
    return new Uint32Array(this.bytes.buffer, this.bytes.byteOffset, count);
  }

  /** The text, `offset` bytes (an even number) behind the beginning; room must be there. */
  write(text: string, offset: number): void {
    if (this.copier) {
      this.copier.write(text, offset, "utf16le");
      return;
    }
    const first = offset / UNIT_BYTES;
    for (let i = 0; i < text.length; i++) this.units[first + i] = text.charCodeAt(i);
  }
}
