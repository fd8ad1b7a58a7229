import { expect, test } from "vitest";
import { formatDelay, parseDelay } from "./delay";

test.each([
  ["PT30M", { n: 30, unit: "minutes" }],
  ["PT2H", { n: 2, unit: "hours" }],
  ["P1D", { n: 1, unit: "days" }],
  ["P2W", { n: 2, unit: "weeks" }],
] as const)("%s is one number and one unit, and back", (iso, delay) => {
  expect(parseDelay(iso)).toEqual(delay);
  expect(formatDelay(delay)).toBe(iso);
});

test.each(["", "P1M", "P1DT2H", "PT90S", "P1.5D", "PT", "P", "1D", "-P1D", "PT1D", "P1H"])(
  "%s is kept as it is",
  (iso) => {
    expect(parseDelay(iso)).toBeNull();
  },
);
