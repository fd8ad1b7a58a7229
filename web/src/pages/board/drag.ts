// Dragging a card: which rule is on its way, and where among a column's cards it would land.

import { signal } from "@preact/signals";

export const dragged = signal<string | null>(null);

/** The index among the cards that a drop at this height means; the dragged one itself does not count. */
export function indexAt(list: Element, y: number, id: string): number {
  const cards = [...list.querySelectorAll<HTMLElement>("[data-rule]")].filter(
    (card) => card.dataset["rule"] !== id,
  );
  const below = cards.findIndex((card) => {
    const { top, height } = card.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below < 0 ? cards.length : below;
}
