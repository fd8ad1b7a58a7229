// Spanish: all that the page says. Formal, and neutral between countries.

import { board } from "../es/board";
import { company } from "../es/company";
import { crm } from "../es/crm";
import { deliveries } from "../es/deliveries";
import { guide } from "../es/guide";
import { offline } from "../es/offline";
import { people } from "../es/people";
import { privacy } from "../es/privacy";
import { records } from "../es/records";
import { sandbox } from "../es/sandbox";
import { settings } from "../es/settings";
import { shell } from "../es/shell";
import { simulator } from "../es/simulator";
import { suppressions } from "../es/suppressions";
import { es as editor } from "../editor/es";
import type { Table } from "../index";

export const es: Table = {
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
