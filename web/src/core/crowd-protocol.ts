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

/** What rules are run over. */
export type History =
  /** Every item of these entities enters, at this moment (RFC 3339), the stage it stands in. */
  | { readonly kind: "records"; readonly entities: readonly string[]; readonly at: string }
  /** What the service took in on these days (UTC, both count); null: no bound. */
  | { readonly kind: "taken"; readonly from: string | null; readonly to: string | null }
  /** NDJSON, one event a line. */
  | { readonly kind: "given"; readonly events: Blob | string };

/** How people call an item of the CRM; "" where nothing is known. */
export interface ItemNames {
  readonly title: string;
  readonly client: string;
}

export type CrowdAsk =
  | { readonly kind: "load"; readonly core: string }
  | { readonly kind: "count"; readonly rule: Rule; readonly setting: Setting; readonly source: Source }
  | {
      readonly kind: "simulate";
      readonly rules: readonly Rule[];
      /** Runs of rules over the same events, one after the other: what is live, and what would be. */
      readonly against: readonly Rule[] | null;
      readonly history: History;
      readonly until: string | null;
      readonly setting: Setting;
    }
  | { readonly kind: "stop" };

export type CrowdAnswer =
  /** `total` 0: not known yet. */
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "counted"; readonly coverage: Coverage; readonly ms: number }
  | {
      readonly kind: "simulated";
      readonly run: Simulation;
      readonly against: Simulation | null;
      readonly events: number;
      /** There were more events than are run at once; the first were. */
      readonly cut: boolean;
      /** Of the items in the runs, by itemKey. */
      readonly names: Readonly<Record<string, ItemNames>>;
    }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };

export const itemKey = (entity: string, id: string): string => `${entity}/${id}`;

export type CrowdRequest = CrowdAsk & { readonly id: number };
export type CrowdReply = CrowdAnswer & { readonly id: number };
