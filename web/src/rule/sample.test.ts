import { expect, test } from "vitest";
import { customerName } from "./sample";

const contact = { first_name: "Ana", last_name: "Souza" };
const company = { name: "Souza Ltda" };
const item = { title: "Two bikes" };

test.each([
  ["the contact before the company", "deal", { contacts: [contact], company, deal: item }, "Ana Souza"],
  ["the company where there is no contact", "deal", { contacts: [], company, deal: item }, "Souza Ltda"],
  ["a lead that is its own client", "lead", { lead: { ...item, ...contact } }, "Ana Souza"],
  ["a lead with one name", "lead", { lead: { ...item, name: "Ana" } }, "Ana"],
  ["a lead's contact before the lead", "lead", { contacts: [contact], lead: { name: "x" } }, "Ana Souza"],
  ["the title of what has nobody", "deal", { deal: item }, "Two bikes"],
  ["the id of what has nothing", "deal", {}, "7"],
] as const)("customers are called by %s", (_, entity, snapshot, name) => {
  expect(customerName({ id: "7", stage: "new", snapshot }, entity)).toBe(name);
});
