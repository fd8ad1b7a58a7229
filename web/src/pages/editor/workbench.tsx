// The editor itself: the sentence above, writing on the left, seeing on the right.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Source } from "../../core/crowd-protocol";
import type { Diagnostic, Rule } from "../../core/types";
import { variableGroups } from "../../liquid/variables";
import { applyFix } from "../../rule/edit";
import type { Sample } from "../../rule/sample";
import { mayWrite, type Catalogue } from "../../state/known";
import { currentLanguage, t } from "../../text";
import { announce } from "../../ui/announce";
import { ActionForm } from "./action-form";
import type { Scene } from "./analysis";
import { ConflictDialog } from "./conflict";
import { CoveragePanel } from "./coverage/panel";
import type { Draft } from "./draft";
import { useAnalyst, useCrowd, useLeaveGuard } from "./hooks";
import type { EditorHost } from "./host";
import { CLEAR, inLanguage } from "./preview/lens";
import type { FindSamples } from "./preview/customer-switch";
import { PreviewPane } from "./preview/pane";
import { History } from "./review/history";
import { Review } from "./review/review";
import { Sentence } from "./sentence/sentence";
import { TestSend } from "./test-send";
import { saveWords, TopBar } from "./top-bar";

type Given = Extract<Source, { kind: "given" }>;

interface WorkbenchProps {
  readonly draft: Draft;
  /** Null while they are fetched. */
  readonly samples: readonly Sample[] | null;
  /** Finds others than the samples by words; null: there are none. */
  readonly find?: FindSamples | null;
  /** Id of the sample client that is asked for. */
  readonly record: string | undefined;
  readonly known: Catalogue;
  readonly host: EditorHost;
  /** Whom the rule is judged on; null: those whom the service knows. */
  readonly crowd?: Given | null;
}

/** The client asked for, else one who stands in the rule's stage, else anyone. */
function chosenSample(
  samples: readonly Sample[] | null,
  record: string | undefined,
  rule: Rule,
): Sample | null {
  const inStage = (sample: Sample): boolean => sample.stage === rule.on.stage;
  return samples?.find(({ id }) => id === record) ?? samples?.find(inStage) ?? samples?.[0] ?? null;
}

export function Workbench(props: WorkbenchProps) {
  const { draft, samples, find = null, record, known, host, crowd: given = null } = props;
  const rule = draft.rule.value;
  const sample = chosenSample(samples, record, rule);
  const { entity } = rule.on;
  const [lens, look] = useState(CLEAR);
  const scene = useSignal<Scene>({ snapshot: null, now: null });
  useEffect(() => {
    const snapshot = sample ? inLanguage(sample.snapshot, entity, lens.language) : null;
    scene.value = { snapshot, now: lens.now };
  }, [scene, sample, entity, lens]);

  const { pipeline, stage } = rule.on;
  const source = useSignal<Source>(given ?? { kind: "all", entity });
  useEffect(() => {
    if (given) source.value = given;
    else if (source.peek().kind !== "file")
      source.value = { kind: "stage", entity, stage, ...(pipeline === undefined ? {} : { pipeline }) };
  }, [source, given, entity, stage, pipeline]);
  const crowd = useCrowd(draft, source, known);

  const analyst = useAnalyst(draft, scene, known, host);
  useLeaveGuard(draft, host);
  useSignalEffect(() => {
    const words = saveWords(draft.saveState.value);
    if (words) announce(words);
  });

  const invite = rule.action.type === "invite_to_messenger";
  const groups = useMemo(
    () => variableGroups(known.schema, entity, sample?.snapshot ?? null, { invite }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the titles are words too
    [known.schema, entity, sample, invite, currentLanguage()],
  );
  const fix = useCallback((found: Diagnostic) => draft.edit(applyFix(draft.rule.peek(), found)), [draft]);
  const analysis = analyst?.analysis.value ?? null;
  const latest = useCallback(() => draft.rule.peek(), [draft]);
  const drawn = useCallback(() => analyst?.look(), [analyst]);
  const form = {
    rule,
    latest,
    analysis,
    coverage: crowd?.coverage.value ?? null,
    groups,
    known,
    readOnly: !mayWrite(known.session),
    edit: draft.edit,
    fix,
    drawn,
    files: host.files,
  };

  const [dialog, setDialog] = useState<"review" | "history" | null>(null);
  const closeDialog = (): void => setDialog(null);
  const choose = useCallback((id: string) => host.choose(draft.rule.peek(), id), [draft, host]);
  // Its own signals draw it again; what is typed need not.
  const coverage = useMemo(
    () => (crowd ? <CoveragePanel crowd={crowd} source={source} entity={entity} choose={choose} /> : null),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- its words are of a language
    [crowd, source, entity, choose, currentLanguage()],
  );

  return (
    <>
      <TopBar draft={draft} analysis={analysis} readOnly={form.readOnly} review={() => setDialog("review")}>
        {draft.entry.value && host.history ? (
          <button type="button" class="button" onClick={() => setDialog("history")}>
            {t("history.face")}
          </button>
        ) : null}
        {host.sendTest && !form.readOnly ? (
          <TestSend draft={draft} sendTest={host.sendTest} record={sample?.id ?? null} />
        ) : null}
      </TopBar>
      {dialog === "review" ? (
        <Review
          draft={draft}
          known={known}
          analysis={analysis}
          coverage={form.coverage}
          close={closeDialog}
          choose={choose}
        />
      ) : null}
      {dialog === "history" && host.history ? (
        <History
          draft={draft}
          source={host.history}
          known={known}
          readOnly={form.readOnly}
          close={closeDialog}
        />
      ) : null}
      <Sentence rule={rule} known={known} readOnly={form.readOnly} edit={draft.edit} />
      {analyst?.fault.value ? (
        <p class="card core-fault" role="alert">
          {t("editor.core", { message: analyst.fault.value })}
        </p>
      ) : null}
      <div class="editor-columns">
        <ActionForm {...form} />
        <PreviewPane
          preview={analysis?.preview ?? null}
          action={rule.action.type}
          samples={samples}
          find={find}
          sample={sample}
          entity={entity}
          workspace={known.workspace}
          choose={choose}
          lens={lens}
          look={look}
        >
          {coverage}
        </PreviewPane>
      </div>
      <ConflictDialog draft={draft} known={known} />
    </>
  );
}
