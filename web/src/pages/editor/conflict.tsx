// Somebody else saved the same rule: both versions side by side, and the choice.

import { useEffect, useRef } from "preact/hooks";
import { newest } from "../../rule/entry";
import type { Rule } from "../../core/types";
import { bodyOf } from "../../rule/actions";
import { t } from "../../text";
import type { Draft } from "./draft";

function words(rule: Rule | null): string {
  if (!rule) return "";
  const { action } = rule;
  const subject = action.type === "send_email" ? action.subject : "";
  const body = bodyOf(action) || (action.type === "send_email" ? (action.html ?? "") : "");
  return [rule.name, subject, body].filter(Boolean).join("\n\n");
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
