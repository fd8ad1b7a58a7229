// What crosses between the page and the worker that judges a rule on many records, and runs rules over a history.

import type { Rule, Snapshot } from "./types";
import type { Coverage, Simulation } from "./foresight-types";
import type { Setting } from "./protocol";

/** Where the records come from. */
export type Source =
  | { readonly kind: "stage"; readonly entity: string; readonly stage: string; readonly pipeline?: string }
  | { readonly kind: "all"; readonly entity: string }
  /** NDJSON, one snapshot a line. */
  | { readonly kind: "file"; readonly name: string; readonly file: Blob }
  /** `name` differs wherever the snapshots do. */
  | { readonly kind: "given"; readonly name: string; readonly snapshots: readonly Snapshot[] };

export type CrowdAsk =
  | { readonly kind: "load"; readonly core: string }
  | { readonly kind: "count"; readonly rule: Rule; readonly setting: Setting; readonly source: Source }
  | {
      readonly kind: "simulate";
      readonly rules: readonly Rule[];
      /** Runs of rules over the same events, one after the other: what is live, and what would be. */
      readonly against: readonly Rule[] | null;
      readonly events: string;
      readonly until: string | null;
      readonly setting: Setting;
    }
  | { readonly kind: "stop" };

export type CrowdAnswer =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "counted"; readonly coverage: Coverage; readonly ms: number }
  | { readonly kind: "simulated"; readonly run: Simulation; readonly against: Simulation | null }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };

export type CrowdRequest = CrowdAsk & { readonly id: number };
export type CrowdReply = CrowdAnswer & { readonly id: number };
