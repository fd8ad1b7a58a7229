// Signing out: the session ends there, and what was kept here goes.

import { problemText } from "../state/problem";
import { t } from "../text";
import { announce } from "../ui/announce";
import { waiting } from "./outbox";
import { leave } from "./send";

export function SignOut() {
  const go = (): void => {
    const n = waiting.peek().length;
    if (n > 0 && !window.confirm(t("offline.signOutAnyway", { n }))) return;
    leave().catch((error: unknown) => announce(problemText(error)));
  };
  return (
    <button type="button" class="nav-link sign-out" onClick={go}>
      {t("nav.signOut")}
    </button>
  );
}
