// A sentence of words and pickers. What closes a word (a comma, a full stop) stays on its line.

import type { ComponentChildren } from "preact";
import { pieces, type Key } from "../../../text";

const CLOSING = /^[,.;:!?)\]]+/;

export type Parts = Readonly<Record<string, ComponentChildren>>;

export function sentenceOf(key: Key, parts: Parts): ComponentChildren[] {
  const cuts = [...pieces(key)];
  return cuts.map((piece, index) => {
    if (index % 2 === 0) return piece;
    const closing = CLOSING.exec(cuts[index + 1] ?? "")?.[0] ?? "";
    cuts[index + 1] = (cuts[index + 1] ?? "").slice(closing.length);
    const part = parts[piece] ?? null;
    if (closing === "") return part;
    return (
      <span key={piece} class="glued">
        {part}
        {closing}
      </span>
    );
  });
}
