import { describe, expect, test } from "vitest";
import { surplus } from "./answers";

const size = (path: string, bytes: number, at: number) => ({ path, bytes, at });
const most = { answers: 3, bytes: 100 };

describe("what is kept for the time without a connection", () => {
  test("stays while it is within the bounds", () => {
    const sizes = [size("a", 50, 3), size("b", 25, 1), size("c", 25, 2)];
    expect(surplus(sizes, most)).toEqual([]);
    expect(surplus([], most)).toEqual([]);
  });

  test("goes from the oldest on when there are too many", () => {
    const sizes = [size("a", 1, 4), size("b", 1, 1), size("c", 1, 2), size("d", 1, 3), size("e", 1, 5)];
    expect(surplus(sizes, most)).toEqual(["b", "c"]);
  });

  test("goes from the oldest on when it is too much", () => {
    expect(surplus([size("a", 60, 1), size("b", 60, 2)], most)).toEqual(["a"]);
    expect(surplus([size("a", 50, 1), size("b", 51, 2)], most)).toEqual(["a"]);
  });
});
