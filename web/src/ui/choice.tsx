// A native select, so that keyboard, screen reader and phone do it their own way; in the sentence dressed as a word.

export interface Option {
  readonly value: string;
  readonly text: string;
}
export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly class?: string;
  readonly disabled?: boolean;
  /** Id of what says that this choice is wrong; absent: it is not. */
  readonly faultId?: string | undefined;
  readonly onChange: (value: string) => void;
}

interface ChoiceProps extends SelectProps {
  readonly options: readonly Option[];
}

const asOptions = (options: readonly Option[]) =>
  options.map(({ value, text }) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));

export function Choice(props: ChoiceProps) {
  const { label, value, options, class: className, disabled, faultId, onChange } = props;
  // A value that the list does not know (a provider that was removed) is shown all the same.
  const isKnown = options.some((option) => option.value === value);
  return (
    <select
      class={className ?? "field"}
      aria-label={label}
      value={value}
      disabled={disabled}
      aria-invalid={faultId !== undefined}
      aria-describedby={faultId}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {asOptions(isKnown ? options : [{ value, text: value }, ...options])}
    </select>
  );
}

interface GroupedChoiceProps extends SelectProps {
  readonly groups: readonly OptionGroup[];
}

export function GroupedChoice({
  label,
  value,
  groups,
  class: className,
  disabled,
  onChange,
}: GroupedChoiceProps) {
  const isKnown = groups.some(({ options }) => options.some((option) => option.value === value));
  return (
    <select
      class={className ?? "field"}
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {isKnown ? null : <option value={value}>{value}</option>}
      {groups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {asOptions(group.options)}
        </optgroup>
      ))}
    </select>
  );
}
