// Where in a template somebody is typing.

type Place = "value" | "filter" | "tag";

/** Where in Liquid the text ends, and from where on the word being typed stands; null outside of Liquid. */
export function placeAt(before: string): { readonly place: Place; readonly word: string } | null {
  const open = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
  if (open < 0) return null;
  const inside = before.slice(open + 2);
  if (/[}%]\}/.test(inside)) return null;
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
