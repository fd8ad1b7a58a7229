// The part of @recado/core that the page uses. The package is loaded at run time from the service, which keeps
// the core a file of its own that browsers cache across releases of the page.

import type { Coverage, Simulation } from "./foresight-types";
import type { Diagnostic, PlannedDelivery, Rule, Skip, SmsCount, Snapshot } from "./types";
import type { Setting } from "./protocol";

export interface Plan {
  readonly deliveries: readonly PlannedDelivery[];
  readonly skipped: readonly Skip[];
}

export type Planned = Plan | { readonly error: Diagnostic };

export interface SnapshotHandle {
  /** Diagnostics and preview at once: the rule is checked once a keystroke. */
  analyse(
    rule: Rule,
    options?: { readonly now?: string },
  ): { readonly diagnostics: readonly Diagnostic[]; readonly plan: Planned };
  render(
    template: string,
    options?: { readonly spaces?: "plain" },
  ): { readonly text: string } | { readonly errors: readonly Diagnostic[] };
  close(): void;
}

export interface CoverageHandle {
  add(ndjson: string): void;
  result(): Coverage | { readonly error: Diagnostic };
  close(): void;
}

export interface Core {
  addLanguage(base: string): Promise<void>;
  countSms(text: string): SmsCount | { readonly errors: readonly Diagnostic[] };
  validateRule(rule: Rule, context: Setting): readonly Diagnostic[];
  /** Portions of NDJSON. */
  openCoverage(rule: Rule, context: Setting): CoverageHandle;
  coverage(
    rule: Rule,
    snapshots: readonly Snapshot[],
    context: Setting,
  ): Coverage | { readonly error: Diagnostic };
  simulate(
    rules: readonly Rule[],
    events: string,
    options: Setting & { readonly until?: string },
  ): Simulation | { readonly error: Diagnostic };
  openSnapshot(snapshot: Snapshot, context: Setting): SnapshotHandle;
}

interface Package {
  loadCore(options: { readonly languages?: readonly string[] }): Promise<Core>;
}

let address = "/core/index.js";

/** Where the package's entry is, as an absolute URL: workers have addresses of their own. */
export function coreAddress(): string {
  return new URL(address, location.href).href;
}
/** For pages that are not the service's. */
export function placeCore(url: string): void {
  address = url;
}

export async function loadCore(url: string): Promise<Core> {
  const loaded = (await import(/* @vite-ignore */ url)) as Package;
  return loaded.loadCore({ languages: ["en"] });
}
