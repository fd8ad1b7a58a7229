// The worker for what takes longer than a keystroke: a rule judged on many records, rules run over a history. It has
// a core of its own, so that typing never waits. A newer question ends the one under way.

/// <reference lib="webworker" />

import { loadCore, type Core } from "./facade";
import type { CrowdAnswer, CrowdAsk, CrowdRequest } from "./crowd-protocol";
import type { Simulation } from "./foresight-types";
import type { Setting } from "./protocol";
import { languagesIn, nameOf, readPortions, type Portion } from "./records";
import type { Rule } from "./types";

let core: Promise<Core> | null = null;
let newest = 0;
let kept: { readonly name: string; readonly portions: readonly Portion[] } | null = null;
const loaded = new Set(["en"]);

function tell(id: number, answer: CrowdAnswer): void {
  self.postMessage({ ...answer, id });
}

/** Lets messages in: a newer question, or the wish to stop. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function engineFor(texts: readonly string[], setting: Setting): Promise<Core> {
  if (!core) throw new Error("nothing was loaded");
  const engine = await core;
  const wanted = languagesIn([...texts, JSON.stringify({ language: setting.workspace.language ?? "en" })]);
  for (const base of wanted.filter((each) => !loaded.has(each))) {
    // One that cannot be had is told by the core itself, record by record.
    await engine.addLanguage(base).then(
      () => loaded.add(base),
      () => undefined,
    );
  }
  return engine;
}

async function portionsFor(
  source: Extract<CrowdAsk, { kind: "count" }>["source"],
): Promise<readonly Portion[]> {
  const name = nameOf(source);
  if (kept?.name !== name) kept = { name, portions: await readPortions(source) };
  return kept.portions;
}

async function count(
  id: number,
  { rule, setting, source }: Extract<CrowdAsk, { kind: "count" }>,
): Promise<void> {
  const portions = await portionsFor(source);
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
      if (id !== newest) return; // nobody waits for it
      handle.add(portion.lines);
      done += portion.count;
      tell(id, { kind: "progress", done, total });
      await breath();
    }
    const coverage = handle.result();
    if ("error" in coverage) tell(id, { kind: "failed", message: coverage.error.message });
    else tell(id, { kind: "counted", coverage, ms: performance.now() - started });
  } finally {
    handle.close();
  }
}

async function simulate(id: number, ask: Extract<CrowdAsk, { kind: "simulate" }>): Promise<void> {
  const { rules, against, events, until, setting } = ask;
  const engine = await engineFor([events], setting);
  const run = (chosen: readonly Rule[]): Simulation => {
    const answer = engine.simulate(chosen, events, until === null ? setting : { ...setting, until });
    if ("error" in answer) throw new Error(answer.error.message);
    return answer;
  };
  tell(id, { kind: "simulated", run: run(rules), against: against && run(against) });
}

async function serve(request: CrowdRequest): Promise<void> {
  const { id } = request;
  try {
    if (request.kind === "count") await count(id, request);
    if (request.kind === "simulate") await simulate(id, request);
  } catch (error) {
    tell(id, { kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener("message", ({ data }: MessageEvent<CrowdRequest>) => {
  if (data.kind === "load") {
    core = loadCore(data.core);
    return;
  }
  newest = data.id;
  void serve(data);
});
