// Writing an SMS: the text, its meter, and what is wrong with it.

import { useMemo, useState } from "preact/hooks";
import type { Preview } from "../../core/protocol";
import type { SendSms, SmsCount } from "../../core/types";
import { textAt } from "../../rule/edit";
import { t } from "../../text";
import { costsOf } from "./costs";
import { CostAdvice } from "./cost-advice";
import { TemplateEditor, type FieldHandle } from "./code/template-editor";
import { Faults } from "./faults";
import { findingsAt, type FormProps } from "./form";
import { InsertMenu } from "./insert-menu";
import { SmsMeter } from "./sms-meter";

const PATH = "/action/text";

export function countOf(preview: Preview | null): SmsCount | null {
  return preview?.kind === "message" || preview?.kind === "skip" ? preview.sms : null;
}

export function SmsForm({
  rule,
  latest,
  action,
  analysis,
  groups,
  known,
  readOnly,
  edit,
  fix,
}: FormProps & { readonly action: SendSms }) {
  const [field, setField] = useState<FieldHandle | null>(null);
  const found = useMemo(() => findingsAt(analysis, PATH), [analysis]);
  const count = countOf(analysis?.preview ?? null);
  const costs = useMemo(() => costsOf(count, action.text), [count, action.text]);
  const costly = useMemo(
    () => costs.filter((cost) => cost.inTemplate).map((cost) => cost.character),
    [costs],
  );
  const setText = (text: string): void => edit({ ...latest(), action: { ...action, text } });
  return (
    <section class="card" aria-label={t("editor.text")}>
      <div class="card-head">
        <h2>{t("editor.text")}</h2>
        <span class="grow" />
        {readOnly ? null : (
          <InsertMenu groups={groups} field={t("editor.text")} choose={(value) => field?.insert(value)} />
        )}
      </div>
      <TemplateEditor
        label={t("editor.text")}
        hint={t("editor.hint")}
        value={action.text}
        current={() => textAt(latest(), PATH) ?? ""}
        readOnly={readOnly}
        {...found}
        costly={costly}
        groups={groups}
        onChange={setText}
        onFix={fix}
        onReady={setField}
      />
      <SmsMeter count={count} provider={action.provider} known={known} />
      <Faults
        rule={rule}
        analysis={analysis}
        fix={fix}
        readOnly={readOnly}
        show={(diagnostic) => {
          if (diagnostic.path === PATH) field?.select(diagnostic.from ?? 0, diagnostic.to ?? 0);
        }}
        showable={(diagnostic) => diagnostic.path === PATH && diagnostic.from !== undefined}
      >
        {costs.map((cost) => (
          <CostAdvice
            key={cost.character}
            cost={cost}
            readOnly={readOnly}
            replace={(replacement) => setText(action.text.replaceAll(cost.character, replacement))}
          />
        ))}
      </Faults>
    </section>
  );
}
