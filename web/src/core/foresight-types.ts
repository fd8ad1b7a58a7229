// The shapes of what the core says ahead of time: whom a rule reaches, and what a history would have led to.

import type { PlannedDelivery } from "./plan-types";
import type { Diagnostic } from "./types";

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface Unreached {
  readonly record: string;
  readonly name: string;
  readonly reason: string;
  readonly message: string;
}

/** records = reached + all skipped + unreadable. */
export interface Coverage {
  readonly records: number;
  readonly reached: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** The first thousand. */
  readonly unreached: readonly Unreached[];
  readonly segments?: Spread & { readonly total: number };
  readonly characters?: Spread;
  readonly cost?: {
    readonly currency: string;
    readonly p50: string;
    readonly p95: string;
    readonly max: string;
    readonly total: string | null;
    readonly unpriced?: number;
  };
  readonly unreadable: number;
  readonly errors: readonly { readonly line: number; readonly error: Diagnostic }[];
}

interface Happened {
  readonly event: string;
  readonly at: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly rule: string;
}

export type Sent = Happened & PlannedDelivery;
export interface NotSent extends Happened {
  readonly reason: string;
  readonly message?: string;
}
export type Entry = Sent | NotSent | { readonly line: number; readonly error: Diagnostic };

export interface Simulation {
  readonly entries: readonly Entry[];
  /** What was not due by the end. */
  readonly waiting: number;
}
