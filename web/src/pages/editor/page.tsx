// The rule editor's page: fetches what is to be edited, then hands over to the workbench.

import { useCallback, useEffect, useRef } from "preact/hooks";
import { getRule, newest } from "../../api/rules";
import { searchRecords } from "../../api/records";
import { waitingFor, type Waiting } from "../../offline/outbox";
import type { Route } from "../../routes";
import { newRule } from "../../rule/edit";
import type { Catalogue } from "../../state/catalogue";
import { amend } from "../../state/navigation";
import { firstWays } from "../../state/ways";
import { t } from "../../text";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { freshId } from "../board/actions";
import { openDraft, type Draft } from "./draft";
import { useEdits } from "./edits";
import { useSamples } from "./samples";
import { serviceHost } from "./service-host";
import { Workbench } from "./workbench";
import "./editor.css";

type Place = Extract<Route, { page: "new" | "rule" }>;

interface EditorPageProps {
  readonly at: Place;
  readonly known: Catalogue;
}

function draftFor(at: Extract<Place, { page: "new" }>, known: Catalogue): Draft {
  const { entity, pipeline, stage, channel } = at;
  const ways = firstWays(known.workspace);
  const name = t(`editor.newName.${channel}`);
  return openDraft(
    newRule({ id: freshId(entity, stage, channel), name, entity, pipeline, stage, channel, ways }),
    null,
    serviceHost,
  );
}

async function fetchDraft(id: string): Promise<Draft | null> {
  const edit = waitingFor(id);
  if (edit) return resumeDraft(edit);
  const stored = await getRule(id);
  const rule = newest(stored.entry);
  return rule ? openDraft(rule, stored, serviceHost) : null;
}

/** An edit that waits for a connection, or for a decision, goes on from where it was left. */
async function resumeDraft({ id, rule, etag, base, publish, conflict }: Waiting): Promise<Draft> {
  const entry = { rule: null, draft: rule, published_revision: null, diagnostics: [] };
  const known = await getRule(id).catch(() => ({ entry, etag }));
  const draft = openDraft(rule, { ...known, etag }, serviceHost, base);
  if (conflict) await draft.hear({ kind: "conflict", publish });
  return draft;
}

export function EditorPage({ at, known }: EditorPageProps) {
  // After its first save a new rule goes on under its own address, without being fetched again.
  const begun = useRef<Draft | null>(null);
  const id = at.page === "rule" ? at.id : null;
  const read = useCallback(async () => {
    if (id !== null) return begun.current?.rule.peek().id === id ? begun.current : fetchDraft(id);
    begun.current = draftFor(at as Extract<Place, { page: "new" }>, known);
    return begun.current;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- of a new rule's place only the first counts
  }, [id]);
  const [draft, reload] = useLoad(read);
  return (
    <Wait state={draft} retry={reload}>
      {(value) =>
        value ? <WithSamples draft={value} at={at} known={known} /> : <Notice text={t("editor.missing")} />
      }
    </Wait>
  );
}

function WithSamples({ draft, at, known }: EditorPageProps & { readonly draft: Draft }) {
  const record = at.page === "rule" ? at.record : undefined;
  const samples = useSamples(draft.rule.value.on, record);
  useEdits(draft);
  const isStored = draft.entry.value !== null;
  useEffect(() => {
    if (at.page === "new" && isStored) amend({ page: "rule", id: draft.rule.peek().id });
  }, [at.page, isStored, draft]);
  return (
    <Workbench
      key={draft.rule.value.id}
      draft={draft}
      samples={samples?.list ?? null}
      find={samples?.cut ? searchRecords : null}
      record={record}
      known={known}
      host={serviceHost}
    />
  );
}
