// Somebody else saved the same rule: both versions side by side, and the choice.

import { useEffect, useRef } from "preact/hooks";
import { newest } from "../../api/rules";
import type { Rule } from "../../core/types";
import { t } from "../../text";
import type { Draft } from "./draft";

function words(rule: Rule | null): string {
  if (!rule) return "";
  const { action } = rule;
  if (action.type === "send_sms") return `${rule.name}\n\n${action.text}`;
  if (action.type === "send_email")
    return [rule.name, "", action.subject, action.text ?? action.html ?? ""].join("\n");
  return rule.name;
}

export function ConflictDialog({ draft }: { readonly draft: Draft }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const state = draft.saveState.value;
  const isOpen = state.kind === "conflict";
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="card conflict"
      aria-labelledby="conflict-title"
      onCancel={(event) => event.preventDefault()} // there is no third way out: one version has to stay
    >
      {state.kind === "conflict" ? (
        <>
          <h2 id="conflict-title">{t("conflict.title")}</h2>
          <p>{t("conflict.text")}</p>
          <div class="conflict-versions">
            <figure>
              <figcaption>{t("conflict.mine")}</figcaption>
              <pre>{words(draft.rule.value)}</pre>
            </figure>
            <figure>
              <figcaption>{t("conflict.theirs")}</figcaption>
              <pre>{words(newest(state.theirs.entry))}</pre>
            </figure>
          </div>
          <div class="row">
            <button type="button" class="button" onClick={() => void draft.settle("theirs")}>
              {t("conflict.takeTheirs")}
            </button>
            <button type="button" class="button primary" onClick={() => void draft.settle("mine")}>
              {t("conflict.keepMine")}
            </button>
          </div>
        </>
      ) : null}
    </dialog>
  );
}
