// Made-up records in any number, always the same: names and numbers of several countries, some without what a rule needs.
import { eventually } from "./eventually.mjs";

const NAMES = ["Ana", "Jonas", "Zoë", "Kasia", "Łukasz", "Inês", "Mateo", "Ümit"];
const PHONES = ["+5511912345", "+4915123456", "+34612345", "+485012345"];

export function record(n) {
  const number = String(n).padStart(5, "0");
  const mobile = { type: "mobile", value: PHONES[n % PHONES.length] + number.slice(-3) };
  const phones = n % 10 === 0 ? [] : n % 10 === 1 ? [{ ...mobile, type: "work" }] : [mobile];
  return {
    deal: {
      id: `X-${number}`,
      title: n % 7 === 0 ? "Two touring bikes and a child’s seat with belts" : "City bike",
      number,
      pipeline: "sales",
      stage: "delivery",
      amount: { amount: `${100 + (n % 900)}.00`, currency: "EUR" },
      tracking_url: `https://parcels.example/${number}/status/of/your/parcel`,
      delivery_date: "2026-12-01",
    },
    contacts: [
      {
        id: `P-${number}`,
        first_name: NAMES[n % NAMES.length],
        last_name: "Client",
        language: ["en", "de", "pt-BR", "es"][n % 4],
        phones,
      },
    ],
  };
}

export const crowd = (n) => Array.from({ length: n }, (_, index) => record(index));

/** Puts snapshots of one entity into the service's directory, all at once. */
export async function importRecords({ url, token, api }, entity, snapshots) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/x-ndjson" };
  const body = snapshots.map((snapshot) => JSON.stringify(snapshot)).join("\n");
  const begun = await fetch(`${url}/api/v1/imports?entity=${entity}`, { method: "POST", headers, body });
  const { id } = await begun.json();
  const { state, faults } = await eventually(async () => {
    const job = await api(`/api/v1/imports/${id}`);
    return job.state !== "running" && job;
  });
  if (state !== "done" || faults > 0) throw new Error(`import: ${state}, ${faults} faults`);
}
