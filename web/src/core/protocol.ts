// What crosses between the page and the core's worker: requests and replies as tagged unions, tied by an id.
// Errors cross as plain data, because not every browser clones native errors.

import type { Pricing } from "./pricing";
import type { Diagnostic, PlannedDelivery, Rule, Schema, Skip, SmsCount, Snapshot, Workspace } from "./types";

/** What a rule is judged against; sent once, not with every keystroke. Absent parts: the core's own. */
export interface Setting {
  readonly schema?: Schema;
  readonly workspace?: Workspace;
  /** Language of the diagnostics' sentences. */
  readonly language: string;
}

/** Everything the page shows about one state of a rule. */
export interface Analysis {
  readonly rule: Rule;
  readonly diagnostics: readonly Diagnostic[];
  readonly preview: Preview;
  readonly pricing: Pricing | null;
}

export type Preview =
  | { readonly kind: "none" } // no sample customer is open
  | {
      readonly kind: "message";
      readonly delivery: PlannedDelivery;
      readonly when: string;
      /** The message's, as a tag. */
      readonly language: string;
      readonly sms: SmsCount | null;
    }
  /** `text` and `sms`: what the template gives although it is not sent; null where it gives nothing. */
  | {
      readonly kind: "skip";
      readonly skip: Skip;
      readonly text: string | null;
      readonly sms: SmsCount | null;
    }
  | { readonly kind: "fault"; readonly diagnostic: Diagnostic };

export type Ask =
  /** First of all: where the core is. */
  | { readonly kind: "load"; readonly core: string }
  | {
      readonly kind: "open";
      readonly setting: Setting;
      readonly snapshot: Snapshot | null;
      /** The moment that the preview stands at; null: the clock's. */
      readonly now: string | null;
      /** Where analyses are left too, for the page to fetch (mailbox.ts); null where memory can't be shared. */
      readonly memory: SharedArrayBuffer | null;
    }
  | { readonly kind: "analyse"; readonly rule: Rule };

export type Answer =
  | { readonly kind: "loaded" }
  | { readonly kind: "opened" }
  | { readonly kind: "analysed"; readonly analysis: Analysis }
  | { readonly kind: "failed"; readonly message: string };

export type Request = Ask & { readonly id: number };
export type Reply = Answer & { readonly id: number };
