#!/usr/bin/env bash
# The page's tests: its pure parts, then the real service and a real browser. Skips (77) where there is no browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export RECADO_BIN="${RECADO_BIN:-$PWD/build/recado}"
chromium="${RECADO_CHROMIUM:-/usr/bin/chromium}"

[ -d web/node_modules ] || npm --prefix web ci --no-audit --no-fund
npm --prefix web run --silent test
[ -f web/dist/index.html ] || npm --prefix web run --silent build

if [ ! -x "$chromium" ]; then
  echo "no Chromium at $chromium: the browser tests are skipped"
  exit 77
fi
if [ ! -x "$RECADO_BIN" ] || [ ! -f wasm/dist/index.js ]; then
  echo "build/recado and wasm/dist/ come first: ./run.sh --build-only" >&2
  exit 1
fi
# One after the other: each file has a service and a browser of its own. What failed is told again at the end.
node --test --test-concurrency=1 --test-reporter=spec tests/web/*.test.mjs </dev/null
