/**
 * The typed face of the WebAssembly core: synchronous calls over plain objects.
 *
 * Everything that decides what is sent, to whom and when is the same C++ as in the service, so what `preview` shows is what will be sent, byte
 * for byte. Objects cross the border as JSON text; what is used many times (a snapshot, a template) crosses once and stays behind a handle.
 * A handle holds memory outside JavaScript's: call `close()` when done.
 */
import { InputBuffer } from "./buffer.js";
import { SmsCounter } from "./sms.js";
import { TextRenderer } from "./texts.js";
import type { NativeCore, NativeCoverage, NativeSnapshot, NativeTemplate } from "./native.js";
import type {
  Analysis,
  Context,
  CoverageAnswer,
  CoverageOptions,
  CrmEvent,
  Diagnostic,
  Json,
  PlanAnswer,
  RenderAnswer,
  RenderOptions,
  RenderRequest,
  Rule,
  SimulationAnswer,
  SimulationOptions,
  SmsAnswer,
  SmsCount,
  SmsOptions,
  SmsRequest,
  SmsSize,
  SmsSizeAnswer,
  Snapshot,
  Versions,
} from "./types.js";

/** A template compiled once, to be rendered with many snapshots. */
export class CompiledTemplate {
  readonly diagnostics: readonly Diagnostic[];

  private address: number; // 0: closed

  /** @internal */
  constructor(
    private readonly native: NativeTemplate,
    private readonly texts: TextRenderer,
  ) {
    this.diagnostics = JSON.parse(native.diagnostics()) as Diagnostic[];
    this.address = native.address();
  }

  /** Whether it can be rendered: it has no faults of syntax, and no unknown tags or filters. */
  get ok(): boolean {
    return this.native.ok();
  }

  /** In the language and zone of the snapshot's client unless the options say otherwise. */
  render(snapshot: SnapshotHandle, options?: RenderOptions): RenderAnswer {
    const text = options ? null : this.texts.render(this.address, snapshot.address, Date.now());
    return text === null ? this.renderAnyhow(snapshot, options) : { text };
  }

  /** One answer for each snapshot, in order, in a single crossing of the border. */
  renderMany(snapshots: readonly SnapshotHandle[], options?: RenderOptions): RenderAnswer[] {
    if (options) return snapshots.map((snapshot) => this.renderAnyhow(snapshot, options));
    const addresses = snapshots.map((snapshot) => snapshot.address);
    const texts = this.texts.renderMany(this.address, addresses, Date.now());
    return texts.map((text, index) => (text === null ? this.renderAnyhow(snapshots[index]!) : { text }));
  }

  private renderAnyhow(snapshot: SnapshotHandle, options: RenderOptions = {}): RenderAnswer {
    return JSON.parse(this.native.render(snapshot.native, JSON.stringify(options))) as RenderAnswer;
  }

  close(): void {
    this.address = 0;
    this.native.delete();
  }
}

/** A snapshot that has been read once and can be used many times. */
export class SnapshotHandle {
  /** @internal */ address: number; // 0: closed

  /** @internal */
  constructor(
    /** @internal */ readonly native: NativeSnapshot,
    /** Faults and remarks found while reading it; with an error in them nothing can be previewed. */
    readonly diagnostics: readonly Diagnostic[],
  ) {
    this.address = native.address();
  }

  /** What this rule would send if the item entered the rule's stage at `now` (the clock unless given). */
  preview(rule: Rule, options: { readonly now?: string } = {}): PlanAnswer {
    return JSON.parse(this.native.preview(JSON.stringify(rule), options.now ?? "")) as PlanAnswer;
  }

  /** `validateRule` and `preview` in one: the rule crosses the border and is checked once. For pages, at every keystroke. */
  analyse(rule: Rule, options: { readonly now?: string } = {}): Analysis {
    return JSON.parse(this.native.analyse(JSON.stringify(rule), options.now ?? "")) as Analysis;
  }

  /** A template with this snapshot's members as its variables. */
  render(template: string, options: RenderOptions = {}): RenderAnswer {
    return JSON.parse(this.native.render(template, JSON.stringify(options))) as RenderAnswer;
  }

  close(): void {
    this.address = 0;
    this.native.delete();
  }
}

/** The text of a request that asks for nothing special; null otherwise. */
function plainText(input: SmsRequest | string): string | null {
  if (typeof input === "string") return input;
  if (input === null || typeof input !== "object" || typeof input.text !== "string") return null;
  for (const member in input) if (member !== "text") return null;
  return input.text;
}

/** The size out of an answer with everything. */
function sizeOf(answer: SmsAnswer): SmsSizeAnswer {
  if (!("encoding" in answer)) return answer;
  const { encoding, units, segments, per_segment, remaining, national } = answer;
  return { encoding, units, segments, per_segment, remaining, ...(national && { national }) };
}

/** A coverage counted portion by portion, so that a page can show progress and stop. */
export class CoverageHandle {
  /** @internal */
  constructor(private readonly native: NativeCoverage) {}

  /** Counts these records too: objects, or NDJSON of many. */
  add(...snapshots: readonly (Snapshot | string)[]): void {
    this.native.add(ndjson(snapshots));
  }

  /** What has been counted so far. */
  result(): CoverageAnswer {
    return JSON.parse(this.native.result()) as CoverageAnswer;
  }

  close(): void {
    this.native.delete();
  }
}

/** One document a line; texts are lines already. */
function ndjson(documents: readonly (Json | string)[]): string {
  return documents.map((document) => (typeof document === "string" ? document : JSON.stringify(document))).join("\n");
}

