// What would happen, in the order of time.

import { moment, t, tOr } from "../../text";
import { isSent, wordsOf, type Difference, type Line, type Outcome } from "./compare";
import { download } from "../../ui/download";
import { csvOf } from "./csv";
import type { RunState } from "./run";

const MOST_SHOWN = 300; // lines that are drawn; the export has all

const TONE: Readonly<Record<Difference, string>> = {
  same: "pill",
  new: "pill good",
  changed: "pill warn",
  gone: "pill bad",
};

interface TimelineProps {
  readonly done: Extract<RunState, { kind: "done" }>;
  readonly nameOf: (rule: string) => string;
}

export function Timeline({ done, nameOf }: TimelineProps) {
  const { lines, waiting, faults, cut, nameOfItem } = done;
  const sent = lines.filter(({ outcome, difference }) => isSent(outcome) && difference !== "gone").length;
  const counts = [
    t("sim.sent", { n: sent }),
    t("sim.notSent", { n: lines.length - sent }),
    ...(waiting > 0 ? [t("sim.waiting", { n: waiting })] : []),
    ...(faults > 0 ? [t("sim.faults", { n: faults })] : []),
    ...(cut === null ? [] : [t("sim.cut", { n: cut })]),
  ];
  return (
    <section class="card" aria-label={t("sim.timeline")}>
      <div class="card-head">
        <h2>{t("sim.timeline")}</h2>
        <span class="quiet" data-sent={sent}>
          {counts.join(" · ")}
        </span>
        <span class="grow" />
        <button
          type="button"
          class="button small"
          disabled={lines.length === 0}
          onClick={() => download("recado-simulation.csv", csvOf(lines, nameOf, nameOfItem))}
        >
          {t("sim.export")}
        </button>
      </div>
      {lines.length === 0 ? <p class="card-part quiet">{t("sim.none")}</p> : null}
      <ol class="timeline">
        {lines.slice(0, MOST_SHOWN).map((line, index) => (
          <li key={index}>
            <TimelineRow line={line} nameOf={nameOf} nameOfItem={nameOfItem} />
          </li>
        ))}
      </ol>
      {lines.length > MOST_SHOWN ? (
        <p class="card-part quiet">{t("sim.more", { n: lines.length - MOST_SHOWN })}</p>
      ) : null}
    </section>
  );
}

interface TimelineRowProps {
  readonly line: Line;
  readonly nameOf: (rule: string) => string;
  readonly nameOfItem: (outcome: Outcome) => string;
}

function TimelineRow({ line: { outcome, difference, before }, nameOf, nameOfItem }: TimelineRowProps) {
  const at = isSent(outcome) ? outcome.due : outcome.at;
  return (
    <div class={isSent(outcome) && difference !== "gone" ? "event" : "event is-unsent"}>
      <time class="quiet" dateTime={at}>
        {moment(at)}
      </time>
      <div>
        <div class="row">
          <b>{nameOf(outcome.rule)}</b>
          <span class="quiet">
            {isSent(outcome)
              ? `${tOr(`channel.${outcome.channel}`, outcome.channel)} · ${outcome.to.address ?? ""}`
              : t("status.skipped")}{" "}
            · {nameOfItem(outcome)}
          </span>
          {difference ? <span class={TONE[difference]}>{t(`sim.diff.${difference}`)}</span> : null}
        </div>
        <div class="event-words">{wordsOf(outcome)}</div>
        {before && before !== outcome ? (
          <div class="event-words quiet">
            {t("sim.live")}: {wordsOf(before)}
            {isSent(before) && isSent(outcome) && before.due !== outcome.due ? `, ${moment(before.due)}` : ""}
          </div>
        ) : null}
      </div>
    </div>
  );
}
