// A field that looks for something: its words stand in it until somebody types.

interface SearchFieldProps {
  readonly label: string;
  /** What stands in it while it is empty; the label unless given. */
  readonly hint?: string;
  readonly class?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, hint, class: className, value, onChange }: SearchFieldProps) {
  return (
    <input
      type="search"
      class={className === undefined ? "field" : `field ${className}`}
      aria-label={label}
      placeholder={hint ?? label}
      value={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
