// The worker: holds the core and, for each who asks, one open sample customer; answers one analysis a message.

/// <reference lib="webworker" />

import { loadCore, type Core, type Planned, type SnapshotHandle } from "./facade";
import { clientLanguage, languagesOf } from "./languages";
import { serveLines } from "./lines";
import { Mailbox } from "./mailbox";
import type { Analysis, Answer, Ask, Preview, Reply, Request, Setting } from "./protocol";
import { pricingOf } from "./pricing";
import type { Rule, SmsCount, Snapshot } from "./types";

interface Opened {
  readonly setting: Setting;
  readonly handle: SnapshotHandle | null;
  readonly snapshot: Snapshot | null;
  readonly now: string | null;
  /** Of the messages to this client. */
  readonly language: string;
}

let core: Promise<Core> | null = null;
const loaded = new Set(["en"]);

/** What one line has open. */
interface Desk {
  opened: Opened | null;
  mailbox: Mailbox | null;
}

/** Once for all lines; anew where it failed. */
function load(url: string): void {
  core ??= loadCore(url);
  core.catch(() => (core = null));
}

function engineNow(): Promise<Core> {
  if (!core) throw new Error("nothing was loaded");
  return core;
}

async function open(desk: Desk, ask: Extract<Ask, { kind: "open" }>): Promise<void> {
  const engine = await engineNow();
  const { setting, snapshot, memory, now } = ask;
  const wanted = snapshot ? languagesOf(snapshot, setting.workspace?.language) : [];
  if (memory && !desk.mailbox) desk.mailbox = new Mailbox(memory);
  for (const base of wanted) {
    if (loaded.has(base)) continue;
    // A language that cannot be had is reported by the core itself, in the preview.
    await engine.addLanguage(base).then(
      () => loaded.add(base),
      () => undefined,
    );
  }
  desk.opened?.handle?.close();
  const handle = snapshot ? engine.openSnapshot(snapshot, setting) : null;
  desk.opened = {
    setting,
    handle,
    snapshot,
    now,
    language: clientLanguage(snapshot, setting.workspace?.language),
  };
}

function count(engine: Core, text: string): SmsCount | null {
  const counted = engine.countSms(text);
  return "parts" in counted ? counted : null;
}

/** As the message itself would be written: SMS have ordinary spaces in their numbers and dates. */
function faulty(handle: SnapshotHandle, rule: Rule): string | null {
  if (rule.action.type !== "send_sms" && rule.action.type !== "invite_to_messenger") return null;
  const rendered = handle.render(rule.action.text, { spaces: "plain" });
  return "text" in rendered ? rendered.text : null;
}

function preview(engine: Core, { handle, language }: Opened, rule: Rule, plan: Planned): Preview {
  if (!handle) return { kind: "none" };
  if ("error" in plan) return { kind: "fault", diagnostic: plan.error };
  const delivery = plan.deliveries[0];
  if (delivery) {
    // The customer's own clock and language: only the core knows them.
    const when = handle.render(`{{ "${delivery.due}" | datetime }}`);
    return {
      kind: "message",
      delivery,
      when: "text" in when ? when.text : delivery.due,
      language,
      sms: delivery.channel === "sms" ? count(engine, delivery.content.text ?? "") : null,
    };
  }
  const skip = plan.skipped[0];
  if (!skip) return { kind: "none" };
  const text = faulty(handle, rule);
  return { kind: "skip", skip, text, sms: text === null ? null : count(engine, text) };
}

async function analyse({ opened }: Desk, rule: Rule): Promise<Analysis> {
  const engine = await engineNow();
  if (!opened) throw new Error("analyse before open");
  const { setting, handle, now } = opened;
  if (!handle)
    return {
      rule,
      diagnostics: engine.validateRule(rule, setting),
      preview: { kind: "none" },
      pricing: null,
    };
  const { diagnostics, plan } = handle.analyse(rule, now === null ? {} : { now });
  const shown = preview(engine, opened, rule, plan);
  const count = shown.kind === "message" || shown.kind === "skip" ? shown.sms : null;
  return { rule, diagnostics, preview: shown, pricing: pricingOf(engine, rule, count, opened) };
}

async function answer(desk: Desk, ask: Ask): Promise<Answer> {
  switch (ask.kind) {
    case "load":
      load(ask.core);
      return { kind: "loaded" };
    case "open":
      await open(desk, ask);
      return { kind: "opened" };
    case "analyse":
      return { kind: "analysed", analysis: await analyse(desk, ask.rule) };
  }
}

async function serve(desk: Desk, request: Request, tell: (reply: Reply) => void): Promise<void> {
  let reply: Answer;
  try {
    reply = await answer(desk, request);
  } catch (error) {
    reply = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
  const answered: Reply = { ...reply, id: request.id };
  if (reply.kind === "analysed") desk.mailbox?.put(answered);
  tell(answered);
}

serveLines<{ request: Request; reply: Reply }>((tell) => {
  const desk: Desk = { opened: null, mailbox: null };
  // One at a time, in order: an analysis must not overtake the opening it relies on.
  let last: Promise<void> = Promise.resolve();
  return {
    receive(request) {
      last = last.then(() => serve(desk, request, tell));
    },
    close() {
      void last.then(() => desk.opened?.handle?.close());
    },
  };
});
