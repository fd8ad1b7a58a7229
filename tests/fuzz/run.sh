#!/usr/bin/env bash
# Fuzzes: every recado_*_fuzz program of build/fuzz for some seconds, two side by side.
#
#   tests/fuzz/run.sh SECONDS [NAME…]      NAME: liquid_parse, sms, …; all without
#
# Each starts from its corpus in the tree, from what earlier runs grew in build/fuzz/grown/NAME and, for the template language, from
# the templates of the conformance suite where that is there (seed.py). RECADO_FUZZ_JOBS (2) run side by side. An input that breaks a promise goes to
# build/fuzz/found/NAME and is tried first by every later run until it holds. Nothing is written into the tree: a finding becomes a
# unit test and, minimised, a file of the corpus by hand. Exit codes: 0 all held, 1 a finding, 2 wrong usage or nothing to run.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

readonly BUILD=${RECADO_FUZZ_BUILD:-build/fuzz}
seconds=${1:-}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "usage: tests/fuzz/run.sh SECONDS [NAME…]" >&2; exit 2; }
shift
symbolizer=$(command -v llvm-symbolizer-14) && export ASAN_SYMBOLIZER_PATH=$symbolizer
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
# One input may take 10 s and 2 GB, whatever the machine; both are findings.
export FUZZ_LIMITS="-timeout=10 -rss_limit_mb=2048 -max_len=4096"

program_of() { printf '%s/tests/fuzz/recado_%s_fuzz' "$BUILD" "$1"; }

# The last number after `word` in a libFuzzer log: what it had covered, ran, ran a second.
last() { # log, word
  grep -oE "$2 *[0-9]+" "$1" | tail -n 1 | grep -oE '[0-9]+$' || echo 0
}

report() { # name, log, program, found
  local name=$1 log=$2 program=$3 found=$4 input
  printf '  %-20s FAILED, the whole output is in %s\n' "$name" "$log"
  grep -E '^(==|SUMMARY)|ERROR:|runtime error|^ +#[0-9]+ .*(recado|LLVMFuzzerTestOneInput)' "$log" | head -n 20 | sed 's/^/    | /'
  input=$(find "$found" -type f -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)
  if [[ -n $input ]]; then
    printf '    input:  %s\n    replay: %s %s\n    shrink: %s -minimize_crash=1 -max_total_time=60 -exact_artifact_path=%s.small %s\n' \
      "$input" "$program" "$input" "$program" "$input" "$input"
  fi
}

# Inputs that failed once are tried one by one: those that hold now join the grown corpus.
retry_found() { # program, found, grown, log
  local input
  while IFS= read -r -d '' input; do
    # shellcheck disable=SC2086
    "$1" $FUZZ_LIMITS -runs=1 "$input" >>"$4" 2>&1 </dev/null || { touch "$input"; return 1; }
    mv -f "$input" "$3/"
  done < <(find "$2" -type f -print0 | LC_ALL=C sort -z)
}

fuzz() { # name, seconds
  local name=$1 program found="$BUILD/found/$1" grown="$BUILD/grown/$1" log="$BUILD/log/$1.log" dictionary=() seeds=()
  program=$(program_of "$name")
  mkdir -p "$found" "$grown" "$BUILD/log"
  : >"$log"
  retry_found "$program" "$found" "$grown" "$log" || { report "$name" "$log" "$program" "$found"; return 1; }
  [[ -d $BUILD/seeds/$name ]] && seeds=("$BUILD/seeds/$name")
  [[ -f tests/fuzz/$name.dict ]] && dictionary=("-dict=tests/fuzz/$name.dict")
  # shellcheck disable=SC2086
  "$program" $FUZZ_LIMITS -max_total_time="$2" -print_final_stats=1 -artifact_prefix="$found/" "${dictionary[@]}" \
    "$grown" "tests/fuzz/corpus/$name" "${seeds[@]}" >>"$log" 2>&1 </dev/null || { report "$name" "$log" "$program" "$found"; return 1; }
  local runs
  runs=$(last "$log" 'stat::number_of_executed_units:')
  # A target that never ran proves nothing.
  ((runs > 0)) || { report "$name" "$log" "$program" "$found"; return 1; }
  printf '  %-20s %10s runs %8s edges %8s a second\n' "$name" "$runs" "$(last "$log" 'cov:')" \
    "$(last "$log" 'stat::average_exec_per_sec:')"
}
export -f fuzz last program_of report retry_found
export BUILD

names=("$@")
if ((${#names[@]} == 0)); then
  for source in tests/fuzz/*_fuzz.cc; do names+=("$(basename "$source" _fuzz.cc)"); done
fi
for name in "${names[@]}"; do
  [[ -x $(program_of "$name") ]] || { echo "$(program_of "$name") is not built: cmake --preset fuzz && cmake --build --preset fuzz" >&2; exit 2; }
  [[ -d tests/fuzz/corpus/$name ]] || { echo "tests/fuzz/corpus/$name is missing: every target has a corpus" >&2; exit 2; }
done

python3 tests/fuzz/seed.py "$BUILD/seeds"
echo "Fuzzing ${#names[@]} targets, $seconds s each"
# xargs ends with 123 when any of its commands failed, and still runs the others.
printf '%s\n' "${names[@]}" | xargs -P "${RECADO_FUZZ_JOBS:-2}" -I{} bash -c 'fuzz "$@"' _ {} "$seconds"
(($? == 0)) || { echo "Found something. Make it a unit test, fix it, and add the shrunken input to tests/fuzz/corpus/."; exit 1; }
