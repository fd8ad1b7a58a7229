// The editor in somebody else's page: what it would ask a service for becomes events of the element.

import type { Analysis } from "../core/protocol";
import type { Diagnostic, Rule } from "../core/types";
import type { EditorHost } from "../pages/editor/host";
import type { StoredRule } from "../rule/entry";
import { errorsOf } from "../rule/state";
import { PRECONDITION_FAILED, Problem, problemText } from "../state/problem";
import { theirsIn } from "./conflict";
import type { ChangeDetail, DiagnosticsDetail, SaveDetail } from "../../../wasm/src/editor";

interface Details {
  change: ChangeDetail;
  diagnostics: DiagnosticsDetail;
  save: SaveDetail;
}

/** The package's types of rules are open JSON, the page's are exact: the same documents. */
type Open = ChangeDetail["rule"];

export function tell<Name extends keyof Details>(
  element: HTMLElement,
  name: Name,
  detail: Details[Name],
): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

export const changed = (element: HTMLElement, rule: Rule): void =>
  tell(element, "change", { rule: rule as unknown as Open });

/** A rule as somebody keeps it who has told nothing but what is live. */
export function storedAs(rule: Rule, live: Rule | null, diagnostics: readonly Diagnostic[]): StoredRule {
  const isLive = live !== null && JSON.stringify(live) === JSON.stringify(rule);
  return {
    entry: { rule: live, draft: isLive ? null : rule, published_revision: live ? 1 : null, diagnostics },
    etag: null,
  };
}

interface Embedding {
  readonly published: () => Rule | null;
  readonly choose: (record: string) => void;
}

export function eventHost(element: HTMLElement, { published, choose }: Embedding): EditorHost {
  let newest: Analysis | null = null;
  // What the page said it has in the place of the version that a save came from, until another save has replaced it.
  let refused: { readonly theirs: Rule; readonly base: Rule | null } | null = null;
  return {
    store: {
      // Only a store that refused a version is asked for the one it has.
      read: () =>
        refused
          ? Promise.resolve(storedAs(refused.theirs, published(), []))
          : Promise.reject(new Error("nothing is kept here")),
      async write(rule, _etag, publish, base) {
        const saving: Promise<unknown>[] = [];
        const diagnostics = newest?.diagnostics ?? [];
        tell(element, "save", {
          rule: rule as unknown as Open,
          publish,
          replaces: (refused?.base === base ? refused.theirs : base) as unknown as Open | null,
          diagnostics: diagnostics as SaveDetail["diagnostics"],
          until: (saved) => void saving.push(saved),
        });
        await Promise.all(saving).catch((error: unknown) => {
          const kept = theirsIn(error);
          if (!kept) throw error;
          refused = { theirs: kept, base };
          throw new Problem(PRECONDITION_FAILED, problemText(error));
        });
        refused = null;
        return storedAs(rule, publish ? rule : published(), diagnostics);
      },
    },
    history: null,
    files: null,
    sendTest: null,
    choose: (_rule, record) => choose(record),
    guard: () => undefined,
    analysed(analysis) {
      newest = analysis;
      const { rule, diagnostics } = analysis;
      tell(element, "diagnostics", {
        rule: rule as unknown as Open,
        diagnostics: diagnostics as DiagnosticsDetail["diagnostics"],
        errors: errorsOf(diagnostics),
      });
    },
  };
}
