// Who may sign in: added with a password, given a role, switched off.

import { useEffect, useState } from "preact/hooks";
import { listUsers, putUser, ROLES, type Role, type User, type UserChange } from "../../api/people";
import { onChange } from "../../api/stream";
import type { Session } from "../../api/workspace";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { Dialog } from "../../ui/dialog";
import { Fault, useTask } from "../../ui/form";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { NewUser, PasswordForm } from "./user-forms";

type Open = { readonly kind: "new" } | { readonly kind: "password"; readonly user: User };

export const roleOptions = () => ROLES.map((role) => ({ value: role, text: t(`role.${role}`) }));

export function Users({ session }: { readonly session: Session }) {
  const [users, reload] = useLoad(listUsers);
  const [open, setOpen] = useState<Open | null>(null);
  const task = useTask();
  useEffect(() => onChange(reload), [reload]);
  const change = (user: User, what: UserChange): void =>
    task.run(async () => {
      await putUser(user.id, what).finally(reload);
      announce(t("users.changed", { name: user.name }));
    });
  const ended = (): void => {
    setOpen(null);
    reload();
  };
  return (
    <Wait state={users} retry={reload}>
      {(list) => (
        <>
          <div class="row settings-bar">
            <button type="button" class="button primary" onClick={() => setOpen({ kind: "new" })}>
              {t("users.new")}
            </button>
            <Fault text={task.fault} />
          </div>
          <ul class="card settings-list">
            {list.map((user) => (
              <li key={user.id} class="row">
                <UserRow
                  user={user}
                  own={user.id === session.user || user.name === session.user}
                  change={(what) => change(user, what)}
                  password={() => setOpen({ kind: "password", user })}
                />
              </li>
            ))}
          </ul>
          <dl class="facts role-meanings">
            {ROLES.map((role) => (
              <div key={role} class="item-fact">
                <dt>{t(`role.${role}`)}</dt>
                <dd>{t(`role.${role}.means`)}</dd>
              </div>
            ))}
          </dl>
          {open === null ? null : (
            <Dialog narrow title={titleOf(open)} close={() => setOpen(null)}>
              {open.kind === "new" ? (
                <NewUser taken={list.map(({ id }) => id)} done={ended} />
              ) : (
                <PasswordForm user={open.user} done={ended} />
              )}
            </Dialog>
          )}
        </>
      )}
    </Wait>
  );
}

const titleOf = (open: Open): string =>
  open.kind === "new" ? t("users.new") : t("users.setPasswordOf", { name: open.user.name });

interface UserRowProps {
  readonly user: User;
  readonly own: boolean;
  readonly change: (what: UserChange) => void;
  readonly password: () => void;
}

function UserRow({ user, own, change, password }: UserRowProps) {
  const { id, name, role, disabled, has_password: hasPassword } = user;
  return (
    <>
      <b>{name}</b>
      {name === id ? null : <span class="quiet">{id}</span>}
      {own ? <span class="pill good">{t("users.you")}</span> : null}
      {disabled ? <span class="pill warn">{t("users.off")}</span> : null}
      {hasPassword ? null : <span class="quiet">{t("users.noPassword")}</span>}
      <span class="grow" />
      <Choice
        label={t("users.roleOf", { name })}
        value={role}
        options={roleOptions()}
        onChange={(next) => change({ role: next as Role })}
      />
      <button
        type="button"
        class="button small"
        aria-label={`${t("users.setPassword")}, ${name}`}
        onClick={password}
      >
        {t("users.setPassword")}
      </button>
      <button
        type="button"
        class="button small"
        aria-label={`${t(disabled ? "users.switchOn" : "users.switchOff")}, ${name}`}
        onClick={() => change({ disabled: !disabled })}
      >
        {t(disabled ? "users.switchOn" : "users.switchOff")}
      </button>
    </>
  );
}
