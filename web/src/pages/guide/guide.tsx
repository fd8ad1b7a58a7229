// The guide of first steps: from picking a stage to a message in the sandbox. Offered where nothing was ever sent, left
// at any time, found again in the navigation.

import { useEffect } from "preact/hooks";
import { listDeliveries } from "../../api/deliveries";
import { onChange } from "../../api/stream";
import type { Route } from "../../routes";
import { mayWrite, type Catalogue } from "../../state/known";
import { t } from "../../text";
import { useLoad } from "../../ui/load";
import { GuideStep } from "./step";
import { advanced, guide, setGuide, startGuide, STEPS, type Active } from "./state";
import "./guide.css";

interface GuideProps {
  readonly at: Route;
  readonly known: Catalogue;
}

export function Guide({ at, known }: GuideProps) {
  const now = guide.value;
  if (!mayWrite(known.session)) return null;
  if (now.kind === "active") return <Panel now={now} at={at} known={known} />;
  return now.kind === "unasked" && at.page === "board" ? <Offer /> : null;
}

const anySent = async () => ({ any: (await listDeliveries({})).deliveries.length > 0 });

function Offer() {
  const [state] = useLoad(anySent);
  if (state.kind !== "ready" || state.value.any) return null;
  return (
    <aside class="card guide" aria-label={t("guide.title")}>
      <p>{t("guide.offer")}</p>
      <div class="row">
        <button type="button" class="button primary" onClick={startGuide}>
          {t("guide.start")}
        </button>
        <button type="button" class="button" onClick={() => setGuide({ kind: "skipped" })}>
          {t("guide.skip")}
        </button>
      </div>
    </aside>
  );
}

interface PanelProps extends GuideProps {
  readonly now: Active;
}

function Panel({ now, at, known }: PanelProps) {
  useEffect(() => {
    const look = (): void => {
      const asked = guide.value;
      if (asked.kind !== "active") return;
      advanced(asked).then(
        (next) => guide.value === asked && next !== asked && setGuide(next),
        () => undefined, // asked again with the next change
      );
    };
    look();
    return onChange(look);
  }, [now.step, at.page]);
  useEffect(() => {
    if (now.step === "see" && at.page === "sandbox") setGuide({ ...now, step: "done" });
  }, [now, at.page]);
  const n = STEPS.indexOf(now.step) + 1;
  const total = STEPS.length - 1; // "done" is no step
  return (
    <aside class="card guide" aria-label={t("guide.title")}>
      <div class="row">
        <b>{t("guide.title")}</b>
        {n > total ? null : <span class="quiet">{t("guide.step", { n, total })}</span>}
        <span class="grow" />
        <button type="button" class="button small" onClick={() => setGuide({ kind: "skipped" })}>
          {t("guide.end")}
        </button>
      </div>
      <progress class="guide-progress" max={total} value={Math.min(n, total)} aria-hidden="true" />
      <div aria-live="polite">
        <GuideStep now={now} known={known} />
      </div>
    </aside>
  );
}

/** In the navigation: begins the guide, also for who has skipped it. */
export function GuideLink() {
  if (guide.value.kind === "active") return null;
  return (
    <button type="button" class="nav-link nav-guide" onClick={startGuide}>
      {t("guide.title")}
    </button>
  );
}
