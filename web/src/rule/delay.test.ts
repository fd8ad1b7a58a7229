import { expect, test } from "vitest";
import { formatDelay, parseDelay, sortDelay } from "./delay";

test.each([
  ["PT30M", [{ n: 30, unit: "minutes" }]],
  ["PT2H", [{ n: 2, unit: "hours" }]],
  ["P1D", [{ n: 1, unit: "days" }]],
  ["P2W", [{ n: 2, unit: "weeks" }]],
  ["P1M", [{ n: 1, unit: "months" }]],
  [
    "P1DT2H",
    [
      { n: 1, unit: "days" },
      { n: 2, unit: "hours" },
    ],
  ],
] as const)("%s is read and written alike", (iso, delay) => {
  expect(parseDelay(iso)).toEqual(delay);
  expect(formatDelay(delay)).toBe(iso);
});

test.each(["", "P", "PT", "P1Y", "PT90S", "P-1D", "1D", "P12345D", "PT1.5H"])("%j stays as it is", (iso) => {
  expect(parseDelay(iso)).toBeNull();
});

test("parts are told from the largest unit on", () => {
  expect(
    sortDelay([
      { n: 2, unit: "hours" },
      { n: 1, unit: "days" },
    ]),
  ).toEqual([
    { n: 1, unit: "days" },
    { n: 2, unit: "hours" },
  ]);
});
