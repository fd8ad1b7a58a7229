// The connection to Bitrix24. Secrets that are set are never shown; what the form does not know stays as it is.

import { useState } from "preact/hooks";
import { putSource, type CrmSource } from "../../api/source";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { CheckLine, Fault, TextLine, useTask } from "../../ui/form";

interface SourceFormProps {
  /** Null: nothing is connected yet. */
  readonly source: CrmSource | null;
  readonly etag: string | null;
  readonly done: () => void;
}

const SECRETS = ["webhook", "application_token"] as const;

export function SourceForm({ source, etag, done }: SourceFormProps) {
  const before = source?.settings ?? {};
  const [address, setAddress] = useState(typeof before["base_url"] === "string" ? before["base_url"] : "");
  const [timeline, setTimeline] = useState(before["timeline"] !== false);
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const task = useTask();
  const isSet = (name: string): boolean => source?.secrets_set.includes(name) ?? false;
  const save = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      const given = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
      await putSource({ ...before, base_url: address.trim(), timeline }, given, etag);
      announce(t("settings.saved"));
      done();
    });
  };
  return (
    <form class="provider-form" onSubmit={save}>
      <TextLine
        label={t("source.base_url")}
        placeholder="https://company.bitrix24.com"
        required
        value={address}
        onChange={setAddress}
      />
      {SECRETS.map((name) => (
        <TextLine
          key={name}
          type="password"
          label={t(`source.${name}`)}
          required={!isSet(name) && !(name === "webhook" && isSet("access_token"))}
          placeholder={isSet(name) ? t("settings.secretSet") : ""}
          {...(name === "webhook" ? { hint: t("source.webhookHint") } : {})}
          value={secrets[name] ?? ""}
          onChange={(value) => setSecrets({ ...secrets, [name]: value })}
        />
      ))}
      <CheckLine checked={timeline} onChange={setTimeline}>
        {t("source.timeline")}
      </CheckLine>
      <Fault text={task.fault} />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("settings.save")}
      </button>
    </form>
  );
}
