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
  /** Stands under the field and is read with it. */
  readonly hint?: string;
  /** The same, where what was typed is wrong. */
  readonly wrong?: string;
  /** The label beside the field, for a form that is a line. */
  readonly inline?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextLine(props: TextLineProps) {
  const { label, value, type, inputMode, required, readOnly, placeholder, autocomplete, minLength } = props;
  const { hint, wrong, inline, onChange } = props;
  const id = useId();
  const note = wrong ?? hint;
  return (
    <div class={inline ? "row" : "setting-line"}>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        {...(type === undefined || type === "text" ? {} : { type })}
        inputMode={inputMode}
        required={required ?? false}
        readOnly={readOnly ?? false}
        placeholder={placeholder ?? ""}
        autocomplete={autocomplete ?? "off"}
        minLength={minLength}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {note === undefined ? null : (
        <span id={`${id}-note`} class={wrong === undefined ? "quiet" : "bad"}>
          {note}
        </span>
      )}
    </div>
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
