/** What a page and the core's worker say to each other. Every request has an id; its answer carries the same. */
import type { Analysis, Context, CoverageAnswer, CoverageOptions, CrmEvent, Diagnostic, PlanAnswer, RenderAnswer, RenderOptions, RenderRequest, Rule, SimulationAnswer, SimulationOptions, SmsAnswer, SmsOptions, SmsRequest, SmsSizeAnswer, Snapshot, Versions } from "./types.js";

/** Call name → its arguments and its answer. Handles are numbers here; the client makes objects of them. */
export interface Calls {
  load: { args: [languages: readonly string[], root: string]; answer: null };
  addLanguage: { args: [base: string]; answer: null };
  versions: { args: []; answer: Versions };
  countSms: { args: [input: SmsRequest | string, options?: SmsOptions | undefined]; answer: SmsAnswer | SmsSizeAnswer };
  countSmsMany: { args: [inputs: readonly (SmsRequest | string)[], options?: SmsOptions | undefined]; answer: (SmsAnswer | SmsSizeAnswer)[] };
  render: { args: [input: RenderRequest]; answer: RenderAnswer };
  validateRule: { args: [rule: Rule, context: Context]; answer: Diagnostic[] };
  plan: { args: [rules: readonly Rule[], event: CrmEvent, at: string | undefined, context: Context]; answer: PlanAnswer };
  simulate: { args: [rules: readonly Rule[], events: readonly CrmEvent[] | string, options: SimulationOptions]; answer: SimulationAnswer };
  coverage: { args: [rule: Rule, snapshots: readonly Snapshot[] | string, options: CoverageOptions]; answer: CoverageAnswer };
  openCoverage: { args: [rule: Rule, options: CoverageOptions]; answer: { handle: number } };
  addToCoverage: { args: [handle: number, snapshots: readonly (Snapshot | string)[]]; answer: null };
  coverageResult: { args: [handle: number]; answer: CoverageAnswer };
  closeCoverage: { args: [handle: number]; answer: null };
  openSnapshot: { args: [snapshot: Snapshot, context: Context]; answer: { handle: number; diagnostics: readonly Diagnostic[] } };
  preview: { args: [handle: number, rule: Rule, options: { readonly now?: string }]; answer: PlanAnswer };
  analyse: { args: [handle: number, rule: Rule, options: { readonly now?: string }]; answer: Analysis };
  renderSnapshot: { args: [handle: number, template: string, options: RenderOptions]; answer: RenderAnswer };
  closeSnapshot: { args: [handle: number]; answer: null };
}

export type CallName = keyof Calls;
export type Arguments<Name extends CallName> = Calls[Name]["args"];
export type Answer<Name extends CallName> = Calls[Name]["answer"];

export type Request = { [Name in CallName]: { readonly id: number; readonly call: Name; readonly args: Arguments<Name> } }[CallName];

/** Errors cross as text: native Error objects do not clone alike in every browser. */
export type Response =
  | { readonly id: number; readonly ok: true; readonly answer: Answer<CallName> }
  | { readonly id: number; readonly ok: false; readonly error: string };
