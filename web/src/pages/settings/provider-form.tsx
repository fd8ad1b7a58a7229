// Connecting a provider, or changing one. The service judges the settings; a secret that is set is never shown.

import { useId, useState } from "preact/hooks";
import { problemText } from "../../api/http";
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
import { draftOf, settingsOf, type Draft } from "./fields";
import { SettingInput, settingWords } from "./provider-fields";

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
  const [fault, setFault] = useState("");
  const name = useId();
  const fields = known?.settings ?? [];
  const save = (event: Event): void => {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
    const input = { id: id.trim(), kind, settings: settingsOf(draft, fields, before), secrets: given };
    putProvider(input, provider ? (provider.etag ?? "*") : null).then(
      (remarks) => {
        announce(remarks[0]?.message ?? t("settings.saved"));
        done();
      },
      (error: unknown) => setFault(problemText(error)),
    );
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
          <div class="setting-line">
            <label for={name}>{t("settings.providerId")}</label>
            <input
              id={name}
              class="field"
              required
              placeholder="sms-main"
              value={id}
              onInput={(event) => setId(event.currentTarget.value)}
            />
          </div>
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
      {fault === "" ? null : (
        <p class="bad" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" class="button primary">
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
  const id = useId();
  return (
    <div class="setting-line">
      <label for={id}>
        {settingWords(secret.name)}
        {secret.required && !isSet ? <span class="quiet"> {t("settings.required")}</span> : null}
      </label>
      <input
        id={id}
        class="field"
        type="password"
        autoComplete="off"
        required={secret.required && !isSet}
        placeholder={isSet ? t("settings.secretSet") : ""}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
