// <recado-rule-editor>: attributes and properties in, events out. Between them is the same editor as the page's.

import { effect, signal } from "@preact/signals";
import { h, render } from "preact";
import type { Rule, Schema, Snapshot, Workspace } from "../core/types";
import { openDraft, type Draft } from "../pages/editor/draft";
import { chooseLanguage, currentLanguage, speak, type Language } from "../text";
import { Embedded } from "./embedded";
import { changed, eventHost, storedAs } from "./event-host";
import { catalogueOf, firstRule, type Given } from "./inputs";
import { editorSheet } from "./sheet";

const JSON_ATTRIBUTES = ["published", "schema", "workspace", "snapshots", "rule"] as const;
type JsonName = (typeof JSON_ATTRIBUTES)[number];
const PROPERTIES = [...JSON_ATTRIBUTES, "language", "record", "colorScheme", "readOnly"] as const;

export class RuleEditorElement extends HTMLElement {
  static readonly observedAttributes = [...JSON_ATTRIBUTES, "language", "record", "readonly"];

  private readonly given = signal<Given>({ schema: null, workspace: null, readOnly: false });
  private readonly customers = signal<readonly Snapshot[]>([]);
  private readonly chosen = signal("");
  private readonly fault = signal("");
  private readonly draft = signal<Draft | null>(null);
  private live: Rule | null = null;
  private wished: Rule | null = null; // set before there was a draft for it
  private readonly root = this.attachShadow({ mode: "open" });
  private stop: (() => void) | null = null;
  private readonly host = eventHost(this, {
    published: () => this.live,
    choose: (record) => (this.record = record),
  });

  connectedCallback(): void {
    for (const name of PROPERTIES) this.upgrade(name);
    if (this.stop) return; // moved within the page
    this.root.adoptedStyleSheets = [editorSheet()];
    const language = this.spokenHere();
    const begin = (): void => {
      if (!this.isConnected || this.stop) return;
      if (!this.draft.peek()) this.open(this.wished ?? this.freshRule());
      const { draft, given, customers: snapshots, chosen: record, fault, host } = this;
      render(h(Embedded, { draft, given, snapshots, record, fault, host }), this.root);
      const stopTelling = this.tellChanges();
      this.stop = () => {
        stopTelling();
        render(null, this.root);
      };
    };
    if (language === currentLanguage()) begin();
    else void speak(language).then(begin, begin); // without its table it is in English rather than nowhere
  }

  disconnectedCallback(): void {
    // An element that is moved is disconnected and connected in one go: then everything stays.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.stop?.();
      this.stop = null;
    });
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === "language") this.relearn();
    else if (name === "record") this.chosen.value = value ?? "";
    else if (name === "readonly") this.given.value = { ...this.given.peek(), readOnly: value !== null };
    else this.read(name as JsonName, value);
  }

  get rule(): Rule {
    return this.draft.peek()?.rule.peek() ?? this.wished ?? this.freshRule();
  }
  set rule(rule: Rule | null) {
    this.wished = rule;
    const draft = this.draft.peek();
    if (!draft || JSON.stringify(draft.rule.peek()) === JSON.stringify(rule)) return;
    this.open(rule ?? this.freshRule());
  }

  get published(): Rule | null {
    return this.live;
  }
  set published(rule: Rule | null) {
    this.live = rule;
    // What is compared with belongs to the draft: an untouched one is opened anew, another one learns it when it is saved.
    const draft = this.draft.peek();
    if (draft && !draft.dirty.peek()) this.open(draft.rule.peek());
  }

  get schema(): Schema | null {
    return this.given.peek().schema;
  }
  set schema(schema: Schema | null) {
    this.given.value = { ...this.given.peek(), schema };
  }

  get workspace(): Workspace | null {
    return this.given.peek().workspace;
  }
  set workspace(workspace: Workspace | null) {
    this.given.value = { ...this.given.peek(), workspace };
  }

  get snapshots(): readonly Snapshot[] {
    return this.customers.peek();
  }
  set snapshots(snapshots: readonly Snapshot[] | null) {
    this.customers.value = snapshots ?? [];
  }

  get language(): string {
    return this.getAttribute("language") ?? "";
  }
  set language(tag: string) {
    this.reflect("language", tag);
  }

  get record(): string {
    return this.chosen.peek();
  }
  set record(id: string) {
    this.chosen.value = id;
  }

  get colorScheme(): string {
    return this.getAttribute("color-scheme") ?? "";
  }
  set colorScheme(scheme: string) {
    this.reflect("color-scheme", scheme);
  }

  get readOnly(): boolean {
    return this.given.peek().readOnly;
  }
  set readOnly(is: boolean) {
    this.toggleAttribute("readonly", is);
  }

  get dirty(): boolean {
    return this.draft.peek()?.dirty.peek() ?? false;
  }

  async save(publish = false): Promise<void> {
    await this.draft.peek()?.save(publish);
  }

  /** A property that was set before the element was defined hides the real one. */
  private upgrade(name: (typeof PROPERTIES)[number]): void {
    if (!Object.hasOwn(this, name)) return;
    const value: unknown = this[name];
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, value);
  }

  private read(name: JsonName, value: string | null): void {
    try {
      Reflect.set(this, name, value === null ? null : JSON.parse(value));
      if (this.fault.peek() === name) this.fault.value = "";
    } catch {
      this.fault.value = name;
    }
  }

  private reflect(attribute: string, value: string): void {
    if (value === "") this.removeAttribute(attribute);
    else this.setAttribute(attribute, value);
  }

  private freshRule(): Rule {
    return firstRule(catalogueOf(this.given.peek(), null));
  }

  private open(rule: Rule): void {
    this.draft.value = openDraft(rule, storedAs(rule, this.live, []), this.host);
  }

  private spokenHere(): Language {
    const around = this.closest("[lang]")?.getAttribute("lang");
    return chooseLanguage([this.language, around ?? ""].filter(Boolean).concat(navigator.languages));
  }

  private relearn(): void {
    if (this.stop) void speak(this.spokenHere()).catch(() => undefined);
  }

  /** A rule that came from outside is no change by the user. */
  private tellChanges(): () => void {
    let [known, last]: [Draft | null, Rule | null] = [null, null];
    return effect(() => {
      const draft = this.draft.value;
      const rule = draft?.rule.value ?? null;
      const byUser = draft === known && rule !== last;
      [known, last] = [draft, rule];
      if (rule && byUser) changed(this, rule);
    });
  }
}
