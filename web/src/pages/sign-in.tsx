// Shown where the service does not know us: a name and password, the link it printed, or an access token.

import { useState } from "preact/hooks";
import { problemText } from "../api/http";
import { type Credentials, signIn } from "../api/workspace";
import { loadCatalogue } from "../state/catalogue";
import { t } from "../text";

export function SignIn() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [token, setToken] = useState("");
  const [fault, setFault] = useState("");
  const submit = (event: Event, credentials: Credentials): void => {
    event.preventDefault();
    signIn(credentials).then(
      () => void loadCatalogue(),
      (error: unknown) => setFault(problemText(error)),
    );
  };
  return (
    <main id="main">
      <div class="card notice">
        <h1>{t("signin.title")}</h1>
        <p>{t("signin.text")}</p>
        {fault === "" ? null : (
          <p class="sign-in-fault" role="alert">
            {fault}
          </p>
        )}
        <form class="sign-in" onSubmit={(event) => submit(event, { name: name.trim(), password })}>
          <label for="name">{t("signin.name")}</label>
          <input
            id="name"
            class="field"
            type="text"
            autocomplete="username"
            required
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <label for="password">{t("signin.password")}</label>
          <input
            id="password"
            class="field"
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <button type="submit" class="button primary">
            {t("signin.go")}
          </button>
        </form>
        <form class="sign-in" onSubmit={(event) => submit(event, { token: token.trim() })}>
          <label for="token">{t("signin.token")}</label>
          <input
            id="token"
            class="field"
            type="password"
            autocomplete="off"
            required
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
          <button type="submit" class="button">
            {t("signin.go-token")}
          </button>
        </form>
      </div>
    </main>
  );
}
