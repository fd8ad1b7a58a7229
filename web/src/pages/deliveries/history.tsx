// What happened to a delivery, oldest first.

import type { HistoryEntry } from "../../api/deliveries";
import { humanise } from "../../liquid/variables";
import { moment, t, tOr } from "../../text";

function words({ what, attempt }: HistoryEntry): string {
  if (what === "attempt") return t("happened.attempt", { n: attempt ?? 1 });
  return tOr(`status.${what}`, tOr(`happened.${what}`, humanise(what)));
}

export function History({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  return (
    <div class="delivery-part">
      <h3>{t("deliveries.history")}</h3>
      <ol class="history">
        {entries.map((entry, index) => (
          <li key={index}>
            <b>{words(entry)}</b>
            <time class="quiet" dateTime={entry.at}>
              {moment(entry.at)}
            </time>
            {entry.text ? <div class="quiet">{entry.text}</div> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
