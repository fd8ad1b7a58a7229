// The clients who get nothing, for one reason.

import type { Unreached as Person } from "../../../core/foresight-types";
import { t } from "../../../text";

interface UnreachedProps {
  readonly list: readonly Person[];
  /** How many there are; the list may be the first of them. */
  readonly total: number;
  readonly choose: (record: string) => void;
}

const MOST_SHOWN = 100;

export function Unreached({ list, total, choose }: UnreachedProps) {
  const shown = list.slice(0, MOST_SHOWN);
  return (
    <ul class="people">
      {shown.map(({ record, name, message }) => (
        <li key={record}>
          <button type="button" class="value" onClick={() => choose(record)}>
            <span>{name || record}</span>
            <span class="quiet">{message}</span>
          </button>
        </li>
      ))}
      {total > shown.length ? <li class="quiet">{t("coverage.more", { n: total - shown.length })}</li> : null}
    </ul>
  );
}
