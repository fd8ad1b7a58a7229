// Which language packages a snapshot may need: its cards' and its workspace's. The core decides in which of them
// a message is written; it only must find it loaded.

import type { Json, Snapshot } from "./types";

export function languagesOf(snapshot: Snapshot, workspaceLanguage: string | undefined): readonly string[] {
  const cards: Json[] = [];
  for (const value of Object.values(snapshot))
    cards.push(...(Array.isArray(value) ? (value as readonly Json[]) : [value]));
  const tags = cards.map((card) =>
    card !== null && typeof card === "object" && "language" in card ? card.language : undefined,
  );
  const bases = [...tags, workspaceLanguage]
    .filter((tag): tag is string => typeof tag === "string" && tag !== "")
    .map((tag) => tag.split("-")[0]?.toLowerCase() ?? "en");
  return [...new Set(bases)];
}

/** The language that a message to this client is written in: the client's own, else the workspace's. */
export function clientLanguage(snapshot: Snapshot | null, workspaceLanguage: string | undefined): string {
  const contacts = snapshot?.["contacts"];
  const first = Array.isArray(contacts) ? (contacts as readonly Json[])[0] : undefined;
  const card = first ?? snapshot?.["company"] ?? null;
  const own = card !== null && typeof card === "object" && "language" in card ? card.language : undefined;
  return typeof own === "string" && own !== "" ? own : (workspaceLanguage ?? "en");
}
