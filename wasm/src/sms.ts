/**
 * Counting SMS over the module's memory: the text goes in as UTF-16, the answer comes back as integers (`wasm/direct.cc` has their order).
 * Far quicker than JSON both ways. What the integers cannot say, faults above all, is asked for as JSON by the caller.
 */
import type { InputBuffer } from "./buffer.js";
import type { NativeCore } from "./native.js";
import type { SmsCount, SmsCulprit, SmsExtended, SmsPart, SmsSize } from "./types.js";

const UNIT_BYTES = 2;
const LENGTH_BYTES = 4;
const BATCH_UNITS = 1 << 13; // a batch crosses the border in pieces of about this size; larger ones are slower to join …
const LONG_BATCH_UNITS = 1 << 16; // … but long texts are not joined
const LONG_UNITS = 300; // texts longer than this are sooner written one by one than joined
const ONE_UNIT = 0x10000; // a replacement of one unit is this and the unit
const SIZE = 6; // integers of an answer without details …
const HEADER = 12; // … and of one with details, before its lists

export class SmsCounter {
  private numbers: Int32Array = new Int32Array(0); // the whole memory
  private word = 0; // where the next replacement stands, in units from the memory's start; 0 while none was read
  private letters: Uint16Array = new Uint16Array(0); // the whole memory

  constructor(
    private readonly native: NativeCore,
    private readonly buffer: InputBuffer,
  ) {}

  /** Null where the answer is more than numbers. */
  count(text: string): SmsCount | null {
    const at = this.countOne(text, 1);
    return this.numbers[at] === 0 ? null : this.read(text, at);
  }

  size(text: string): SmsSize | null {
    const at = this.countOne(text, 0);
    return this.numbers[at] === 0 ? null : this.readSize(at);
  }

  /** One crossing of the border for as many texts as fit. */
  countMany(texts: readonly string[]): (SmsCount | null)[] {
    const counts: (SmsCount | null)[] = [];
    this.inPieces(texts, 1, (piece, start) => {
      let at = start;
      for (const text of piece) {
        const known = this.numbers[at] !== 0;
        counts.push(known ? this.read(text, at) : null);
        at += known ? this.lengthAt(at) : 1;
      }
    });
    return counts;
  }

  sizeMany(texts: readonly string[]): (SmsSize | null)[] {
    const sizes: (SmsSize | null)[] = [];
    this.inPieces(texts, 0, (piece, start) => {
      for (let i = 0; i < piece.length; i++) {
        const at = start + i * SIZE;
        sizes.push(this.numbers[at] === 0 ? null : this.readSize(at));
      }
    });
    return sizes;
  }

  private countOne(text: string, details: 0 | 1): number {
    this.buffer.reserve(text.length * UNIT_BYTES);
    this.buffer.write(text, 0);
    const at = this.native._recado_count(text.length, details) >> 2;
    this.refresh();
    return at;
  }

  private inPieces(texts: readonly string[], details: 0 | 1, take: (piece: readonly string[], at: number) => void): void {
    for (let first = 0; first < texts.length; ) {
      const most = texts[first]!.length < LONG_UNITS ? BATCH_UNITS : LONG_BATCH_UNITS;
      let end = first;
      for (let units = 0; end < texts.length && (end === first || units < most); end++) units += texts[end]!.length;
      const piece = first === 0 && end === texts.length ? texts : texts.slice(first, end);
      take(piece, this.countPiece(piece, details));
      first = end;
    }
  }

  private countPiece(texts: readonly string[], details: 0 | 1): number {
    let total = 0;
    for (const text of texts) total += text.length;
    const lengths = texts.length * LENGTH_BYTES;
    this.buffer.reserve(lengths + total * UNIT_BYTES);
    const units = this.buffer.numbers(texts.length);
    for (let i = 0; i < texts.length; i++) units[i] = texts[i]!.length;
    if (total < LONG_UNITS * texts.length) this.buffer.write(texts.join(""), lengths);
    else this.writeEach(texts, lengths);
    const at = this.native._recado_count_many(texts.length, details) >> 2;
    this.refresh();
    return at;
  }

