// A labelled field that says beneath itself what is wrong with it.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface CheckedLineProps {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly hint?: string;
  readonly kind?: "time" | "number" | "long";
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
}

export function CheckedLine(props: CheckedLineProps) {
  const { label, value, fault, hint, kind, placeholder, required, onChange } = props;
  const id = useId();
  const told = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-fault`];
  const field = {
    id,
    class: "field",
    value,
    placeholder: placeholder ?? "",
    required: required ?? false,
    "aria-invalid": fault !== undefined,
    "aria-describedby": told.filter(Boolean).join(" ") || undefined,
  };
  return (
    <div class="setting-line">
      <label for={id}>{label}</label>
      {kind === "long" ? (
        <textarea {...field} rows={3} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input
          {...field}
          {...(kind === "time" ? { type: "time" } : {})}
          {...(kind === "number" ? { inputMode: "numeric" as const } : {})}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {hint === undefined ? null : (
        <span id={`${id}-hint`} class="quiet">
          {hint}
        </span>
      )}
      {fault === undefined ? null : <FaultLine id={`${id}-fault`}>{fault}</FaultLine>}
    </div>
  );
}

export function FaultLine({ id, children }: { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <span id={id} class="bad">
      {children}
    </span>
  );
}
