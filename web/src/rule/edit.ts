// Changes to a rule document as pure functions: the rule goes in, another one comes out.

import type { Action, Conditions, Diagnostic, Json, JsonObject, Rule } from "../core/types";
import type { ChannelChoice } from "../routes";

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

/** A copy with another string at the pointer. */
export function withText(document: Json, pointer: string, text: string): Json {
  const names = namesOf(pointer);
  const copy: { root: Json } = { root: document };
  let parent: Record<string, Json> = copy;
  let name = "root";
  for (const next of names) {
    const value = parent[name];
    if (value === null || typeof value !== "object") return document;
    const cloned = structuredClone(value) as unknown as Record<string, Json>;
    parent[name] = cloned;
    parent = cloned;
    name = next;
  }
  parent[name] = text;
  return copy.root;
}

/** The rule after a diagnostic's fix: its replacement in the place of its span, or of the whole value. */
export function applyFix(rule: Rule, { path, from, to, fix }: Diagnostic): Rule {
  const text = textAt(rule, path);
  if (text === null || !fix) return rule;
  const fixed = text.slice(0, from ?? 0) + fix.replacement + text.slice(to ?? text.length);
  return withText(rule as unknown as Json, path, fixed) as unknown as Rule;
}

export function canFix(rule: Rule, diagnostic: Diagnostic): boolean {
  return diagnostic.fix !== undefined && textAt(rule, diagnostic.path) !== null;
}

/** Changes the channel and keeps the words: an SMS text becomes the e-mail's plain text and back. */
export function withChannel(rule: Rule, channel: ChannelChoice, provider: string): Rule {
  const { action } = rule;
  const body =
    action.type === "send_sms" ? action.text : action.type === "send_email" ? (action.text ?? "") : "";
  const changed: Action =
    channel === "sms"
      ? { type: "send_sms", text: body, phone_type: "auto", provider }
      : { type: "send_email", from: { auto: "responsible" }, subject: "", text: body, email_type: "auto" };
  return { ...rule, action: changed };
}

interface NewRule {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly pipeline: string | undefined;
  readonly stage: string;
  readonly channel: ChannelChoice;
  readonly provider: string;
}

export function newRule({ id, name, entity, pipeline, stage, channel, provider }: NewRule): Rule {
  const on = pipeline === undefined ? { entity, stage } : { entity, pipeline, stage };
  const blank: Rule = {
    id,
    name,
    enabled: true,
    on,
    timing: { run: "immediately" },
    action: { type: "send_sms", text: "", phone_type: "auto", provider },
  };
  return channel === "sms" ? blank : withChannel(blank, "email", provider);
}

export function withConditions(rule: Rule, conditions: Conditions | null): Rule {
  const members = Object.entries(rule).filter(([name]) => name !== "conditions");
  const rest = Object.fromEntries(members) as unknown as Rule;
  return conditions ? { ...rest, conditions } : rest;
}
