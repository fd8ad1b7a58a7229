// The page's own packages, from here: web/node_modules is not on this folder's road.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));

export const { chromium } = require("playwright-core");
export const axeSource = require("axe-core").source;
