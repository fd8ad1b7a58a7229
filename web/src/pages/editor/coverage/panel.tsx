// Under the preview of one client: how all of them fare, why some get nothing, and what it costs.

import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Source } from "../../../core/crowd-protocol";
import type { Coverage } from "../../../core/foresight-types";
import { moneyWords, numberWords, t, tOr } from "../../../text";
import { Icon } from "../../../ui/icons";
import type { Crowd, CrowdState } from "../crowd";
import { SourcePicker } from "./source-picker";
import { Unreached } from "./unreached";

interface CoveragePanelProps {
  readonly crowd: Crowd;
  readonly source: Signal<Source>;
  readonly entity: string;
  readonly choose: (record: string) => void;
}

/** Counting begins and ends without moving anything: its words, its progress and its button have places of their own. */
export function CoveragePanel({ crowd, source, entity, choose }: CoveragePanelProps) {
  const coverage = crowd.coverage.value;
  const state = crowd.state.value;
  return (
    <section class="coverage" aria-label={t("coverage.title")}>
      <div class="row">
        <h3>{t("coverage.title")}</h3>
        <span class="grow" />
        {source.value.kind === "given" ? null : <SourcePicker source={source} entity={entity} />}
      </div>
      <div class="reached">
        <Headline state={state} coverage={coverage} />
      </div>
      <div class="counting">
        <div>
          <Shares coverage={coverage} />
          {state.kind === "counting" ? (
            <progress aria-label={t("coverage.counting")} value={state.done} max={Math.max(1, state.total)} />
          ) : null}
        </div>
        <CountingButton crowd={crowd} />
      </div>
      {coverage && coverage.records > 0 ? <Details coverage={coverage} choose={choose} /> : null}
    </section>
  );
}

interface HeadlineProps {
  readonly state: CrowdState;
  readonly coverage: Coverage | null;
}

/** How many are reached, or why that is not known. */
function Headline({ state, coverage }: HeadlineProps) {
  if (state.kind === "failed") return <p class="quiet">{state.message}</p>;
  if (state.kind === "stopped") return <p class="quiet">{t("coverage.stopped")}</p>;
  return coverage ? <Reached coverage={coverage} /> : <p class="quiet">{t("coverage.counting")}</p>;
}

/** One place and one button, so that the focus stays when stopping makes it begin again. */
function CountingButton({ crowd }: { readonly crowd: Crowd }) {
  const { kind } = crowd.state.value;
  if (kind === "waiting" || kind === "counted") return null;
  const isCounting = kind === "counting";
  const words = t(isCounting ? "coverage.stop" : "coverage.again");
  return (
    <button
      type="button"
      class="button small square"
      aria-label={words}
      title={words}
      onClick={isCounting ? crowd.stop : crowd.again}
    >
      <Icon name={isCounting ? "stop" : "again"} />
    </button>
  );
}

interface FiguresProps {
  readonly coverage: Coverage;
  readonly choose: (record: string) => void;
}

/** The same at rest, for a view that only shows what was counted. */
export function Figures({ coverage, choose }: FiguresProps) {
  return (
    <>
      <Reached coverage={coverage} />
      {coverage.records === 0 ? null : (
        <>
          <Shares coverage={coverage} />
          <Details coverage={coverage} choose={choose} />
        </>
      )}
    </>
  );
}

const reachedWords = ({ records, reached }: Coverage): string =>
  t("coverage.reached", { n: reached, reached: numberWords(reached), records: numberWords(records) });

function Reached({ coverage }: { readonly coverage: Coverage }) {
  if (coverage.records === 0) return <p class="quiet">{t("coverage.nobody")}</p>;
  return <b data-reached={coverage.reached}>{reachedWords(coverage)}</b>;
}

const share = (part: number, all: number): string => `${all === 0 ? 0 : (100 * part) / all}%`;

function Shares({ coverage }: { readonly coverage: Coverage | null }) {
  if (!coverage || coverage.records === 0) return <div class="bar wide" />;
  const { records, reached, skipped, unreadable } = coverage;
  return (
    <div class="bar wide" role="img" aria-label={reachedWords(coverage)}>
      <i style={{ width: share(reached, records) }} />
      {Object.entries(skipped).map(([code, n]) => (
        <i key={code} class="skipped" style={{ width: share(n, records) }} />
      ))}
      {unreadable === 0 ? null : <i class="bad" style={{ width: share(unreadable, records) }} />}
    </div>
  );
}

function Details({ coverage, choose }: FiguresProps) {
  const { skipped, unreached, unreadable } = coverage;
  const [reason, setReason] = useState<string | null>(null);
  return (
    <>
      <ul class="reasons">
        {Object.entries(skipped).map(([code, n]) => (
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
