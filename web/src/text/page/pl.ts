// Polish: all that the page says. Direct, and without gender where that can be.

import { board } from "../pl/board";
import { company } from "../pl/company";
import { crm } from "../pl/crm";
import { deliveries } from "../pl/deliveries";
import { guide } from "../pl/guide";
import { offline } from "../pl/offline";
import { people } from "../pl/people";
import { privacy } from "../pl/privacy";
import { records } from "../pl/records";
import { sandbox } from "../pl/sandbox";
import { settings } from "../pl/settings";
import { shell } from "../pl/shell";
import { simulator } from "../pl/simulator";
import { suppressions } from "../pl/suppressions";
import { pl as editor } from "../editor/pl";
import type { Table } from "../index";

export const pl: Table = {
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
