// The board: the stages of a pipeline as columns, the rules of each as cards.

import { useCallback, useEffect } from "preact/hooks";
import { listRules, newest, type RuleEntry } from "../../api/rules";
import { onChange } from "../../api/stream";
import { countByStage } from "../../api/workspace";
import type { Stage } from "../../core/types";
import type { Route } from "../../routes";
import { entityOf, mayWrite, pipelineOf, type Catalogue } from "../../state/catalogue";
import { amend, go } from "../../state/navigation";
import { t } from "../../text";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { Places } from "../../ui/places";
import { SearchField } from "../../ui/search-field";
import { searchable } from "./actions";
import { columnsOf } from "./columns";
import { StageColumn } from "./stage-column";
import { Undo, useCommands } from "./use-commands";
import { NOTHING, useWeek } from "./week";
import "./board.css";

const NONE: readonly Stage[] = [];
const LOADING = { kind: "loading" } as const;

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
  const [counts, recount] = useLoad(
    useCallback(() => countByStage(code, pipeline?.id), [code, pipeline?.id]),
  );
  useEffect(
    () =>
      onChange(() => {
        reload();
        recount();
      }),
    [reload, recount],
  );

  const week = useWeek();
  const commands = useCommands(reload, pipeline?.stages ?? NONE);
  if (!entity) return <Notice text={t("board.noStages")} />;
  return (
    <>
      <div class="top">
        <h1>{t("board.title")}</h1>
        <Places
          entities={schema.entities}
          entity={entity}
          pipeline={pipeline?.id}
          choose={(code, id) => go({ page: "board", entity: code, pipeline: id })}
        />
        <span class="grow" />
        <SearchField
          class="top-search"
          label={t("board.search")}
          value={at.search ?? ""}
          onChange={(search) => amend({ ...at, search: search || undefined })}
        />
      </div>
      <Wait state={week === null ? LOADING : rules} retry={reload}>
        {(entries) => {
          const found = search(entries, at.search);
          return found.length === 0 && at.search ? (
            <Notice text={t("board.nothing")} />
          ) : (
            <div class="board" role="region" aria-label={t("board.label")} tabIndex={0}>
              {columnsOf(found, entity, pipeline).map((column) => (
                <StageColumn
                  key={column.stage.id}
                  column={column}
                  words={known}
                  entity={entity.code}
                  pipeline={pipeline?.id}
                  count={counts.kind === "ready" ? counts.value.get(column.stage.id) : undefined}
                  week={week ?? NOTHING}
                  mayAdd={mayWrite(session)}
                  stages={pipeline?.stages ?? []}
                  act={(rule, command) => commands.act(rule, command, entries)}
                  drop={(id, spot) => commands.drop(id, spot, entries)}
                />
              ))}
            </div>
          );
        }}
      </Wait>
      <Undo commands={commands} />
    </>
  );
}

function search(entries: readonly RuleEntry[], wanted: string | undefined): readonly RuleEntry[] {
  const needle = wanted?.trim().toLowerCase() ?? "";
  if (needle === "") return entries;
  return entries.filter((entry) => {
    const rule = newest(entry);
    return rule !== null && searchable(rule).includes(needle);
  });
}
