import { expect, test } from "vitest";
import { namesIn, readHistory } from "./history";

const event = (id: string, snapshot?: object, entity = "deal") =>
  JSON.stringify({ id: `e-${id}`, entity, entity_id: id, ...(snapshot && { snapshot }) });

test.each([
  ["a text", "{}\n\n{}\r\n  \n", 2],
  ["a file", new Blob(["{}\n", "\n{}"]), 2],
  ["an empty file", new Blob([]), 0],
])("the lines of %s are read, blank ones are no events", async (_, events, count) => {
  const read = await readHistory({ kind: "given", events }, () => true);
  expect(read.lines.length).toBe(count);
  expect(read.cut).toBe(false);
});

test("items are called by their newest title and their client", () => {
  const lines = [
    event("1", { deal: { title: "Old" } }),
    event("1", { deal: { title: "City bike" }, contacts: [{ first_name: "Ana", last_name: "Souza" }] }),
    event("2", { deal: { title: "Tandem" }, company: { name: "Shop" } }),
    event("3", { deal: {} }),
    event("4"),
    event("5", { lead: { first_name: "Eva" } }, "lead"),
    event("6", { deal: { title: "Nobody asked" } }),
    "no event",
  ];
  const wanted = new Set(["deal/1", "deal/2", "deal/3", "deal/4", "lead/5"]);
  expect(namesIn(lines, wanted)).toEqual({
    "deal/1": { title: "City bike", client: "Ana Souza" },
    "deal/2": { title: "Tandem", client: "Shop" },
    "deal/3": { title: "", client: "" },
    "lead/5": { title: "", client: "Eva" },
  });
});
