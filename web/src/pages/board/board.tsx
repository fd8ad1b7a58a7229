// The board: the stages of a pipeline as columns, the rules of each as cards.

import { useCallback, useEffect } from "preact/hooks";
import { listRules } from "../../api/rules";
import { onChange } from "../../api/stream";
import { countByStage } from "../../api/workspace";
import type { Entity } from "../../core/types";
import type { Route } from "../../routes";
import { entityOf, mayWrite, pipelineOf, type Catalogue } from "../../state/catalogue";
import { go } from "../../state/navigation";
import { t, tOr } from "../../text";
import { Choice } from "../../ui/choice";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { columnsOf } from "./columns";
import { StageColumn } from "./stage-column";
import "./board.css";

interface BoardProps {
  readonly at: Extract<Route, { page: "board" }>;
  readonly known: Catalogue;
}

export function Board({ at, known }: BoardProps) {
  const { schema, session } = known;
  const entity = entityOf(schema, at.entity ?? "deal") ?? schema.entities[0];
  const pipeline = pipelineOf(entity, at.pipeline) ?? entity?.pipelines?.[0];
  const [rules, reload] = useLoad(listRules);
  const code = entity?.code ?? "";
  const [counts, recount] = useLoad(useCallback(() => countByStage(code), [code]));
  useEffect(
    () =>
      onChange(() => {
        reload();
        recount();
      }),
    [reload, recount],
  );

  if (!entity) return <Notice text={t("board.noStages")} />;
  return (
    <>
      <div class="top">
        <h1>{t("board.title")}</h1>
        <Places entities={schema.entities} entity={entity} pipeline={pipeline?.id ?? ""} />
      </div>
      <Wait state={rules} retry={reload}>
        {(entries) => (
          <div class="board" role="region" aria-label={t("board.label")} tabIndex={0}>
            {columnsOf(entries, entity, pipeline).map((column) => (
              <StageColumn
                key={column.stage.id}
                column={column}
                words={known}
                entity={entity.code}
                pipeline={pipeline?.id}
                count={counts.kind === "ready" ? counts.value.get(column.stage.id) : undefined}
                mayAdd={mayWrite(session)}
              />
            ))}
          </div>
        )}
      </Wait>
    </>
  );
}

interface PlacesProps {
  readonly entities: readonly Entity[];
  readonly entity: Entity;
  readonly pipeline: string;
}

/** Which board is shown; a choice of one is no choice and is left out. */
function Places({ entities, entity, pipeline }: PlacesProps) {
  const kinds = entities.filter((each) => (each.pipelines ?? []).length > 0);
  const pipelines = entity.pipelines ?? [];
  return (
    <>
      {kinds.length > 1 ? (
        <Choice
          label={t("board.entity")}
          value={entity.code}
          options={kinds.map(({ code, name }) => ({ value: code, text: tOr(`group.${code}`, name) }))}
          onChange={(code) => go({ page: "board", entity: code })}
        />
      ) : null}
      {pipelines.length > 1 ? (
        <Choice
          label={t("board.pipeline")}
          value={pipeline}
          options={pipelines.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={(id) => go({ page: "board", entity: entity.code, pipeline: id })}
        />
      ) : null}
    </>
  );
}
