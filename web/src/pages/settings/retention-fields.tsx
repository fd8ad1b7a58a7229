// How long texts, addresses and messages are kept.

import { t } from "../../text";
import { TextLine } from "../../ui/form";
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
        <TextLine
          key={name}
          inputMode="numeric"
          label={t(`retention.${name}`)}
          hint={t(`retention.${name}.hint`)}
          value={draft[name]}
          wrong={faults[`/retention/${name}`]}
          onChange={(value) => onChange({ ...draft, [name]: value })}
        />
      ))}
    </fieldset>
  );
}
