#!/usr/bin/env bash
# The commands of the real program: exit codes, pipes, batches that are read while they are written.
#   RECADO_BIN=build/recado tests/native/cli/run.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export RECADO_BIN=${RECADO_BIN:-$here/../../../build/recado}
exec node --test --test-reporter=spec "$here/program_test.mjs"
