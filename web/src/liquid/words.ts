// The filters and tags that completion offers, with an example each. What is right is decided by the core; this
// list only helps to find the words.

export interface FilterWord {
  readonly name: string;
  /** What to type after the name; "" for a filter without arguments. */
  readonly arguments: string;
}

export const FILTERS: readonly FilterWord[] = [
  { name: "append", arguments: ': ""' },
  { name: "capitalize", arguments: "" },
  { name: "date", arguments: "" },
  { name: "datetime", arguments: "" },
  { name: "decimal", arguments: ": 2" },
  { name: "default", arguments: ': ""' },
  { name: "divided_by", arguments: ": 1" },
  { name: "downcase", arguments: "" },
  { name: "escape", arguments: "" },
  { name: "first", arguments: "" },
  { name: "join", arguments: ': ", "' },
  { name: "last", arguments: "" },
  { name: "map", arguments: ': ""' },
  { name: "minus", arguments: ": 1" },
  { name: "money", arguments: "" },
  { name: "plus", arguments: ": 1" },
  { name: "prepend", arguments: ': ""' },
  { name: "replace", arguments: ': "", ""' },
  { name: "size", arguments: "" },
  { name: "strip", arguments: "" },
  { name: "times", arguments: ": 1" },
  { name: "truncate", arguments: ": 20" },
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
