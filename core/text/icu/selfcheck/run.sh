#!/usr/bin/env bash
# Proves that both builds format alike: the same ICU, the same data, the same text.
#
#   selfcheck/run.sh [--native-only]
#
# Compiles the self-check natively and to WebAssembly and compares what they print; exit 0 when
# everything agrees, 1 with the differing lines when not. What is compared:
#
#   1. the native report on all.dat is free of errors, says the zone rules it was made with, and
#      knows that Mexico City has no summer time any more
#   2. the same as with the full data of the system's ICU, but for the zone rules (left out where
#      the system has another ICU)
#   3. the WebAssembly report on base.dat and all languages' packages is the native one, byte by byte
#   4. each language's package alone with base.dat gives that language's lines (natively the system's
#      data would hide a gap; in WebAssembly there is nothing behind ours)
#   5. the core calls nothing that the WebAssembly build left out (unsupported.txt)
#
# The programs are kept in the cache and built again when one of their parts changed; the
# comparison is always made.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

native_only=no
case "${1:-}" in
  "") ;;
  --native-only) native_only=yes ;;
  *) fail "unknown argument '$1'; known is --native-only." ;;
esac

readonly here="$recado_icu_dir/selfcheck"
root="$(cd "$recado_icu_dir/../../.." && pwd)"
readonly root
work="$(mktemp -d)"
readonly work
trap 'rm -rf "$work"' EXIT

failures=0
passed() { printf 'selfcheck: ok      %s\n' "$1"; }
skipped() { printf 'selfcheck: skipped %s\n' "$1"; }
failed() {
  printf 'selfcheck: FAILED  %s\n' "$1"
  failures=$((failures + 1))
}

# same WHAT EXPECTED ACTUAL: equal files pass; else the first differing lines are shown.
same() {
  if [ ! -s "$2" ]; then
    failed "$1 (nothing to compare with)"
  elif cmp -s "$2" "$3"; then
    passed "$1 ($(wc -l <"$2") lines)"
  else
    failed "$1"
    diff "$2" "$3" | head -n 20 || true
  fi
}

# --- the programs -----------------------------------------------------------------------------------

# Debian's ICU if it is ours, else the same source compiled.
system_icu_fits() {
  [ "$(pkg-config --modversion icu-i18n 2>/dev/null || true)" = "$icu_version" ]
}

build_native() {
  local target="$1" libraries
  [ ! -f "$target/selfcheck" ] || return 0
  say "compiling the self-check natively."
  if system_icu_fits; then
    libraries=(-licui18n -licuuc)
  else
    "$recado_icu_dir/build-native.sh" "$work/native"
    libraries=(-DU_STATIC_IMPLEMENTATION -isystem "$work/native/include" "$work/native/lib/libicu.a"
      -lpthread)
  fi
  mkdir -p "$target"
  "${CXX:-c++}" -std=c++20 -O1 -I"$root" "$here/selfcheck.cc" "$here/selfcheck_main.cc" \
    "${libraries[@]}" -o "$target/selfcheck.new"
  mv "$target/selfcheck.new" "$target/selfcheck"
}

build_wasm() {
  local target="$1" definitions
  [ ! -f "$target/selfcheck.wasm" ] || return 0
  say "compiling the self-check for WebAssembly (some seconds)."
  mapfile -t definitions < <(sed -n 's/^[A-Z]/-D&/p' "$recado_icu_dir/definitions.txt")
  mkdir -p "$target.new"
  # Neither page nor Node: the caller hands the bytes in, and so one module runs in both.
  NODE_PATH=/usr/share/nodejs em++ -std=c++20 -Oz -flto -fwasm-exceptions "${definitions[@]}" \
    -I"$root" -isystem "$work/wasm/include" "$here/selfcheck.cc" "$here/selfcheck_wasm.cc" \
    "$work/wasm/lib/libicu.a" -Wl,-u,calloc -sMODULARIZE=1 -sEXPORT_ES6=1 -sALLOW_MEMORY_GROWTH=1 \
    -sFILESYSTEM=0 -sMALLOC=emmalloc -sENVIRONMENT=web,worker -o "$target.new/selfcheck.mjs"
  mv "$target.new" "$target"
}

