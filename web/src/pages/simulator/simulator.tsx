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
import { Popover } from "../../ui/popover";
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
        entity: known.schema.entities[0]?.code ?? "deal",
        until: at.until === undefined ? null : `${at.until}T23:59:59Z`,
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
        <label class="stacked">
          {t("sim.until")}
          <input
            type="date"
            class="field"
            value={at.until ?? ""}
            onInput={({ currentTarget: { value } }) => change({ until: value === "" ? undefined : value })}
          />
        </label>
        <label class="row">
          <input
            type="checkbox"
            checked={at.compare === "1"}
            onChange={({ currentTarget: { checked } }) => change({ compare: checked ? "1" : undefined })}
          />
          {t("sim.compare")}
        </label>
        <button type="submit" class="button primary" disabled={!runner || state?.kind === "running"}>
          {t(state?.kind === "running" ? "sim.running" : "sim.run")}
        </button>
      </form>
      {state?.kind === "failed" ? <Notice text={state.message} /> : null}
      {state?.kind === "empty" ? <Notice text={t("sim.noEvents")} /> : null}
      {state?.kind === "done" ? <Timeline done={state} nameOf={(id) => names.get(id) ?? id} /> : null}
    </>
  );
}

interface RulePickerProps {
  readonly entries: readonly RuleEntry[];
  readonly picked: readonly RuleEntry[];
  /** Undefined: all of them. */
  readonly change: (rules: string | undefined) => void;
}

function RulePicker({ entries, picked, change }: RulePickerProps) {
  const all = picked.length === entries.length;
  const words = all ? t("sim.all") : picked.flatMap((entry) => newest(entry)?.name ?? []).join(", ");
  const toggle = (entry: RuleEntry, on: boolean): void => {
    const next = entries.filter((each) => (each === entry ? on : picked.includes(each)));
    const ids = next.flatMap((each) => newest(each)?.id ?? []);
    change(next.length === entries.length ? undefined : ids.join(","));
  };
  return (
    <div class="stacked">
      {t("sim.rules")}
      <Popover class="field sim-rules" face={words || "–"} label={`${words || "–"}: ${t("sim.rules")}`}>
        {() => (
          <div class="panel">
            {entries.map((entry) => {
              const rule = newest(entry);
              return rule ? (
                <label key={rule.id} class="row">
                  <input
                    type="checkbox"
                    checked={picked.includes(entry)}
                    onChange={(event) => toggle(entry, event.currentTarget.checked)}
                  />
                  {rule.name}
                </label>
              ) : null;
            })}
          </div>
        )}
      </Popover>
    </div>
  );
}
