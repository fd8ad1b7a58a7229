// Shown where the service does not know us: the link it printed, or an access token.

import { useState } from "preact/hooks";
import { problemText } from "../api/http";
import { signIn } from "../api/workspace";
import { loadCatalogue } from "../state/catalogue";
import { t } from "../text";

export function SignIn() {
  const [token, setToken] = useState("");
  const [fault, setFault] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    signIn(token.trim()).then(
      () => void loadCatalogue(),
      (error: unknown) => setFault(problemText(error)),
    );
  };
  return (
    <main id="main">
      <div class="card notice">
        <h1>{t("signin.title")}</h1>
        <p>{t("signin.text")}</p>
        <form class="sign-in" onSubmit={submit}>
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
          <button type="submit" class="button primary">
            {t("signin.go")}
          </button>
        </form>
        {fault === "" ? null : (
          <p class="sign-in-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
    </main>
  );
}
