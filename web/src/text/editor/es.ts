// Spanish: all that the editor says, in the page and in the element.

import { common } from "../es/common";
import { conditions } from "../es/conditions";
import { coverage } from "../es/coverage";
import { editor } from "../es/editor";
import { filters } from "../es/filters";
import { preview } from "../es/preview";
import { reasons } from "../es/reasons";
import { recipient } from "../es/recipient";
import { review } from "../es/review";
import { timing } from "../es/timing";
import type { EditorTable } from "../index";

export const es: EditorTable = {
  ...common,
  ...timing,
  ...conditions,
  ...recipient,
  ...editor,
  ...filters,
  ...preview,
  ...reasons,
  ...coverage,
  ...review,
};
