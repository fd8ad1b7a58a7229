#!/usr/bin/env bash
# Compiles ICU for WebAssembly with em++, slimmed by the patches beside this script.
#
#   build-wasm.sh OUT_DIR
#
# puts into OUT_DIR:
#   lib/libicu.a       everything; the linker takes what is used
#   include/unicode/   ICU's headers
#   definitions.txt    the -D switches that every file including those headers must be compiled with
#
# Two to three minutes on two cores, then cached by version, flags, patches and compiler.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$recado_icu_dir/compile.sh"

readonly out_dir="${1:?usage: build-wasm.sh OUT_DIR}"
readonly compiler="${RECADO_EMXX:-em++}"
readonly archiver="${RECADO_EMAR:-emar}"

# For ICU itself and, through icu.cmake, for every file that includes it: some of them change what
# the headers declare.
readonly definitions=(
  U_STATIC_IMPLEMENTATION
  U_CHARSET_IS_UTF8=1    # no guessing of the platform's charset
  U_ENABLE_DYLOAD=0
  U_ENABLE_TRACING=0
  UCONFIG_NO_LEGACY_CONVERSION=1
  UCONFIG_NO_COLLATION=1
  UCONFIG_NO_REGULAR_EXPRESSIONS=1
  UCONFIG_NO_TRANSLITERATION=1
  UCONFIG_NO_IDNA=1
  UCONFIG_NO_SERVICE=1
  UCONFIG_NO_FILTERED_BREAK_ITERATION=1
  UCONFIG_NO_FILE_IO=1
)

# ICU reports by status and throws nothing, so it carries no tables for unwinding. The core around
# it is compiled with -fwasm-exceptions.
readonly flags=(-std=c++17 -Oz -flto -fno-exceptions)

build() {
  local target="$1" work
  [ ! -f "$target/.complete" ] || return 0
  need "$compiler" emscripten
  need "$archiver" emscripten
  need patch patch
  work="$target.work"
  rm -rf "$target" "$work"
  mkdir -p "$work/out/lib"
  prepare_tree "$icu_source" "$work/tree" "${patches[@]}"
  install_headers "$work/tree" "$work/out"
  compile_archive "$work/tree" "$work/objects" "$work/out/lib/libicu.a" "$archiver" WebAssembly \
    "$compiler" "${flags[@]}" "${definitions[@]/#/-D}"
  printf '%s\n' "${definitions[@]}" >"$work/out/definitions.txt"
  touch "$work/out/.complete"
  mv "$work/out" "$target"
  rm -rf "$work"
}

readonly patches=("$recado_icu_dir"/patches/*.patch)
sources="$("$recado_icu_dir/fetch-source.sh" 2>/dev/null || "$recado_icu_dir/fetch-source.sh")"
icu_source="$(awk '$1 == "icu" { print substr($0, index($0, $3)) }' <<<"$sources")"
key="$(key_of "$icu_version" "$(emscripten_version "$compiler")" "${definitions[*]}" "${flags[*]}" \
  "$(hash_files "${patches[@]}" "$recado_icu_dir/compile.sh")")"
readonly cached="$recado_cache/icu-wasm/$key"
[ -f "$cached/.complete" ] || run_locked "icu-wasm-$key" build "$cached"
install_from "$cached" "$out_dir"
