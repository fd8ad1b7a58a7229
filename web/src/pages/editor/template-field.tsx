// One template of the rule, named by the pointer of its text: the head with the menu of values, and the editor.

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { textAt, withText } from "../../rule/edit";
import { t } from "../../text";
import { TemplateEditor } from "./code/template-editor";
import { findingsAt, type Fields, type FormProps } from "./form";
import { InsertMenu } from "./insert-menu";

const NONE: readonly string[] = [];

interface TemplateFieldProps extends FormProps {
  readonly path: string;
  readonly label: string;
  readonly fields: Fields;
  readonly singleLine?: boolean;
  readonly costly?: readonly string[];
  /** In place of writing the text where it stands. */
  readonly write?: (text: string) => void;
}

export function TemplateField(props: TemplateFieldProps) {
  const { rule, latest, analysis, groups, readOnly, edit, fix, drawn, path, label, fields, costly } = props;
  const found = useMemo(() => findingsAt(analysis, path), [analysis, path]);
  const write = props.write ?? ((text: string) => edit(withText(latest(), path, text)));
  return (
    <TemplateEditor
      label={label}
      hint={props.singleLine ? "" : t("editor.hint")}
      value={textAt(rule, path) ?? ""}
      current={() => textAt(latest(), path) ?? ""}
      singleLine={props.singleLine ?? false}
      readOnly={readOnly}
      {...found}
      costly={costly ?? NONE}
      groups={groups}
      onChange={(text) => {
        // A text that came from the rule (a fix, an old version) is no edit of it.
        if (text !== textAt(latest(), path)) write(text);
      }}
      onDrawn={drawn}
      onFix={fix}
      onReady={fields.keep(path)}
    />
  );
}

interface FieldHeadProps {
  readonly title: string;
  readonly path: string;
  readonly fields: Fields;
  readonly form: FormProps;
  readonly second?: boolean;
  readonly children?: ComponentChildren;
}

/** The title of a field, what belongs to it, and the menu of values. */
export function FieldHead({ title, path, fields, form, second, children }: FieldHeadProps) {
  return (
    <div class={second ? "card-head is-second" : "card-head"}>
      <h2>{title}</h2>
      {children}
      <span class="grow" />
      {form.readOnly ? null : <InsertMenu groups={form.groups} field={title} choose={fields.insert(path)} />}
    </div>
  );
}

/** The faults of the rule under a form, each with a way to its field. */
export function faultsOf(form: FormProps, fields: Fields) {
  const { rule, analysis, fix, readOnly } = form;
  return { rule, analysis, fix, readOnly, show: fields.show, showable: fields.has };
}
