// What a file would become: its columns, to be put right, and the rows that cannot be read.

import type { Trial, TrialColumn } from "../../api/imports";
import { humanise } from "../../liquid/variables";
import { t, tOr } from "../../text";
import { Choice } from "../../ui/choice";
import { Fault } from "../../ui/form";

interface ColumnsProps {
  readonly columns: readonly TrialColumn[];
  readonly targets: readonly string[];
  readonly change: (column: string, field: string | null) => void;
}

const KEY = "id";
const LEFT_OUT = "";

/** "contact.phone.mobile" → "Client’s contact: Phone, mobile". */
function targetWords(target: string): string {
  if (target === KEY) return t("import.key");
  const [first = "", ...rest] = target.split(".");
  if (rest.length === 0) return tOr(`field.${first}`, humanise(first));
  const [field = "", type] = rest;
  const words = tOr(`field.${field}`, humanise(field));
  const typed = type === undefined ? words : `${words} (${tOr(`address.${type}`, type)})`;
  return `${tOr(`group.${first}`, humanise(first))}: ${typed}`;
}

export function Columns({ columns, targets, change }: ColumnsProps) {
  if (columns.length === 0) return null;
  const options = [
    { value: LEFT_OUT, text: t("import.leaveOut") },
    ...targets.map((target) => ({ value: target, text: targetWords(target) })),
  ];
  return (
    <fieldset class="setting-rows">
      <legend>{t("import.columns")}</legend>
      <div class="import-columns">
        {columns.map(({ column, field }) => (
          <label key={column} class="setting-line">
            <span>{column}</span>
            <Choice
              label={column}
              value={field ?? LEFT_OUT}
              options={options}
              onChange={(value) => change(column, value === LEFT_OUT ? null : value)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const SHOWN = 20; // faults in the page; the report has all

export function TrialReport({ trial, fault }: { readonly trial: Trial; readonly fault: string }) {
  if (fault !== "") return <Fault text={fault} />;
  return (
    <div role="status">
      <p>
        {t("import.trial", { n: trial.rows })} {trial.faults.length === 0 ? t("import.fine") : ""}
      </p>
      {trial.faults.length === 0 ? null : (
        <>
          <h2>{t("import.faults")}</h2>
          <ul class="bad-rows">
            {trial.faults.slice(0, SHOWN).map((each, index) => (
              <li key={index}>
                {each.line === undefined ? null : <b>{t("file.line", { n: each.line })}</b>} {each.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
