// The editor in the page: rules, files and tests are the service's, places are the address bar's. Without a connection
// edits wait in this browser.

import { fileStore } from "../../api/files";
import { getRule, listRevisions, putRule, restoreRevision, testRule } from "../../api/rules";
import type { Rule } from "../../core/types";
import { dropEdit, keepEdit, waitingFor } from "../../offline/outbox";
import type { StoredRule } from "../../rule/entry";
import { catalogue } from "../../state/catalogue";
import { amend, guardLeaving } from "../../state/navigation";
import { Problem } from "../../state/problem";
import type { EditorHost } from "./host";

const UNREACHABLE = 0;

async function write(
  rule: Rule,
  etag: string | null,
  publish: boolean,
  base: Rule | null,
): Promise<StoredRule> {
  try {
    const stored = await putRule(rule, etag, publish);
    await dropEdit(rule.id);
    return stored;
  } catch (error) {
    const known = catalogue.value;
    if (!(error instanceof Problem) || error.status !== UNREACHABLE || known.kind !== "ready") throw error;
    const before = waitingFor(rule.id);
    const { user } = known.value.session;
    await keepEdit({ id: rule.id, rule, user, etag, publish, base: before?.base ?? base }).catch(() => {
      throw error; // kept nowhere: then it was not saved
    });
    const entry = { rule: null, draft: rule, published_revision: null, diagnostics: [] };
    return { entry, etag, waiting: true };
  }
}

export const serviceHost: EditorHost = {
  store: { read: getRule, write, dropped: dropEdit },
  history: { list: listRevisions, restore: restoreRevision },
  files: fileStore,
  sendTest: testRule,
  choose: ({ id }, record) => amend({ page: "rule", id, record }),
  guard: guardLeaving,
};
