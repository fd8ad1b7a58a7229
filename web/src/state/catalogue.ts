// What every page needs to know once: who is signed in, the schema and the workspace.

import { signal } from "@preact/signals";
import { problemText, signedOut, rememberCsrfToken } from "../api/http";
import { connect } from "../api/stream";
import { getSchema, getSession, getWorkspace } from "../api/workspace";
import type { Catalogue, Loading } from "./known";

export * from "./known";

export const catalogue = signal<Loading<Catalogue>>({ kind: "loading" });

export async function loadCatalogue(): Promise<void> {
  catalogue.value = { kind: "loading" };
  signedOut.value = false;
  try {
    const session = await getSession();
    rememberCsrfToken(session.csrf);
    const [schema, workspace] = await Promise.all([getSchema(), getWorkspace()]);
    catalogue.value = { kind: "ready", value: { session, schema, workspace } };
    connect();
  } catch (error) {
    catalogue.value = { kind: "failed", message: problemText(error) };
  }
}
