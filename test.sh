#!/usr/bin/env bash
# Runs Recado's tests.
#
#   ./test.sh               everything that must hold before a change lands
#   ./test.sh --quick       what is worth running while working (under 3 minutes once built)
#   ./test.sh --deep        all of it for longer: thread sanitizer, long fuzzing, all kills, big parity
#   ./test.sh --only NAME   one step, by its name in the list below (--list shows them)
#   ./test.sh --coverage    how many lines of core/ its unit tests reach; fails below 95 %
#
# RECADO_FUZZ_SECONDS=n fuzzes each target n seconds (10; --deep 1800 for the template language, 120 for the others).
#
# Prints a line a step; a step's whole output is in build/log/. Needs nothing but what ./run.sh installs. Talks to 127.0.0.1 only.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

mode=default
only=
readonly LOGS=build/log
export RECADO_SHARED=${RECADO_SHARED:-$PWD/../shared}
export RECADO_BIN=$PWD/build/recado
# Sanitized builds precompile headers; ccache keeps such objects only where it is told that this is meant.
export CCACHE_SLOPPINESS=pch_defines,time_macros
passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*"; }

# --- The steps: name | modes (q quick, n normal, d deep) | what it proves | command -----------------------------------
# A command that exits with 77 was skipped for a reason it printed.
steps() {
  cat <<'TABLE'
format   |qnd| C++ is formatted (clang-format)                          | check_format
rooms    |qnd| Every room imports downwards only                        | python3 tests/rooms_test.py
speaks   |qnd| The project speaks of itself alone                       | python3 tests/speaks_of_itself_test.py
docs     |qnd| Examples, demo data and answers are valid by the schemas | bash tests/docs/run.sh
unit     |qnd| Unit tests, natively                                     | run_unit
types    |qnd| The facade's and the page's types and lint               | check_types
facade   |qnd| The npm package in Node and in a worker                  | node --test --test-reporter=spec tests/wasm/
parity   |qnd| Native and WebAssembly answers are the same bytes        | run_parity
icu      | nd| ICU's data and patches: native, WebAssembly, full data   | bash core/text/icu/selfcheck/run.sh
wasmunit | nd| The core's unit tests, the same cases in WebAssembly     | run_wasm_unit
cli      |qnd| Commands: exit codes, batches, messages                  | bash tests/native/cli/run.sh
server   |qnd| HTTP API against the running service, bad input          | bash tests/native/server/run.sh
channels | nd| SMTP, Twilio's description, faults on the wire           | bash tests/native/provider/run.sh "$PWD/build/tests/native/provider/recado_send_probe"
kill     | nd| kill -9 while sending, providers that misbehave          | run_kill
disk     | nd| A disk really full, one really read-only (as root)       | run_disk
page     | nd| The page in Chromium, with axe                           | bash tests/web/run.sh
asan     | nd| Unit tests under address and undefined sanitizers        | run_sanitized asan
fuzz     | nd| Fuzz targets: corpus and some seconds each               | run_fuzz
tidy     | nd| clang-tidy on core and native                            | run_tidy
sanparity|  d| The same with the sanitized native program               | run_sanitized_parity
package  |  d| The Debian package in an empty Debian: used, removed      | bash tests/packaging/deb_test.sh
container|  d| The container's image: built, started, used, ended        | bash tests/packaging/container_test.sh
tsan     |  d| Unit tests under the thread sanitizer                    | run_sanitized tsan
TABLE
}

check_format() {
  git ls-files '*.cc' '*.h' | xargs clang-format-14 --dry-run -Werror
}

run_unit() { ctest --test-dir build --output-on-failure -j 2; }

check_types() {
  wasm/node_modules/.bin/tsc -p wasm --noEmit && npm --prefix web run --silent check && npm --prefix web run --silent lint
}

run_parity() {
  local cases=2000
  [[ $mode == deep ]] && cases=20000
  node tests/wasm/parity.mjs --cases "$cases"
}

run_sanitized_parity() {
  configure asan && ninja -C build/asan recado || return 1
  ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 RECADO_BIN=$PWD/build/asan/recado \
    node tests/wasm/parity.mjs --cases 20000 --seed 2
}

