// Asks again until the answer is there; for what the service does in its own time. The test's own limit ends it.
import { setTimeout as pause } from "node:timers/promises";

const AGAIN_MS = 50;

/** The first truthy answer of `ask`. */
export async function eventually(ask) {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await pause(AGAIN_MS);
  }
}
