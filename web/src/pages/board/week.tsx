// What each rule did in the last days, in one call for the whole board.

import { useEffect } from "preact/hooks";
import { outcomesOf, statisticsByRule, type Outcomes } from "../../api/statistics";
import { onChange } from "../../api/stream";
import { t, type Key } from "../../text";
import { useLoad } from "../../ui/load";

export type Week = ReadonlyMap<string, Outcomes>;

const DAYS = 7;
export const NOTHING: Week = new Map();

async function readWeek(): Promise<Week> {
  const { groups } = await statisticsByRule(DAYS);
  return new Map(groups.map((group) => [group.rule, outcomesOf(group)]));
}

/**
 * Outcomes by rule; null until they are asked for, so that no card grows after it is drawn; nothing where they cannot be
 * had: a board without them is a board.
 */
export function useWeek(): Week | null {
  const [state, reload] = useLoad(readWeek);
  useEffect(() => onChange(reload), [reload]);
  if (state.kind === "loading") return null;
  return state.kind === "ready" ? state.value : NOTHING;
}

const WORDS: readonly { readonly of: keyof Outcomes; readonly text: Key; readonly tone: string }[] = [
  { of: "sent", text: "week.sent", tone: "" },
  { of: "notSent", text: "week.notSent", tone: "" },
  { of: "failed", text: "week.failed", tone: "bad" },
  { of: "unknown", text: "week.unknown", tone: "warn" },
];

/** One line on a rule's card; none where nothing happened. */
export function WeekLine({ outcomes }: { readonly outcomes: Outcomes | undefined }) {
  const told = WORDS.filter(({ of }) => (outcomes?.[of] ?? 0) > 0);
  if (!outcomes || told.length === 0) return null;
  return (
    <span class="quiet week">
      {t("week.title")}{" "}
      {told.map(({ of, text, tone }, index) => (
        <span key={of} class={tone}>
          {index === 0 ? "" : ", "}
          {t(text, { n: outcomes[of] })}
        </span>
      ))}
    </span>
  );
}
