// A field that reports at every letter although its value is kept in another spelling than people type: "de,pt" for
// ["de", "pt"]. What is being typed stays as it is while it means the same as the value.

import { useState } from "preact/hooks";

interface LiveTextProps {
  readonly label: string;
  readonly hint?: string;
  readonly decimal?: boolean;
  readonly readOnly?: boolean;
  readonly class?: string;
  /** As the value is spelt. */
  readonly value: string;
  /** The spelling of what was typed. */
  readonly spell: (typed: string) => string;
  readonly change: (spelt: string) => void;
}

export function LiveText(props: LiveTextProps) {
  const { label, hint, decimal, readOnly, value, spell, change } = props;
  const [typed, setTyped] = useState(value);
  return (
    <input
      class={props.class ?? "field"}
      inputMode={decimal ? "decimal" : "text"}
      aria-label={label}
      placeholder={hint ?? ""}
      readOnly={readOnly ?? false}
      value={spell(typed) === value ? typed : value}
      onInput={({ currentTarget }) => {
        setTyped(currentTarget.value);
        change(spell(currentTarget.value));
      }}
    />
  );
}
