// The menu of values: every field that a message can name, in the user's words, with what it holds for the sample
// client.

import { useState } from "preact/hooks";
import type { VariableGroup } from "../../liquid/variables";
import { t, tOr } from "../../text";
import { Popover } from "../../ui/popover";
import { SearchField } from "../../ui/search-field";

interface InsertMenuProps {
  readonly groups: readonly VariableGroup[];
  /** Name of the field it inserts into. */
  readonly field: string;
  /** Gets the Liquid to insert. */
  readonly choose: (text: string) => void;
}

export function InsertMenu({ groups, field, choose }: InsertMenuProps) {
  return (
    <Popover class="button small" face={t("editor.insert")} label={t("editor.insertInto", { field })}>
      {(close) => (
        <Values
          groups={groups}
          choose={(path) => {
            close();
            choose(`{{ ${path} }}`);
          }}
        />
      )}
    </Popover>
  );
}

interface ValuesProps {
  readonly groups: readonly VariableGroup[];
  readonly choose: (path: string) => void;
}

function Values({ groups, choose }: ValuesProps) {
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLowerCase();
  const shown = groups
    .map(({ name, variables }) => ({
      name,
      variables: variables.filter(({ path, title }) => `${path} ${title}`.toLowerCase().includes(needle)),
    }))
    .filter(({ variables }) => variables.length > 0);
  return (
    <div class="values">
      <SearchField label={t("editor.search")} value={wanted} onChange={setWanted} />
      {shown.length === 0 ? <p class="quiet">{t("editor.noMatch")}</p> : null}
      {shown.map(({ name, variables }) => (
        <section key={name} aria-label={tOr(`group.${name}`, name)}>
          <h3>{tOr(`group.${name}`, name)}</h3>
          <ul>
            {variables.map(({ path, title, sample }) => (
              <li key={path}>
                <button type="button" class="value" onClick={() => choose(path)}>
                  <span>{title}</span>
                  <span class="quiet">{sample === "" ? t("editor.noValue") : sample}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
