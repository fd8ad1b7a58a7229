// One's own password.

import { useState } from "preact/hooks";
import { changeOwnPassword } from "../../api/people";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Fault, TextLine, useTask } from "../../ui/form";

const EMPTY = { current: "", next: "", again: "" };

export function Account() {
  const [typed, setTyped] = useState(EMPTY);
  const [done, setDone] = useState(false);
  const task = useTask();
  const put = (name: keyof typeof EMPTY) => (value: string) => setTyped({ ...typed, [name]: value });
  const change = (event: Event): void => {
    event.preventDefault();
    setDone(false);
    task.run(async () => {
      if (typed.next !== typed.again) throw new Error(t("account.differ"));
      await changeOwnPassword(typed.current, typed.next);
      setTyped(EMPTY);
      setDone(true);
      announce(t("account.changed"));
    });
  };
  return (
    <form class="card settings-form provider-form" onSubmit={change}>
      <TextLine
        type="password"
        label={t("account.current")}
        hint={t("account.currentHint")}
        autocomplete="current-password"
        value={typed.current}
        onChange={put("current")}
      />
      <TextLine
        type="password"
        label={t("account.next")}
        hint={t("account.hint")}
        autocomplete="new-password"
        required
        value={typed.next}
        onChange={put("next")}
      />
      <TextLine
        type="password"
        label={t("account.again")}
        autocomplete="new-password"
        required
        value={typed.again}
        onChange={put("again")}
      />
      <Fault text={task.fault} />
      {done ? <p class="good">{t("account.changed")}</p> : null}
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("account.change")}
      </button>
    </form>
  );
}
