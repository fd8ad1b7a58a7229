// Polish: all that the editor says, in the page and in the element.

import { common } from "../pl/common";
import { conditions } from "../pl/conditions";
import { coverage } from "../pl/coverage";
import { editor } from "../pl/editor";
import { filters } from "../pl/filters";
import { preview } from "../pl/preview";
import { reasons } from "../pl/reasons";
import { recipient } from "../pl/recipient";
import { review } from "../pl/review";
import { timing } from "../pl/timing";
import type { EditorTable } from "../index";

export const pl: EditorTable = {
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
