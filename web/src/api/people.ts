// Who may sign in, and one's own password.

import { call, rememberCsrfToken } from "./http";
import type { Session } from "./workspace";

export const ROLES = ["viewer", "operator", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  /** What they sign in with. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly has_password: boolean;
  readonly disabled: boolean;
  readonly created_at: string;
}

export interface UserChange {
  readonly name?: string;
  readonly role?: Role;
  readonly password?: string;
  readonly disabled?: boolean;
}

const path = (id: string): string => `/api/v1/users/${encodeURIComponent(id)}`;

export async function listUsers(): Promise<readonly User[]> {
  return (await call<{ users: readonly User[] }>("/api/v1/users")).value.users;
}

/** Makes or changes somebody; another role or password ends their sessions. */
export async function putUser(id: string, change: UserChange): Promise<void> {
  await call<User>(path(id), { method: "PUT", body: change });
}

export async function deleteUser(id: string): Promise<void> {
  await call<unknown>(path(id), { method: "DELETE" });
}

/** Ends every other session of one's own; this one goes on under another token. */
export async function changeOwnPassword(current: string, password: string): Promise<void> {
  const body = current === "" ? { password } : { current, password };
  const { value } = await call<Session>("/api/v1/session/password", { method: "PUT", body });
  rememberCsrfToken(value.csrf);
}
