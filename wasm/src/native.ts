/**
 * What the compiled module exports, as Embind presents it. Texts are JSON both ways unless said otherwise. Only this package uses it.
 */

export interface NativeTemplate {
  ok(): boolean;
  diagnostics(): string;
  render(snapshot: NativeSnapshot, options: string): string;
  address(): number;
  delete(): void;
}

export interface NativeSnapshot {
  diagnostics(): string;
  /** `now`: an instant, or "" for the clock. */
  preview(rule: string, now: string): string;
  analyse(rule: string, now: string): string;
  render(template: string, options: string): string;
  address(): number;
  delete(): void;
}

export interface NativeCoverage {
  add(ndjson: string): void;
  result(): string;
  delete(): void;
}

export interface NativeCore {
  readonly HEAPU8: Uint8Array;
  /** 16-byte aligned memory that is never freed: the core and ICU keep pointers into their data. */
  allocateData(bytes: number): number;
  /** Before any other call: the sentences of the diagnostics, numbering plans. Each load answers a list of diagnostics, empty when all went well. */
  loadTables(address: number, bytes: number): string;
  loadBaseData(address: number, bytes: number): string;
  loadLanguageData(base: string, address: number, bytes: number): string;
  versions(): string;
  countSms(request: string): string;
  /** The direct border (`wasm/direct.cc`): addresses and sizes in bytes. */
  _recado_buffer(bytes: number): number;
  _recado_count(units: number, details: 0 | 1): number;
  _recado_count_many(texts: number, details: 0 | 1): number;
  _recado_words(): number;
  _recado_render(template: number, snapshot: number, now: number): number;
  _recado_render_many(template: number, first: number, snapshots: number, now: number): number;
  _recado_rendered(): number;
  render(request: string, clock: string): string;
  validateRule(rule: string, context: string): string;
  plan(rules: string, event: string, now: string, context: string): string;
  /** `events`: NDJSON. `until`: an instant, or "" for the end. */
  simulate(rules: string, events: string, until: string, context: string): string;
  readonly Template: new (source: string) => NativeTemplate;
  readonly Snapshot: new (snapshot: string, context: string) => NativeSnapshot;
  readonly Coverage: new (rule: string, now: string, context: string) => NativeCoverage;
}

export type ModuleFactory = (options: { readonly wasmBinary: Uint8Array }) => Promise<NativeCore>;
