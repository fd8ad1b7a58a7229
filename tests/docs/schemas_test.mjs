// Every example of the documentation, and the demo's data, is valid against docs/schemas (JSON Schema 2020-12). Answers of the
// API that have no file there are held against the service's OpenAPI document (`<!-- schema: openapi/StoredRule -->`).
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { examplesIn, shapeOf } from "./examples.mjs";
import { faultsOf, read, root } from "./schemas.mjs";

function judge({ schema, text }) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`no JSON: ${error.message}`];
  }
  const kind = schema ?? shapeOf(value);
  if (!kind) return ["which schema? Say it before the fence: <!-- schema: rule -->"];
  return faultsOf(kind, value);
}

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const examples = pages.flatMap((page) => examplesIn(page, read(page)));

test("the documentation has examples", () => assert.ok(examples.length >= 3, `${examples.length} found`));

for (const example of examples) {
  test(`${example.file}:${example.line} is valid`, () => assert.deepEqual(judge(example), []));
}

const demo = JSON.parse(read("native/server/demo.json"));
test("the demo's schema is valid", () => assert.deepEqual(faultsOf("schema", demo.schema), []));
test("the demo's workspace is valid", () => assert.deepEqual(faultsOf("workspace", demo.workspace), []));
for (const { publish, rule } of demo.rules) {
  test(`the demo's ${publish ? "rule" : "draft"} ${rule.id} is valid`, () =>
    assert.deepEqual(faultsOf("rule", rule), []));
}
for (const { id, snapshot } of demo.records) {
  test(`the demo's record ${id} is valid`, () => assert.deepEqual(faultsOf("snapshot", snapshot), []));
}

// The test itself: what must not get through.
const event = {
  id: "e",
  type: "stage_changed",
  at: "2026-11-22T09:30:00Z",
  entity: "deal",
  entity_id: "D",
  to: "paid",
};
const refused = [
  ["an unknown schema", "```json\n{}\n```", "<!-- schema: rul -->"],
  ["a document of no known shape", '```json\n{"a": 1}\n```'],
  ["an ellipsis", '```json\n{"entities": […]}\n```'],
  ["a missing member", '```json\n{"entity_id": "D", "type": "stage_changed"}\n```'],
  ["a wrong instant", `\`\`\`json\n${JSON.stringify({ ...event, at: "yesterday" })}\n\`\`\``],
  ["a misspelt member", `\`\`\`json\n${JSON.stringify({ ...event, pipelin: "sales" })}\n\`\`\``],
  ["a fault inside a snapshot", `\`\`\`json\n${JSON.stringify({ ...event, snapshot: { deal: 7 } })}\n\`\`\``],
  ["a faulty body of a curl call", "```sh\ncurl http://127.0.0.1/api/v1/events \\\n  -d '{\"id\": 7}'\n```"],
  ["a curl call of an unknown path", "```sh\ncurl http://127.0.0.1/api/v1/else -d '{\"id\": 7}'\n```"],
];
test("a good example in the same place is taken", () => {
  const [example] = examplesIn("x.md", `\`\`\`json\n${JSON.stringify(event)}\n\`\`\``);
  assert.deepEqual(judge(example), []);
});
for (const [what, block, comment = ""] of refused) {
  test(`refused: ${what}`, () => {
    const found = examplesIn("x.md", `Text.\n\n${comment}\n${block}\n`);
    assert.equal(found.length, 1);
    assert.notDeepEqual(judge(found[0]), []);
  });
}
