/**
 * `@recado/core/editor`: Recado's rule editor as a custom element for any page. Importing it defines `<recado-rule-editor>`.
 *
 *   <script type="module" src="/recado/editor/index.js"></script>
 *   <recado-rule-editor language="de"></recado-rule-editor>
 *
 *   const editor = document.querySelector("recado-rule-editor");
 *   editor.schema = schema;         // what the CRM knows: entities, stages, fields
 *   editor.workspace = workspace;   // providers, calendars, templates, language, currency
 *   editor.snapshots = snapshots;   // customers, to preview for and to count on
 *   editor.rule = rule;
 *   editor.addEventListener("save", ({ detail }) => detail.until(put(detail.rule, detail.publish)));
 *
 * Everything is computed in the page: no service is asked. All editors of a page share one core, which starts with the first
 * and ends with the last. Every property may change at any time; taking the element out of the page frees all that it holds.
 */
import type { Diagnostic, Rule, Schema, Snapshot, Workspace } from "../types.js";

/** Languages that the editor speaks; another tag is taken for the nearest ("pt-PT" → "pt", "nl" → "en"). */
export type EditorLanguage = "en" | "de" | "es" | "pl" | "pt";

export interface ChangeDetail {
  /** The rule as it is now: a new object, safe to keep. */
  readonly rule: Rule;
}

export interface DiagnosticsDetail {
  /** The state of the rule that was judged: the newest, or one some keystrokes ago. */
  readonly rule: Rule;
  /** All of them, errors, warnings and remarks; their sentences are in the editor's language. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many of them are errors; a rule with errors can't go live. */
  readonly errors: number;
}

export interface SaveDetail {
  readonly rule: Rule;
  /** True: the user has reviewed it and wants it to go live. False: keep it as a draft. */
  readonly publish: boolean;
  /**
   * The version that this one takes the place of: what the element was given or what was saved last; after a conflict, the
   * other's version, which the user has seen by then. Null: the rule is new.
   */
  readonly replaces: Rule | null;
  /** Those of this rule, as far as they are known. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Makes the editor wait: it says "Saving" until all promises are settled, "Saved" when they are fulfilled, and shows the
   * message of the first rejection otherwise. To be called while the event is being dispatched. Without it the rule counts as saved.
   *
   * Reject with a RuleConflict where somebody else has changed the rule meanwhile: the editor shows both versions part by part,
   * and what the user makes of them is told by a new `save`, with the other's version as `replaces`.
   */
  until(saved: Promise<unknown>): void;
}

/** What a save is refused with where the rule that is kept is not the one that `replaces` names any more. */
export class RuleConflict extends Error {
  /** `theirs`: the rule as it is kept now. */
  constructor(theirs: Rule, message?: string);
  readonly theirs: Rule;
}

/** The events of the element. They bubble, so that one listener can serve many editors; none of them can be cancelled. */
export interface RecadoRuleEditorEventMap extends HTMLElementEventMap {
  /** After every edit by the user, at every keystroke. Not after `rule` was set from outside. */
  change: CustomEvent<ChangeDetail>;
  /** After every answer of the core: some milliseconds after a change, and after schema, workspace, snapshots or language changed. */
  diagnostics: CustomEvent<DiagnosticsDetail>;
  save: CustomEvent<SaveDetail>;
}

/**
 * The element. What is a property here may also be an attribute: `rule`, `published`, `schema`, `workspace` and `snapshots`
 * as JSON texts, the others as they are. The newest of the two counts; properties are not written back to attributes.
 */
export interface RecadoRuleEditor extends HTMLElement {
  /** The rule being edited, as it is at this moment. Setting one that differs starts anew with it; null starts a new rule. */
  get rule(): Rule;
  set rule(rule: Rule | null);
  /** The rule as it is live, which the review before publishing compares with; null: nothing is live yet. */
  published: Rule | null;
  /** Entities, pipelines, stages and fields; null: the core's built-in schema, in which every stage and field may exist. */
  schema: Schema | null;
  /** Providers, calendars, templates, defaults; null: every provider, line, channel and mailbox counts as present. */
  workspace: Workspace | null;
  /** Customers: the preview shows one after another, coverage and the worst case count all of them. */
  snapshots: readonly Snapshot[];
  /** "" or absent: the language of the nearest `lang` around the element, else the browser's. All editors of a page speak the one set last. */
  language: string;
  /** The item whose message is previewed, by the `id` of its card; "": one in the rule's stage, else the first. */
  record: string;
  /** "light", "dark", or "": as the system has it. */
  colorScheme: string;
  /** Shows the rule without letting it be edited or saved. */
  readOnly: boolean;
  /** Whether there are edits that were not saved. */
  readonly dirty: boolean;
  /** As the buttons do; resolves when saving has ended, well or not. */
  save(publish?: boolean): Promise<void>;

  addEventListener<Name extends keyof RecadoRuleEditorEventMap>(
    type: Name,
    listener: (this: RecadoRuleEditor, event: RecadoRuleEditorEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof RecadoRuleEditorEventMap>(
    type: Name,
    listener: (this: RecadoRuleEditor, event: RecadoRuleEditorEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/**
 * Where the package's `index.js` is, if not one folder above this module: for pages whose bundler has moved the editor.
 * To be called before the first editor is in the page.
 */
export declare function placeCore(url: string): void;

declare global {
  interface HTMLElementTagNameMap {
    "recado-rule-editor": RecadoRuleEditor;
  }
}
