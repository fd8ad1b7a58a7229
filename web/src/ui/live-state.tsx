// Whether the live connection stands.

import { live } from "../api/stream";
import { t, type Key } from "../text";

const WORDS: Readonly<Record<typeof live.value, Key>> = {
  live: "live.live",
  connecting: "live.connecting",
  lost: "live.lost",
};

export function LiveState() {
  const state = live.value;
  return (
    <div class="nav-foot">
      <span class={state === "live" ? "dot on" : "dot"} aria-hidden="true" />
      {t(WORDS[state])}
    </div>
  );
}
