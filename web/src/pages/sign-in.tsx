// Shown where the service does not know us: a name and password, the link it printed, or an access token.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Credentials, signIn } from "../api/workspace";
import { loadCatalogue } from "../state/catalogue";
import { t } from "../text";
import { TextLine, useTask, type Task } from "../ui/form";

export function SignIn() {
  const [typed, setTyped] = useState({ name: "", password: "", token: "" });
  const task = useTask();
  const put = (name: keyof typeof typed) => (value: string) => setTyped({ ...typed, [name]: value });
  return (
    <main id="main">
      <div class="card notice">
        <h1>{t("signin.title")}</h1>
        <p>{t("signin.text")}</p>
        {task.fault === "" ? null : (
          <p class="sign-in-fault" role="alert">
            {task.fault}
          </p>
        )}
        <Way
          task={task}
          with={{ name: typed.name.trim(), password: typed.password }}
          go={t("signin.go")}
          primary
        >
          <TextLine
            label={t("signin.name")}
            autocomplete="username"
            required
            value={typed.name}
            onChange={put("name")}
          />
          <TextLine
            label={t("signin.password")}
            type="password"
            autocomplete="current-password"
            required
            value={typed.password}
            onChange={put("password")}
          />
        </Way>
        <Way task={task} with={{ token: typed.token.trim() }} go={t("signin.go-token")}>
          <TextLine
            label={t("signin.token")}
            type="password"
            required
            value={typed.token}
            onChange={put("token")}
          />
        </Way>
      </div>
    </main>
  );
}

interface WayProps {
  readonly task: Task;
  readonly with: Credentials;
  /** On its button. */
  readonly go: string;
  readonly primary?: boolean;
  readonly children: ComponentChildren;
}

/** One way in: its fields and its button. */
function Way({ task, with: credentials, go, primary, children }: WayProps) {
  const submit = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      await signIn(credentials);
      await loadCatalogue();
    });
  };
  return (
    <form class="sign-in" onSubmit={submit}>
      {children}
      <button type="submit" class={primary ? "button primary" : "button"} disabled={task.busy}>
        {go}
      </button>
    </form>
  );
}
