// What there is to know about the connection: that there is none, what waits, what was not taken, that a newer version is there.

import { t } from "../text";
import { Link } from "../ui/link";
import { waiting, type Waiting } from "./outbox";
import { reachable } from "./reach";
import { changeVersion, newVersion } from "./register";

export function OfflineBar() {
  const edits = waiting.value;
  const refused = edits.filter((each) => each.conflict || each.refused !== "");
  const count = edits.length - refused.length;
  return (
    <div class="offline-bars" role="status">
      {reachable.value ? null : (
        <p class="offline-bar is-off">
          <b>{t("offline.title")}</b> {t("offline.text")}{" "}
          {count === 0 ? "" : t("offline.waiting", { n: count })}
        </p>
      )}
      {refused.map((each) => (
        <Refused key={each.id} edit={each} />
      ))}
      {newVersion.value ? (
        <p class="offline-bar">
          {t("offline.newVersion")}{" "}
          <button type="button" class="button small" onClick={changeVersion}>
            {t("offline.reload")}
          </button>
        </p>
      ) : null}
    </div>
  );
}

function Refused({ edit: { id, rule, conflict, refused } }: { readonly edit: Waiting }) {
  return (
    <p class="offline-bar is-refused">
      {conflict
        ? t("offline.conflict", { name: rule.name })
        : t("offline.refused", { name: rule.name, message: refused })}{" "}
      <Link to={{ page: "rule", id }}>{t(conflict ? "offline.compare" : "offline.open")}</Link>
    </p>
  );
}
