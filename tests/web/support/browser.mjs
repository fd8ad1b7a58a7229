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

/** A page of a fresh profile. `complaints` gathers errors, warnings and violations of the security policy. */
export async function openPage(browser, { width = 1440, height = 900, scheme = "light" } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
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
