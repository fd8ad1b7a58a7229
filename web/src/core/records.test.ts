import { expect, test } from "vitest";
import { languagesIn, nameOf, readPortions } from "./records";

test("a file comes in portions of whole lines; blank lines are no records", async () => {
  const lines = Array.from({ length: 501 }, (_, n) => JSON.stringify({ deal: { id: `D-${n}` } }));
  const file = new Blob([lines.slice(0, 300).join("\n"), "\n\n  \n", lines.slice(300).join("\n"), "\n"]);
  const portions = await readPortions({ kind: "file", name: "f", file });
  expect(portions.map(({ count }) => count)).toEqual([250, 250, 1]);
  expect(portions.flatMap((portion) => portion.lines.split("\n"))).toEqual(lines);
});

test("an empty file has no portions", async () => {
  expect(await readPortions({ kind: "file", name: "f", file: new Blob([]) })).toEqual([]);
});

test("languages are found by their base, each once", () => {
  const texts = [
    '{"language":"pt-BR"} {"language" : "de"}',
    '{"language":"PT"} {"languages":"xx"} {"language":null}',
  ];
  expect(languagesIn(texts)).toEqual(["pt", "de"]);
});

test("two stages are two sources, the same stage is one", () => {
  const stage = (id: string) => nameOf({ kind: "stage", entity: "deal", stage: id });
  expect(stage("paid")).toBe(stage("paid"));
  expect(stage("paid")).not.toBe(stage("won"));
});
