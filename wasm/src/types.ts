/**
 * The shapes that go into and come out of the core: the JSON of Recado's rules, snapshots, plans and diagnostics.
 *
 * They are the same objects as the command line's and the API's, with one difference: offsets (`from`, `to`) are UTF-16
 * code units here, so they can be used on JavaScript strings as they are. Instants are RFC 3339 texts in UTC, durations
 * ISO 8601, money is decimal text plus currency, languages are BCP 47 tags, zones IANA names.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined };

export type Severity = "error" | "warning" | "info";

/** One fault, remark or reason, with its place: `path` is a JSON pointer, `from`/`to` a half-open stretch of the text there. */
export interface Diagnostic {
  readonly code: string;
  /** `error` can't go live. */
  readonly severity: Severity;
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
  /** 1-based, in characters. */
  readonly line?: number;
  readonly column?: number;
  readonly arguments: Readonly<Record<string, string>>;
  /** A sentence for people, in the language that was asked for. */
  readonly message: string;
  /** Put `replacement` in the place of `from`–`to` and the fault is gone. */
  readonly fix?: { readonly title: string; readonly replacement: string };
}

export interface Faults {
  readonly errors: readonly Diagnostic[];
}

// --- SMS ------------------------------------------------------------------------------------------------------------

export type SmsEncoding = "gsm7" | "ucs2";

export interface SmsRequest {
  readonly text: string;
  /** Bits of the concatenation reference; 8 unless given. */
  readonly reference?: 8 | 16;
  /** National tables that may be used, in order of preference ("tr", "pt", …). None unless given: phones may not know them. */
  readonly national?: readonly string[];
  /** Do not cut inside a grapheme cluster. */
  readonly keep_clusters?: boolean;
  readonly force?: SmsEncoding;
}

export interface SmsPart {
  readonly from: number;
  readonly to: number;
  /** Septets, or 16-bit units. */
  readonly units: number;
}

export interface SmsCulprit {
  readonly from: number;
  readonly to: number;
  readonly character: string;
  readonly replacement?: string;
}

/** A character of two septets. */
export interface SmsExtended {
  readonly from: number;
  readonly to: number;
  readonly character: string;
}

export interface SmsCount {
  readonly encoding: SmsEncoding;
  readonly units: number;
  /** 0 for an empty text. */
  readonly segments: number;
  /** Grapheme clusters: what a reader calls characters. */
  readonly characters: number;
  readonly per_segment: number;
  /** Units that still fit in the last part. */
  readonly remaining: number;
  readonly parts: readonly SmsPart[];
  readonly national?: { readonly locking?: string; readonly single?: string };
  /** What forces UCS-2. */
  readonly culprits: readonly SmsCulprit[];
  /** What takes two septets; only where there is any. */
  readonly extended?: readonly SmsExtended[];
  readonly suggestion?: { readonly text: string; readonly encoding: SmsEncoding; readonly segments: number };
}

export type SmsAnswer = SmsCount | Faults;

/** What a message takes, and no more: the answer where no details are asked for. Several times as quick as all of `SmsCount`. */
export type SmsSize = Pick<SmsCount, "encoding" | "units" | "segments" | "per_segment" | "remaining" | "national">;

export type SmsSizeAnswer = SmsSize | Faults;

export interface SmsOptions {
  /** `false`: only the size. All that there is to say unless given. */
  readonly details?: boolean;
}

// --- Templates ------------------------------------------------------------------------------------------------------

export interface RenderRequest {
  readonly template: string;
  readonly data: Json;
  readonly partials?: Readonly<Record<string, string>>;
  readonly language?: string;
  readonly time_zone?: string;
  /** ISO 3166 ("BR"): whose phone numbers have no country code, for the filter `phone`. */
  readonly region?: string;
  readonly now?: string;
  readonly escape?: "html" | "none";
}

export type RenderAnswer = { readonly text: string; readonly errors?: undefined } | (Faults & { readonly text?: undefined });

export interface RenderOptions {
  readonly language?: string;
  readonly time_zone?: string;
  /** ISO 3166 ("BR"): whose phone numbers have no country code, for the filter `phone`. */
  readonly region?: string;
  readonly now?: string;
  readonly escape?: "html" | "none";
  /** "plain": as SMS are written, with ordinary spaces where the language's number and date formats have no-break ones. */
  readonly spaces?: "plain";
}

