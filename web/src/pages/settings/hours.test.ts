import { describe, expect, it } from "vitest";
import { spansOf, spansText, withDay } from "./hours";

describe("working hours", () => {
  it.each([
    ["", []],
    ["09:00-18:00", [["09:00", "18:00"]]],
    [
      "9:00–13:00; 14:00 - 18:00,",
      [
        ["09:00", "13:00"],
        ["14:00", "18:00"],
      ],
    ],
    ["nine to five", null],
    ["09:00", null],
  ])("%j is read", (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });

  it("are written as they are read", () => {
    expect(
      spansText([
        ["09:00", "13:00"],
        ["14:00", "18:00"],
      ]),
    ).toBe("09:00-13:00, 14:00-18:00");
    expect(spansText(undefined)).toBe("");
  });

  it("change one day and leave the others", () => {
    const week = { mon: [["09:00", "18:00"]], tue: [["09:00", "12:00"]] };
    expect(withDay(week, "tue", "")).toEqual({ mon: [["09:00", "18:00"]] });
    expect(withDay(week, "sun", "10:00-12:00")).toEqual({ ...week, sun: [["10:00", "12:00"]] });
    expect(withDay(week, "sun", "x")).toBeNull();
  });
});
