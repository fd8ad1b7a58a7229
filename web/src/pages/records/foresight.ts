// What would happen if an item were moved: the live rules run by the core on the record as it would be, on a virtual
// clock. Nothing is sent, nothing is stored.

import { useEffect, useState } from "preact/hooks";
import { problemText } from "../../api/http";
import { listRules } from "../../api/rules";
import { startCrowd } from "../../core/crowd";
import type { Entry } from "../../core/foresight-types";
import type { Json, JsonObject, Rule, Snapshot } from "../../core/types";
import type { Catalogue, Loading } from "../../state/catalogue";
import { currentLanguage } from "../../text";

export interface Move {
  readonly entity: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly pipeline: string;
  readonly snapshot: Snapshot;
}

const isCard = (card: Json | undefined): card is JsonObject =>
  card !== null && typeof card === "object" && !Array.isArray(card);

/** The stage event that the move would be, with the record as it would stand then. */
export function eventOf(move: Move, at: string): Json {
  const { entity, id, from, to, pipeline, snapshot } = move;
  const card = snapshot[entity];
  const moved: JsonObject = isCard(card) ? card : {};
  return {
    id: "dry-run",
    type: "stage_changed",
    at,
    entity,
    entity_id: id,
    ...(pipeline === "" ? {} : { pipeline }),
    from,
    to,
    snapshot: { ...snapshot, [entity]: { ...moved, stage: to } },
  };
}

async function liveRules(): Promise<readonly Rule[]> {
  return (await listRules()).flatMap(({ rule }) => rule ?? []);
}

/** The entries of the dry run; of the newest move where it changes meanwhile. */
export function useForesight(move: Move, known: Catalogue): readonly [Loading<readonly Entry[]>, () => void] {
  const [state, setState] = useState<Loading<readonly Entry[]>>({ kind: "loading" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setState({ kind: "loading" });
    let gone = false;
    const client = startCrowd((answer) => {
      if (answer.kind === "simulated") setState({ kind: "ready", value: answer.run.entries });
      if (answer.kind === "failed") setState({ kind: "failed", message: answer.message });
    });
    liveRules().then(
      (rules) => {
        if (gone) return;
        const history = {
          kind: "given",
          events: JSON.stringify(eventOf(move, new Date().toISOString())),
        } as const;
        const setting = { schema: known.schema, workspace: known.workspace, language: currentLanguage() };
        client.ask({ kind: "simulate", rules, against: null, history, until: null, setting });
      },
      (error: unknown) => setState({ kind: "failed", message: problemText(error) }),
    );
    return () => {
      gone = true;
      client.close();
    };
  }, [move, known, tries]);
  return [state, () => setTries(tries + 1)];
}
