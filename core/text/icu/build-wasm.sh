#!/usr/bin/env bash
# Compiles ICU for WebAssembly with em++, slimmed by the patches beside this script.
#
#   build-wasm.sh OUT_DIR
#
# puts into OUT_DIR:
#   lib/libicu.a       everything; the linker takes what is used
#   include/unicode/   ICU's headers, to be used with the switches of definitions.txt
#
# Two to three minutes on two cores, then cached by version, flags, patches and compiler.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$recado_icu_dir/compile.sh"

readonly out_dir="${1:?usage: build-wasm.sh OUT_DIR}"
readonly compiler="${RECADO_EMXX:-em++}"
readonly archiver="${RECADO_EMAR:-emar}"

mapfile -t definitions < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$recado_icu_dir/definitions.txt")
readonly definitions

# ICU reports by status and throws nothing, so it carries no tables for unwinding. The core around
# it is compiled with -fwasm-exceptions.
# -finline-functions: see the root CMakeLists.txt; here it saves 19 kB gzip.
readonly flags=(-std=c++17 -Oz -finline-functions -flto -fno-exceptions)

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
  # What wasm/libc.cc reads numbers with.
  cp "$work"/tree/source/i18n/double-conversion*.h "$work/tree/source/common/uassert.h" "$work/out/include/"
  compile_archive "$work/tree" "$work/objects" "$work/out/lib/libicu.a" "$archiver" WebAssembly \
    "$compiler" "${flags[@]}" "${definitions[@]/#/-D}"
  touch "$work/out/.complete"
  mv "$work/out" "$target"
  rm -rf "$work"
}

readonly patches=("$recado_icu_dir"/patches/*.patch)
icu_source="$(source_folder icu)"
key="$(key_of "$icu_version" "$(emscripten_version "$compiler")" "${definitions[*]}" "${flags[*]}" \
  "$(hash_files "${patches[@]}" "$recado_icu_dir/compile.sh")")"
readonly cached="$recado_cache/icu-wasm/$key"
[ -f "$cached/.complete" ] || run_locked "icu-wasm-$key" build "$cached"
install_from "$cached" "$out_dir"
