// What every page needs to know once: who is signed in, the schema and the workspace.

import { signal } from "@preact/signals";
import { problemText, signedOut, rememberCsrfToken } from "../api/http";
import { connect } from "../api/stream";
import { getSchema, getSession, getWorkspace, type Session } from "../api/workspace";
import type { Entity, Pipeline, Schema, Stage, Workspace } from "../core/types";

export interface Catalogue {
  readonly session: Session;
  readonly schema: Schema;
  readonly workspace: Workspace;
}

export type Loading<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "ready"; readonly value: T };

export const catalogue = signal<Loading<Catalogue>>({ kind: "loading" });

export async function loadCatalogue(): Promise<void> {
  catalogue.value = { kind: "loading" };
  signedOut.value = false;
  try {
    const session = await getSession();
    rememberCsrfToken(session.csrf);
    const [schema, workspace] = await Promise.all([getSchema(), getWorkspace()]);
    catalogue.value = { kind: "ready", value: { session, schema, workspace } };
    connect();
  } catch (error) {
    catalogue.value = { kind: "failed", message: problemText(error) };
  }
}

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
