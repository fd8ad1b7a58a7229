// Messages whose placeholders are parts of the page.

import type { ComponentChildren } from "preact";
import { pieces, type Key } from "./index";

export function rich(key: Key, parts: Readonly<Record<string, ComponentChildren>>): ComponentChildren[] {
  return pieces(key).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? null)));
}
