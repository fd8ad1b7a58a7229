// The company's own settings: name, language, zone, country, currency, quiet hours, calendars with holidays.

import { useCallback, useState } from "preact/hooks";
import { readWorkspace, writeWorkspace } from "../../api/settings";
import { objectOf, textOf } from "../../core/json";
import type { Json, JsonObject } from "../../core/types";
import { loadCatalogue } from "../../state/catalogue";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Fault, TextLine, useTask } from "../../ui/form";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { Calendars } from "./calendars";
import { without } from "./hours";

const TEXTS = ["name", "language", "time_zone", "default_region", "currency"] as const;

export function WorkspaceSettings({ mayChange }: { readonly mayChange: boolean }) {
  const [state, reload] = useLoad(useCallback(readWorkspace, []));
  return (
    <Wait state={state} retry={reload}>
      {({ value, etag }) => (
        <WorkspaceForm key={etag ?? ""} before={value} etag={etag} mayChange={mayChange} done={reload} />
      )}
    </Wait>
  );
}

interface WorkspaceFormProps {
  readonly before: JsonObject;
  readonly etag: string | null;
  readonly mayChange: boolean;
  readonly done: () => void;
}

function WorkspaceForm({ before, etag, mayChange, done }: WorkspaceFormProps) {
  const [workspace, setWorkspace] = useState(before);
  const task = useTask();
  const quiet = objectOf(workspace["quiet_hours"]);
  const put = (name: string, value: Json | undefined): void => {
    const others = without(workspace, name);
    setWorkspace(value === undefined || value === "" ? others : { ...others, [name]: value });
  };
  const putQuiet = (name: "from" | "to", value: string): void => {
    const next = { ...quiet, [name]: value };
    put("quiet_hours", textOf(next.from) === "" && textOf(next.to) === "" ? undefined : next);
  };
  const save = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      await writeWorkspace(without(workspace, "providers"), etag); // providers have their own place
      announce(t("settings.saved"));
      done();
      void loadCatalogue(); // every page judges by it
    });
  };
  return (
    <form class="card settings-form" onSubmit={save}>
      <fieldset disabled={!mayChange} class="provider-form">
        {TEXTS.map((name) => (
          <TextLine
            key={name}
            label={t(`workspace.${name}`)}
            value={textOf(workspace[name])}
            onChange={(value) => put(name, value)}
          />
        ))}
        <div class="row">
          <TextLine
            label={t("workspace.quietFrom")}
            type="time"
            value={textOf(quiet["from"])}
            onChange={(value) => putQuiet("from", value)}
          />
          <TextLine
            label={t("workspace.quietTo")}
            type="time"
            value={textOf(quiet["to"])}
            onChange={(value) => putQuiet("to", value)}
          />
        </div>
        <p class="quiet">{t("workspace.quietHint")}</p>
        <Calendars
          calendars={workspace["calendars"]}
          zone={textOf(workspace["time_zone"])}
          onChange={(calendars) => put("calendars", calendars)}
        />
        <Fault text={task.fault} />
        {mayChange ? (
          <button type="submit" class="button primary" disabled={task.busy}>
            {t("settings.save")}
          </button>
        ) : (
          <p class="quiet">{t("settings.adminOnly")}</p>
        )}
      </fieldset>
    </form>
  );
}
