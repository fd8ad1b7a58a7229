// Portuguese as Brazil writes it: all that the page says.

import { board } from "../pt/board";
import { company } from "../pt/company";
import { crm } from "../pt/crm";
import { deliveries } from "../pt/deliveries";
import { guide } from "../pt/guide";
import { offline } from "../pt/offline";
import { people } from "../pt/people";
import { privacy } from "../pt/privacy";
import { records } from "../pt/records";
import { sandbox } from "../pt/sandbox";
import { settings } from "../pt/settings";
import { shell } from "../pt/shell";
import { simulator } from "../pt/simulator";
import { suppressions } from "../pt/suppressions";
import { pt as editor } from "../editor/pt";
import type { Table } from "../index";

export const pt: Table = {
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
