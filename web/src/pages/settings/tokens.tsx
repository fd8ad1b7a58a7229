// Access for programs: tokens, each shown once.

import { useId, useState } from "preact/hooks";
import { problemText } from "../../api/http";
import { createToken, listTokens, revokeToken } from "../../api/settings";
import { moment, t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";

const ROLES = ["viewer", "operator", "editor", "admin"] as const;

export function Tokens() {
  const [tokens, reload] = useLoad(listTokens);
  const revoke = (id: string): void => {
    revokeToken(id).then(
      () => {
        announce(t("settings.revoked"));
        reload();
      },
      (error: unknown) => announce(problemText(error)),
    );
  };
  return (
    <>
      <NewToken created={reload} />
      <Wait state={tokens} retry={reload}>
        {(list) => (
          <ul class="card settings-list">
            {list.map((token) => (
              <li key={token.id} class="row">
                <b>{token.name || token.id}</b>
                <span class="pill">{t(`role.${token.role as (typeof ROLES)[number]}`)}</span>
                <time class="quiet" dateTime={token.created_at}>
                  {moment(token.created_at)}
                </time>
                <span class="grow" />
                {token.revoked_at ? (
                  <span class="quiet">{t("settings.revoked")}</span>
                ) : (
                  <button
                    type="button"
                    class="button small"
                    aria-label={`${t("settings.revoke")}, ${token.name || token.id}`}
                    onClick={() => revoke(token.id)}
                  >
                    {t("settings.revoke")}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Wait>
    </>
  );
}

function NewToken({ created }: { readonly created: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>("operator");
  const [secret, setSecret] = useState("");
  const [fault, setFault] = useState("");
  const id = useId();
  const create = (event: Event): void => {
    event.preventDefault();
    createToken(name.trim(), role).then(
      (made) => {
        setSecret(made);
        setFault("");
        setName("");
        created();
      },
      (error: unknown) => setFault(problemText(error)),
    );
  };
  return (
    <form class="row settings-bar" onSubmit={create}>
      <label for={id}>{t("settings.tokenName")}</label>
      <input
        id={id}
        class="field"
        required
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Choice
        label={t("settings.role")}
        value={role}
        options={ROLES.map((each) => ({ value: each, text: t(`role.${each}`) }))}
        onChange={setRole}
      />
      <button type="submit" class="button primary">
        {t("settings.tokenCreate")}
      </button>
      {fault === "" ? null : (
        <span class="bad" role="alert">
          {fault}
        </span>
      )}
      {secret === "" ? null : (
        <p role="status" class="token-secret">
          {t("settings.tokenOnce")} <code>{secret}</code>
        </p>
      )}
    </form>
  );
}
