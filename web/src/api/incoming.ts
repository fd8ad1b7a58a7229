// What customers wrote: answers to SMS, and messages in chats.

import { call } from "./http";

export interface Incoming {
  readonly id: string;
  readonly provider: string;
  readonly channel: string;
  readonly from: string;
  /** Id of the chat in its channel. */
  readonly chat?: string;
  readonly name?: string;
  readonly text: string;
  /** A word of opting out or in. */
  readonly word?: "stop" | "start";
  /** "contact:C-1"; absent: nobody knows. */
  readonly customer?: string;
  readonly at: string;
}

export interface ChatName {
  readonly channel: string;
  readonly id: string;
}

const NEWEST = 500; // among which a customer's answers to SMS are looked for
const OF_A_CHAT = 100;

const list = async (query: Readonly<Record<string, string>>): Promise<readonly Incoming[]> => {
  const path = `/api/v1/incoming?${new URLSearchParams(query).toString()}`;
  return (await call<{ incoming: readonly Incoming[] }>(path)).value.incoming;
};

export const newestIncoming = (): Promise<readonly Incoming[]> => list({ limit: String(NEWEST) });

export const incomingOfChat = ({ channel, id }: ChatName): Promise<readonly Incoming[]> =>
  list({ provider: channel, chat: id, limit: String(OF_A_CHAT) });
