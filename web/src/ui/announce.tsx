// The live region: one polite place where the page says what happened to whoever cannot see it.

import { signal } from "@preact/signals";

const announcement = signal("");

export function announce(text: string): void {
  // The same text twice would not be spoken again.
  announcement.value = announcement.value === text ? `${text}\u00a0` : text;
}

export function Announcements() {
  return (
    <div class="hidden-text" role="status" aria-live="polite">
      {announcement}
    </div>
  );
}
