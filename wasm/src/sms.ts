/**
 * Counting SMS over the module's memory: the text goes in as UTF-8, the answer comes back as integers (`wasm/direct.cc` has their order).
 * Ten times quicker than JSON both ways. What the integers cannot say, faults above all, is asked for as JSON by the caller.
 */
import type { NativeCore } from "./native.js";
import type { SmsCount, SmsCulprit, SmsExtended, SmsPart } from "./types.js";

const BYTES_PER_UNIT = 3; // the most UTF-8 takes for one UTF-16 unit
const BATCH_BYTES = 1 << 20; // of the text buffer; a batch is counted in pieces of about this size
const HEADER = 13;
const SEPARATOR = "\0";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // U+FEFF is part of the text

export class SmsCounter {
  private bytes: Uint8Array = new Uint8Array(0); // the text buffer
  private written = 0; // bytes of it that are used
  private numbers: Int32Array = new Int32Array(0); // the whole memory
  private words = -1; // address of the next replacement or suggestion; −1 while none was read

  constructor(private readonly native: NativeCore) {}

  /** Null where the answer is more than numbers. */
  count(text: string): SmsCount | null {
    this.write(text);
    const at = this.native._recado_count(this.written) >> 2;
    this.refresh();
    return this.numbers[at] === 0 ? null : this.read(text, at);
  }

  /** One crossing of the border for as many texts as fit. */
  countMany(texts: readonly string[]): (SmsCount | null)[] {
    const counts: (SmsCount | null)[] = [];
    for (let first = 0; first < texts.length; ) {
      let end = first;
      for (let units = 0; end < texts.length && (end === first || units < BATCH_BYTES / BYTES_PER_UNIT); end++) units += texts[end]!.length + 1;
      this.countPiece(texts.slice(first, end), counts);
      first = end;
    }
    return counts;
  }

  private countPiece(texts: readonly string[], counts: (SmsCount | null)[]): void {
    const joined = texts.join(SEPARATOR);
    if (texts.some((text) => text.includes(SEPARATOR))) {
      for (const text of texts) counts.push(this.count(text));
      return;
    }
    this.write(joined);
    let at = this.native._recado_count_many(this.written) >> 2;
    this.refresh();
    for (const text of texts) {
      const known = this.numbers[at] !== 0;
      counts.push(known ? this.read(text, at) : null);
      at += known ? this.sizeAt(at) : 1;
    }
  }

  private write(text: string): void {
    const most = text.length * BYTES_PER_UNIT;
    if (this.bytes.byteLength < most || this.bytes.buffer !== this.native.HEAPU8.buffer) this.reserve(most);
    this.written = encoder.encodeInto(text, this.bytes).written;
    this.words = -1;
  }

  private reserve(bytes: number): void {
    const size = Math.max(bytes, this.bytes.byteLength, 4096);
    const address = this.native._recado_text(size);
    this.bytes = new Uint8Array(this.native.HEAPU8.buffer, address, size);
  }

  /** The memory may have grown during the call. */
  private refresh(): void {
    const { buffer } = this.native.HEAPU8;
    if (this.numbers.buffer !== buffer) this.numbers = new Int32Array(buffer);
  }

  private sizeAt(at: number): number {
    const n = this.numbers;
    return HEADER + 3 * n[at + 7]! + 3 * n[at + 8]! + 2 * n[at + 9]!;
  }

  private read(text: string, start: number): SmsCount {
    const n = this.numbers;
    const culprits = n[start + 8]!;
    const extended = n[start + 9]!;
    let at = start + HEADER;
    const parts: SmsPart[] = [];
    for (const end = at + 3 * n[start + 7]!; at < end; at += 3) parts.push({ from: n[at]!, to: n[at + 1]!, units: n[at + 2]! });
    const count: Writable<SmsCount> = {
      encoding: n[start + 1] === 0 ? "gsm7" : "ucs2",
      units: n[start + 2]!,
      segments: n[start + 3]!,
      characters: n[start + 4]!,
      per_segment: n[start + 5]!,
      remaining: n[start + 6]!,
      parts,
      culprits: culprits === 0 ? [] : this.culprits(text, at, culprits),
    };
    if (extended > 0) count.extended = this.extended(text, at + 3 * culprits, extended);
    if (n[start + 10] !== 0) {
      count.suggestion = { text: this.word(n[start + 12]!), encoding: n[start + 10] === 1 ? "gsm7" : "ucs2", segments: n[start + 11]! };
    }
    return count;
  }

  private culprits(text: string, at: number, count: number): readonly SmsCulprit[] {
    const n = this.numbers;
    const found: SmsCulprit[] = [];
    for (const end = at + 3 * count; at < end; at += 3) {
      const from = n[at]!;
      const to = n[at + 1]!;
      const character = text.slice(from, to);
      const size = n[at + 2]!;
      found.push(size < 0 ? { from, to, character } : { from, to, character, replacement: this.word(size) });
    }
    return found;
  }

  private extended(text: string, at: number, count: number): readonly SmsExtended[] {
    const n = this.numbers;
    const found: SmsExtended[] = [];
    for (const end = at + 2 * count; at < end; at += 2) found.push({ from: n[at]!, to: n[at + 1]!, character: text.slice(n[at]!, n[at + 1]!) });
    return found;
  }

  /** The replacements and suggestions of a call, in the order of its answers. */
  private word(size: number): string {
    const from = this.words < 0 ? this.native._recado_words() : this.words;
    this.words = from + size;
    if (size === 1) return String.fromCharCode(this.native.HEAPU8[from]!); // one byte is ASCII
    return decoder.decode(this.native.HEAPU8.subarray(from, this.words));
  }
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
