// Changes to a rule document as pure functions: the rule goes in, another one comes out.

import type { Conditions, Diagnostic, Json, JsonObject, Rule } from "../core/types";
import { ACTION_OF, newAction, without, type ChannelChoice, type Ways } from "./actions";

/** The string at an RFC 6901 pointer, or null. */
export function textAt(document: Json | Rule, pointer: string): string | null {
  let value: Json | undefined = document as Json;
  for (const name of namesOf(pointer)) {
    if (value === null || typeof value !== "object") return null;
    value = (value as JsonObject)[name];
    if (value === undefined) return null;
  }
  return typeof value === "string" ? value : null;
}

function namesOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A copy with another value at the pointer; what is beside the way is shared. */
export function withValue(document: Json, pointer: string, value: Json): Json {
  const names = namesOf(pointer);
  const copy: Record<string, Json> = { root: document };
  let parent = copy;
  let name = "root";
  for (const next of names) {
    const inner = parent[name];
    if (inner === null || typeof inner !== "object") return document;
    const cloned = Array.isArray(inner) ? inner.slice() : Object.fromEntries(Object.entries(inner));
    parent[name] = cloned;
    parent = cloned as Record<string, Json>;
    name = next;
  }
  parent[name] = value;
  return copy["root"] as Json;
}

export function withText(rule: Rule, pointer: string, text: string): Rule {
  return withValue(rule as unknown as Json, pointer, text) as unknown as Rule;
}

/** The rule after a diagnostic's fix: its replacement in the place of its span, or of the whole value. */
export function applyFix(rule: Rule, { path, from, to, fix }: Diagnostic): Rule {
  const text = textAt(rule, path);
  if (text === null || !fix) return rule;
  const fixed = text.slice(0, from ?? 0) + fix.replacement + text.slice(to ?? text.length);
  return withText(rule, path, fixed);
}

export function canFix(rule: Rule, diagnostic: Diagnostic): boolean {
  return diagnostic.fix !== undefined && textAt(rule, diagnostic.path) !== null;
}

interface NewRule {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly pipeline: string | undefined;
  readonly stage: string;
  readonly channel: ChannelChoice;
  readonly ways: Ways;
}

export function newRule({ id, name, entity, pipeline, stage, channel, ways }: NewRule): Rule {
  const on = pipeline === undefined ? { entity, stage } : { entity, pipeline, stage };
  const action = newAction(ACTION_OF[channel], "", undefined, ways);
  return { id, name, enabled: true, on, timing: { run: "immediately" }, action };
}

export function withConditions(rule: Rule, conditions: Conditions | null): Rule {
  return conditions ? { ...rule, conditions } : without(rule, "conditions");
}