  private writeEach(texts: readonly string[], offset: number): void {
    for (const text of texts) {
      this.buffer.write(text, offset);
      offset += text.length * UNIT_BYTES;
    }
  }

  /** The memory may have grown during the call. */
  private refresh(): void {
    this.word = 0;
    const { buffer } = this.native.HEAPU8;
    if (this.numbers.buffer === buffer) return;
    this.numbers = new Int32Array(buffer);
    this.letters = new Uint16Array(buffer);
  }

  /** Integers of an answer with details. */
  private lengthAt(at: number): number {
    const n = this.numbers;
    return HEADER + 2 * n[at + 7]! + 3 * n[at + 8]! + 2 * n[at + 9]!;
  }

  private readSize(at: number): SmsSize {
    const n = this.numbers;
    return { encoding: n[at + 1] === 0 ? "gsm7" : "ucs2", units: n[at + 2]!, segments: n[at + 3]!, per_segment: n[at + 4]!, remaining: n[at + 5]! };
  }

  private read(text: string, start: number): SmsCount {
    const n = this.numbers;
    const parts = n[start + 7]!;
    const culprits = n[start + 8]!;
    const extended = n[start + 9]!;
    const at = start + HEADER;
    const count: Writable<SmsCount> = {
      encoding: n[start + 1] === 0 ? "gsm7" : "ucs2",
      units: n[start + 2]!,
      segments: n[start + 3]!,
      characters: n[start + 6]!,
      per_segment: n[start + 4]!,
      remaining: n[start + 5]!,
      parts: this.parts(at, parts),
      culprits: culprits === 0 ? [] : this.culprits(text, at + 2 * parts, culprits),
    };
    if (extended > 0) count.extended = this.extended(text, at + 2 * parts, extended);
    if (n[start + 10] !== 0) {
      count.suggestion = { text: replaced(text, count.culprits), encoding: n[start + 10] === 1 ? "gsm7" : "ucs2", segments: n[start + 11]! };
    }
    return count;
  }

  private parts(at: number, count: number): readonly SmsPart[] {
    const n = this.numbers;
    const found: SmsPart[] = [];
    let from = 0;
    for (const end = at + 2 * count; at < end; at += 2) {
      const to = n[at]!;
      found.push({ from, to, units: n[at + 1]! });
      from = to;
    }
    return found;
  }

  private culprits(text: string, at: number, count: number): readonly SmsCulprit[] {
    const n = this.numbers;
    const found: SmsCulprit[] = [];
    for (const end = at + 3 * count; at < end; at += 3) {
      const from = n[at]!;
      const to = n[at + 1]!;
      const character = text.slice(from, to);
      const code = n[at + 2]!;
      found.push(code < 0 ? { from, to, character } : { from, to, character, replacement: this.replacement(code) });
    }
    return found;
  }

  private extended(text: string, at: number, count: number): readonly SmsExtended[] {
    const n = this.numbers;
    const found: SmsExtended[] = [];
    for (const end = at + 2 * count; at < end; at += 2) found.push({ from: n[at]!, to: n[at + 1]!, character: text.slice(n[at]!, n[at + 1]!) });
    return found;
  }

  /** One unit stands for itself; longer ones are read in the order of the call's answers. */
  private replacement(code: number): string {
    if (code >= ONE_UNIT) return String.fromCharCode(code - ONE_UNIT);
    if (this.word === 0) this.word = this.native._recado_words() / UNIT_BYTES;
    let text = "";
    for (const end = this.word + code; this.word < end; this.word++) text += String.fromCharCode(this.letters[this.word]!);
    return text;
  }
}

/** The text with the replacements put in: what the core has counted for its suggestion. */
function replaced(text: string, culprits: readonly SmsCulprit[]): string {
  let out = "";
  let copied = 0;
  for (const { from, to, replacement } of culprits) {
    if (replacement === undefined) continue;
    out += text.slice(copied, from) + replacement;
    copied = to;
  }
  return out + text.slice(copied);
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
