// Writing into the client's newest chat: the text and its files.

import type { SendChatMessage } from "../../core/types";
import { t } from "../../text";
import { Attachments } from "./attachments";
import { Faults } from "./faults";
import { editAction, useFields, type FormProps } from "./form";
import { faultsOf, FieldHead, TemplateField } from "./template-field";

const PATH = "/action/text";
const PATHS = [PATH];

export function ChatForm(form: FormProps & { readonly action: SendChatMessage }) {
  const { action } = form;
  const fields = useFields(PATHS);
  return (
    <section class="card" aria-label={t("editor.text")}>
      <FieldHead title={t("editor.text")} path={PATH} fields={fields} form={form} />
      <TemplateField {...form} path={PATH} label={t("editor.text")} fields={fields} />
      <Attachments
        form={form}
        list={action.attachments ?? []}
        change={(attachments) => editAction(form, action, { attachments })}
      />
      <Faults {...faultsOf(form, fields)} />
    </section>
  );
}
