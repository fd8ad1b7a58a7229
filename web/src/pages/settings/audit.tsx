// Who changed what, newest first.

import { listAudit } from "../../api/settings";
import { moment, t, tOr } from "../../text";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";

export function Audit() {
  const [entries, reload] = useLoad(listAudit);
  return (
    <Wait state={entries} retry={reload}>
      {(list) =>
        list.length === 0 ? (
          <p class="quiet">{t("settings.noAudit")}</p>
        ) : (
          <ul class="card settings-list">
            {list.map((entry, index) => (
              <li key={index} class="row">
                <time class="quiet" dateTime={entry.at}>
                  {moment(entry.at)}
                </time>
                <b>{entry.actor}</b>
                <span>{tOr(`audit.${entry.action}`, entry.action)}</span>
                <span class="quiet">{entry.subject}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Wait>
  );
}
