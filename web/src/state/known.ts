// What rules are written against and by whom: the schema, the workspace, the session. Where it comes from is not known here.

import type { Entity, Pipeline, Schema, Stage } from "../core/types";
import type { Known } from "../rule/words";

export interface Session {
  readonly user: string;
  readonly role: "admin" | "editor" | "operator" | "viewer";
  readonly csrf: string;
}

export interface Catalogue extends Known {
  readonly session: Session;
}

export type Loading<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "ready"; readonly value: T };

export function mayWrite(session: Session): boolean {
  return session.role === "admin" || session.role === "editor";
}
export function mayOperate(session: Session): boolean {
  return session.role !== "viewer";
}

export function entityOf(schema: Schema, code: string): Entity | undefined {
  return schema.entities.find((entity) => entity.code === code);
}

export function pipelineOf(entity: Entity | undefined, id: string | undefined): Pipeline | undefined {
  return entity?.pipelines?.find((pipeline) => pipeline.id === id);
}

/** The stages a rule may be bound to; of all pipelines where it names none. */
export function stagesOf(entity: Entity | undefined, pipeline: string | undefined): readonly Stage[] {
  const chosen = pipelineOf(entity, pipeline);
  const stages = chosen ? chosen.stages : (entity?.pipelines ?? []).flatMap((each) => each.stages);
  return [...new Map(stages.map((stage) => [stage.id, stage])).values()];
}
