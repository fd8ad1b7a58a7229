// Connecting a provider, or changing one. The service judges the settings; a secret that is set is never shown.

import { useState } from "preact/hooks";
import {
  putProvider,
  type ProviderKind,
  type SecretField,
  type SettingField,
  type StoredProvider,
} from "../../api/settings";
import { t, tOr } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { Fault, TextLine, useTask } from "../../ui/form";
import { draftOf, settingsOf, type Draft } from "./fields";
import { SettingInput, SettingName } from "./provider-fields";

interface ProviderFormProps {
  readonly kinds: readonly ProviderKind[];
  /** Null: a new one. */
  readonly provider: StoredProvider | null;
  readonly done: () => void;
}

/** What nearly nobody needs on the first day stands folded away. */
const RARE: ReadonlySet<string> = new Set([
  "base_url",
  "daily_limit",
  "max_characters",
  "prices",
  "rate",
  "timeout",
]);

export function ProviderForm({ kinds, provider, done }: ProviderFormProps) {
  const [id, setId] = useState(provider?.id ?? "");
  const [kind, setKind] = useState(provider?.kind ?? "sandbox");
  const known = kinds.find((each) => each.kind === kind);
  const before = provider?.settings ?? {};
  const [draft, setDraft] = useState<Draft>(draftOf(before, known?.settings ?? []));
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const task = useTask();
  const fields = known?.settings ?? [];
  const save = (event: Event): void => {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
    const input = { id: id.trim(), kind, settings: settingsOf(draft, fields, before), secrets: given };
    task.run(async () => {
      const remarks = await putProvider(input, provider ? (provider.etag ?? "*") : null);
      announce(remarks[0]?.message ?? t("settings.saved"));
      done();
    });
  };
  const input = (field: SettingField) => (
    <SettingInput
      key={field.name}
      field={field}
      value={draft[field.name] ?? ""}
      onChange={(value) => setDraft({ ...draft, [field.name]: value })}
    />
  );
  return (
    <form class="provider-form" onSubmit={save}>
      {provider ? null : (
        <>
          <TextLine
            label={t("settings.providerId")}
            required
            placeholder="sms-main"
            value={id}
            onChange={setId}
          />
          <Choice
            label={t("settings.kind")}
            value={kind}
            options={kinds.map((each) => ({ value: each.kind, text: kindWords(each.kind) }))}
            onChange={setKind}
          />
        </>
      )}
      {fields.filter((field) => !RARE.has(field.name)).map(input)}
      {(known?.secrets ?? []).map((secret) => (
        <SecretLine
          key={secret.name}
          secret={secret}
          isSet={provider?.secrets_set.includes(secret.name) ?? false}
          value={secrets[secret.name] ?? ""}
          onChange={(value) => setSecrets({ ...secrets, [secret.name]: value })}
        />
      ))}
      <details>
        <summary>{t("settings.more")}</summary>
        <div class="provider-form">{fields.filter((field) => RARE.has(field.name)).map(input)}</div>
      </details>
      {provider?.hook_url === undefined ? null : (
        <p class="quiet">
          {t("settings.hook")} <code>{provider.hook_url}</code>
        </p>
      )}
      <Fault text={task.fault} />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("settings.save")}
      </button>
    </form>
  );
}

export function kindWords(kind: string): string {
  return tOr(`kind.${kind}`, kind);
}

interface SecretLineProps {
  readonly secret: SecretField;
  readonly isSet: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function SecretLine({ secret, isSet, value, onChange }: SecretLineProps) {
  const required = secret.required && !isSet;
  return (
    <TextLine
      label={<SettingName name={secret.name} required={required} />}
      type="password"
      required={required}
      placeholder={isSet ? t("settings.secretSet") : ""}
      value={value}
      onChange={onChange}
    />
  );
}
