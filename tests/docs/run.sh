#!/usr/bin/env bash
# The documentation's examples: data against the JSON Schemas in docs/schemas, templates against what the program prints; the
# program's own answers against the same schemas; and the table of requirements against the tests.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ -d $here/node_modules/ajv && $here/node_modules -nt $here/package-lock.json ]] || npm --prefix "$here" ci --no-audit --no-fund
python3 "$here/requirements_test.py"
exec node --test --test-reporter=spec "$here"/*_test.mjs
