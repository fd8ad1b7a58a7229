// Which deliveries are listed: words, state, rule, channel, provider, period. All of it stands in the address.

import { useEffect, useRef, useState } from "preact/hooks";
import { DELIVERY_STATUSES, PERIODS, type Route } from "../../routes";
import { amend } from "../../state/navigation";
import { t } from "../../text";
import { Choice, type Option } from "../../ui/choice";
import { SearchField } from "../../ui/search-field";

export type DeliveriesAt = Extract<Route, { page: "deliveries" }>;

const ALL = "";
const CHANNELS = ["sms", "email", "call", "chat", "whatsapp"] as const;
const TYPING_MS = 300; // a pause in typing; the service is asked then

interface FiltersProps {
  readonly at: DeliveriesAt;
  /** Names of rules by id. */
  readonly rules: ReadonlyMap<string, string>;
  readonly providers: readonly string[];
}

/** Whether anything is left out. */
export function isFiltered({ status, q, rule, channel, provider, days }: DeliveriesAt): boolean {
  return [status, q, rule, channel, provider, days].some((each) => each !== undefined);
}

export function Filters({ at, rules, providers }: FiltersProps) {
  const put = (part: Partial<DeliveriesAt>): void => amend({ ...at, ...part });
  const options = (all: string, rest: readonly Option[]): readonly Option[] => [
    { value: ALL, text: all },
    ...rest,
  ];
  const byName = [...rules].map(([value, text]) => ({ value, text }));
  return (
    <div class="filters" role="search" aria-label={t("find.search")}>
      <SearchBox words={at.q} change={(q) => put({ q })} />
      <Choice
        label={t("find.status")}
        value={at.status ?? ALL}
        options={options(
          t("deliveries.all"),
          DELIVERY_STATUSES.map((value) => ({ value, text: t(`status.${value}`) })),
        )}
        onChange={(value) => put({ status: DELIVERY_STATUSES.find((each) => each === value) })}
      />
      <Choice
        class="field of-rules"
        label={t("find.rule")}
        value={at.rule ?? ALL}
        options={options(
          t("find.anyRule"),
          byName.sort((a, b) => a.text.localeCompare(b.text)),
        )}
        onChange={(value) => put({ rule: value || undefined })}
      />
      <Choice
        label={t("find.channel")}
        value={at.channel ?? ALL}
        options={options(
          t("find.anyChannel"),
          CHANNELS.map((value) => ({ value, text: t(`channel.${value}`) })),
        )}
        onChange={(value) => put({ channel: value || undefined })}
      />
      <Choice
        label={t("find.provider")}
        value={at.provider ?? ALL}
        options={options(
          t("find.anyProvider"),
          providers.map((value) => ({ value, text: value })),
        )}
        onChange={(value) => put({ provider: value || undefined })}
      />
      <Choice
        label={t("find.period")}
        value={at.days ?? ALL}
        options={options(
          t("find.anyPeriod"),
          PERIODS.map((value) => ({ value, text: t("find.days", { n: Number(value) }) })),
        )}
        onChange={(value) => put({ days: PERIODS.find((each) => each === value) })}
      />
      {isFiltered(at) ? (
        <button type="button" class="button" onClick={() => amend({ page: "deliveries" })}>
          {t("find.clear")}
        </button>
      ) : null}
    </div>
  );
}

interface SearchBoxProps {
  readonly words: string | undefined;
  readonly change: (words: string | undefined) => void;
}

function SearchBox({ words, change }: SearchBoxProps) {
  const [typed, setTyped] = useState(words ?? "");
  const asked = useRef(words);
  // Words that did not come from here (everything is shown again) are taken over.
  useEffect(() => {
    if (words === asked.current) return;
    asked.current = words;
    setTyped(words ?? "");
  }, [words]);
  const wanted = typed.trim() || undefined;
  useEffect(() => {
    if (wanted === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      change(wanted);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  });
  return <SearchField class="search" label={t("find.search")} value={typed} onChange={setTyped} />;
}