export class Core {
  private readonly sms: SmsCounter;
  private readonly texts: TextRenderer;

  /** @internal */
  constructor(
    private readonly native: NativeCore,
    private readonly load: (language: string) => Promise<void>,
  ) {
    const buffer = new InputBuffer(native);
    this.sms = new SmsCounter(native, buffer);
    this.texts = new TextRenderer(native, buffer);
  }

  /** Loads one more language ("pt" brings all its regions). Rendering in a language that is not loaded is `language_not_loaded`. */
  addLanguage(base: string): Promise<void> {
    return this.load(base);
  }

  versions(): Versions {
    return JSON.parse(this.native.versions()) as Versions;
  }

  /**
   * Encoding, segments and price drivers of a text; a string alone means automatic encoding. With `{ details: false }` only the size of the
   * message: encoding, units, segments and room.
   */
  countSms(input: SmsRequest | string): SmsAnswer;
  countSms(input: SmsRequest | string, options: { readonly details: false }): SmsSizeAnswer;
  countSms(input: SmsRequest | string, options?: SmsOptions): SmsAnswer | SmsSizeAnswer;
  countSms(input: SmsRequest | string, options?: SmsOptions): SmsAnswer | SmsSizeAnswer {
    const text = plainText(input);
    if (options?.details === false) return (text === null ? null : this.sms.size(text)) ?? sizeOf(this.countAnyhow(input));
    return (text === null ? null : this.sms.count(text)) ?? this.countAnyhow(input);
  }

  /** As `countSms`, many at once: the border is crossed once. */
  countSmsMany(inputs: readonly (SmsRequest | string)[]): SmsAnswer[];
  countSmsMany(inputs: readonly (SmsRequest | string)[], options: { readonly details: false }): SmsSizeAnswer[];
  countSmsMany(inputs: readonly (SmsRequest | string)[], options?: SmsOptions): (SmsAnswer | SmsSizeAnswer)[];
  countSmsMany(inputs: readonly (SmsRequest | string)[], options?: SmsOptions): (SmsAnswer | SmsSizeAnswer)[] {
    const texts = inputs.map(plainText);
    if (texts.includes(null)) return inputs.map((input) => this.countSms(input, options));
    const counts: (SmsCount | SmsSize | null)[] =
      options?.details === false ? this.sms.sizeMany(texts as string[]) : this.sms.countMany(texts as string[]);
    return counts.map((count, index) => count ?? this.countSms(inputs[index]!, options));
  }

  private countAnyhow(input: SmsRequest | string): SmsAnswer {
    const request = typeof input === "string" ? { text: input } : input;
    return JSON.parse(this.native.countSms(JSON.stringify(request))) as SmsAnswer;
  }

  render(input: RenderRequest): RenderAnswer {
    return JSON.parse(this.native.render(JSON.stringify(input), now())) as RenderAnswer;
  }

  compile(template: string): CompiledTemplate {
    return new CompiledTemplate(new this.native.Template(template), this.texts);
  }

  /** All faults, warnings and remarks of one rule, in document order. */
  validateRule(rule: Rule, context: Context = {}): Diagnostic[] {
    return JSON.parse(this.native.validateRule(JSON.stringify(rule), JSON.stringify(context))) as Diagnostic[];
  }

  openSnapshot(snapshot: Snapshot, context: Context = {}): SnapshotHandle {
    const native = new this.native.Snapshot(JSON.stringify(snapshot), JSON.stringify(context));
    return new SnapshotHandle(native, JSON.parse(native.diagnostics()) as Diagnostic[]);
  }

  /** What an event that carries its snapshot leads to, under these rules. `at` is the moment of composing; the event's own unless given. */
  plan(rules: readonly Rule[], event: CrmEvent, at?: string, context: Context = {}): PlanAnswer {
    const input = JSON.stringify({ rules } satisfies Json);
    return JSON.parse(this.native.plan(input, JSON.stringify(event), at ?? "", JSON.stringify(context))) as PlanAnswer;
  }

  /** Runs a history of events (objects, or NDJSON) on a virtual clock, delays and stage exits included. The entries are the lines of `recado simulate`. */
  simulate(rules: readonly Rule[], events: readonly CrmEvent[] | string, options: SimulationOptions = {}): SimulationAnswer {
    const { until = "", ...context } = options;
    const lines = typeof events === "string" ? events : ndjson(events);
    return JSON.parse(this.native.simulate(JSON.stringify({ rules } satisfies Json), lines, until, JSON.stringify(context))) as SimulationAnswer;
  }

  /** Whom the rule reaches among these records (objects, or NDJSON), why not the others, and what it costs by the workspace's prices. */
  coverage(rule: Rule, snapshots: readonly Snapshot[] | string, options: CoverageOptions = {}): CoverageAnswer {
    const handle = this.openCoverage(rule, options);
    try {
      handle.add(typeof snapshots === "string" ? snapshots : ndjson(snapshots));
      return handle.result();
    } finally {
      handle.close();
    }
  }

  /** As `coverage`, for records that come in portions. A rule that can't be read is the `error` of its result. */
  openCoverage(rule: Rule, options: CoverageOptions = {}): CoverageHandle {
    const { now: moment = "", ...context } = options;
    return new CoverageHandle(new this.native.Coverage(JSON.stringify(rule), moment, JSON.stringify(context)));
  }
}

/** The core has no clock; the facade gives it JavaScript's. */
export function now(): string {
  return new Date().toISOString();
}
