// Files of records: those that were imported until now, with their progress and reports, and a new one.

import { useEffect } from "preact/hooks";
import { faultsUrl, listImports, stopImport, type Import } from "../../api/imports";
import { onChange } from "../../api/stream";
import type { Catalogue } from "../../state/catalogue";
import { moment, numberWords, t } from "../../text";
import { Fault, useTask } from "../../ui/form";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { NewImport } from "./new-import";

interface ImportsProps {
  readonly known: Catalogue;
  readonly mayChange: boolean;
}

const AGAIN_MS = 400; // while one is running; the stream tells of records, not of bytes

export function Imports({ known, mayChange }: ImportsProps) {
  const [imports, reload] = useLoad(listImports);
  useEffect(() => onChange(reload), [reload]);
  const running = imports.kind === "ready" && imports.value.some(({ state }) => state === "running");
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(reload, AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, reload]);
  return (
    <>
      <p class="settings-intro">{t("import.intro")}</p>
      {mayChange ? <NewImport known={known} started={reload} /> : null}
      <h2 class="settings-heading">{t("import.earlier")}</h2>
      <Wait state={imports} retry={reload}>
        {(list) =>
          list.length === 0 ? (
            <p class="quiet">{t("import.none")}</p>
          ) : (
            <ul class="card settings-list">
              {list.map((each) => (
                <li key={each.id}>
                  <ImportRow each={each} mayStop={mayChange} reload={reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </>
  );
}

const TONE = { running: "pill", done: "pill good", stopped: "pill bad" } as const;

interface ImportRowProps {
  readonly each: Import;
  readonly mayStop: boolean;
  readonly reload: () => void;
}

function ImportRow({ each, mayStop, reload }: ImportRowProps) {
  const task = useTask();
  const { id, name, state, bytes, done_bytes: done, started_at: at, fault, bad, remarks } = each;
  const percent = bytes === 0 ? 100 : Math.floor((done / bytes) * 100);
  const sums = {
    created: numberWords(each.created),
    changed: numberWords(each.changed),
    unchanged: numberWords(each.unchanged),
    bad: numberWords(bad),
  };
  return (
    <>
      <div class="row">
        <b class="address">{name}</b>
        <span class={TONE[state]}>{t(`import.${state}`)}</span>
        <span>{t("import.sums", sums)}</span>
        <span class="grow" />
        <time class="quiet" dateTime={at}>
          {moment(at)}
        </time>
        {bad + remarks > 0 && state !== "running" ? (
          <a class="button small" href={faultsUrl(id)} download="import-report.csv">
            {t("file.report")}
          </a>
        ) : null}
      </div>
      {state === "running" ? (
        <div class="row import-under-way">
          <progress
            class="import-progress"
            max={100}
            value={percent}
            aria-label={t("import.progress", { percent })}
          />
          {mayStop ? (
            <button
              type="button"
              class="button small"
              aria-label={t("import.stopOf", { name })}
              disabled={task.busy}
              onClick={() => task.run(() => stopImport(id).then(reload))}
            >
              {t("import.stop")}
            </button>
          ) : null}
        </div>
      ) : null}
      <Fault text={task.fault} />
      {fault ? <p class="bad">{fault.message}</p> : null}
      {state === "stopped" && mayStop ? <p class="quiet">{t("import.goOn")}</p> : null}
    </>
  );
}
