// The records of the built-in directory: a board of items, and one item in full beside it.

import { useCallback, useEffect, useState } from "preact/hooks";
import { listRecords, searchRecords, type CrmRecord, type RecordPage } from "../../api/records";
import { onChange } from "../../api/stream";
import { objectOf, textOf } from "../../core/json";
import type { Snapshot } from "../../core/types";
import { together } from "../../rule/sample";
import { useRuleNames } from "../../state/rule-names";
import type { Route } from "../../routes";
import { entityOf, mayOperate, pipelineOf, stagesOf, type Catalogue } from "../../state/catalogue";
import { amend, go } from "../../state/navigation";
import { t } from "../../text";
import { Dialog } from "../../ui/dialog";
import { useFound } from "../../ui/found";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { Places } from "../../ui/places";
import { SearchField } from "../../ui/search-field";
import { ItemBoard } from "./board";
import { headingOf, matches } from "./facts";
import type { Move } from "./foresight";
import { ItemPanel } from "./item";
import { MovePanel } from "./move";
import "../board/board.css";
import "./records.css";

interface RecordsProps {
  readonly at: Extract<Route, { page: "records" }>;
  readonly known: Catalogue;
}

const MOST_PAGES = 5; // a thousand items: the others are found by searching

async function readAll(entity: string, pipeline: string | undefined): Promise<RecordPage> {
  let page = await listRecords(entity, pipeline);
  const records = [...page.records];
  for (let more = 1; more < MOST_PAGES && page.next !== null; more++) {
    page = await listRecords(entity, pipeline, page.next);
    records.push(...page.records);
  }
  return { records, next: page.next };
}

type Item = Omit<CrmRecord, "updated_at">;

function itemOf(entity: string, id: string, snapshot: Snapshot): Item {
  const card = objectOf(snapshot[entity]);
  return { entity, id, pipeline: textOf(card["pipeline"]), stage: textOf(card["stage"]), snapshot };
}

function moveOf(record: Item, to: string): Move {
  const { entity, id, stage, pipeline, snapshot } = record;
  return { entity, id, from: stage, to, pipeline, snapshot };
}

export function Records({ at, known }: RecordsProps) {
  const { schema, session } = known;
  const entity = entityOf(schema, at.entity ?? "deal") ?? schema.entities[0];
  const code = entity?.code ?? "deal";
  const pipeline = pipelineOf(entity, at.pipeline) ?? entity?.pipelines?.[0];
  const [page, reload] = useLoad(useCallback(() => readAll(code, pipeline?.id), [code, pipeline?.id]));
  const { id, find: wanted = "" } = at;
  const isCut = page.kind === "ready" && page.value.next !== null;
  const search = useCallback(
    (words: string) => searchRecords(code, words, pipeline?.id),
    [code, pipeline?.id],
  );
  const [found, findAgain] = useFound(isCut ? search : null, wanted);
  const [moving, setMoving] = useState<Move | null>(null);
  const nameOf = useRuleNames();
  const renew = useCallback(() => {
    reload();
    findAgain();
  }, [reload, findAgain]);
  useEffect(() => onChange(renew), [renew]);
  if (!entity) return <Notice text={t("board.noStages")} />;
  const stages = stagesOf(entity, pipeline?.id);
  const propose = (record: Item, to?: string): void => {
    const next = to ?? stages.find(({ id }) => id !== record.stage)?.id;
    if (next !== undefined) setMoving(moveOf(record, next));
  };
  // A link to an item, such as a delivery's, does not know its pipeline.
  const stands = (id: string): void => {
    if (id !== pipeline?.id && pipelineOf(entity, id)) amend({ ...at, pipeline: id });
  };
  const ended = (): void => {
    setMoving(null);
    renew();
  };
  return (
    <>
      <div class="top">
        <h1>{t("records.title")}</h1>
        <Places
          entities={schema.entities}
          entity={entity}
          pipeline={pipeline?.id}
          choose={(kind, id) => go({ page: "records", entity: kind, pipeline: id })}
        />
        <span class="grow" />
        <SearchField
          class="top-search"
          label={t("records.find")}
          value={wanted}
          onChange={(find) => amend({ ...at, find: find || undefined })}
        />
      </div>
      <Wait state={page} retry={reload}>
        {({ records, next }) => {
          const here = records.filter((record) => matches(record, wanted));
          const shown = together(here, found);
          return (
            <>
              {next === null ? null : <p class="quiet">{t("records.tooMany", { n: records.length })}</p>}
              {records.length > 0 && shown.length === 0 ? <p class="quiet">{t("records.notFound")}</p> : null}
              {id === undefined ? null : (
                <ItemPanel
                  key={id}
                  entity={entity}
                  id={id}
                  nameOf={nameOf}
                  stands={stands}
                  move={mayOperate(session) ? (snapshot) => propose(itemOf(code, id, snapshot)) : undefined}
                  close={() => amend({ ...at, id: undefined })}
                />
              )}
              {records.length === 0 ? (
                <Notice text={t("records.empty")} />
              ) : (
                <ItemBoard stages={stages} records={shown} mayMove={mayOperate(session)} move={propose} />
              )}
            </>
          );
        }}
      </Wait>
      {moving === null ? null : (
        <Dialog
          narrow
          title={t("records.moveTitle", { item: headingOf(moving, moving.entity).title })}
          close={() => setMoving(null)}
        >
          <MovePanel
            move={moving}
            title={headingOf(moving, moving.entity).title}
            stages={stages}
            known={known}
            nameOf={nameOf}
            done={ended}
          />
        </Dialog>
      )}
    </>
  );
}
