// What a file of page tests needs: one real service, one browser, and for each test pages of its own that are already signed in
// and are closed when it ends, however it ends. Call it once at the top of the file:
//
//   const scene = setScene({ prepare: (service) => service.api(…) });
//   test("…", async () => { const { page } = await scene.open("/rules", { ready: ".rule-card" }); … });
//
// `fresh: true` gives every test a service of its own, for those that change what the next one reads.
import { after, afterEach, before, beforeEach } from "node:test";
import { launch, openPage, signIn } from "./browser.mjs";
import { startService } from "./service.mjs";

export function setScene({ prepare = async () => {}, fresh = false } = {}) {
  let service, browser, cookies;
  const opened = [];

  async function begin() {
    service = await startService();
    cookies = await signIn(browser, service);
    await prepare(service);
  }

  before(async () => {
    browser = await launch();
    if (!fresh) await begin();
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });
  if (fresh) {
    beforeEach(begin);
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ close }) => close()));
    if (fresh) await service?.stop();
    if (fresh) service = undefined;
  });

  /**
   * A page of a fresh profile at this path of the service. `ready` is a selector whose first match says that the view is there,
   * `shape` is openPage's, `init` runs in each document before its own scripts, `stranger` leaves the page signed out.
   */
  async function open(path, { ready, shape, init, argument, stranger = false } = {}) {
    const made = await openPage(browser, shape);
    opened.push(made);
    if (!stranger) await made.page.context().addCookies(cookies);
    if (init) await made.page.addInitScript(init, argument);
    await made.page.goto(service.url + path);
    if (ready) await made.page.locator(ready).first().waitFor();
    return made;
  }

  /** A page of another service, which has a store and options of its own. */
  async function other(options, path, { ready, shape } = {}) {
    const another = await startService(options);
    const signed = await signIn(browser, another);
    const made = await openPage(browser, shape);
    opened.push({ close: () => made.close().then(another.stop) });
    await made.page.context().addCookies(signed);
    await made.page.goto(another.url + path);
    if (ready) await made.page.locator(ready).first().waitFor();
    return made;
  }

  return {
    open,
    other,
    /** Calls the service's API as an administrator. */
    api: (path, options) => service.api(path, options),
    get service() {
      return service;
    },
  };
}
