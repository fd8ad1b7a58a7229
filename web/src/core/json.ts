// Reading JSON whose shape nobody promised: what is not as hoped for is empty.

import type { Json, JsonObject } from "./types";

export const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

export const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject);

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
