// The inputs of a provider's settings: a line for a text, a small table for a list.

import type { SettingField } from "../../api/settings";
import { humanise } from "../../liquid/variables";
import { t, tOr } from "../../text";
import { TextLine } from "../../ui/form";
import { Icon } from "../../ui/icons";
import { COLUMNS, isSingle, type FieldValue, type Row } from "./fields";

interface FieldProps {
  readonly field: SettingField;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

function settingWords(name: string): string {
  return tOr(`setting.${name}`, humanise(name));
}

/** A setting's label, which says where it must be filled in. */
export function SettingName({ name, required }: { readonly name: string; readonly required: boolean }) {
  return (
    <>
      {settingWords(name)}
      {required ? <span class="quiet"> {t("settings.required")}</span> : null}
    </>
  );
}

const HINTS: Readonly<Partial<Record<SettingField["type"], string>>> = {
  url: "https://…",
  mail_url: "smtp://mail.example:587",
  mail_address: "bounces@shop.example",
  duration: "PT30S",
  tls: "required",
  texts: '{"X-Key": "…"}',
};

export function SettingInput({ field, value, onChange }: FieldProps) {
  const columns = COLUMNS[field.type];
  const title = settingWords(field.name);
  const rows = typeof value === "string" ? [] : value;
  if (!columns) {
    return (
      <TextLine
        label={<SettingName name={field.name} required={field.required} />}
        {...(field.type === "count" ? { inputMode: "numeric" } : {})}
        placeholder={HINTS[field.type]}
        required={field.required}
        value={typeof value === "string" ? value : ""}
        onChange={onChange}
      />
    );
  }
  const empty: Row = Object.fromEntries(columns.map((column) => [column, ""]));
  const change = (index: number, row: Row): void =>
    onChange(rows.map((each, at) => (at === index ? row : each)));
  return (
    <fieldset class="setting-rows">
      <legend>{title}</legend>
      {rows.map((row, index) => (
        <div key={index} class="setting-row">
          {columns.map((column) => (
            <input
              key={column}
              class="field"
              aria-label={`${title}, ${settingWords(column)}${isSingle(field.type) ? "" : ` ${index + 1}`}`}
              placeholder={settingWords(column)}
              value={row[column] ?? ""}
              onInput={(event) => change(index, { ...row, [column]: event.currentTarget.value })}
            />
          ))}
          <button
            type="button"
            class="button small square"
            aria-label={t("settings.removeRow", { name: title, n: index + 1 })}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {isSingle(field.type) && rows.length > 0 ? null : (
        <button type="button" class="button small" onClick={() => onChange([...rows, empty])}>
          {t("settings.addRow", { name: title })}
        </button>
      )}
    </fieldset>
  );
}
