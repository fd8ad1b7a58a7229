// How long texts, addresses and messages are kept.

import { t } from "../../text";
import { CheckedLine } from "./checked-line";
import type { FaultTexts } from "./faults";
import { RETENTION, type RetentionDraft } from "./retention";

interface RetentionFieldsProps {
  readonly draft: RetentionDraft;
  readonly faults: FaultTexts;
  readonly onChange: (draft: RetentionDraft) => void;
}

export function RetentionFields({ draft, faults, onChange }: RetentionFieldsProps) {
  return (
    <fieldset class="setting-rows">
      <legend>{t("retention.title")}</legend>
      <p class="quiet">{t("retention.intro")}</p>
      {RETENTION.map((name) => (
        <CheckedLine
          key={name}
          kind="number"
          label={t(`retention.${name}`)}
          hint={t(`retention.${name}.hint`)}
          value={draft[name]}
          fault={faults[`/retention/${name}`]}
          onChange={(value) => onChange({ ...draft, [name]: value })}
        />
      ))}
    </fieldset>
  );
}