// --- Rules and plans ------------------------------------------------------------------------------------------------

/** A rule document; its members are described in the JSON Schema `rule`. */
export type Rule = { readonly [member: string]: Json | undefined };
export type Schema = { readonly [member: string]: Json | undefined };
export type Workspace = { readonly [member: string]: Json | undefined };
export type Snapshot = { readonly [member: string]: Json | undefined };
export type CrmEvent = { readonly [member: string]: Json | undefined };

export type Channel = "sms" | "email" | "call" | "chat" | "whatsapp";

export interface Delivery {
  readonly key: string;
  readonly rule: string;
  readonly channel: Channel;
  readonly provider?: string;
  readonly due: string;
  readonly to: { readonly contact?: string; readonly company?: string; readonly lead?: string; readonly address?: string; readonly type?: string };
  readonly content: Readonly<Record<string, Json | undefined>>;
  readonly sms?: SmsCount;
}

export interface Skip {
  readonly rule: string;
  readonly reason: string;
  readonly message?: string;
  readonly arguments?: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly event: string;
  readonly deliveries: readonly Delivery[];
  readonly skipped: readonly Skip[];
}

/** Everything a page shows of a rule while it is being typed. */
export interface Analysis {
  /** Those of `validateRule`. */
  readonly diagnostics: readonly Diagnostic[];
  /** That of `preview`; an error where the rule is too broken to be previewed. */
  readonly plan: PlanAnswer;
}

export type PlanAnswer = Plan | { readonly error: Diagnostic };

export interface Context {
  readonly schema?: Schema;
  readonly workspace?: Workspace;
  /** Language of the messages of diagnostics; "en" unless given. */
  readonly language?: string;
}

// --- Looking ahead ----------------------------------------------------------------------------------------------------

/** Where an entry of a simulation belongs: the event that led to it, and when it happened on the virtual clock. */
export interface Happened {
  readonly event: string;
  readonly at: string;
  readonly entity: string;
  readonly entity_id: string;
}

export type SimulationEntry =
  | (Happened & Delivery)
  /** `key` and `due` where it had been planned. */
  | (Happened & Skip & { readonly key?: string; readonly due?: string })
  /** An event that could not be used; `line` counts from 1. */
  | { readonly line: number; readonly error: Diagnostic };

export interface SimulationOptions extends Context {
  /** What is later stays where it is. To the end unless given. */
  readonly until?: string;
}

export type SimulationAnswer =
  | {
      readonly entries: readonly SimulationEntry[];
      /** Intents that were not due by `until`. */
      readonly waiting: number;
      readonly error?: undefined;
    }
  | { readonly error: Diagnostic; readonly entries?: undefined };

/** Nearest rank: always one of the values; 0 where there are none. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Whom a rule reaches among many records: records = reached + all skipped + unreadable. */
export interface CoverageCounts {
  readonly rule: string;
  readonly records: number;
  readonly reached: number;
  /** Reason → how many, in the order in which reasons are given. */
  readonly skipped: Readonly<Record<string, number>>;
  /** The first 1,000. `name` is the client's, "" where there is none. */
  readonly unreached: readonly { readonly record: string; readonly name: string; readonly reason: string; readonly message: string }[];
  readonly segments?: Spread & { readonly total: number };
  readonly encodings?: Readonly<Record<SmsEncoding, number>>;
  readonly characters?: Spread;
  /** Exact decimals. `unpriced`: messages without a price, or with one in another currency. */
  readonly cost?: {
    readonly currency: string;
    readonly p50: string;
    readonly p95: string;
    readonly max: string;
    readonly total: string | null;
    readonly unpriced?: number;
  };
  readonly unreadable: number;
  /** The first 100; `line` is the record's number from 1. */
  readonly errors: readonly { readonly line: number; readonly error: Diagnostic }[];
  readonly error?: undefined;
}

export interface CoverageOptions extends Context {
  /** The moment the items enter the stage; the clock unless given. */
  readonly now?: string;
}

export type CoverageAnswer = CoverageCounts | { readonly error: Diagnostic; readonly records?: undefined };

export interface Versions {
  readonly recado: string;
  readonly icu: string;
  readonly unicode: string;
  readonly zones: string;
}
