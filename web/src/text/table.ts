// The shape of a message table: one entry a message, with plural forms where a number decides the wording.

export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}
export type Message = string | Plural;
export type Messages = Readonly<Record<string, Message>>;
/** The same messages in another language: none missing, none besides. */
export type Translation<English> = { readonly [Key in keyof English]: Message };
export type Arguments = Readonly<Record<string, string | number>>;

/** Picks the plural form by the argument `n` and fills in {name} placeholders. */
export function fill(message: Message, language: string, args: Arguments): string {
  return chooseForm(message, language, args["n"]).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : String(value);
  });
}

function chooseForm(message: Message, language: string, n: string | number | undefined): string {
  if (typeof message === "string") return message;
  const rule = new Intl.PluralRules(language).select(Number(n ?? 0));
  return message[rule] ?? message.other;
}

/** Cuts a message at its placeholders: odd places are names, even places are text. */
export function cut(message: string): readonly string[] {
  return message.split(/\{(\w+)\}/);
}
