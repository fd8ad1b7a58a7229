// English: all that the editor says, in the page and in the element.

import { common } from "../en/common";
import { conditions } from "../en/conditions";
import { coverage } from "../en/coverage";
import { editor } from "../en/editor";
import { filters } from "../en/filters";
import { preview } from "../en/preview";
import { reasons } from "../en/reasons";
import { recipient } from "../en/recipient";
import { review } from "../en/review";
import { timing } from "../en/timing";

export const en = {
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
} as const;
