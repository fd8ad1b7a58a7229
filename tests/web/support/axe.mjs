// axe-core on the page as it stands, by hand: evaluating it in the page is not subject to the page's policy.
import { axeSource } from "./packages.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** One line a fault, "" where there is none, so that a failing assertion reads by itself. */
export async function axeFaults(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    // An empty sandbox lets no script in: the frame with somebody's e-mail is judged from outside only.
    const result = await globalThis.axe.run(document, {
      runOnly: tags,
      iframes: false,
    });
    return result.violations
      .flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
      )
      .join("\n");
  }, TAGS);
}
