// The filters and tags that completion offers, with the arguments people want. What is right is decided by the core;
// this list only helps to find the words.

export interface FilterWord {
  readonly name: string;
  /** What to type after the name; "" for a filter that needs no arguments. */
  readonly arguments: string;
  /** Arguments to choose from, spelt as they are written. */
  readonly choices?: readonly string[];
}

const STYLES = ['"short"', '"medium"', '"long"', '"full"'] as const;

export const FILTERS: readonly FilterWord[] = [
  { name: "append", arguments: ': ""' },
  { name: "capitalize", arguments: "" },
  { name: "date", arguments: "", choices: ['"%d.%m.%Y"', '"%d.%m."', '"%Y-%m-%d"', '"%H:%M"'] },
  { name: "datetime", arguments: "", choices: [...STYLES, '"MMMd"', '"dd.MM.yyyy"', "date: ", "time: "] },
  { name: "decimal", arguments: ": 2", choices: ["0", "1", "2"] },
  { name: "default", arguments: ': ""' },
  { name: "divided_by", arguments: ": 1" },
  { name: "downcase", arguments: "" },
  { name: "escape", arguments: "" },
  { name: "first", arguments: "" },
  { name: "join", arguments: ': ", "' },
  { name: "last", arguments: "" },
  { name: "map", arguments: ': ""' },
  { name: "minus", arguments: ": 1" },
  { name: "money", arguments: "", choices: ['"EUR"', '"USD"', '"BRL"', '"PLN"', 'width: "code"'] },
  { name: "money_without_trailing_zeros", arguments: "" },
  { name: "phone", arguments: "", choices: ['"national"', '"e164"'] },
  { name: "plus", arguments: ": 1" },
  { name: "prepend", arguments: ': ""' },
  { name: "replace", arguments: ': "", ""' },
  { name: "round", arguments: "", choices: ["0", "1", "2"] },
  { name: "size", arguments: "" },
  { name: "sms_safe", arguments: "" },
  { name: "split", arguments: ': ","' },
  { name: "strip", arguments: "" },
  { name: "times", arguments: ": 1" },
  { name: "transliterate", arguments: "", choices: ['"uk"', '"de"', 'keep: "gsm"'] },
  { name: "truncate", arguments: ": 20", choices: ["20", "40", "80"] },
  { name: "upcase", arguments: "" },
];

export const TAGS: readonly string[] = [
  "if",
  "elsif",
  "else",
  "endif",
  "unless",
  "endunless",
  "case",
  "when",
  "endcase",
  "for",
  "endfor",
  "assign",
  "capture",
  "endcapture",
  "comment",
  "endcomment",
  "raw",
  "endraw",
];
