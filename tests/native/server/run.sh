#!/usr/bin/env bash
# The HTTP API against the running service: the real program, real sockets, a store of its own in a temporary folder.
#   RECADO_BIN=build/recado tests/native/server/run.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export RECADO_BIN=${RECADO_BIN:-$here/../../../build/recado}
exec node --test --test-reporter=spec "$here"/*_test.mjs
