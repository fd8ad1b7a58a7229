import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// In development the page is served by Vite and everything else by a running `recado serve --demo`.
const service = process.env["RECADO_SERVICE"] ?? "http://127.0.0.1:8080";

// A font that comes late must not move what is being read: then it is taken from the next view on.
const steadyFont: Plugin = {
  name: "steady-font",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("@fontsource") ? code.replaceAll("font-display: swap", "font-display: optional") : null,
};

export default defineConfig({
  base: "/",
  plugins: [steadyFont],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false }, // the polyfill would be an inline script; every target browser has the real thing
    assetsInlineLimit: 0, // a data: URL would need an exception in the content security policy
    rolldownOptions: {
      input: { index: "index.html", sw: "src/offline/sw.ts" },
      // The service worker's address is its scope and stays the same from version to version.
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
    reportCompressedSize: false, // scripts/sizes.mjs reports, and fails over budget
  },
  worker: { format: "es" },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/core", "/sign-in", "/openapi.json"].map((path) => [path, { target: service }]),
    ),
  },
  test: { setupFiles: ["src/text/placed.ts"] },
});
