// Polish: the inbox of what left for nobody.

import type { sandbox as english } from "../en/sandbox";
import type { Translation } from "../table";

export const sandbox: Translation<typeof english> = {
  "sandbox.title": "Skrzynka testowa",
  "sandbox.text":
    "Co przyjął dostawca testowy, tak jak zobaczyłby to klient. Nic nie opuściło tego komputera.",
  "sandbox.empty": "Nie ma jeszcze wiadomości. Pojawią się tu, gdy tylko reguła jakąś wyśle.",
  "sandbox.list": "Wiadomości, od najnowszych",
};
