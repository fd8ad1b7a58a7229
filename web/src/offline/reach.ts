// Whether the service can be reached, as the last call found it.

import { signal } from "@preact/signals";

export const reachable = signal(true);
