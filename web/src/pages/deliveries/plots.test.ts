import { expect, test } from "vitest";
import type { DaySums, Statistics, Sums } from "../../api/statistics";
import { firstDay, outcomesOf } from "../../api/statistics";
import { busyDays, plotsOf, plotWords } from "./plots";

const sums = (counts: Sums["counts"], cost: Sums["cost"] = []): Sums => ({
  counts,
  cost,
  deliveries: Object.values(counts).reduce((all, n) => all + n, 0),
  segments: 0,
});
const of = (total: Sums, ...days: Sums[]): Statistics<DaySums> => ({
  from: "2026-11-01",
  to: "2026-11-02",
  groups: days.map((day, index) => ({ ...day, day: `2026-11-0${index + 1}` })),
  total,
});

test("accepted and delivered are sent; skipped and cancelled are not; what waits is neither", () => {
  expect(outcomesOf(sums({ accepted: 1, delivered: 2, skipped: 4, cancelled: 8, due: 16 }))).toEqual({
    sent: 3,
    notSent: 12,
    failed: 0,
    unknown: 0,
  });
});

test("bars are shares of the highest, totals are those of the service", () => {
  const [sent, failed, ...costs] = plotsOf(
    of(sums({ accepted: 5, failed: 1, ambiguous: 1 }), sums({ accepted: 1 }), sums({ accepted: 4 })),
  );
  expect(sent?.bars.map(({ height }) => height)).toEqual([0.25, 1]);
  expect(sent?.total).toBe("5");
  expect(sent?.highest?.day).toBe("2026-11-02");
  expect(failed?.total).toBe("2");
  expect(costs).toEqual([]);
});

test("each currency has a plot of its own", () => {
  const eur = { amount: "0.10", currency: "EUR" };
  const usd = { amount: "0.30", currency: "USD" };
  const plots = plotsOf(of(sums({ accepted: 2 }, [eur, usd]), sums({ accepted: 2 }, [eur, usd])));
  expect(plots.slice(2).map(({ total }) => total)).toEqual(["€0.10", "$0.30"]);
  expect(plots[2]?.title).toContain("EUR");
});

test("no day with anything is said, not drawn", () => {
  const none = of(sums({}), sums({}), sums({}));
  const [sent] = plotsOf(none);
  expect(sent?.highest).toBeNull();
  expect(sent && plotWords(sent)).toContain("none");
  expect(busyDays(none)).toEqual([]);
});

test("today is the last of the days", () => {
  const now = Date.parse("2026-11-22T23:30:00Z");
  expect(firstDay(1, now)).toBe("2026-11-22");
  expect(firstDay(30, now)).toBe("2026-10-24");
});
