// A dialog above the page: focus, Escape and the rest of the page at rest are the browser's.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
  /** The buttons, which stay in sight. */
  readonly foot: ComponentChildren;
}

/** Drawn only while it is open. */
export function Dialog({ title, close, children, foot }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="card dialog" aria-labelledby={id} onClose={close}>
      <h2 id={id}>{title}</h2>
      <div class="dialog-body">{children}</div>
      <div class="row dialog-foot">{foot}</div>
    </dialog>
  );
}
