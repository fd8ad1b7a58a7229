// The company's own settings: name, language, zone, country, currency, quiet hours, calendars with holidays, WhatsApp
// templates, and how long what is kept.

import { useCallback, useMemo, useState } from "preact/hooks";
import { readWorkspace } from "../../api/settings";
import { objectOf, textOf } from "../../core/json";
import type { Json, JsonObject, Workspace } from "../../core/types";
import { whatsappProviders } from "../../state/ways";
import { t } from "../../text";
import { TextLine } from "../../ui/form";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { Calendars } from "./calendars";
import { faultTexts } from "./faults";
import { without } from "./hours";
import { retentionDraft, retentionFaults, retentionOf } from "./retention";
import { RetentionFields } from "./retention-fields";
import { SavingNotes, useSaving } from "./saving";
import { TemplateFields } from "./template-fields";
import { templateDrafts, templateFaults, templatesOf } from "./templates";

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

/** Whether a fault that the service found has a place in this form. */
const hasField = (path: string): boolean =>
  TEXTS.some((name) => path === `/${name}`) || /^\/(retention|templates\/\d+)\/\w+$/.test(path);

function WorkspaceForm({ before, etag, mayChange, done }: WorkspaceFormProps) {
  const [workspace, setWorkspace] = useState(before);
  const [retention, setRetention] = useState(() => retentionDraft(before["retention"]));
  const [templates, setTemplates] = useState(() => templateDrafts(before["templates"]));
  const providers = useMemo(() => whatsappProviders(before as Workspace).map(({ id }) => id), [before]);
  const saving = useSaving(etag, hasField, done);
  const { faults } = saving;
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
    const wrong = { ...retentionFaults(retention), ...templateFaults(templates) };
    const [kept, listed] = [retentionOf(retention), templatesOf(templates)];
    // Providers have their own place.
    const others = ["providers", "retention", "templates"].reduce(without, workspace);
    const members = { ...(kept ? { retention: kept } : {}), ...(listed ? { templates: listed } : {}) };
    saving.save(faultTexts(wrong), { ...others, ...members });
  };
  return (
    <form class="card settings-form" ref={saving.form} onSubmit={save} noValidate>
      <fieldset disabled={!mayChange} class="provider-form">
        {TEXTS.map((name) => (
          <TextLine
            key={name}
            label={t(`workspace.${name}`)}
            value={textOf(workspace[name])}
            wrong={faults[`/${name}`]}
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
        <TemplateFields rows={templates} providers={providers} faults={faults} onChange={setTemplates} />
        <RetentionFields draft={retention} faults={faults} onChange={setRetention} />
        <SavingNotes saving={saving} reload={done} />
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
