// What was sent, what became of it and what it cost, added up by the service. Days are UTC.

import type { DeliveryStatus } from "../routes";
import { call } from "./http";

export interface Money {
  /** Decimal text. */
  readonly amount: string;
  readonly currency: string;
}

export interface Sums {
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
  readonly deliveries: number;
  readonly segments: number;
  readonly cost: readonly Money[];
}
export interface DaySums extends Sums {
  readonly day: string;
}
export interface RuleSums extends Sums {
  readonly rule: string;
}
export interface Statistics<Group extends Sums> {
  readonly from: string;
  readonly to: string;
  readonly groups: readonly Group[];
  readonly total: Sums;
}

const DAY_MS = 86_400_000;

/** The first of the last `days` days, today among them: "2026-11-01". */
export function firstDay(days: number, now = Date.now()): string {
  return new Date(now - (days - 1) * DAY_MS).toISOString().slice(0, 10);
}

const read = async <Group extends Sums>(by: string, days: number): Promise<Statistics<Group>> =>
  (await call<Statistics<Group>>(`/api/v1/statistics?by=${by}&from=${firstDay(days)}`)).value;

export const statisticsByDay = (days: number): Promise<Statistics<DaySums>> => read("day", days);
export const statisticsByRule = (days: number): Promise<Statistics<RuleSums>> => read("rule", days);

/** What became of messages, as people ask for it. Those that wait are in none of these. */
export interface Outcomes {
  readonly sent: number;
  readonly notSent: number;
  readonly failed: number;
  readonly unknown: number;
}

export function outcomesOf({ counts }: Sums): Outcomes {
  return {
    sent: (counts.accepted ?? 0) + (counts.delivered ?? 0),
    notSent: (counts.skipped ?? 0) + (counts.cancelled ?? 0),
    failed: counts.failed ?? 0,
    unknown: counts.ambiguous ?? 0,
  };
}
