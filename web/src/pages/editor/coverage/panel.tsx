// Under the preview of one client: how all of them fare, why some get nothing, and what it costs.

import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Source } from "../../../core/crowd-protocol";
import type { Coverage } from "../../../core/foresight-types";
import { moneyWords, numberWords, t, tOr } from "../../../text";
import { Icon } from "../../../ui/icons";
import type { Crowd } from "../crowd";
import { SourcePicker } from "./source-picker";
import { Unreached } from "./unreached";

interface CoveragePanelProps {
  readonly crowd: Crowd;
  readonly source: Signal<Source>;
  readonly entity: string;
  readonly choose: (record: string) => void;
}

export function CoveragePanel({ crowd, source, entity, choose }: CoveragePanelProps) {
  const coverage = crowd.coverage.value;
  return (
    <section class="coverage" aria-label={t("coverage.title")}>
      <div class="row">
        <h3>{t("coverage.title")}</h3>
        <span class="grow" />
        {source.value.kind === "given" ? null : <SourcePicker source={source} entity={entity} />}
      </div>
      <Progress crowd={crowd} />
      {coverage ? <Figures coverage={coverage} choose={choose} /> : null}
    </section>
  );
}

function Progress({ crowd }: { readonly crowd: Crowd }) {
  const state = crowd.state.value;
  switch (state.kind) {
    case "waiting":
    case "counted":
      return null;
    case "counting":
      return (
        <div class="row">
          <progress aria-label={t("coverage.counting")} value={state.done} max={Math.max(1, state.total)} />
          <button type="button" class="button small" onClick={crowd.stop}>
            {t("coverage.stop")}
          </button>
        </div>
      );
    case "stopped":
    case "failed":
      return (
        <div class="row quiet">
          {state.kind === "failed" ? state.message : t("coverage.stopped")}
          <button type="button" class="button small" onClick={crowd.again}>
            {t("coverage.again")}
          </button>
        </div>
      );
  }
}

interface FiguresProps {
  readonly coverage: Coverage;
  readonly choose: (record: string) => void;
}

const share = (part: number, all: number): string => `${all === 0 ? 0 : (100 * part) / all}%`;

export function Figures({ coverage, choose }: FiguresProps) {
  const { records, reached, skipped, unreached, unreadable } = coverage;
  const [reason, setReason] = useState<string | null>(null);
  const reasons = Object.entries(skipped);
  if (records === 0) return <p class="quiet">{t("coverage.nobody")}</p>;
  const label = t("coverage.reached", {
    n: reached,
    reached: numberWords(reached),
    records: numberWords(records),
  });
  return (
    <>
      <b data-reached={reached}>{label}</b>
      <div class="bar wide" role="img" aria-label={label}>
        <i style={{ width: share(reached, records) }} />
        {reasons.map(([code, n]) => (
          <i key={code} class="skipped" style={{ width: share(n, records) }} />
        ))}
        {unreadable === 0 ? null : <i class="bad" style={{ width: share(unreadable, records) }} />}
      </div>
      <ul class="reasons">
        {reasons.map(([code, n]) => (
          <li key={code}>
            <button
              type="button"
              class="place"
              aria-expanded={reason === code}
              onClick={() => setReason(reason === code ? null : code)}
            >
              {numberWords(n)} · {tOr(`reason.${code}`, code)}
            </button>
            {reason === code ? (
              <Unreached list={unreached.filter((each) => each.reason === code)} total={n} choose={choose} />
            ) : null}
          </li>
        ))}
        {unreadable === 0 ? null : (
          <li class="quiet">
            <Icon name="error" /> {t("coverage.unreadable", { n: unreadable })}
          </li>
        )}
      </ul>
      <Costs coverage={coverage} />
    </>
  );
}

export function Costs({ coverage: { segments, cost } }: { readonly coverage: Coverage }) {
  if (!segments || segments.total === 0) return null;
  const money = (amount: string): string => moneyWords(amount, cost?.currency ?? "");
  return (
    <dl class="spread">
      <dt>{t("coverage.segments")}</dt>
      <dd>{t("coverage.spread", { p50: segments.p50, p95: segments.p95, max: segments.max })}</dd>
      {cost ? (
        <>
          <dt>{t("coverage.cost")}</dt>
          <dd>
            {t("coverage.spread", { p50: money(cost.p50), p95: money(cost.p95), max: money(cost.max) })}
          </dd>
          {cost.total === null ? null : (
            <>
              <dt>{t("coverage.total")}</dt>
              <dd>{money(cost.total)}</dd>
            </>
          )}
        </>
      ) : null}
    </dl>
  );
}
