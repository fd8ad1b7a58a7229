// Portuguese: all that the editor says, in the page and in the element.

import { common } from "../pt/common";
import { conditions } from "../pt/conditions";
import { coverage } from "../pt/coverage";
import { editor } from "../pt/editor";
import { filters } from "../pt/filters";
import { preview } from "../pt/preview";
import { reasons } from "../pt/reasons";
import { recipient } from "../pt/recipient";
import { review } from "../pt/review";
import { timing } from "../pt/timing";
import type { EditorTable } from "../index";

export const pt: EditorTable = {
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
