// Whom the preview of a rule shows, where a service keeps the records: those in the rule's stage, others of its entity, and
// the one that the address names, wherever it stands.

import { useCallback, useMemo, useRef } from "preact/hooks";
import { getRecord } from "../../api/records";
import { listSamples, type Samples } from "../../api/workspace";
import { objectOf, textOf } from "../../core/json";
import type { Rule } from "../../core/types";
import type { Sample } from "../../rule/sample";
import { useLoad } from "../../ui/load";

async function findSample(entity: string, id: string): Promise<Sample | null> {
  const snapshot = await getRecord(entity, id);
  const card = objectOf(snapshot[entity]);
  const pipeline = textOf(card["pipeline"]);
  return { id, stage: textOf(card["stage"]), snapshot, ...(pipeline && { pipeline }) };
}

/** Null while they are read for the first time. */
export function useSamples(
  { entity, pipeline, stage }: Rule["on"],
  record: string | undefined,
): Samples | null {
  const [listed] = useLoad(
    useCallback(
      () => listSamples(entity, { stage, ...(pipeline === undefined ? {} : { pipeline }) }),
      [entity, pipeline, stage],
    ),
  );
  // While another stage's are read, those of the stage before stay in sight.
  const before = useRef<{ readonly entity: string; readonly samples: Samples } | null>(null);
  if (listed.kind === "ready") before.current = { entity, samples: listed.value };
  const nobody = useMemo<Samples>(() => ({ list: [], cut: false }), []);
  const kept = before.current?.entity === entity ? before.current.samples : null;
  const samples = listed.kind === "failed" ? (kept ?? nobody) : kept;

  const asked =
    record !== undefined && samples && !samples.list.some(({ id }) => id === record) ? record : null;
  const [other] = useLoad(
    useCallback(() => (asked === null ? Promise.resolve(null) : findSample(entity, asked)), [entity, asked]),
  );
  return useMemo(() => {
    if (!samples || asked === null) return samples;
    if (other.kind === "loading") return null;
    const found = other.kind === "ready" ? other.value : null; // gone since: somebody else is shown
    return found ? { ...samples, list: [found, ...samples.list] } : samples;
  }, [samples, asked, other]);
}
