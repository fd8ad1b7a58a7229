// A modal dialog: the browser's own, which keeps the focus inside, closes by Escape and gives the focus back.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../text";
import { Icon } from "./icons";

interface SheetProps {
  readonly label: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

export function Sheet({ label, close, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-label={label} onClose={close}>
      <button
        type="button"
        class="button small square sheet-close"
        aria-label={t("dialog.close")}
        onClick={() => dialog.current?.close()}
      >
        <Icon name="close" />
      </button>
      {children}
    </dialog>
  );
}
