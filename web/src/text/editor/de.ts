// German: all that the editor says, in the page and in the element.

import { common } from "../de/common";
import { conditions } from "../de/conditions";
import { coverage } from "../de/coverage";
import { editor } from "../de/editor";
import { filters } from "../de/filters";
import { preview } from "../de/preview";
import { reasons } from "../de/reasons";
import { recipient } from "../de/recipient";
import { review } from "../de/review";
import { timing } from "../de/timing";
import type { EditorTable } from "../index";

export const de: EditorTable = {
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
