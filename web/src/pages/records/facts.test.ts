import { describe, expect, it } from "vitest";
import type { CrmRecord } from "../../api/records";
import type { Entity, Snapshot } from "../../core/types";
import { factsOf, headingOf, matches, peopleOf, valueWords } from "./facts";

const SNAPSHOT: Snapshot = {
  deal: {
    id: "D-7",
    title: "Two bikes",
    stage: "paid",
    amount: { amount: "1299.00", currency: "EUR" },
    delivery_date: "2026-12-01",
    contract: [{ file: "files/contract.pdf", name: "Contract.pdf" }],
    empty: "",
    own_field: "x",
  },
  contacts: [
    {
      id: "C-1",
      first_name: "Ana",
      last_name: "Souza",
      phones: [{ type: "mobile", value: "+5511912345678" }],
      emails: [{ type: "home", value: "ana@example.com" }],
    },
  ],
  company: { id: "K-1", name: "Souza Ltda" },
  responsible: { id: "U-1", name: "Eva Lind" },
};
const DEAL: Entity = {
  code: "deal",
  name: "Deal",
  fields: [
    { name: "delivery_date", type: "date", title: "Delivery" },
    { name: "amount", type: "money" },
  ],
};
const record = (snapshot: Snapshot): CrmRecord => ({
  id: "D-7",
  entity: "deal",
  pipeline: "sales",
  stage: "paid",
  snapshot,
  updated_at: "2026-11-22T09:30:00Z",
});

describe("what a record says", () => {
  it("lists the schema's fields first, and only what has a value", () => {
    expect(factsOf(SNAPSHOT, DEAL)).toEqual([
      { title: "Delivery", value: "Dec 1, 2026" },
      { title: "Amount", value: "€1,299.00" },
      { title: "Contract", value: "Contract.pdf" },
      { title: "Own field", value: "x" },
    ]);
  });

  it("names the client before the company and the colleague", () => {
    expect(peopleOf(SNAPSHOT).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "contact Ana Souza",
      "company Souza Ltda",
      "responsible Eva Lind",
    ]);
  });

  it("names a lead that is its own client, with its addresses", () => {
    const phones = [{ type: "mobile", value: "+48601234567" }];
    const lead = { id: "L-1", first_name: "Maja", last_name: "Nowak", phones };
    expect(peopleOf({ lead, contacts: [] })).toEqual([
      { kind: "lead", name: "Maja Nowak", addresses: phones },
    ]);
    expect(peopleOf({ lead, company: { name: "K" } }).map(({ kind }) => kind)).toEqual(["company"]);
  });

  it.each([
    [
      "a title, a client and an amount",
      SNAPSHOT,
      { title: "Two bikes", client: "Ana Souza", amount: "€1,299.00" },
    ],
    ["nothing but an id", {}, { title: "Deal D-7", client: "", amount: "" }],
    ["a company alone", { company: { name: "K" } }, { title: "Deal D-7", client: "K", amount: "" }],
    [
      "a colleague, who is no client",
      { responsible: { name: "Eva" } },
      { title: "Deal D-7", client: "", amount: "" },
    ],
  ])("has %s", (_, snapshot, heading) => {
    expect(headingOf({ id: "D-7", snapshot }, "deal")).toEqual(heading);
  });

  it.each([
    ["", true],
    ["ana BIKES", true],
    ["d-7", true],
    ["+5511912", true],
    ["ana cars", false],
  ])("is found by %j: %s", (words, found) => {
    expect(matches(record(SNAPSHOT), words)).toBe(found);
  });

  it.each([
    [null, ""],
    [true, "yes"],
    [3, "3"],
    [[], ""],
    [{ a: 1 }, ""],
  ])("prints %j as %j", (value, words) => {
    expect(valueWords(value)).toBe(words);
  });
});
