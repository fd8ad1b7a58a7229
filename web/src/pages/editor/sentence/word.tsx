// A choice dressed as a word of the sentence.

import { Choice, type Option } from "../../../ui/choice";
import { LiveText } from "../../../ui/live-text";

interface WordProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

export function Word({ label, value, options, readOnly, onChange }: WordProps) {
  return (
    <Choice
      class="pick"
      label={label}
      value={value}
      options={options}
      disabled={readOnly}
      onChange={onChange}
    />
  );
}

/** A word that is written, not chosen: the names of templates that the workspace does not list. */
export function WrittenWord({ label, value, readOnly, onChange }: Omit<WordProps, "options">) {
  return (
    <LiveText
      class="pick"
      label={label}
      value={value}
      spell={(typed) => typed.trim()}
      readOnly={readOnly}
      change={onChange}
    />
  );
}