"$recado_icu_dir/build-data.sh" "$work/data"
readonly data="$work/data"
sources_hash="$(hash_files "$here"/*.cc "$here"/*.h "$here/run.sh" "$recado_icu_dir/definitions.txt")"

# --- native -----------------------------------------------------------------------------------------

need "${CXX:-c++}" g++
native_dir="$recado_cache/icu-selfcheck/native-$(key_of "$sources_hash" "$("${CXX:-c++}" --version)" "$icu_version" \
  "$(system_icu_fits && printf system || printf own)")"
run_locked icu-selfcheck-native build_native "$native_dir"
"$native_dir/selfcheck" "$data/all.dat" >"$work/native.txt"

if grep -n 'U_[A-Z_]*$' "$work/native.txt"; then
  failed "no check ends in an error"
else
  passed "no check ends in an error ($(wc -l <"$work/native.txt") lines)"
fi
tzdata_version="$(sed -n 's/^tzdata //p' "$data/versions.txt")"
if grep -qx "rules - tzdata = $tzdata_version" "$work/native.txt" &&
  grep -qx 'rules - offset Mexico City, July 2026 = -0600' "$work/native.txt"; then
  passed "zone rules are those of tzdata $tzdata_version; Mexico City is at -0600 in July"
else
  failed "zone rules are those of tzdata $tzdata_version; Mexico City is at -0600 in July"
  grep '^rules -' "$work/native.txt" || true
fi

if system_icu_fits; then
  "$native_dir/selfcheck" | grep -v '^rules' >"$work/full.txt"
  grep -v '^rules' "$work/native.txt" >"$work/native-common.txt"
  same "our data say what the full data say, but for zone rules" "$work/full.txt" "$work/native-common.txt"
else
  skipped "the comparison with the system's full data: its ICU is not $icu_version"
fi

# --- WebAssembly --------------------------------------------------------------------------------------

if [ "$native_only" = yes ]; then
  skipped "WebAssembly, as asked"
elif ! command -v em++ >/dev/null || ! command -v node >/dev/null; then
  skipped "WebAssembly: em++ or node is not installed"
else
  "$recado_icu_dir/build-wasm.sh" "$work/wasm"
  wasm_dir="$recado_cache/icu-selfcheck/wasm-$(key_of "$sources_hash" "$(cat "$work/wasm/.key")")"
  run_locked icu-selfcheck-wasm build_wasm "$wasm_dir"
  read -r -a languages < <(sed -n 's/^languages //p' "$data/versions.txt")
  packages=("$data/base.dat")
  for language in "${languages[@]}"; do packages+=("$data/$language.dat"); done
  node "$here/selfcheck.mjs" "$wasm_dir/selfcheck.mjs" "${packages[@]}" >"$work/wasm.txt"
  same "WebAssembly with ${#packages[@]} packages says what native says" "$work/native.txt" "$work/wasm.txt"

  : >"$work/alone-native.txt"
  : >"$work/alone-wasm.txt"
  for language in "${languages[@]}"; do
    # Lines of the language and its regions: KIND LOCALE …
    filter="^[a-z]+ $language(-[A-Z]+)? "
    grep -E "$filter" "$work/native.txt" >>"$work/alone-native.txt"
    node "$here/selfcheck.mjs" "$wasm_dir/selfcheck.mjs" "$data/base.dat" "$data/$language.dat" |
      grep -E "$filter" >>"$work/alone-wasm.txt"
  done
  same "each language alone says the same" "$work/alone-native.txt" "$work/alone-wasm.txt"
fi

# --- the core's own calls -----------------------------------------------------------------------------

sed -e '/^#/d' -e '/^$/d' "$recado_icu_dir/unsupported.txt" >"$work/unsupported.txt"
mapfile -d '' -t room < <(find "$recado_icu_dir/.." -maxdepth 1 \( -name '*.cc' -o -name '*.h' \) -print0)
if [ "${#room[@]}" != 0 ] && grep -H -n -E -f "$work/unsupported.txt" "${room[@]}"; then
  failed "the core calls nothing that WebAssembly lacks (the lines above do; see unsupported.txt)"
else
  passed "the core calls nothing that WebAssembly lacks (${#room[@]} files)"
fi

[ "$failures" = 0 ] || exit 1
