// Access for programs: tokens, each shown once.

import { useState } from "preact/hooks";
import { problemText } from "../../api/http";
import { createToken, listTokens, revokeToken } from "../../api/settings";
import { moment, t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { Fault, TextLine, useTask } from "../../ui/form";
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
  const task = useTask();
  const create = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      setSecret(await createToken(name.trim(), role));
      setName("");
      created();
    });
  };
  return (
    <form class="row settings-bar" onSubmit={create}>
      <TextLine label={t("settings.tokenName")} inline required value={name} onChange={setName} />
      <Choice
        label={t("settings.role")}
        value={role}
        options={ROLES.map((each) => ({ value: each, text: t(`role.${each}`) }))}
        onChange={setRole}
      />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("settings.tokenCreate")}
      </button>
      <Fault text={task.fault} />
      {secret === "" ? null : (
        <p role="status" class="token-secret">
          {t("settings.tokenOnce")} <code>{secret}</code>
        </p>
      )}
    </form>
  );
}
