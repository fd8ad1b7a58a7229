// Where the user is, as a tagged union, and its spelling in the address bar. Everything that somebody would want
// to find again after a reload or send to a colleague is part of a route.

import { CHANNELS, type ChannelChoice } from "./rule/actions";

export const DELIVERY_STATUSES = [
  "scheduled",
  "due",
  "in_flight",
  "accepted",
  "delivered",
  "failed",
  "ambiguous",
  "cancelled",
  "skipped",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const SETTINGS_SECTIONS = [
  "providers",
  "workspace",
  "crm",
  "import",
  "suppressions",
  "users",
  "access",
  "privacy",
  "account",
  "audit",
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];
export const PERIODS = ["1", "7", "30", "90"] as const;
export type PeriodDays = (typeof PERIODS)[number];
export const EVENTS = ["records", "taken", "file"] as const;
export type EventsChoice = (typeof EVENTS)[number];

export type Route =
  | {
      readonly page: "board";
      readonly entity?: string | undefined;
      readonly pipeline?: string | undefined;
      readonly search?: string | undefined;
    }
  | {
      readonly page: "new";
      readonly entity: string;
      readonly pipeline?: string | undefined;
      readonly stage: string;
      readonly channel: ChannelChoice;
    }
  | { readonly page: "rule"; readonly id: string; readonly record?: string | undefined }
  | {
      readonly page: "deliveries";
      readonly status?: DeliveryStatus | undefined;
      /** Words that are looked for. */
      readonly q?: string | undefined;
      readonly rule?: string | undefined;
      readonly channel?: string | undefined;
      readonly provider?: string | undefined;
      /** The last so many days; absent: ever. */
      readonly days?: PeriodDays | undefined;
      readonly key?: string | undefined;
    }
  | {
      readonly page: "records";
      readonly entity?: string | undefined;
      readonly pipeline?: string | undefined;
      /** The item that is open. */
      readonly id?: string | undefined;
      /** Words that are looked for. */
      readonly find?: string | undefined;
    }
  | {
      readonly page: "simulator";
      readonly events?: EventsChoice | undefined;
      /** Ids of the rules, with commas between; absent: all. */
      readonly rules?: string | undefined;
      readonly from?: string | undefined;
      readonly until?: string | undefined;
      readonly compare?: "1" | undefined;
    }
  | { readonly page: "sandbox" }
  | { readonly page: "settings"; readonly section: SettingsSection }
  | { readonly page: "unknown" };

export function parseRoute(url: URL): Route {
  const parts = url.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  const query = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const [page, id, ...more] = parts;
  if (more.length > 0) return { page: "unknown" };
  if (page === undefined || (page === "rules" && id === undefined)) {
    return compact({
      page: "board",
      entity: query("entity"),
      pipeline: query("pipeline"),
      search: query("search"),
    });
  }
  if (page === "rules" && id === "new") {
    const channel = CHANNELS.find((known) => known === query("channel")) ?? "sms";
    const entity = query("entity") ?? "deal";
    return compact({
      page: "new",
      entity,
      pipeline: query("pipeline"),
      stage: query("stage") ?? "",
      channel,
    });
  }
  if (page === "rules" && id !== undefined) return compact({ page: "rule", id, record: query("record") });
  if (page === "deliveries" && id === undefined) {
    return compact({
      page: "deliveries",
      status: DELIVERY_STATUSES.find((known) => known === query("status")),
      q: query("q"),
      rule: query("rule"),
      channel: query("channel"),
      provider: query("provider"),
      days: PERIODS.find((known) => known === query("days")),
      key: query("key"),
    });
  }
  if (page === "records" && id === undefined) {
    const at = { entity: query("entity"), pipeline: query("pipeline"), id: query("id"), find: query("find") };
    return compact({ page: "records", ...at });
  }
  if (page === "settings") {
    const section = SETTINGS_SECTIONS.find((known) => known === (id ?? "providers"));
    return section ? { page: "settings", section } : { page: "unknown" };
  }
  if (page === "simulator" && id === undefined) {
    return compact({
      page: "simulator",
      events: EVENTS.find((known) => known === query("events")),
      rules: query("rules"),
      from: query("from"),
      until: query("until"),
      compare: query("compare") === "1" ? "1" : undefined,
    });
  }
  if (page === "sandbox" && id === undefined) return { page: "sandbox" };
  return { page: "unknown" };
}

export function formatRoute(route: Route): string {
  switch (route.page) {
    case "board":
      return withQuery("/rules", { entity: route.entity, pipeline: route.pipeline, search: route.search });
    case "new":
      return withQuery("/rules/new", {
        entity: route.entity,
        pipeline: route.pipeline,
        stage: route.stage,
        channel: route.channel,
      });
    case "rule":
      return withQuery(`/rules/${encodeURIComponent(route.id)}`, { record: route.record });
    case "deliveries": {
      const { status, q, rule, channel, provider, days, key } = route;
      return withQuery("/deliveries", { status, q, rule, channel, provider, days, key });
    }
    case "records":
      return withQuery("/records", {
        entity: route.entity,
        pipeline: route.pipeline,
        id: route.id,
        find: route.find,
      });
    case "simulator": {
      const { events, rules, from, until, compare } = route;
      return withQuery("/simulator", { events, rules, from, until, compare });
    }
    case "sandbox":
      return "/sandbox";
    case "settings":
      return `/settings/${route.section}`;
    case "unknown":
      return "/";
  }
}

function withQuery(path: string, members: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

// An absent member rather than an undefined one, so that routes compare and print alike.
function compact(route: Route): Route {
  return Object.fromEntries(Object.entries(route).filter(([, member]) => member !== undefined)) as Route;
}
