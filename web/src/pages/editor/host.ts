// What the editor asks of whoever shows it. The page of the service answers with the service's API
// (service-host.ts); the element in somebody else's page answers with events (../../element/event-host.ts).

import type { FileSource } from "../../api/files";
import type { Analysis } from "../../core/protocol";
import type { Rule } from "../../core/types";
import type { Revision, StoredRule } from "../../rule/entry";
import type { Guard } from "../../state/navigation";

/** Where rules are kept. Rejects with a Problem: 412 where the rule is not the one that `etag` names any more. */
export interface RuleStore {
  read(id: string): Promise<StoredRule>;
  write(rule: Rule, etag: string | null, publish: boolean, base: Rule | null): Promise<StoredRule>;
  /** An edit of the rule that was kept is not wanted any more. */
  dropped?(id: string): Promise<void>;
}

/** Versions that were live, for a store that remembers them. */
export interface RuleHistory {
  list(id: string): Promise<readonly Revision[]>;
  restore(id: string, revision: number, etag: string | null): Promise<StoredRule>;
}

export interface EditorHost {
  readonly store: RuleStore;
  /** Absent parts are absent from the editor too. */
  readonly history: RuleHistory | null;
  readonly files: FileSource | null;
  readonly sendTest: ((id: string, record: string, to: string) => Promise<void>) | null;
  /** The user wants to see another client. */
  choose(rule: Rule, record: string): void;
  /** The core has judged a state of the rule. */
  analysed?(analysis: Analysis): void;
  /** What to ask before the user goes elsewhere; null: nothing any more. */
  guard(guard: Guard | null): void;
}
