// Chromium as Debian has it, and a page that remembers every complaint of the browser.
import { chromium } from "./packages.mjs";

const EXECUTABLE = process.env.RECADO_CHROMIUM ?? "/usr/bin/chromium";
const WAIT_MS = 15_000; // for any one condition; a busy machine is slow, not wrong

export function launch() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
}

/** A page of a fresh profile; with `offline` it keeps a copy of the page for the time without a connection. `complaints` gathers errors, warnings and violations of the security policy. */
export async function openPage(
  browser,
  { width = 1440, height = 900, scheme = "light", offline = false } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    serviceWorkers: offline ? "allow" : "block",
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    const isBlocked = message.text().includes("Service Worker registration blocked");
    if ((message.type() === "error" || message.type() === "warning") && !isBlocked)
      complaints.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
  return { page, complaints, close: () => context.close() };
}

/** Signs in on one page and gives its cookies to others, because a link works once. */
export async function signIn(browser, service) {
  const { page, close } = await openPage(browser);
  await page.goto(service.link);
  await page.getByRole("heading", { name: "Rules", exact: true }).waitFor();
  const cookies = await page.context().cookies();
  await close();
  return cookies;
}
