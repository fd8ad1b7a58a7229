// What docs/templates.md says a filter prints is what the program prints.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const binary = process.env.RECADO_BIN ?? new URL("build/recado", root).pathname;
const data = { deal: { amount: { amount: "1299.00", currency: "EUR" }, close_date: "2026-12-05" }, n: 2 };

const NO_BREAK = /[\u00a0\u202f]/g; // the page shows them as what they look like
const spans = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replaceAll("\\|", "|"));

// Rows of | filter | example | prints |: the examples that are output tags, each with what it prints.
function examples(page) {
  const found = [];
  for (const line of page.split("\n").filter((line) => line.startsWith("|"))) {
    const [, example = "", prints = ""] = line.split(/(?<!\\)\|/).slice(1);
    const templates = spans(example).filter((code) => code.startsWith("{{"));
    const texts = spans(prints);
    if (templates.length > 0 && texts.length > 0) found.push({ line, templates, texts });
  }
  return found;
}

test("every example of the table prints what stands beside it", () => {
  const rows = examples(readFileSync(new URL("docs/templates.md", root), "utf8"));
  assert.ok(rows.length >= 15, `only ${rows.length} examples were found`);
  for (const { line, templates, texts } of rows) {
    assert.equal(templates.length, texts.length, line);
    const requests = templates.map((template) => JSON.stringify({ template, data, region: "BR" }));
    const { stdout } = spawnSync(binary, ["render", "--batch"], { input: requests.join("\n"), encoding: "utf8" });
    const answers = stdout.trim().split("\n").map((answer) => JSON.parse(answer).text?.replace(NO_BREAK, " ") ?? answer);
    assert.deepEqual(answers, texts, line);
  }
});
