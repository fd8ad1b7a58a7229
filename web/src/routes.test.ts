import { describe, expect, test } from "vitest";
import { formatRoute, parseRoute } from "./routes";

const at = (path: string) => parseRoute(new URL(path, "http://page.example"));

describe("routes", () => {
  test.each([
    "/rules",
    "/rules?entity=lead",
    "/rules?entity=deal&pipeline=sales",
    "/rules?entity=deal&search=thank+you",
    "/rules/deal-paid-sms",
    "/rules/deal-paid-sms?record=D-7",
    "/rules/new?entity=deal&pipeline=sales&stage=paid&channel=email",
    "/deliveries",
    "/deliveries?status=ambiguous&key=ab12",
    "/sandbox",
    "/records?entity=deal&pipeline=sales&id=D-7&find=ana",
    "/settings/audit",
    "/simulator",
    "/simulator?events=taken&rules=a%2Cb&from=2026-11-01&until=2026-12-01&compare=1",
    "/rules/a%2Fb%20c",
  ])("%s survives reading and writing", (path) => {
    expect(formatRoute(at(path))).toBe(path);
  });

  test.each([
    ["/", { page: "board" }],
    ["/rules/new", { page: "new", entity: "deal", stage: "", channel: "sms" }],
    ["/rules/new?channel=fax", { page: "new", entity: "deal", stage: "", channel: "sms" }],
    ["/deliveries?status=lost", { page: "deliveries" }],
    ["/deliveries/7", { page: "unknown" }],
    ["/settings", { page: "settings", section: "providers" }],
    ["/settings/weather", { page: "unknown" }],
    ["/nowhere", { page: "unknown" }],
    ["/simulator?events=moon&compare=yes", { page: "simulator" }],
    ["/rules/a/b", { page: "unknown" }],
  ])("%s means %j", (path, route) => {
    expect(at(path)).toEqual(route);
  });
});
