// What rules are called, by their ids.

import { useCallback } from "preact/hooks";
import { listRules, newest } from "../api/rules";
import { useLoad } from "../ui/load";

async function ruleNames(): Promise<ReadonlyMap<string, string>> {
  const rules = (await listRules()).flatMap((entry) => newest(entry) ?? []);
  return new Map(rules.map(({ id, name }) => [id, name]));
}

/** The name of a rule; its id until the names are known, and where there is no such rule any more. */
export function useRuleNames(): (id: string) => string {
  const [names] = useLoad(ruleNames);
  return useCallback((id) => (names.kind === "ready" ? names.value.get(id) : undefined) ?? id, [names]);
}
