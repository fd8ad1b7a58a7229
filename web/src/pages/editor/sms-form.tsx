// Writing an SMS, be it an invitation: the text, its meter, and what is wrong with it.

import { useMemo } from "preact/hooks";
import type { Preview } from "../../core/protocol";
import type { InviteToMessenger, SendSms, SmsCount } from "../../core/types";
import { withText } from "../../rule/edit";
import { characterLimit } from "../../state/ways";
import { t } from "../../text";
import { costsOf } from "./costs";
import { CostAdvice } from "./cost-advice";
import { Faults } from "./faults";
import { useFields, type FormProps } from "./form";
import { SmsMeter } from "./sms-meter";
import { faultsOf, FieldHead, TemplateField } from "./template-field";

const PATH = "/action/text";
const PATHS = [PATH];

export function countOf(preview: Preview | null): SmsCount | null {
  return preview?.kind === "message" || preview?.kind === "skip" ? preview.sms : null;
}

export function SmsForm(form: FormProps & { readonly action: SendSms | InviteToMessenger }) {
  const { action, analysis, coverage, known, readOnly, latest, edit } = form;
  const fields = useFields(PATHS);
  const count = countOf(analysis?.preview ?? null);
  const pricing = analysis?.pricing ?? null;
  const counted = coverage?.segments
    ? { segments: coverage.segments.max, characters: coverage.characters?.max ?? 0 }
    : null;
  const costs = useMemo(() => costsOf(count, action.text, pricing), [count, action.text, pricing]);
  const costly = useMemo(
    () => costs.filter((cost) => cost.inTemplate).map((cost) => cost.character),
    [costs],
  );
  const replace = (character: string, replacement: string): void =>
    edit(withText(latest(), PATH, action.text.replaceAll(character, replacement)));
  return (
    <section class="card" aria-label={t("editor.text")}>
      <FieldHead title={t("editor.text")} path={PATH} fields={fields} form={form} />
      <TemplateField {...form} path={PATH} label={t("editor.text")} fields={fields} costly={costly} />
      <SmsMeter
        count={count}
        limit={characterLimit(known.workspace, action.provider)}
        price={pricing?.price ?? null}
        worst={counted}
      />
      <Faults {...faultsOf(form, fields)}>
        {costs.map((cost) => (
          <CostAdvice
            key={cost.character}
            cost={cost}
            readOnly={readOnly}
            replace={(replacement) => replace(cost.character, replacement)}
          />
        ))}
      </Faults>
    </section>
  );
}
