// The connection to Bitrix24. Secrets that are set are never shown; what the form does not know stays as it is.

import { useEffect, useRef, useState } from "preact/hooks";
import { putSource, type CrmSource } from "../../api/source";
import { Problem } from "../../state/problem";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { CheckLine, Fault, TextLine, useTask } from "../../ui/form";
import { faultTexts, refusedFields, type FaultTexts } from "./faults";
import { PairRows } from "./pair-rows";
import { FIELDS, TYPES } from "./pairs";
import {
  isSet,
  secretsOf,
  settingsOf,
  sourceDraft,
  sourceFaults,
  WAYS,
  type SourceDraft,
  type Way,
} from "./source-draft";

interface SourceFormProps {
  /** Null: nothing is connected yet. */
  readonly source: CrmSource | null;
  readonly etag: string | null;
  readonly done: () => void;
}

const NO_FAULTS: FaultTexts = {};
const hasField = (path: string): boolean =>
  /^\/settings\/(base_url|calls_per_second|types|fields)$/.test(path);

export function SourceForm({ source, etag, done }: SourceFormProps) {
  const [draft, setDraft] = useState(() => sourceDraft(source));
  const [faults, setFaults] = useState(NO_FAULTS);
  const form = useRef<HTMLFormElement>(null);
  const task = useTask();
  const put = (part: Partial<SourceDraft>): void => setDraft({ ...draft, ...part });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [faults]);
  const save = (event: Event): void => {
    event.preventDefault();
    const wrong = faultTexts(sourceFaults(draft));
    setFaults(wrong);
    if (Object.keys(wrong).length > 0) return;
    task.run(async () => {
      try {
        await putSource(settingsOf(draft, source?.settings ?? {}), secretsOf(draft, source), etag);
      } catch (error) {
        if (error instanceof Problem) setFaults(refusedFields(error, hasField));
        throw error;
      }
      announce(t("settings.saved"));
      done();
    });
  };
  const secret = (name: Way | "application_token", hint?: string) => (
    <TextLine
      key={name}
      type="password"
      label={t(`source.${name}`)}
      required={!isSet(source, name)}
      placeholder={isSet(source, name) ? t("settings.secretSet") : ""}
      {...(hint === undefined ? {} : { hint })}
      value={draft.secrets[name] ?? ""}
      onChange={(value) => put({ secrets: { ...draft.secrets, [name]: value } })}
    />
  );
  return (
    <form class="provider-form" ref={form} onSubmit={save}>
      <TextLine
        label={t("source.base_url")}
        placeholder="https://company.bitrix24.com"
        required
        value={draft.address}
        wrong={faults["/settings/base_url"]}
        onChange={(address) => put({ address })}
      />
      <label class="setting-line">
        <span>{t("source.way")}</span>
        <Choice
          label={t("source.way")}
          value={draft.way}
          options={WAYS.map((each) => ({ value: each, text: t(`source.by.${each}`) }))}
          onChange={(way) => put({ way: way as Way })}
        />
      </label>
      {secret(draft.way, t(draft.way === "webhook" ? "source.webhookHint" : "source.tokenHint"))}
      {secret("application_token")}
      <CheckLine checked={draft.timeline} onChange={(timeline) => put({ timeline })}>
        {t("source.timeline")}
      </CheckLine>
      <Names draft={draft} faults={faults} put={put} />
      <TextLine
        inputMode="numeric"
        label={t("source.pace")}
        hint={t("source.paceHint")}
        value={draft.pace}
        wrong={faults["/settings/calls_per_second"]}
        onChange={(pace) => put({ pace })}
      />
      <Fault text={Object.keys(faults).length > 0 ? "" : task.fault} />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("settings.save")}
      </button>
    </form>
  );
}

interface NamesProps {
  readonly draft: SourceDraft;
  readonly faults: FaultTexts;
  readonly put: (part: Partial<SourceDraft>) => void;
}

/** What rules call the account's own types and fields. */
function Names({ draft, faults, put }: NamesProps) {
  return (
    <>
      <PairRows
        title={t("source.types")}
        hint={t("source.typesHint")}
        from={t("source.typeOf")}
        to={t("source.nameOf")}
        example={{ from: "128", to: "project" }}
        pairs={draft.types}
        path={TYPES.path}
        faults={faults}
        onChange={(types) => put({ types })}
      />
      <PairRows
        title={t("source.fields")}
        hint={t("source.fieldsHint")}
        from={t("source.fieldOf")}
        to={t("source.nameOf")}
        example={{ from: "UF_CRM_16_TRACK", to: "tracking_number" }}
        pairs={draft.fields}
        path={FIELDS.path}
        faults={faults}
        onChange={(fields) => put({ fields })}
      />
    </>
  );
}
