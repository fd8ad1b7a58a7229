// Writing an e-mail: subject, and the message as HTML, as plain text, or both.

import { useMemo, useRef, useState } from "preact/hooks";
import type { Diagnostic, SendEmail } from "../../core/types";
import { textAt } from "../../rule/edit";
import { t } from "../../text";
import { TemplateEditor, type FieldHandle } from "./code/template-editor";
import { Faults } from "./faults";
import { findingsAt, type FormProps } from "./form";
import { InsertMenu } from "./insert-menu";

type Part = "subject" | "html" | "text";
type Body = "html" | "text";

const PATHS: Readonly<Record<Part, string>> = {
  subject: "/action/subject",
  html: "/action/html",
  text: "/action/text",
};
const BODIES = [
  { body: "html", label: "editor.html" },
  { body: "text", label: "editor.plain" },
] as const;
const NONE: readonly string[] = [];

/** An empty body is no body: the mail is sent without that part, unless it would have none at all. */
function withBody(action: SendEmail, body: Body, text: string): SendEmail {
  const { html, text: plain, ...rest } = action;
  const bodies = { html, text: plain, [body]: text };
  const kept = Object.entries(bodies).filter(([, value]) => value !== undefined && value !== "");
  return { ...rest, ...(kept.length === 0 ? { [body]: text } : Object.fromEntries(kept)) };
}

export function EmailForm(props: FormProps & { readonly action: SendEmail }) {
  const { rule, latest, action, analysis, groups, readOnly, edit, fix } = props;
  const [body, setBody] = useState<Body>(action.html === undefined && action.text ? "text" : "html");
  const fields = useRef(new Map<Part, FieldHandle>());
  const keep = (part: Part) => (handle: FieldHandle | null) => {
    if (handle) fields.current.set(part, handle);
    else fields.current.delete(part);
  };
  const change = (part: Part) => (text: string) => {
    const now = latest();
    if (now.action.type !== "send_email") return;
    const changed = part === "subject" ? { ...now.action, subject: text } : withBody(now.action, part, text);
    edit({ ...now, action: changed });
  };
  const partOf = (diagnostic: Diagnostic): Part | undefined =>
    (Object.keys(PATHS) as Part[]).find((part) => PATHS[part] === diagnostic.path);
  const show = (diagnostic: Diagnostic): void => {
    const part = partOf(diagnostic);
    if (part === "html" || part === "text") setBody(part);
    // The other body's field exists only after it is drawn.
    requestAnimationFrame(() => {
      if (part) fields.current.get(part)?.select(diagnostic.from ?? 0, diagnostic.to ?? 0);
    });
  };
  const insert = (part: Part) => (value: string) => fields.current.get(part)?.insert(value);
  const common = { ...props, keep, change };

  return (
    <section class="card" aria-label={t("editor.body")}>
      <div class="card-head">
        <h2>{t("editor.subject")}</h2>
        <span class="grow" />
        {readOnly ? null : (
          <InsertMenu groups={groups} field={t("editor.subject")} choose={insert("subject")} />
        )}
      </div>
      <PartEditor
        {...common}
        key="subject"
        part="subject"
        label={t("editor.subject")}
        value={action.subject}
      />
      <div class="card-head is-second">
        <h2>{t("editor.body")}</h2>
        <div class="tabs" role="group" aria-label={t("editor.body")}>
          {BODIES.map(({ body: each, label }) => (
            <button key={each} type="button" aria-pressed={each === body} onClick={() => setBody(each)}>
              {t(label)}
            </button>
          ))}
        </div>
        <span class="grow" />
        {readOnly ? null : <InsertMenu groups={groups} field={t("editor.body")} choose={insert(body)} />}
      </div>
      <PartEditor
        {...common}
        key={body}
        part={body}
        label={t(body === "html" ? "editor.html" : "editor.plain")}
        value={action[body] ?? ""}
      />
      <Faults
        rule={rule}
        analysis={analysis}
        fix={fix}
        readOnly={readOnly}
        show={show}
        showable={(diagnostic) => partOf(diagnostic) !== undefined && diagnostic.from !== undefined}
      />
    </section>
  );
}

interface PartEditorProps extends FormProps {
  readonly part: Part;
  readonly label: string;
  readonly value: string;
  readonly keep: (part: Part) => (handle: FieldHandle | null) => void;
  readonly change: (part: Part) => (text: string) => void;
}

function PartEditor({
  part,
  label,
  value,
  latest,
  analysis,
  groups,
  readOnly,
  fix,
  keep,
  change,
}: PartEditorProps) {
  const found = useMemo(() => findingsAt(analysis, PATHS[part]), [analysis, part]);
  return (
    <TemplateEditor
      label={label}
      hint={part === "subject" ? "" : t("editor.hint")}
      value={value}
      current={() => textAt(latest(), PATHS[part]) ?? ""}
      singleLine={part === "subject"}
      readOnly={readOnly}
      {...found}
      costly={NONE}
      groups={groups}
      onChange={change(part)}
      onFix={fix}
      onReady={keep(part)}
    />
  );
}
