// The parts of small forms: a labelled line, what went wrong, and a task that is carried out once at a time.

import type { ComponentChildren } from "preact";
import { useCallback, useId, useState } from "preact/hooks";
import { problemText } from "../api/http";

interface TextLineProps {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "password";
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly placeholder?: string;
  readonly autocomplete?: "username" | "current-password" | "new-password" | "off";
  readonly minLength?: number;
  /** Stands under the field and is read with it. */
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}

export function TextLine(props: TextLineProps) {
  const { label, value, type, required, readOnly, placeholder, autocomplete, minLength, hint, onChange } =
    props;
  const id = useId();
  return (
    <div class="setting-line">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        {...(type === "password" ? { type: "password" } : {})}
        required={required ?? false}
        readOnly={readOnly ?? false}
        placeholder={placeholder ?? ""}
        autocomplete={autocomplete ?? "off"}
        minLength={minLength}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} class="quiet">
          {hint}
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
