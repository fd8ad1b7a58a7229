// English: all that the page says, the table every other language is translated from. Keys say where a message stands.
// Plain words: a salesperson reads this.

import { board } from "../en/board";
import { company } from "../en/company";
import { crm } from "../en/crm";
import { deliveries } from "../en/deliveries";
import { guide } from "../en/guide";
import { offline } from "../en/offline";
import { people } from "../en/people";
import { privacy } from "../en/privacy";
import { records } from "../en/records";
import { sandbox } from "../en/sandbox";
import { settings } from "../en/settings";
import { shell } from "../en/shell";
import { simulator } from "../en/simulator";
import { suppressions } from "../en/suppressions";
import { en as editor } from "../editor/en";

export const en = {
  ...editor,
  ...shell,
  ...board,
  ...deliveries,
  ...records,
  ...simulator,
  ...sandbox,
  ...guide,
  ...settings,
  ...company,
  ...people,
  ...suppressions,
  ...crm,
  ...privacy,
  ...offline,
} as const;
