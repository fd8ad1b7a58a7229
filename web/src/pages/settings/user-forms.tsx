// Adding a person, and giving one a new password.

import { useState } from "preact/hooks";
import { putUser, type Role, type User } from "../../api/people";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { Fault, TextLine, useTask } from "../../ui/form";
import { madeUpPassword } from "./password";
import { roleOptions } from "./users";

const LEAST = 12; // characters; the service asks for as many

interface NewUserProps {
  /** Sign-in names that are in use. */
  readonly taken: readonly string[];
  readonly done: () => void;
}

export function NewUser({ taken, done }: NewUserProps) {
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [password, setPassword] = useState("");
  const task = useTask();
  const create = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      if (taken.includes(id.trim())) throw new Error(t("users.exists"));
      await putUser(id.trim(), { name: name.trim() || id.trim(), role, password });
      announce(t("users.created", { name: name.trim() || id.trim() }));
      done();
    });
  };
  return (
    <form class="provider-form" onSubmit={create}>
      <TextLine label={t("users.id")} hint={t("users.idHint")} required value={id} onChange={setId} />
      <TextLine label={t("users.name")} value={name} onChange={setName} />
      <Choice
        label={t("settings.role")}
        value={role}
        options={roleOptions()}
        onChange={(next) => setRole(next as Role)}
      />
      <p class="quiet">{t(`role.${role}.means`)}</p>
      <NewPassword password={password} change={setPassword} />
      <Fault text={task.fault} />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("users.create")}
      </button>
    </form>
  );
}

/** In sight: whoever sets it must be able to pass it on. */
function NewPassword({
  password,
  change,
}: {
  readonly password: string;
  readonly change: (password: string) => void;
}) {
  return (
    <>
      <TextLine
        label={t("users.password")}
        hint={t("users.passwordHint")}
        autocomplete="new-password"
        required
        minLength={LEAST}
        value={password}
        onChange={change}
      />
      <button type="button" class="button small" onClick={() => change(madeUpPassword())}>
        {t("users.makeUp")}
      </button>
    </>
  );
}

interface PasswordFormProps {
  readonly user: User;
  readonly done: () => void;
}

export function PasswordForm({ user, done }: PasswordFormProps) {
  const [password, setPassword] = useState("");
  const task = useTask();
  const save = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      await putUser(user.id, { password });
      announce(t("users.changed", { name: user.name }));
      done();
    });
  };
  return (
    <form class="provider-form" onSubmit={save}>
      <NewPassword password={password} change={setPassword} />
      <Fault text={task.fault} />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("settings.save")}
      </button>
    </form>
  );
}
