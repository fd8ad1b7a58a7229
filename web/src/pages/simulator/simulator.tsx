// The simulator: rules and a stretch of events go in, a timeline comes out. Everything runs in this browser.

import { useEffect, useRef, useState } from "preact/hooks";
import { listRules, newest, type RuleEntry } from "../../api/rules";
import { EVENTS, type EventsChoice, type Route } from "../../routes";
import type { Catalogue } from "../../state/catalogue";
import { keepFile, keptFile } from "../../state/kept-file";
import { amend } from "../../state/navigation";
import { t } from "../../text";
import { Choice } from "../../ui/choice";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { RulePicker } from "./rule-picker";
import { startRunner, type Runner } from "./run";
import { Timeline } from "./timeline";
import "./simulator.css";

type Place = Extract<Route, { page: "simulator" }>;

interface SimulatorProps {
  readonly at: Place;
  readonly known: Catalogue;
}

export function Simulator({ at, known }: SimulatorProps) {
  const [rules, reload] = useLoad(listRules);
  return (
    <>
      <div class="top">
        <h1>{t("sim.title")}</h1>
      </div>
      <p class="quiet sim-intro">{t("sim.intro")}</p>
      <Wait state={rules} retry={reload}>
        {(entries) => <Bench at={at} known={known} entries={entries} />}
      </Wait>
    </>
  );
}

function useRunner(): Runner | null {
  const [runner, setRunner] = useState<Runner | null>(null);
  useEffect(() => {
    const started = startRunner();
    setRunner(started);
    return () => started.close();
  }, []);
  return runner;
}

const DAYS_BACK = 7;

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

interface DayProps {
  readonly label: string;
  /** As in an ISO date; "": any. */
  readonly value: string;
  readonly change: (day: string | undefined) => void;
}

function Day({ label, value, change }: DayProps) {
  return (
    <label class="stacked">
      {label}
      <input
        type="date"
        class="field"
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value === "" ? undefined : currentTarget.value)}
      />
    </label>
  );
}

interface BenchProps extends SimulatorProps {
  readonly entries: readonly RuleEntry[];
}

function chosen(entries: readonly RuleEntry[], rules: string | undefined): readonly RuleEntry[] {
  if (rules === undefined) return entries;
  const ids = new Set(rules.split(","));
  return entries.filter((entry) => ids.has(newest(entry)?.id ?? ""));
}

function Bench({ at, known, entries }: BenchProps) {
  const runner = useRunner();
  const [fileName, setFileName] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void keptFile("events").then((kept) => setFileName(kept?.name ?? null));
  }, []);
  const events = at.events ?? "records";
  const change = (members: Partial<Place>): void => amend({ ...at, ...members });
  const since = at.from ?? dayBefore(DAYS_BACK);
  const picked = chosen(entries, at.rules);
  const names = new Map(entries.flatMap((entry) => newest(entry) ?? []).map(({ id, name }) => [id, name]));
  const state = runner?.state.value;
  const choose = (value: EventsChoice): void => {
    change({ events: value });
    if (value === "file") input.current?.click();
  };
  const run = (): void =>
    runner?.run(
      {
        events,
        entries: picked,
        from: since,
        until: at.until ?? null,
        compare: at.compare === "1",
      },
      known,
    );
  return (
    <>
      <form
        class="card sim-form"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <label class="stacked">
          {t("sim.events")}
          <Choice
            label={t("sim.events")}
            value={events}
            options={EVENTS.map((each) => ({
              value: each,
              text: each === "file" && fileName !== null ? fileName : t(`sim.from.${each}`),
            }))}
            onChange={(value) => choose(value as EventsChoice)}
          />
        </label>
        <input
          ref={input}
          class="hidden-text"
          type="file"
          tabIndex={-1}
          accept=".ndjson,.jsonl,application/x-ndjson"
          aria-label={t("sim.from.file")}
          onChange={({ currentTarget: { files } }) => {
            const file = files?.[0];
            if (file) void keepFile("events", file).then(({ name }) => setFileName(name));
            change({ events: "file" });
          }}
        />
        <RulePicker entries={entries} picked={picked} change={(rules) => change({ rules })} />
        {events === "taken" ? (
          <Day label={t("sim.since")} value={since} change={(from) => change({ from })} />
        ) : null}
        <Day label={t("sim.until")} value={at.until ?? ""} change={(until) => change({ until })} />
        <label class="row">
          <input
            type="checkbox"
            checked={at.compare === "1"}
            onChange={({ currentTarget: { checked } }) => change({ compare: checked ? "1" : undefined })}
          />
          {t("sim.compare")}
        </label>
        <span class="row">
          <button type="submit" class="button primary" disabled={!runner || state?.kind === "running"}>
            {t(state?.kind === "running" ? "sim.running" : "sim.run")}
          </button>
          <span class="quiet sim-read" role="status">
            {state?.kind === "running" && state.read > 0 ? t("sim.read", { n: state.read }) : ""}
          </span>
        </span>
      </form>
      {state?.kind === "failed" ? <Notice text={state.message} /> : null}
      {state?.kind === "empty" ? <Notice text={t("sim.noEvents")} /> : null}
      {state?.kind === "done" ? <Timeline done={state} nameOf={(id) => names.get(id) ?? id} /> : null}
    </>
  );
}
