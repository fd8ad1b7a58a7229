#!/usr/bin/env bash
# Compiles ICU natively, as a static archive, for systems whose own ICU is another version than ours.
# Unpatched: what the slim build leaves out is here, as it is in a distribution's library.
#
#   build-native.sh OUT_DIR
#
# puts lib/libicu.a and include/unicode/ into OUT_DIR. Programs that include the headers need
# -DU_STATIC_IMPLEMENTATION. There is no data inside (the core brings its own) and no other data
# behind it. Some minutes on two cores, then cached by version, flags and compiler.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$recado_icu_dir/compile.sh"

readonly out_dir="${1:?usage: build-native.sh OUT_DIR}"
readonly compiler="${CXX:-c++}"

# No dynamic loading: ICU would look for data and plug-ins outside the program.
readonly flags=(-std=c++17 -O2 -fPIC -DU_STATIC_IMPLEMENTATION -DU_ENABLE_DYLOAD=0)

build() {
  local target="$1" work
  [ ! -f "$target/.complete" ] || return 0
  work="$target.work"
  rm -rf "$target" "$work"
  mkdir -p "$work/out/lib"
  prepare_tree "$icu_source" "$work/tree"
  install_headers "$work/tree" "$work/out"
  compile_archive "$work/tree" "$work/objects" "$work/out/lib/libicu.a" "${AR:-ar}" "this machine" \
    "$compiler" "${flags[@]}"
  touch "$work/out/.complete"
  mv "$work/out" "$target"
  rm -rf "$work"
}

need "$compiler" g++
icu_source="$(source_folder icu)"
key="$(key_of "$icu_version" "$("$compiler" --version | head -n 1)" "$(uname -m)" "${flags[*]}" \
  "$(hash_files "$recado_icu_dir/compile.sh")")"
readonly cached="$recado_cache/icu-native/$key"
[ -f "$cached/.complete" ] || run_locked "icu-native-$key" build "$cached"
install_from "$cached" "$out_dir"
