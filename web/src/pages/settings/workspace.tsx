// The company's own settings: name, language, zone, country, currency, quiet hours, calendars with holidays.

import { useCallback, useId, useState } from "preact/hooks";
import { problemText } from "../../api/http";
import { readWorkspace, writeWorkspace } from "../../api/settings";
import type { Json, JsonObject } from "../../core/types";
import { loadCatalogue } from "../../state/catalogue";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { Calendars } from "./calendars";
import { without } from "./hours";

const TEXTS = ["name", "language", "time_zone", "default_region", "currency"] as const;

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const object = (value: Json | undefined): JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as JsonObject) : {};

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
  const [fault, setFault] = useState("");
  const quiet = object(workspace["quiet_hours"]);
  const put = (name: string, value: Json | undefined): void => {
    const others = without(workspace, name);
    setWorkspace(value === undefined || value === "" ? others : { ...others, [name]: value });
  };
  const putQuiet = (name: "from" | "to", value: string): void => {
    const next = { ...quiet, [name]: value };
    put("quiet_hours", text(next.from) === "" && text(next.to) === "" ? undefined : next);
  };
  const save = (event: Event): void => {
    event.preventDefault();
    // Providers have their own place.
    writeWorkspace(without(workspace, "providers"), etag).then(
      () => {
        announce(t("settings.saved"));
        setFault("");
        done();
        void loadCatalogue(); // every page judges by it
      },
      (error: unknown) => setFault(problemText(error)),
    );
  };
  return (
    <form class="card settings-form" onSubmit={save}>
      <fieldset disabled={!mayChange} class="provider-form">
        {TEXTS.map((name) => (
          <Line
            key={name}
            label={t(`workspace.${name}`)}
            value={text(workspace[name])}
            onChange={(value) => put(name, value)}
          />
        ))}
        <div class="row">
          <Line
            label={t("workspace.quietFrom")}
            type="time"
            value={text(quiet["from"])}
            onChange={(value) => putQuiet("from", value)}
          />
          <Line
            label={t("workspace.quietTo")}
            type="time"
            value={text(quiet["to"])}
            onChange={(value) => putQuiet("to", value)}
          />
        </div>
        <p class="quiet">{t("workspace.quietHint")}</p>
        <Calendars
          calendars={workspace["calendars"]}
          zone={text(workspace["time_zone"])}
          onChange={(calendars) => put("calendars", calendars)}
        />
        {fault === "" ? null : (
          <p class="bad" role="alert">
            {fault}
          </p>
        )}
        {mayChange ? (
          <button type="submit" class="button primary">
            {t("settings.save")}
          </button>
        ) : (
          <p class="quiet">{t("settings.adminOnly")}</p>
        )}
      </fieldset>
    </form>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "time";
  readonly onChange: (value: string) => void;
}

export function Line({ label, value, type, onChange }: LineProps) {
  const id = useId();
  return (
    <div class="setting-line">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        {...(type === "time" ? { type: "time" } : {})}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
