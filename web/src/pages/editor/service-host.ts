// The editor in the page: rules, files and tests are the service's, places are the address bar's.

import { fileStore } from "../../api/files";
import { getRule, listRevisions, putRule, restoreRevision, testRule } from "../../api/rules";
import { amend, guardLeaving } from "../../state/navigation";
import type { EditorHost } from "./host";

export const serviceHost: EditorHost = {
  store: { read: getRule, write: putRule },
  history: { list: listRevisions, restore: restoreRevision },
  files: fileStore,
  sendTest: testRule,
  choose: ({ id }, record) => amend({ page: "rule", id, record }),
  guard: guardLeaving,
};
