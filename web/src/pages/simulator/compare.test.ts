import { expect, test } from "vitest";
import type { Entry, NotSent, Sent, Simulation } from "../../core/foresight-types";
import { compare, wordsOf } from "./compare";
import { csvOf } from "./csv";

const happened = (rule: string, id = "D-1") => ({
  event: "e",
  at: "2026-11-22T10:00:00Z",
  entity: "deal",
  entity_id: id,
  rule,
});
const sent = (rule: string, text: string, due = "2026-11-22T10:00:00Z"): Sent => ({
  ...happened(rule),
  key: "k",
  channel: "sms",
  due,
  to: { contact: "C-1", address: "+49151" },
  content: { text },
});
const skipped = (rule: string): NotSent => ({ ...happened(rule), reason: "no_phone", message: "No phone." });
const run = (...entries: Entry[]): Simulation => ({ entries, waiting: 0 });

test("each message is the same, new, changed or gone", () => {
  const lines = compare(
    run(sent("a", "Hi"), sent("b", "Hello"), sent("c", "New"), skipped("d"), sent("e", "Yes")),
    run(sent("a", "Hi"), sent("b", "Hallo"), sent("d", "Old"), skipped("e"), sent("f", "Gone")),
  );
  expect(lines.map(({ outcome, difference }) => `${outcome.rule} ${difference ?? ""}`).sort()).toEqual([
    "a same",
    "b changed",
    "c new",
    "d gone",
    "e new",
    "f gone",
  ]);
});

test("another moment is another message", () => {
  const [line] = compare(run(sent("a", "Hi", "2026-11-23T10:00:00Z")), run(sent("a", "Hi")));
  expect(line?.difference).toBe("changed");
});

test("without anything to compare with nothing differs; faulty lines are no messages", () => {
  const fault = { line: 3, error: { code: "x", severity: "error", path: "", message: "broken" } } as const;
  expect(compare(run(sent("a", "Hi"), fault), null)).toEqual([
    { outcome: sent("a", "Hi"), difference: null, before: null },
  ]);
});

test("the export has a line a message, quoted, and no formula that a table program would run", () => {
  const lines = compare(run(sent("a", '=1+1, "x"\nnew')), null);
  const csv = csvOf(
    lines,
    (id) => `Rule ${id}`,
    ({ entity_id }) => `Bike ${entity_id}`,
  );
  const [, row] = csv.split("\r\n");
  expect(row).toBe('2026-11-22T10:00:00Z,Rule a,deal,D-1,Bike D-1,sms,\'+49151,sent,"\'=1+1, ""x""\nnew"');
  expect(wordsOf(skipped("a"))).toBe("No phone.");
});
