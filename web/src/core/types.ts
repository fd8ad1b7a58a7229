// The shapes that the page shares with the core and the service: rules, schema, workspace, snapshots, plans,
// diagnostics. Offsets are UTF-16, as the JavaScript face of the core gives them.

export type * from "./plan-types";
export type * from "./rule-types";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

export type Severity = "error" | "warning" | "info";

export interface Fix {
  readonly title: string;
  readonly replacement: string;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
  readonly line?: number;
  readonly column?: number;
  readonly arguments?: Readonly<Record<string, string>>;
  readonly message: string;
  readonly fix?: Fix;
}

export interface Field {
  readonly name: string;
  readonly type: "text" | "integer" | "decimal" | "money" | "date" | "datetime" | "boolean" | "file" | "list";
  readonly title?: string;
}
export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly kind?: "open" | "won" | "lost";
}
export interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly Stage[];
}
export interface Entity {
  readonly code: string;
  readonly name: string;
  readonly pipelines?: readonly Pipeline[];
  readonly fields?: readonly Field[];
}
export interface Schema {
  readonly entities: readonly Entity[];
}

export interface Provider {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly settings?: JsonObject;
}
export interface Workspace {
  readonly name?: string;
  readonly language?: string;
  readonly time_zone?: string;
  readonly default_region?: string;
  readonly currency?: string;
  readonly providers?: readonly Provider[];
  readonly calendars?: readonly { readonly id: string; readonly name?: string }[];
  readonly templates?: readonly WhatsappTemplate[];
}

/** A template that the vendor has approved: how many values it takes. */
export interface WhatsappTemplate {
  readonly provider: string;
  readonly name: string;
  readonly language?: string;
  readonly parameters?: number;
  /** Its words as approved, with {{1}} and so on where values go; only the page needs them. */
  readonly text?: string;
}

export type Snapshot = JsonObject;
