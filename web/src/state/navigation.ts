// The current route as a signal, kept in step with the address bar, and the guard against leaving unsaved work.

import { signal } from "@preact/signals";
import { formatRoute, parseRoute, type Route } from "../routes";

/** A page that may hold unsaved work. */
export interface Guard {
  unsaved(): boolean;
  /** Asks the user; true means: leave. */
  confirm(): boolean;
}

export const route = signal<Route>(parseRoute(new URL(location.href)));

let guard: Guard | null = null;
let shownUrl = location.href;

export function guardLeaving(next: Guard | null): void {
  guard = next;
}

function mayLeave(): boolean {
  return !guard?.unsaved() || guard.confirm();
}

function show(to: Route): void {
  shownUrl = location.href;
  route.value = to;
}

/** Goes to another place, unless the user would rather stay with unsaved work. */
export function go(to: Route): void {
  if (!mayLeave()) return;
  history.pushState(null, "", formatRoute(to));
  show(to);
  window.scrollTo(0, 0);
}

/** Notes a detail of the present place (which customer, which tab) without a step in the history. */
export function amend(to: Route): void {
  history.replaceState(null, "", formatRoute(to));
  show(to);
}

export function startNavigation(): void {
  window.addEventListener("popstate", () => {
    if (mayLeave()) show(parseRoute(new URL(location.href)));
    else history.pushState(null, "", shownUrl);
  });
  window.addEventListener("beforeunload", (event) => {
    if (guard?.unsaved()) event.preventDefault(); // the browser asks in its own words
  });
}
