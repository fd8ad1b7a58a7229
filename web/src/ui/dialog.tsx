// A modal dialog: the browser's own, which keeps the focus inside, closes by Escape and gives the focus back.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../text";
import { Icon } from "./icons";

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
  /** Buttons that stay in sight below a long body. */
  readonly foot?: ComponentChildren;
  /** For a form or a question: no wider than its lines. */
  readonly narrow?: boolean;
}

/** Drawn only while it is open. */
export function Dialog({ title, close, children, foot, narrow }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={narrow ? "card dialog is-narrow" : "card dialog"}
      aria-labelledby={id}
      onClose={close}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="button small square"
          aria-label={t("dialog.close")}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="dialog-body">{children}</div>
      {foot ? <div class="row dialog-foot">{foot}</div> : null}
    </dialog>
  );
}
