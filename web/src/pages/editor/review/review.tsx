// Publishing is a review: what changes against the live rule, what is wrong, whom it reaches, what it costs.

import type { Analysis } from "../../../core/protocol";
import type { Coverage } from "../../../core/foresight-types";
import { changesBetween } from "../../../rule/changes";
import { errorsOf } from "../../../rule/state";
import type { Known } from "../../../rule/words";
import { t } from "../../../text";
import { Dialog } from "../../../ui/dialog";
import { Icon } from "../../../ui/icons";
import { Figures } from "../coverage/panel";
import type { Draft } from "../draft";
import { ChangeList } from "./changes";

interface ReviewProps {
  readonly draft: Draft;
  readonly known: Known;
  readonly analysis: Analysis | null;
  readonly coverage: Coverage | null;
  readonly close: () => void;
  readonly choose: (record: string) => void;
}

export function Review({ draft, known, analysis, coverage, close, choose }: ReviewProps) {
  const rule = draft.rule.value;
  const live = draft.entry.value?.rule ?? null;
  const found = (analysis?.diagnostics ?? []).filter(({ severity }) => severity !== "info");
  const faults = errorsOf(found);
  const save = (publish: boolean): void => {
    close();
    void draft.save(publish);
  };
  const foot = (
    <>
      <button type="button" class="button" onClick={close}>
        {t("review.back")}
      </button>
      <span class="grow" />
      <button type="button" class={faults > 0 ? "button primary" : "button"} onClick={() => save(false)}>
        {t("editor.save")}
      </button>
      {faults > 0 ? null : (
        <button type="button" class="button primary" onClick={() => save(true)}>
          {t("review.publish")}
        </button>
      )}
    </>
  );
  return (
    <Dialog title={t("review.title", { name: rule.name })} close={close} foot={foot}>
      {rule.enabled === false ? <p class="quiet">{t("review.off")}</p> : null}
      <section>
        <h3>{t(live ? "review.changes" : "review.new")}</h3>
        <ChangeList changes={changesBetween(known, live, rule)} />
      </section>
      <section>
        <h3>{t("faults.title")}</h3>
        {found.length === 0 ? <p class="quiet">{t("faults.none")}</p> : null}
        {faults > 0 ? <p>{t("review.faults", { n: faults })}</p> : null}
        <ul>
          {found.map((diagnostic) => (
            <li
              key={`${diagnostic.code} ${diagnostic.path} ${diagnostic.from ?? ""}`}
              class={`fault is-${diagnostic.severity}`}
            >
              <Icon name={diagnostic.severity} />
              <div>
                <span class="hidden-text">{t(`faults.${diagnostic.severity}`)}: </span>
                {diagnostic.message}
              </div>
            </li>
          ))}
        </ul>
      </section>
      {coverage ? (
        <section>
          <h3>{t("coverage.title")}</h3>
          <Figures
            coverage={coverage}
            choose={(record) => {
              close();
              choose(record);
            }}
          />
        </section>
      ) : null}
    </Dialog>
  );
}
