// What runs beside the editor while a rule is in it: the core, the count over all clients, the guard against leaving.

import { effect, type Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Source } from "../../core/crowd-protocol";
import type { Known } from "../../rule/words";
import { currentLanguage, t } from "../../text";
import { watch, type Analyst } from "./analysis";
import { watchCrowd, type Crowd } from "./crowd";
import type { Draft } from "./draft";
import type { EditorHost } from "./host";

export function useAnalyst(
  draft: Draft,
  scene: Parameters<typeof watch>[1],
  known: Known,
  host: EditorHost,
): Analyst | null {
  const [analyst, setAnalyst] = useState<Analyst | null>(null);
  const language = currentLanguage(); // the core's sentences follow it
  useEffect(() => {
    const started = watch(draft.rule, scene, known, language);
    setAnalyst(started);
    return () => started.stop();
  }, [draft, scene, known, language]);
  useEffect(
    () =>
      effect(() => {
        const answer = analyst?.analysis.value;
        if (answer) host.analysed?.(answer);
      }),
    [analyst, host],
  );
  return analyst;
}

export function useCrowd(draft: Draft, source: Signal<Source>, known: Known): Crowd | null {
  const [crowd, setCrowd] = useState<Crowd | null>(null);
  const language = currentLanguage();
  useEffect(() => {
    const started = watchCrowd(draft.rule, source, known, language);
    setCrowd(started);
    return () => started.close();
  }, [draft, source, known, language]);
  return crowd;
}

export function useLeaveGuard(draft: Draft, host: EditorHost): void {
  useEffect(() => {
    // A new rule in which nothing was written is no loss.
    const first = draft.rule.peek();
    host.guard({
      unsaved: () => draft.dirty.peek() && draft.rule.peek() !== first,
      confirm: () => window.confirm(t("editor.leave")),
    });
    return () => host.guard(null);
  }, [draft, host]);
}
