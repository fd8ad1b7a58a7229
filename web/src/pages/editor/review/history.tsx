// The versions of a rule that were live, each with what it changed, and the way back to one.

import { useCallback, useState } from "preact/hooks";
import { changesBetween } from "../../../rule/changes";
import type { Revision } from "../../../rule/entry";
import type { Known } from "../../../rule/words";
import { moment, t } from "../../../text";
import { Dialog } from "../../../ui/dialog";
import { useLoad } from "../../../ui/load";
import { Wait } from "../../../ui/notice";
import type { Draft } from "../draft";
import type { RuleHistory } from "../host";
import { ChangeList } from "./changes";

interface HistoryProps {
  readonly draft: Draft;
  readonly source: RuleHistory;
  readonly known: Known;
  readonly readOnly: boolean;
  readonly close: () => void;
}

export function History({ draft, source, known, readOnly, close }: HistoryProps) {
  const { id } = draft.rule.peek();
  const [revisions, reload] = useLoad(useCallback(() => source.list(id), [source, id]));
  const foot = (
    <button type="button" class="button" onClick={close}>
      {t("review.back")}
    </button>
  );
  const restore = (revision: number): void => {
    close();
    void draft.restore(revision);
  };
  return (
    <Dialog title={t("history.title")} close={close} foot={foot}>
      <Wait state={revisions} retry={reload}>
        {(list) => <Revisions list={list} known={known} restore={readOnly ? null : restore} />}
      </Wait>
    </Dialog>
  );
}

interface RevisionsProps {
  readonly list: readonly Revision[];
  readonly known: Known;
  readonly restore: ((revision: number) => void) | null;
}

function Revisions({ list, known, restore }: RevisionsProps) {
  const newestFirst = [...list].sort((a, b) => b.revision - a.revision);
  const [open, setOpen] = useState(newestFirst[0]?.revision);
  if (newestFirst.length === 0) return <p class="quiet">{t("history.none")}</p>;
  return (
    <ol class="revisions">
      {newestFirst.map((each, index) => {
        const { revision, rule, published_at: at, published_by: by } = each;
        const before = newestFirst[index + 1]?.rule ?? null;
        const isOpen = open === revision;
        return (
          <li key={revision}>
            <div class="row">
              <button
                type="button"
                class="place"
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? undefined : revision)}
              >
                {t("history.version", { n: revision })}
              </button>
              <span class="quiet">
                {moment(at)} · {by}
              </span>
              <span class="grow" />
              {index === 0 ? <span class="pill good">{t("state.live")}</span> : null}
              {index > 0 && restore ? (
                <button type="button" class="button small" onClick={() => restore(revision)}>
                  {t("history.restore", { n: revision })}
                </button>
              ) : null}
            </div>
            {isOpen ? <ChangeList changes={changesBetween(known, before, rule)} /> : null}
          </li>
        );
      })}
    </ol>
  );
}
