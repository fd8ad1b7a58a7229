// What rules are called, by their ids.

import { useCallback } from "preact/hooks";
import { listRules, newest } from "../api/rules";
import { useLoad } from "../ui/load";

async function ruleNames(): Promise<ReadonlyMap<string, string>> {
  const rules = (await listRules()).flatMap((entry) => newest(entry) ?? []);
  return new Map(rules.map(({ id, name }) => [id, name]));
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Names by id; empty until they are known. */
export function useRules(): ReadonlyMap<string, string> {
  const [names] = useLoad(ruleNames);
  return names.kind === "ready" ? names.value : NONE;
}

/** The name of a rule; its id until the names are known, and where there is no such rule any more. */
export function useRuleNames(): (id: string) => string {
  const names = useRules();
  return useCallback((id) => names.get(id) ?? id, [names]);
}