run_wasm_unit() { ninja -C build/wasm recado_wasm_unit_tests && node tests/wasm/unit/run.mjs; }

run_kill() {
  local times=20
  [[ $mode == deep ]] && times=200
  python3 tests/chaos/kill_test.py --rounds "$times" && python3 tests/chaos/ledger_test.py --rounds "$times"
}

run_disk() { python3 tests/chaos/disk_test.py; }

run_sanitized() {
  configure "$1" && ninja -C "build/$1" || return 1
  ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 ctest --test-dir "build/$1" --output-on-failure -j 2
}

run_fuzz() {
  configure fuzz && ninja -C build/fuzz || return 1
  [[ $mode == deep ]] || { bash tests/fuzz/run.sh "${RECADO_FUZZ_SECONDS:-10}"; return; }
  # The language of templates is what strangers' text reaches first and deepest.
  bash tests/fuzz/run.sh "${RECADO_FUZZ_SECONDS:-1800}" liquid_lex liquid_parse liquid_render && bash tests/fuzz/run.sh "${RECADO_FUZZ_SECONDS:-120}"
}

run_tidy() { python3 tests/tidy.py; }

run_coverage() {
  mkdir -p "$LOGS"
  (configure coverage && ninja -C build/coverage) >"$LOGS/coverage.log" 2>&1 || { tail -n 40 "$LOGS/coverage.log"; return 1; }
  python3 tests/coverage.py
}

# Configures a preset; again where the presets have changed, because a build folder keeps what it was configured with.
configure() { # preset
  local stamp="build/$1/presets.stamp"
  [[ -f build/$1/build.ninja ]] && cmp -s CMakePresets.json "$stamp" && return
  cmake --preset "$1" && cp CMakePresets.json "$stamp"
}

# --- Running them -------------------------------------------------------------------------------------------------------

trim() { local text=$1; text=${text#"${text%%[![:space:]]*}"}; printf '%s' "${text%"${text##*[![:space:]]}"}"; }

run_step() { # name, title, command
  local name=$1 title=$2 command=$3 log="$LOGS/test-$1.log" started=$SECONDS code
  printf '  %-9s %-58s' "$name" "$title"
  (eval "$command") >"$log" 2>&1
  code=$?
  case $code in
    0) printf ' ok, %s s\n' $((SECONDS - started)); ((passed += 1)) ;;
    77) printf ' skipped\n'; tail -n 2 "$log" | sed 's/^/    | /'; ((skipped += 1)) ;;
    *)
      printf ' FAILED (exit %s)\n' "$code"
      tail -n 60 "$log" | sed 's/^/    | /'
      ((failed += 1))
      ;;
  esac
}

while (($#)); do
  case $1 in
    --quick) mode=quick ;;
    --deep) mode=deep ;;
    --only) only=${2:?"--only wants a step's name"}; shift ;;
    --coverage) mode=coverage ;;
    --list) steps | awk -F'|' '{print $1 $3}'; exit 0 ;;
    -h | --help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) say "I don't know the option $1. See ./test.sh --help."; exit 2 ;;
  esac
  shift
done

if [[ $mode == coverage ]]; then
  run_coverage
  exit
fi

say "Building what is tested"
./run.sh --with-tests || exit 1
PATH=$(./run.sh --print-path) || exit 1
export PATH
mkdir -p "$LOGS"

letter=${mode:0:1}
[[ $mode == default ]] && letter=n
started=$SECONDS
say "Testing ($mode)"
while IFS='|' read -r name modes title command; do
  name=$(trim "$name") title=$(trim "$title") command=$(trim "$command")
  [[ -n $only && $only != "$name" ]] && continue
  [[ -z $only && $modes != *$letter* ]] && continue
  run_step "$name" "$title" "$command" </dev/null
done < <(steps)

say ""
say "Tests took $((SECONDS - started)) s. Each step's output is in $LOGS/."
if ((skipped > 0)); then say "$passed passed, $failed failed, $skipped skipped"; else say "$passed passed, $failed failed"; fi
((failed == 0 && passed > 0))
