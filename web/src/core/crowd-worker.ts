// The worker for what takes longer than a keystroke: a rule judged on many records, rules run over a history. It has
// a core of its own, so that typing never waits. A newer question ends the one under way.

/// <reference lib="webworker" />

import { loadCore, type Core } from "./facade";
import {
  itemKey,
  type CrowdAnswer,
  type CrowdAsk,
  type CrowdReply,
  type CrowdRequest,
  type Source,
} from "./crowd-protocol";
import type { Simulation } from "./foresight-types";
import { namesIn, readHistory } from "./history";
import { serveLines } from "./lines";
import type { Setting } from "./protocol";
import { languagesIn, nameOf, readPortions, type Portion } from "./records";
import type { Rule } from "./types";

let core: Promise<Core> | null = null;
const loaded = new Set(["en"]);

/** What one line asks for, and the records that it read last. */
interface Desk {
  newest: number;
  kept: { readonly name: string; readonly portions: readonly Portion[] } | null;
  readonly tell: (id: number, answer: CrowdAnswer) => void;
}

/** Lets messages in: a newer question, or the wish to stop. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function engineFor(texts: readonly string[], setting: Setting): Promise<Core> {
  if (!core) throw new Error("nothing was loaded");
  const engine = await core;
  const wanted = languagesIn([...texts, JSON.stringify({ language: setting.workspace?.language ?? "en" })]);
  for (const base of wanted.filter((each) => !loaded.has(each))) {
    // One that cannot be had is told by the core itself, record by record.
    await engine.addLanguage(base).then(
      () => loaded.add(base),
      () => undefined,
    );
  }
  return engine;
}

async function portionsFor(desk: Desk, source: Source): Promise<readonly Portion[]> {
  const name = nameOf(source);
  if (desk.kept?.name !== name) desk.kept = { name, portions: await readPortions(source) };
  return desk.kept.portions;
}

async function count(
  desk: Desk,
  id: number,
  { rule, setting, source }: Extract<CrowdAsk, { kind: "count" }>,
): Promise<void> {
  const portions = await portionsFor(desk, source);
  const engine = await engineFor(
    portions.map(({ lines }) => lines),
    setting,
  );
  const started = performance.now();
  const total = portions.reduce((sum, portion) => sum + portion.count, 0);
  const handle = engine.openCoverage(rule, setting);
  try {
    let done = 0;
    for (const portion of portions) {
      if (id !== desk.newest) return; // nobody waits for it
      handle.add(portion.lines);
      done += portion.count;
      desk.tell(id, { kind: "progress", done, total });
      await breath();
    }
    const coverage = handle.result();
    if ("error" in coverage) desk.tell(id, { kind: "failed", message: coverage.error.message });
    else desk.tell(id, { kind: "counted", coverage, ms: performance.now() - started });
  } finally {
    handle.close();
  }
}

function itemsIn(...runs: readonly (Simulation | null)[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const entry of runs.flatMap((run) => run?.entries ?? []))
    if ("rule" in entry) keys.add(itemKey(entry.entity, entry.entity_id));
  return keys;
}

async function simulate(desk: Desk, id: number, ask: Extract<CrowdAsk, { kind: "simulate" }>): Promise<void> {
  const { rules, against, history, until, setting } = ask;
  const { lines, cut } = await readHistory(history, (done) => {
    desk.tell(id, { kind: "progress", done, total: 0 });
    return id === desk.newest;
  });
  const events = lines.join("\n");
  const engine = await engineFor([events], setting);
  if (id !== desk.newest) return; // nobody waits for it
  const run = (chosen: readonly Rule[]): Simulation => {
    const answer = engine.simulate(chosen, events, until === null ? setting : { ...setting, until });
    if ("error" in answer) throw new Error(answer.error.message);
    return answer;
  };
  const runs = { run: run(rules), against: against && run(against) };
  const names = namesIn(lines, itemsIn(runs.run, runs.against));
  desk.tell(id, { kind: "simulated", ...runs, names, events: lines.length, cut });
}

async function serve(desk: Desk, request: CrowdRequest): Promise<void> {
  const { id } = request;
  try {
    if (request.kind === "count") await count(desk, id, request);
    if (request.kind === "simulate") await simulate(desk, id, request);
  } catch (error) {
    desk.tell(id, { kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

/** Once for all lines; anew where it failed. */
function load(url: string): void {
  core ??= loadCore(url);
  core.catch(() => (core = null));
}

serveLines<{ request: CrowdRequest; reply: CrowdReply }>((tell) => {
  const desk: Desk = { newest: 0, kept: null, tell: (id, answer) => tell({ ...answer, id }) };
  return {
    receive(request) {
      if (request.kind === "load") {
        load(request.core);
        return;
      }
      desk.newest = request.id;
      void serve(desk, request);
    },
    close() {
      desk.newest = -1; // ends what is under way
    },
  };
});
