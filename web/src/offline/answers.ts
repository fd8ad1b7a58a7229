// What the service answered last, by path: what the page shows while the service cannot be reached. Rules, schema, workspace,
// records and short stretches of events; no deliveries, no secrets, no session's token. Bounded, and gone when somebody signs out.

import { asked, transact } from "./database";

const KEPT = /^\/api\/v1\/(session|schema|workspace|rules|records|events)([/?]|$)/;
const NOT_KEPT = /\/(timeline|revisions)$/;
const MOST_ANSWERS = 200; // a CRM's lists and the rules that somebody opens in a week
const MOST_BYTES = 24 << 20; // of text; a page of 1,000 records has about 1 MB

export interface Kept {
  readonly path: string;
  readonly text: string;
  readonly etag: string | null;
}

interface Size {
  readonly path: string;
  readonly bytes: number;
  readonly at: number;
}

const isKept = (path: string): boolean => KEPT.test(path) && !NOT_KEPT.test(path);

/** Which of them have to go, the oldest first, so that the rest is within the bounds. */
export function surplus(
  sizes: readonly Size[],
  most = { answers: MOST_ANSWERS, bytes: MOST_BYTES },
): readonly string[] {
  let [answers, bytes] = [sizes.length, sizes.reduce((sum, size) => sum + size.bytes, 0)];
  const gone: string[] = [];
  for (const { path, bytes: size } of [...sizes].sort((a, b) => a.at - b.at)) {
    if (answers <= most.answers && bytes <= most.bytes) break;
    gone.push(path);
    answers -= 1;
    bytes -= size;
  }
  return gone;
}

/** The session's answer holds the token that writes carry; whoever reads this later asks for a new one. */
function withoutToken(path: string, text: string): string {
  return path === "/api/v1/session" ? JSON.stringify({ ...(JSON.parse(text) as object), csrf: "" }) : text;
}

export async function remember(path: string, text: string, etag: string | null): Promise<void> {
  if (!isKept(path) || text.length > MOST_BYTES) return;
  await transact(["answers", "sizes"], "readwrite", async (store) => {
    store("answers").put({ path, text: withoutToken(path, text), etag } satisfies Kept);
    store("sizes").put({ path, bytes: 2 * text.length, at: Date.now() } satisfies Size);
    const sizes = (await asked(store("sizes").getAll())) as readonly Size[];
    for (const name of surplus(sizes)) {
      store("answers").delete(name);
      store("sizes").delete(name);
    }
  }).catch(() => undefined);
}

export async function recall(path: string): Promise<Kept | null> {
  if (!isKept(path)) return null;
  const found = await transact(["answers"], "readonly", (store) =>
    asked<unknown>(store("answers").get(path)),
  ).catch(() => null);
  return (found ?? null) as Kept | null;
}

/** After signing out, or when the service no longer knows us: the next to sit here may be somebody else. */
export async function forgetAnswers(): Promise<void> {
  await transact(["answers", "sizes"], "readwrite", (store) => {
    store("answers").clear();
    store("sizes").clear();
    return Promise.resolve();
  }).catch(() => undefined);
}
