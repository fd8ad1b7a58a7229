import { defineConfig } from "vite";

// The rule editor as a custom element: part of the npm package (wasm/package.mjs), as plain modules that a page without a
// bundler loads as they are. Every address is relative to the module that names it.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    target: "es2022",
    outDir: process.env["RECADO_ELEMENT_DIST"] ?? "../wasm/dist/editor",
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false, // wasm/package.mjs reports, and fails over budget
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: "src/element/index.ts",
      preserveEntrySignatures: "exports-only",
      output: { entryFileNames: "index.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: "[name].js", chunkFileNames: "worker-[name].js" } },
  },
});
