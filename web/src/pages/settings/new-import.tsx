// Importing a file: chosen, looked at first, its columns settled, then taken in.

import { useState } from "preact/hooks";
import { Problem } from "../../api/http";
import { startImport, tryImport, type ImportOptions, type Trial } from "../../api/imports";
import { entityOf, type Catalogue } from "../../state/catalogue";
import { languageName, t, tOr } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { FileLine } from "../../ui/file-line";
import { CheckLine, Fault, useTask } from "../../ui/form";
import { Columns, TrialReport } from "./import-trial";
import { headOf, targetsOf, unguessed } from "./import-columns";

interface NewImportProps {
  readonly known: Catalogue;
  readonly started: () => void;
}

const LOCALES = ["en", "en-US", "en-GB", "de", "es", "fr", "it", "pl", "pt", "ru", "tr", "uk"] as const;
const HEAD_BYTES = 65_536; // in which a table's first line ends
const NO_ID = "import_no_column"; // the service's word for a table in which nothing was taken for the id
const HAPPENED_JUST_NOW_MS = 5_000;

/** What the service answers for a table of which it cannot tell the id: the columns, for a person to say. */
async function trialOf(file: File, options: ImportOptions): Promise<{ trial: Trial; fault: string }> {
  try {
    return { trial: await tryImport(file, options), fault: "" };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== NO_ID) throw error;
    const columns = unguessed(headOf(await file.slice(0, HEAD_BYTES).text()));
    return { trial: { format: "csv", columns, rows: 0, faults: [], records: [] }, fault: error.message };
  }
}

export function NewImport({ known, started }: NewImportProps) {
  const { schema, workspace } = known;
  const [file, setFile] = useState<File | null>(null);
  const [options, setOptions] = useState<ImportOptions>({
    entity: schema.entities[0]?.code ?? "deal",
    locale: LOCALES.find((each) => each === workspace.language?.split("-")[0]) ?? "en",
    columns: {},
    fireEvents: false,
  });
  const [looked, setLooked] = useState<{ readonly trial: Trial; readonly fault: string } | null>(null);
  const [before, setBefore] = useState(false);
  const task = useTask();
  const look = (next: ImportOptions, of: File | null = file): void => {
    setOptions(next);
    setBefore(false);
    if (of) task.run(async () => setLooked(await trialOf(of, next)));
  };
  /** Another choice makes what was seen untrue: it is looked at again where it was looked at. */
  const put = (next: ImportOptions): void => (looked ? look(next) : setOptions(next));
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    setLooked(null);
    setBefore(false);
    setOptions({ ...options, columns: {} });
  };
  const start = (again: boolean): void => {
    if (!file) return;
    task.run(async () => {
      let { state, started_at: at } = await startImport(file, options, again);
      // One that was stopped goes on: what it has brought in until then is as before, and does nothing.
      if (state === "stopped") ({ state, started_at: at } = await startImport(file, options, true));
      const old = state === "done" && Date.now() - Date.parse(at) > HAPPENED_JUST_NOW_MS;
      setBefore(old);
      if (!old) {
        setLooked(null);
        announce(t("import.running"));
      }
      started();
    });
  };
  return (
    <form
      class="card settings-form provider-form"
      onSubmit={(event) => {
        event.preventDefault();
        look(options);
      }}
    >
      <FileLine accept=".csv,.txt,.ndjson,.jsonl" choose={choose} />
      <label class="setting-line">
        <span>{t("import.entity")}</span>
        <Choice
          label={t("import.entity")}
          value={options.entity}
          options={schema.entities.map(({ code, name }) => ({
            value: code,
            text: tOr(`group.${code}`, name),
          }))}
          onChange={(entity) => put({ ...options, entity })}
        />
      </label>
      <label class="setting-line">
        <span>{t("import.locale")}</span>
        <Choice
          label={t("import.locale")}
          value={options.locale}
          options={LOCALES.map((value) => ({ value, text: languageName(value) }))}
          onChange={(locale) => put({ ...options, locale })}
        />
      </label>
      <CheckLine checked={options.fireEvents} onChange={(fireEvents) => put({ ...options, fireEvents })}>
        {t("import.events")} <span class="quiet">{t("import.eventsHint")}</span>
      </CheckLine>
      <Fault text={task.fault} />
      {looked ? (
        <>
          <Columns
            columns={looked.trial.columns}
            targets={targetsOf(entityOf(schema, options.entity), looked.trial.columns)}
            change={(column, field) => look({ ...options, columns: { ...options.columns, [column]: field } })}
          />
          <TrialReport trial={looked.trial} fault={looked.fault} />
        </>
      ) : null}
      {before ? <p>{t("import.known")}</p> : null}
      <div class="row">
        <button type="submit" class={looked ? "button" : "button primary"} disabled={task.busy || !file}>
          {t("import.look")}
        </button>
        {looked && looked.fault === "" ? (
          <button type="button" class="button primary" disabled={task.busy} onClick={() => start(before)}>
            {t(before ? "import.again" : "import.start")}
          </button>
        ) : null}
      </div>
    </form>
  );
}
