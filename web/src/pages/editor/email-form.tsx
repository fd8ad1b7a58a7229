// Writing an e-mail: subject, the message as HTML, as plain text, or both, and what goes with it.

import { useState } from "preact/hooks";
import type { SendEmail } from "../../core/types";
import { withMember } from "../../rule/actions";
import { t } from "../../text";
import { Attachments } from "./attachments";
import { Faults } from "./faults";
import { editAction, useFields, type FormProps } from "./form";
import { Flag } from "./sentence/timing-flags";
import { faultsOf, FieldHead, TemplateField } from "./template-field";

type Body = "html" | "text";

const SUBJECT = "/action/subject";
const BODY_PATHS: Readonly<Record<Body, string>> = { html: "/action/html", text: "/action/text" };
const PATHS = [SUBJECT, BODY_PATHS.html, BODY_PATHS.text];
const BODIES = [
  { body: "html", label: "editor.html" },
  { body: "text", label: "editor.plain" },
] as const;

/** An empty body is no body: the mail is sent without that part, unless it would have none at all. */
function withBody(action: SendEmail, body: Body, text: string): SendEmail {
  const { html, text: plain, ...rest } = action;
  const bodies = { html, text: plain, [body]: text };
  const kept = Object.entries(bodies).filter(([, value]) => value !== undefined && value !== "");
  return { ...rest, ...(kept.length === 0 ? { [body]: text } : Object.fromEntries(kept)) };
}

export function EmailForm(form: FormProps & { readonly action: SendEmail }) {
  const { action, latest, readOnly, edit } = form;
  const [body, setBody] = useState<Body>(action.html === undefined && action.text ? "text" : "html");
  const fields = useFields(PATHS, (path) => {
    if (path === BODY_PATHS.html) setBody("html");
    if (path === BODY_PATHS.text) setBody("text");
  });
  const path = BODY_PATHS[body];
  const writeBody = (text: string): void => {
    const now = latest();
    if (now.action.type === "send_email") edit({ ...now, action: withBody(now.action, body, text) });
  };
  const setAction = (next: SendEmail): void => edit({ ...latest(), action: next });

  return (
    <section class="card" aria-label={t("editor.body")}>
      <FieldHead title={t("editor.subject")} path={SUBJECT} fields={fields} form={form} />
      <TemplateField {...form} path={SUBJECT} label={t("editor.subject")} fields={fields} singleLine />
      <FieldHead title={t("editor.body")} path={path} fields={fields} form={form} second>
        <div class="tabs" role="group" aria-label={t("editor.body")}>
          {BODIES.map(({ body: each, label }) => (
            <button key={each} type="button" aria-pressed={each === body} onClick={() => setBody(each)}>
              {t(label)}
            </button>
          ))}
        </div>
      </FieldHead>
      <TemplateField
        {...form}
        key={body}
        path={path}
        label={t(body === "html" ? "editor.html" : "editor.plain")}
        fields={fields}
        write={writeBody}
      />
      <Attachments
        form={form}
        list={action.attachments ?? []}
        change={(attachments) => editAction(form, action, { attachments })}
      />
      <div class="card-part">
        {readOnly ? null : (
          <Flag
            text={t("email.track")}
            on={action.track_clicks ?? false}
            change={(on) => setAction(withMember(action, "track_clicks", on, false))}
          />
        )}
      </div>
      <Faults {...faultsOf(form, fields)} />
    </section>
  );
}
