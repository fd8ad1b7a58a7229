// German: all that the page says. Formal, as German business software speaks.

import { board } from "../de/board";
import { company } from "../de/company";
import { crm } from "../de/crm";
import { deliveries } from "../de/deliveries";
import { guide } from "../de/guide";
import { offline } from "../de/offline";
import { people } from "../de/people";
import { privacy } from "../de/privacy";
import { records } from "../de/records";
import { sandbox } from "../de/sandbox";
import { settings } from "../de/settings";
import { shell } from "../de/shell";
import { simulator } from "../de/simulator";
import { suppressions } from "../de/suppressions";
import { de as editor } from "../editor/de";
import type { Table } from "../index";

export const de: Table = {
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
};
