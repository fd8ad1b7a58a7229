// What an element is given, made into what the editor wants.

import type { Source } from "../core/crowd-protocol";
import { isObject, textOf } from "../core/json";
import type { Rule, Schema, Snapshot, Workspace } from "../core/types";
import { newRule } from "../rule/edit";
import type { Sample } from "../rule/sample";
import type { Catalogue } from "../state/known";
import { firstWays } from "../state/ways";
import { t } from "../text";

/** The core's built-in schema as far as the editor shows it; the core itself is then given none. */
const ASSUMED: readonly string[] = ["lead", "deal", "invoice", "quote", "order"];

const assumedSchema = (rule: Rule | null): Schema => {
  const codes = new Set([...ASSUMED, ...(rule ? [rule.on.entity] : [])]);
  return { entities: [...codes].map((code) => ({ code, name: t(`entity.${code}` as "entity.deal") })) };
};

export interface Given {
  readonly schema: Schema | null;
  readonly workspace: Workspace | null;
  readonly readOnly: boolean;
}

export function catalogueOf({ schema, workspace, readOnly }: Given, rule: Rule | null): Catalogue {
  return {
    session: { user: "", role: readOnly ? "viewer" : "editor", csrf: "" },
    schema: schema ?? assumedSchema(rule),
    workspace: workspace ?? {},
    judgedBy: { ...(schema ? { schema } : {}), ...(workspace ? { workspace } : {}) },
  };
}

/** The customers by the cards of their items; those without one of this entity are no customers of the rule. */
export function samplesOf(snapshots: readonly Snapshot[], entity: string): readonly Sample[] {
  return snapshots.flatMap((snapshot) => {
    const card = snapshot[entity];
    if (!isObject(card)) return [];
    const pipeline = textOf(card["pipeline"]);
    const place = { id: textOf(card["id"]), stage: textOf(card["stage"]), snapshot };
    return [pipeline === "" ? place : { ...place, pipeline }];
  });
}

let readings = 0;

/** Named anew each time: lists that are as long may say something else. */
export function crowdOf(snapshots: readonly Snapshot[]): Extract<Source, { kind: "given" }> {
  return { kind: "given", name: String(++readings), snapshots };
}

/** The rule that an editor begins with when it is given none: an SMS in the first stage that there is. */
export function firstRule({ schema, workspace }: Catalogue): Rule {
  const entity = schema.entities.find(({ pipelines }) => pipelines?.length) ?? schema.entities[0];
  const pipeline = entity?.pipelines?.[0];
  return newRule({
    id: "new-rule",
    name: t("editor.newName.sms"),
    entity: entity?.code ?? "deal",
    pipeline: pipeline?.id,
    stage: pipeline?.stages[0]?.id ?? "",
    channel: "sms",
    ways: firstWays(workspace),
  });
}
