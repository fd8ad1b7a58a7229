// What one step of the guide says, and the button that does it.

import { useState } from "preact/hooks";
import { listRules } from "../../api/rules";
import { entityOf, stagesOf, type Catalogue } from "../../state/known";
import { go } from "../../state/navigation";
import { t } from "../../text";
import { Choice } from "../../ui/choice";
import { Fault, useTask } from "../../ui/form";
import { Link } from "../../ui/link";
import { setGuide, type Active } from "./state";

interface StepProps {
  readonly now: Active;
  readonly known: Catalogue;
}

const ENTITY = "deal";

export function GuideStep({ now, known }: StepProps) {
  const stages = stagesOf(entityOf(known.schema, ENTITY), undefined);
  const stageName = stages.find(({ id }) => id === now.stage)?.name ?? now.stage;
  switch (now.step) {
    case "stage":
      return <StageStep now={now} known={known} />;
    case "write":
    case "preview":
      return (
        <>
          <p>{t(`guide.${now.step}`)}</p>
          <button
            type="button"
            class="button primary"
            onClick={() => setGuide({ ...now, step: now.step === "write" ? "preview" : "publish" })}
          >
            {t("guide.next")}
          </button>
        </>
      );
    case "publish":
      return <p>{t("guide.publish")}</p>;
    case "move":
      return (
        <>
          <p>{t("guide.move", { stage: stageName })}</p>
          {now.reason === "" ? null : <p class="bad">{t("guide.notSent", { reason: now.reason })}</p>}
          <Link class="button" to={{ page: "records", entity: ENTITY }}>
            {t("guide.toRecords")}
          </Link>
        </>
      );
    case "see":
      return (
        <>
          <p>{t("guide.see")}</p>
          <Link class="button primary" to={{ page: "sandbox" }}>
            {t("guide.toSandbox")}
          </Link>
        </>
      );
    case "done":
      return (
        <>
          <p>{t("guide.done")}</p>
          <Link class="button" to={{ page: "settings", section: "providers" }}>
            {t("guide.toProviders")}
          </Link>
        </>
      );
  }
}

function StageStep({ now, known }: StepProps) {
  const pipeline = entityOf(known.schema, ENTITY)?.pipelines?.[0];
  const stages = pipeline?.stages ?? [];
  const [stage, setStage] = useState((stages[1] ?? stages[0])?.id ?? "");
  const task = useTask();
  const next = (): void =>
    task.run(async () => {
      const before = (await listRules()).flatMap(({ rule, draft }) => (rule ?? draft)?.id ?? []);
      setGuide({ ...now, step: "write", stage, before });
      go({ page: "new", entity: ENTITY, pipeline: pipeline?.id, stage, channel: "sms" });
    });
  if (stages.length === 0) {
    return (
      <>
        <p>{t("guide.noStages")}</p>
        <Link class="button primary" to={{ page: "settings", section: "crm" }}>
          {t("guide.toCrm")}
        </Link>
      </>
    );
  }
  return (
    <>
      <p>{t("guide.stage")}</p>
      <div class="row">
        <Choice
          label={t("guide.stageLabel")}
          value={stage}
          options={stages.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={setStage}
        />
        <button type="button" class="button primary" disabled={task.busy} onClick={next}>
          {t("guide.next")}
        </button>
      </div>
      <Fault text={task.fault} />
    </>
  );
}
