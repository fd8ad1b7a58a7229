// A button that opens a panel beside itself: light dismissal, Escape and the return of the focus are the browser's.

import type { ComponentChildren, TargetedToggleEvent } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

interface PopoverProps {
  readonly class: string;
  /** What the button shows. */
  readonly face: ComponentChildren;
  /** Its name where the face alone does not say what it is. */
  readonly label: string;
  /** Called with the function that closes the panel; drawn only while it is open. */
  readonly children: (close: () => void) => ComponentChildren;
}

const GAP = 6; // px between button and panel
const EDGE = 12; // px that stay free at the edge of the window

function place(panel: HTMLElement, button: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = Math.max(EDGE, Math.min(anchor.left, window.innerWidth - width - EDGE));
  const below = anchor.bottom + GAP;
  const fits = below + height <= window.innerHeight - EDGE;
  const top = fits ? below : Math.max(EDGE, anchor.top - height - GAP);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

export function Popover({ class: className, face, label, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const toggled = (event: TargetedToggleEvent<HTMLDivElement>): void => setOpen(event.newState === "open");

  // As soon as the panel is drawn: a frame later, a quick second Enter would still reach the button and close it.
  useLayoutEffect(() => {
    if (!open || !panel.current || !button.current) return;
    const [shown, anchor] = [panel.current, button.current];
    place(shown, anchor);
    // A panel that grows while it is used stays inside the window.
    const watcher = new ResizeObserver(() => place(shown, anchor));
    watcher.observe(shown);
    panel.current.querySelector<HTMLElement>("[data-first], input, select, button, a")?.focus();
    return () => watcher.disconnect();
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class={className}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        popovertarget={id}
      >
        {face}
      </button>
      <div
        ref={panel}
        id={id}
        class="popover"
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={toggled}
      >
        {open ? children(() => panel.current?.hidePopover()) : null}
      </div>
    </>
  );
}
