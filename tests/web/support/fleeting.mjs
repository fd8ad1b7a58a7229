// Buttons that live only while something runs. A click from outside comes when it comes, and then the button may be gone: so the
// page itself presses it, in the very turn in which it is drawn.

/** Arms the page; what is answered waits until the button was pressed. Comes before what makes the button appear. */
export async function pressAsItAppears(page, selector) {
  await page.evaluate((wanted) => {
    globalThis.pressed = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        const button = document.querySelector(wanted);
        if (!button) return;
        watch.disconnect();
        button.click();
        resolve();
      });
      watch.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  }, selector);
  return () => page.evaluate(() => globalThis.pressed);
}
