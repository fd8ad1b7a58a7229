// The editor itself: the sentence above, writing on the left, seeing on the right.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Sample } from "../../api/workspace";
import type { Diagnostic, Rule, Snapshot } from "../../core/types";
import { variableGroups } from "../../liquid/variables";
import { applyFix } from "../../rule/edit";
import { mayWrite, type Catalogue } from "../../state/catalogue";
import { amend, guardLeaving } from "../../state/navigation";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { watch, type Analyst } from "./analysis";
import { ConflictDialog } from "./conflict";
import type { Draft } from "./draft";
import { EmailForm } from "./email-form";
import { PreviewPane } from "./preview/pane";
import { Sentence } from "./sentence/sentence";
import { SmsForm } from "./sms-form";
import { saveWords, TopBar } from "./top-bar";

interface WorkbenchProps {
  readonly draft: Draft;
  readonly samples: readonly Sample[];
  /** Id of the sample client, from the address bar. */
  readonly record: string | undefined;
  readonly known: Catalogue;
}

/** The client asked for, else one who stands in the rule's stage, else anyone. */
function chosenSample(samples: readonly Sample[], record: string | undefined, rule: Rule): Sample | null {
  const inStage = (sample: Sample): boolean => sample.stage === rule.on.stage;
  return samples.find(({ id }) => id === record) ?? samples.find(inStage) ?? samples[0] ?? null;
}

export function Workbench({ draft, samples, record, known }: WorkbenchProps) {
  const rule = draft.rule.value;
  const sample = chosenSample(samples, record, rule);
  const snapshot = useSignal<Snapshot | null>(null);
  useEffect(() => {
    snapshot.value = sample?.snapshot ?? null;
  }, [snapshot, sample]);

  const analyst = useAnalyst(draft, snapshot, known);
  useLeaveGuard(draft);
  useSignalEffect(() => {
    const words = saveWords(draft.saveState.value);
    if (words) announce(words);
  });

  const entity = rule.on.entity;
  const groups = useMemo(
    () => variableGroups(known.schema, entity, sample?.snapshot ?? null),
    [known.schema, entity, sample],
  );
  const fix = useCallback((found: Diagnostic) => draft.edit(applyFix(draft.rule.peek(), found)), [draft]);
  const analysis = analyst?.analysis.value ?? null;
  const latest = useCallback(() => draft.rule.peek(), [draft]);
  const form = {
    rule,
    latest,
    analysis,
    groups,
    known,
    readOnly: !mayWrite(known.session),
    edit: draft.edit,
    fix,
  };

  return (
    <>
      <TopBar draft={draft} analysis={analysis} readOnly={form.readOnly} />
      <Sentence rule={rule} known={known} readOnly={form.readOnly} edit={draft.edit} />
      {analyst?.fault.value ? (
        <p class="card core-fault" role="alert">
          {t("editor.core", { message: analyst.fault.value })}
        </p>
      ) : null}
      <div class="editor-columns">
        {rule.action.type === "send_sms" ? <SmsForm {...form} action={rule.action} /> : null}
        {rule.action.type === "send_email" ? <EmailForm {...form} action={rule.action} /> : null}
        {rule.action.type === "send_sms" || rule.action.type === "send_email" ? null : (
          <p class="card notice">{t("editor.unsupported")}</p>
        )}
        <PreviewPane
          preview={analysis?.preview ?? null}
          samples={samples}
          sample={sample}
          entity={entity}
          choose={(id) => amend({ page: "rule", id: rule.id, record: id })}
        />
      </div>
      <ConflictDialog draft={draft} />
    </>
  );
}

function useAnalyst(draft: Draft, snapshot: Parameters<typeof watch>[1], known: Catalogue): Analyst | null {
  const [analyst, setAnalyst] = useState<Analyst | null>(null);
  useEffect(() => {
    const started = watch(draft.rule, snapshot, known);
    setAnalyst(started);
    return () => started.stop();
  }, [draft, snapshot, known]);
  return analyst;
}

function useLeaveGuard(draft: Draft): void {
  useEffect(() => {
    // A new rule in which nothing was written is no loss.
    const first = draft.rule.peek();
    guardLeaving({
      unsaved: () => draft.dirty.peek() && draft.rule.peek() !== first,
      confirm: () => window.confirm(t("editor.leave")),
    });
    return () => guardLeaving(null);
  }, [draft]);
}
