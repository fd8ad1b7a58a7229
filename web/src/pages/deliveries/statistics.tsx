// The last days at a glance: three small plots, and the numbers behind them as a table.

import { useCallback, useEffect } from "preact/hooks";
import { outcomesOf, statisticsByDay, type DaySums, type Statistics } from "../../api/statistics";
import { onChange } from "../../api/stream";
import { dayWords, numberWords, t } from "../../text";
import { Link } from "../../ui/link";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { busyDays, costWords, plotsOf, plotWords, type Bar, type Plot } from "./plots";

export function StatisticsPanel({ days }: { readonly days: number }) {
  const [state, reload] = useLoad(useCallback(() => statisticsByDay(days), [days]));
  useEffect(() => onChange(reload), [reload]);
  return (
    <section class="card statistics" aria-label={t("find.days", { n: days })}>
      <h2>{t("find.days", { n: days })}</h2>
      <Wait state={state} retry={reload} meanwhile={<PlaceOfPlots />}>
        {(statistics) => (
          <>
            <div class="plots">
              {plotsOf(statistics).map((plot) => (
                <PlotFigure key={plot.title} plot={plot} />
              ))}
              {statistics.total.cost.length === 0 ? <NoCost /> : null}
            </div>
            <Numbers statistics={statistics} />
          </>
        )}
      </Wait>
    </section>
  );
}

/** As high as what will come: what stands below must not move when it does. */
function PlaceOfPlots() {
  return (
    <>
      <p class="hidden-text">{t("app.loading")}</p>
      <div class="plots" aria-hidden="true">
        {["sent", "failed", "cost"].map((kind) => (
          <figure key={kind} class="plot">
            <figcaption>
              <b>&nbsp;</b>
            </figcaption>
            <svg />
            <div class="plot-axis quiet">&nbsp;</div>
          </figure>
        ))}
      </div>
      <p class="plot-numbers" aria-hidden="true">
        &nbsp;
      </p>
    </>
  );
}

const STEP = 10; // drawing units a day
const HEIGHT = 48;
const LEAST = 2; // a bar of a day with anything is seen

function PlotFigure({ plot }: { readonly plot: Plot }) {
  const { kind, title, total, bars, highest } = plot;
  const width = bars.length * STEP;
  return (
    <figure class={`plot plot-${kind}`}>
      <figcaption>
        <b>{total}</b> <span class="quiet">{title}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={plotWords(plot)}
      >
        {bars.map((bar, index) => (
          <Column key={bar.day} bar={bar} x={index * STEP} />
        ))}
      </svg>
      <div class="plot-axis quiet" aria-hidden="true">
        <span>{dayWords(bars[0]?.day ?? "")}</span>
        <span>
          {highest ? t("stats.most", { day: dayWords(highest.day), value: highest.value }) : t("stats.none")}
        </span>
      </div>
    </figure>
  );
}

/** The whole height takes the pointer, so that the title of a low bar is found. */
function Column({ bar, x }: { readonly bar: Bar; readonly x: number }) {
  const height = bar.height === 0 ? 0 : Math.max(LEAST, bar.height * HEIGHT);
  return (
    <g>
      <title>{`${dayWords(bar.day)}: ${bar.value}`}</title>
      <rect x={x} y={0} width={STEP} height={HEIGHT} class="plot-day" />
      <rect x={x + 1} y={HEIGHT - height} width={STEP - 2} height={height} class="plot-bar" />
    </g>
  );
}

function NoCost() {
  return (
    <div class="plot">
      <b>–</b> <span class="quiet">{t("stats.cost")}</span>
      <p class="quiet">{t("stats.noCost")}</p>
      <Link to={{ page: "settings", section: "providers" }}>{t("stats.setPrices")}</Link>
    </div>
  );
}

function Numbers({ statistics }: { readonly statistics: Statistics<DaySums> }) {
  const days = busyDays(statistics);
  if (days.length === 0) return <p class="plot-numbers" />; // its place: nothing moves when there is a message
  return (
    <details class="plot-numbers">
      <summary>{t("stats.table")}</summary>
      <div class="table-frame" role="region" aria-label={t("stats.table")} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("stats.day")}</th>
              <th scope="col">{t("stats.columnSent")}</th>
              <th scope="col">{t("stats.columnNotSent")}</th>
              <th scope="col">{t("stats.failed")}</th>
              <th scope="col">{t("stats.columnUnknown")}</th>
              <th scope="col">{t("stats.cost")}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <DayRow key={day.day} day={day} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function DayRow({ day }: { readonly day: DaySums }) {
  const { sent, notSent, failed, unknown } = outcomesOf(day);
  return (
    <tr>
      <th scope="row">{dayWords(day.day)}</th>
      {[sent, notSent, failed, unknown].map((n, index) => (
        <td key={index}>{numberWords(n)}</td>
      ))}
      <td>{costWords(day)}</td>
    </tr>
  );
}
