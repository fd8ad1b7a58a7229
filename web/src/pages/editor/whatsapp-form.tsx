// The values that an approved WhatsApp template is filled with. Its own words are the vendor's; here stand only ours.

import { useState } from "preact/hooks";
import type { SendWhatsapp } from "../../core/types";
import { whatsappTemplates } from "../../state/ways";
import { t } from "../../text";
import { Icon } from "../../ui/icons";
import { Faults } from "./faults";
import { editAction, useFields, type FormProps } from "./form";
import { faultsOf, FieldHead, TemplateField } from "./template-field";

const pathOf = (name: string): string =>
  `/action/parameters/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

export function WhatsappForm(form: FormProps & { readonly action: SendWhatsapp }) {
  const { action, known, readOnly } = form;
  const names = Object.keys(action.parameters ?? {});
  const fields = useFields(names.map(pathOf));
  const isListed = whatsappTemplates(known.workspace, action.provider).length > 0;
  const put = (parameters: Readonly<Record<string, string>>): void =>
    editAction(form, action, { parameters });
  const remove = (name: string): void =>
    put(Object.fromEntries(Object.entries(action.parameters ?? {}).filter(([each]) => each !== name)));
  return (
    <section class="card" aria-label={t("whatsapp.title")}>
      <div class="card-head">
        <h2>{t("whatsapp.title")}</h2>
      </div>
      {names.length === 0 ? <p class="card-part quiet">{t("whatsapp.none")}</p> : null}
      {names.map((name) => (
        <div key={name}>
          <FieldHead title={t("whatsapp.value", { name })} path={pathOf(name)} fields={fields} form={form}>
            {readOnly || isListed ? null : (
              <button
                type="button"
                class="button small square"
                aria-label={t("whatsapp.remove", { name })}
                onClick={() => remove(name)}
              >
                <Icon name="close" />
              </button>
            )}
          </FieldHead>
          <TemplateField
            {...form}
            path={pathOf(name)}
            label={t("whatsapp.value", { name })}
            fields={fields}
            singleLine
          />
        </div>
      ))}
      {readOnly || isListed ? null : (
        <AddValue names={names} add={(name) => put({ ...action.parameters, [name]: "" })} />
      )}
      <Faults {...faultsOf(form, fields)} />
    </section>
  );
}

interface AddValueProps {
  readonly names: readonly string[];
  readonly add: (name: string) => void;
}

/** The next position unless another name is written: templates number their values, or name them. */
function AddValue({ names, add }: AddValueProps) {
  const [name, setName] = useState("");
  const chosen = name.trim() || String(names.length + 1);
  return (
    <form
      class="card-part row"
      onSubmit={(event) => {
        event.preventDefault();
        if (!names.includes(chosen)) add(chosen);
        setName("");
      }}
    >
      <input
        class="field"
        aria-label={t("whatsapp.name")}
        placeholder={String(names.length + 1)}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="button small">
        {t("whatsapp.add")}
      </button>
    </form>
  );
}
