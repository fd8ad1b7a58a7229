// The events that a simulation runs on, as NDJSON: every item entering the stage it stands in, or what led to the
// messages of the last days. (A file is taken as it is.)

import { newest, type RuleEntry } from "../../api/rules";
import type { Delivery } from "../../api/deliveries";
import type { Sample } from "../../api/workspace";

interface StageChanged {
  readonly id: string;
  readonly type: "stage_changed";
  readonly at: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly pipeline?: string;
  readonly to: string;
  readonly snapshot: Sample["snapshot"];
}

const ndjson = (events: readonly StageChanged[]): string =>
  events.map((event) => JSON.stringify(event)).join("\n");

/** Every item enters the stage it stands in, at this moment. */
export function eventsOfRecords(entity: string, records: readonly Sample[], now: string): string {
  return ndjson(
    records.map(({ id, pipeline, stage, snapshot }) => ({
      id: `now-${entity}-${id}`,
      type: "stage_changed",
      at: now,
      entity,
      entity_id: id,
      ...(pipeline ? { pipeline } : {}),
      to: stage,
      snapshot,
    })),
  );
}

/**
 * The stage entries behind deliveries, each once: when it was, and the stage of the rule that it set off. The items are
 * taken as they are today; of those that are gone nothing can be said.
 */
export function eventsOfDeliveries(
  deliveries: readonly Delivery[],
  entries: readonly RuleEntry[],
  records: readonly Sample[],
): string {
  const rules = new Map(entries.flatMap((entry) => newest(entry) ?? []).map((rule) => [rule.id, rule]));
  const items = new Map(records.map((record) => [record.id, record]));
  const events = new Map<string, StageChanged>();
  for (const { event, rule: id, entity, entity_id, created } of deliveries) {
    const rule = rules.get(id);
    const item = items.get(entity_id);
    if (event === undefined || created === undefined || !rule || !item) continue;
    const { stage, pipeline } = rule.on;
    events.set(event, {
      id: event,
      type: "stage_changed",
      at: created,
      entity,
      entity_id,
      ...(pipeline === undefined ? {} : { pipeline }),
      to: stage,
      snapshot: item.snapshot,
    });
  }
  return ndjson([...events.values()].sort((a, b) => (a.at < b.at ? -1 : 1)));
}
