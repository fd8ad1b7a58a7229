// The WhatsApp templates that the vendor has approved: rules offer them by name, the preview shows their text.

import { useId } from "preact/hooks";
import { t } from "../../text";
import { Choice } from "../../ui/choice";
import { TextLine, Wrong } from "../../ui/form";
import type { FaultTexts } from "./faults";
import { freshTemplate, type TemplateDraft, type TemplateField } from "./templates";

interface TemplateFieldsProps {
  readonly rows: readonly TemplateDraft[];
  /** Ids of the providers that carry WhatsApp messages. */
  readonly providers: readonly string[];
  readonly faults: FaultTexts;
  readonly onChange: (rows: readonly TemplateDraft[]) => void;
}

export function TemplateFields({ rows, providers, faults, onChange }: TemplateFieldsProps) {
  return (
    <>
      <h2>{t("templates.title")}</h2>
      <p class="quiet">{t("templates.intro")}</p>
      {rows.map((row, index) => (
        <TemplateRow
          key={index}
          row={row}
          providers={providers}
          fault={(field) => faults[`/templates/${index}/${field}`]}
          change={(next) => onChange(rows.map((each, at) => (at === index ? next : each)))}
          remove={() => onChange(rows.filter((_, at) => at !== index))}
        />
      ))}
      <button
        type="button"
        class="button"
        onClick={() => onChange([...rows, freshTemplate(rows, providers)])}
      >
        {t("templates.add")}
      </button>
    </>
  );
}

interface TemplateRowProps {
  readonly row: TemplateDraft;
  readonly providers: readonly string[];
  readonly fault: (field: TemplateField) => string | undefined;
  readonly change: (row: TemplateDraft) => void;
  readonly remove: () => void;
}

function TemplateRow({ row, providers, fault, change, remove }: TemplateRowProps) {
  const name = row.name || t("templates.new");
  const line = (field: Exclude<TemplateField, "provider">) => ({
    label: t(`templates.${field}`),
    value: row[field],
    wrong: fault(field),
    onChange: (value: string) => change({ ...row, [field]: value }),
  });
  return (
    <fieldset class="setting-rows">
      <legend>{name}</legend>
      <ProviderChoice
        value={row.provider}
        providers={providers}
        fault={fault("provider")}
        onChange={(provider) => change({ ...row, provider })}
      />
      <TextLine {...line("name")} />
      <div class="row">
        <TextLine {...line("language")} hint="en, pt-BR" />
        <TextLine {...line("parameters")} inputMode="numeric" />
      </div>
      <TextLine {...line("text")} long hint={t("templates.textHint", { example: "{{1}}" })} />
      <button type="button" class="button small" onClick={remove}>
        {t("templates.remove", { name })}
      </button>
    </fieldset>
  );
}

interface ProviderChoiceProps {
  readonly value: string;
  readonly providers: readonly string[];
  readonly fault: string | undefined;
  readonly onChange: (provider: string) => void;
}

function ProviderChoice({ value, providers, fault, onChange }: ProviderChoiceProps) {
  const id = useId();
  const options = providers.map((each) => ({ value: each, text: each }));
  if (value === "") options.unshift({ value: "", text: t("pick.choose") });
  return (
    <div class="setting-line">
      <span aria-hidden="true">{t("templates.provider")}</span>
      <Choice
        label={t("templates.provider")}
        value={value}
        options={options}
        faultId={fault === undefined ? undefined : id}
        onChange={onChange}
      />
      {fault === undefined ? null : <Wrong id={id}>{fault}</Wrong>}
    </div>
  );
}
