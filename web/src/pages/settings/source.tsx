// Where records come from: our own directory, or Bitrix24 with its connection, its state and its schema.

import { useEffect, useState } from "preact/hooks";
import { deleteSource, getSource, takeSchema, testSource, type CrmSource } from "../../api/source";
import { onChange } from "../../api/stream";
import { loadCatalogue } from "../../state/catalogue";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Dialog } from "../../ui/dialog";
import { Fault, useTask } from "../../ui/form";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { Question } from "../../ui/question";
import { SourceForm } from "./source-form";

type Open = "form" | "schema" | "disconnect";

export function Source({ mayChange }: { readonly mayChange: boolean }) {
  const [state, reload] = useLoad(getSource);
  const [open, setOpen] = useState<Open | null>(null);
  useEffect(() => onChange(reload), [reload]);
  const ended = (): void => {
    setOpen(null);
    reload();
  };
  return (
    <Wait state={state} retry={reload}>
      {({ source, etag }) => (
        <>
          {source ? (
            <Connected source={source} mayChange={mayChange} open={setOpen} />
          ) : (
            <Notice text={t("source.builtIn")}>
              {mayChange ? (
                <button type="button" class="button primary" onClick={() => setOpen("form")}>
                  {t("source.connect")}
                </button>
              ) : (
                <p class="quiet">{t("settings.adminOnly")}</p>
              )}
            </Notice>
          )}
          {open === null ? null : (
            <Dialog narrow title={titleOf(open, source)} close={() => setOpen(null)}>
              {open === "form" ? (
                <SourceForm source={source} etag={etag} done={ended} />
              ) : open === "schema" ? (
                <Question
                  text={t("source.schemaText")}
                  yes={t("source.schema")}
                  act={() => takeOver().then(ended)}
                />
              ) : (
                <Question
                  text={t("source.disconnectText")}
                  yes={t("source.disconnect")}
                  act={() => deleteSource().then(ended)}
                />
              )}
            </Dialog>
          )}
        </>
      )}
    </Wait>
  );
}

function titleOf(open: Open, source: CrmSource | null): string {
  if (open === "form") return t(source ? "source.change" : "source.connect");
  return t(open === "schema" ? "source.schema" : "source.disconnectTitle");
}

interface ConnectedProps {
  readonly source: CrmSource;
  readonly mayChange: boolean;
  readonly open: (what: Open) => void;
}

function Connected({ source, mayChange, open }: ConnectedProps) {
  const { working, diagnostics } = source.status;
  const address = source.settings["base_url"];
  return (
    <section class="card settings-form provider-form" aria-label={t("settings.crm")}>
      <div class="row">
        <b>{t("source.connectedTo")}</b>
        <span class={working ? "pill good" : "pill bad"}>
          {t(working ? "source.working" : "source.broken")}
        </span>
      </div>
      {typeof address === "string" ? <p class="quiet">{address}</p> : null}
      <ul>
        {diagnostics.map(({ message }, index) => (
          <li key={index} class="bad">
            {message}
          </li>
        ))}
      </ul>
      {source.hook_url === undefined ? null : (
        <p class="quiet">
          {t("source.hook")} <code>{source.hook_url}</code>
        </p>
      )}
      {mayChange ? <Commands open={open} /> : null}
    </section>
  );
}

function Commands({ open }: { readonly open: (what: Open) => void }) {
  const task = useTask();
  const [answer, setAnswer] = useState("");
  const test = (): void =>
    task.run(async () => {
      setAnswer("");
      const { ok, diagnostics } = await testSource();
      if (!ok) throw new Error(diagnostics.map(({ message }) => message).join(" "));
      setAnswer(t("source.ok"));
    });
  return (
    <>
      <div class="row">
        <button type="button" class="button" disabled={task.busy} onClick={test}>
          {t("source.test")}
        </button>
        <button type="button" class="button" onClick={() => open("schema")}>
          {t("source.schema")}
        </button>
        <button type="button" class="button" onClick={() => open("form")}>
          {t("source.change")}
        </button>
        <button type="button" class="button" onClick={() => open("disconnect")}>
          {t("source.disconnect")}
        </button>
      </div>
      <p role="status">{answer}</p>
      <Fault text={task.fault} />
    </>
  );
}

async function takeOver(): Promise<void> {
  const { entities } = await takeSchema();
  announce(t("source.schemaDone", { n: entities.length }));
  void loadCatalogue();
}
