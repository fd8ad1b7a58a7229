// A draft that is open while its edit, which had waited, is sent: it hears what became of it.

import { useEffect } from "preact/hooks";
import { onSent } from "../../offline/send";
import type { Draft } from "./draft";

export function useEdits(draft: Draft): void {
  useEffect(
    () =>
      onSent((id, outcome) => {
        if (id === draft.rule.peek().id) void draft.hear(outcome);
      }),
    [draft],
  );
}
