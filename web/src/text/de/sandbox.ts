// German: the inbox of what left for nobody.

import type { sandbox as english } from "../en/sandbox";
import type { Translation } from "../table";

export const sandbox: Translation<typeof english> = {
  "sandbox.title": "Testpostfach",
  "sandbox.text":
    "Was der Testanbieter annahm, wie der Kunde es sähe. Nichts davon hat diesen Rechner verlassen.",
  "sandbox.empty": "Noch keine Nachrichten. Sie erscheinen hier, sobald eine Regel eine sendet.",
  "sandbox.list": "Nachrichten, neueste zuerst",
};
