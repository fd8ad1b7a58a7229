// Which kind of item and which pipeline a view shows; a choice of one is no choice and is left out.

import type { Entity } from "../core/types";
import { t, tOr } from "../text";
import { Choice } from "./choice";

interface PlacesProps {
  readonly entities: readonly Entity[];
  readonly entity: Entity;
  /** Id; undefined where the entity has none. */
  readonly pipeline: string | undefined;
  /** Another kind of item begins at its own first pipeline. */
  readonly choose: (entity: string, pipeline?: string) => void;
}

export function Places({ entities, entity, pipeline, choose }: PlacesProps) {
  const kinds = entities.filter((each) => (each.pipelines ?? []).length > 0);
  const pipelines = entity.pipelines ?? [];
  return (
    <>
      {kinds.length > 1 ? (
        <Choice
          label={t("board.entity")}
          value={entity.code}
          options={kinds.map(({ code, name }) => ({ value: code, text: tOr(`group.${code}`, name) }))}
          onChange={(code) => choose(code)}
        />
      ) : null}
      {pipelines.length > 1 ? (
        <Choice
          label={t("board.pipeline")}
          value={pipeline ?? ""}
          options={pipelines.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={(id) => choose(entity.code, id)}
        />
      ) : null}
    </>
  );
}
