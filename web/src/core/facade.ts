// The part of @recado/core that the page uses. The package is loaded at run time from the service, which keeps
// the core a file of its own that browsers cache across releases of the page.

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

export interface Core {
  addLanguage(base: string): Promise<void>;
  countSms(text: string): SmsCount | { readonly errors: readonly Diagnostic[] };
  validateRule(rule: Rule, context: Setting): readonly Diagnostic[];
  openSnapshot(snapshot: Snapshot, context: Setting): SnapshotHandle;
}

interface Package {
  loadCore(options: { readonly languages?: readonly string[] }): Promise<Core>;
}

const PACKAGE_URL = "/core/index.js";

export async function loadCore(): Promise<Core> {
  const loaded = (await import(/* @vite-ignore */ PACKAGE_URL)) as Package;
  return loaded.loadCore({ languages: ["en"] });
}
