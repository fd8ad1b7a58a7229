// The parts of small forms: a labelled line, what went wrong, and a task that is carried out once at a time.

import type { ComponentChildren } from "preact";
import { useCallback, useId, useState } from "preact/hooks";
import { problemText } from "../state/problem";

interface TextLineProps {
  readonly label: ComponentChildren;
  readonly value: string;
  readonly type?: "text" | "password" | "time";
  /** Which keys a phone offers. */
  readonly inputMode?: "numeric";
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly placeholder?: string | undefined;
  readonly autocomplete?: "username" | "current-password" | "new-password" | "off";
  readonly minLength?: number;
  /** A text of several lines. */
  readonly long?: boolean;
  /** Stands under the field and is read with it. */
  readonly hint?: string;
  /** What is wrong with what was typed: below the hint, and read with it. */
  readonly wrong?: string | undefined;
  /** The label beside the field, for a form that is a line. */
  readonly inline?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextLine(props: TextLineProps) {
  const { label, value, type, inputMode, required, readOnly, placeholder, autocomplete, minLength } = props;
  const { long, hint, wrong, inline, onChange } = props;
  const id = useId();
  const notes = [hint === undefined ? "" : `${id}-hint`, wrong === undefined ? "" : `${id}-wrong`];
  const field = {
    id,
    class: "field",
    value,
    required: required ?? false,
    readOnly: readOnly ?? false,
    placeholder: placeholder ?? "",
    autocomplete: autocomplete ?? "off",
    minLength,
    "aria-invalid": wrong === undefined ? undefined : true,
    "aria-describedby": notes.filter(Boolean).join(" ") || undefined,
  };
  return (
    <div class={inline ? "row" : "setting-line"}>
      <label for={id}>{label}</label>
      {long ? (
        <textarea {...field} rows={3} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input
          {...field}
          {...(type === undefined || type === "text" ? {} : { type })}
          inputMode={inputMode}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {hint === undefined ? null : (
        <span id={`${id}-hint`} class="quiet">
          {hint}
        </span>
      )}
      {wrong === undefined ? null : <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}

/** What is wrong with one field, below it; the field names it as its description. */
export function Wrong({ id, children }: { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <span id={id} class="bad">
      {children}
    </span>
  );
}

interface CheckLineProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ComponentChildren;
}

export function CheckLine({ checked, onChange, children }: CheckLineProps) {
  return (
    <label class="row check-line">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** What went wrong, told at once; nothing where nothing did. */
export function Fault({ text }: { readonly text: string }) {
  return text === "" ? null : (
    <p class="bad" role="alert">
      {text}
    </p>
  );
}

export interface Task {
  readonly busy: boolean;
  readonly fault: string;
  readonly run: (what: () => Promise<unknown>) => void;
}

/** Runs one thing at a time; what it throws is `fault` until the next one begins. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const run = useCallback((what: () => Promise<unknown>): void => {
    setBusy(true);
    setFault("");
    what()
      .catch((error: unknown) => setFault(problemText(error)))
      .finally(() => setBusy(false));
  }, []);
  return { busy, fault, run };
}
