// The element carries the words of the editor alone. What its modules may ask for is read out of their source: every text
// that is a key, and every key that a template such as `reason.${code}` can become.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { editorWords } from "../text/editor";
import { en } from "../text/page/en";
import { modulesOf, SOURCES } from "./modules";

const KEYS = Object.keys(en);
const TABLES = /^text\/\w+\/\w+\.ts$/;

/** A template with text before its first hole and a dot in it names keys; others put words together. */
function keysLike(node: ts.TemplateExpression): readonly string[] {
  const texts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (!node.head.text.includes(".")) return [];
  const pattern = new RegExp(`^${texts.map((text) => text.replaceAll(".", "\\.")).join(".+")}$`);
  return KEYS.filter((key) => pattern.test(key));
}

function asked(name: string): readonly string[] {
  const file = ts.createSourceFile(name, readFileSync(join(SOURCES, name), "utf8"), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text in en) found.push(node.text);
    if (ts.isTemplateExpression(node)) found.push(...keysLike(node));
    if (!ts.isTypeNode(node)) ts.forEachChild(node, visit); // `as "entity.deal"` asks for nothing
  };
  visit(file);
  return found;
}

/** All that the modules of these entries may say, each key once. */
function askedBy(...entries: readonly string[]): readonly string[] {
  const modules = entries.flatMap(modulesOf).filter((name) => !TABLES.test(name));
  return [...new Set(modules.flatMap(asked))].sort();
}

test("the element has the words that its modules ask for, and no others", () => {
  expect(askedBy("element/index.ts")).toEqual(Object.keys(editorWords.english).sort());
});

test("there are no words that nobody asks for", () => {
  expect(askedBy("main.tsx", "element/index.ts")).toEqual([...KEYS].sort());
});
