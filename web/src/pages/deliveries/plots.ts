// From the sums of days to what the plots draw: one value a day, the highest, the total, all in words. Heights are
// the only numbers with a point here, and nothing but a bar is made of them.

import { outcomesOf, type DaySums, type Money, type Statistics, type Sums } from "../../api/statistics";
import { dayWords, moneyWords, numberWords, t } from "../../text";

export interface Bar {
  readonly day: string;
  /** In words, for people. */
  readonly value: string;
  /** Share of the highest bar, 0 … 1. */
  readonly height: number;
}

export interface Plot {
  readonly kind: "sent" | "failed" | "cost";
  readonly title: string;
  readonly total: string;
  readonly bars: readonly Bar[];
  /** Null where every day is nothing. */
  readonly highest: Bar | null;
}

interface Value {
  readonly amount: number;
  readonly words: string;
}

function plotOf(
  kind: Plot["kind"],
  title: string,
  total: string,
  days: readonly DaySums[],
  valueOf: (day: DaySums) => Value,
): Plot {
  const values = days.map(valueOf);
  const most = Math.max(0, ...values.map(({ amount }) => amount));
  const bars = days.map(({ day }, index) => {
    const { amount = 0, words = "" } = values[index] ?? {};
    return { day, value: words, height: most > 0 ? amount / most : 0 };
  });
  return { kind, title, total, bars, highest: bars.find(({ height }) => height === 1) ?? null };
}

const counted = (amount: number): Value => ({ amount, words: numberWords(amount) });

const costOf = ({ cost }: Sums, currency: string): Money =>
  cost.find((money) => money.currency === currency) ?? { amount: "0", currency };
const priced = ({ amount, currency }: Money): Value => ({
  amount: Number(amount),
  words: moneyWords(amount, currency),
});

/** Failures are those that failed and those of which nobody knows. */
const failures = (sums: Sums): number => outcomesOf(sums).failed + outcomesOf(sums).unknown;

/** What was sent, what failed, and the cost in each currency that there was any in. */
export function plotsOf({ groups, total }: Statistics<DaySums>): readonly Plot[] {
  const costs = total.cost.map((all) =>
    plotOf(
      "cost",
      total.cost.length === 1 ? t("stats.cost") : t("stats.costOf", { currency: all.currency }),
      priced(all).words,
      groups,
      (day) => priced(costOf(day, all.currency)),
    ),
  );
  const sent = outcomesOf(total).sent;
  return [
    plotOf("sent", t("stats.sent"), numberWords(sent), groups, (day) => counted(outcomesOf(day).sent)),
    plotOf("failed", t("stats.failed"), numberWords(failures(total)), groups, (day) =>
      counted(failures(day)),
    ),
    ...costs,
  ];
}

/** The plot in a sentence, for whoever does not see it. */
export function plotWords({ title, total, highest }: Plot): string {
  if (!highest) return t("stats.plotNone", { title });
  const most = t("stats.most", { day: dayWords(highest.day), value: highest.value });
  return t("stats.plot", { title, total, most });
}

/** The days on which anything happened, newest first. */
export function busyDays({ groups }: Statistics<DaySums>): readonly DaySums[] {
  return groups.filter(({ deliveries }) => deliveries > 0).reverse();
}

export function costWords({ cost }: Sums): string {
  return cost.map((money) => priced(money).words).join(", ");
}
