// Where in a template somebody is typing.

type Place = "value" | "filter" | "tag" | "argument";

export interface Found {
  readonly place: Place;
  readonly word: string;
  /** Of an argument: whose. */
  readonly filter?: string;
}

/** A filter's arguments so far: none, or some with a comma behind; then a quote and letters of the next. */
const ARGUMENT = /\|\s*([a-z_]+)\s*:\s*(?:(?:"[^"]*"|'[^']*'|[^"'|,]*)\s*,\s*)*("?[^"'|,\s]*)$/;

/** Where in Liquid the text ends, and from where on the word being typed stands; null outside of Liquid. */
export function placeAt(before: string): Found | null {
  const open = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
  if (open < 0) return null;
  const inside = before.slice(open + 2);
  if (/[}%]\}/.test(inside)) return null;
  const argument = ARGUMENT.exec(inside);
  if (argument) return { place: "argument", word: argument[2] ?? "", filter: argument[1] ?? "" };
  const word = /[\p{L}\p{N}_.]*$/u.exec(inside)?.[0] ?? "";
  const ahead = inside.slice(0, inside.length - word.length).replace(/^-/, "");
  if (isInString(ahead)) return null;
  if (/\|\s*$/.test(ahead)) return { place: "filter", word };
  if (before.startsWith("{%", open) && ahead.trim() === "") return { place: "tag", word };
  return { place: "value", word };
}

function isInString(text: string): boolean {
  return text.replace(/"[^"]*"|'[^']*'/g, "").search(/["']/) >= 0;
}
