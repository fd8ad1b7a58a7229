// A word of the sentence that is a choice: a native select, so that keyboard, screen reader and phone do it their
// own way, dressed as a word.

export interface Option {
  readonly value: string;
  readonly text: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly class?: string;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}

export function Choice({ label, value, options, class: className, disabled, onChange }: ChoiceProps) {
  // A value that the list does not know (a provider that was removed) is shown all the same.
  const all = options.some((option) => option.value === value)
    ? options
    : [{ value, text: value }, ...options];
  return (
    <select
      class={className ?? "field"}
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {all.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
