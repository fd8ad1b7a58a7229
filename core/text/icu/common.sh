# shellcheck shell=bash
# What the scripts of this folder share: where the cache is, how they speak, how they lock.
# Meant to be sourced, with `set -euo pipefail` already on.

recado_icu_dir="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly recado_icu_dir

# The one version of ICU that both builds use. A parameter for the day it is raised: the patches
# and the lists in build-data.sh belong to this version.
readonly icu_version="${RECADO_ICU_VERSION:-72.1}"
readonly icu_major="${icu_version%%.*}"

# Everything slow is kept here, keyed by what it was made of, and shared by all build folders.
readonly recado_cache="${RECADO_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME or RECADO_CACHE}/.cache}/recado}"

# Progress goes to standard error: standard output carries answers other scripts read.
say() { printf 'icu: %s\n' "$*" >&2; }
fail() {
  printf 'icu: %s\n' "$*" >&2
  exit 1
}

# need COMMAND PACKAGE: a missing tool is named together with the Debian package that brings it.
need() {
  command -v "$1" >/dev/null 2>&1 || fail "the command '$1' is missing; install the package '$2'."
}

# key_of WORD...: a short name for a set of inputs; the words are hashed as written.
key_of() {
  local sum
  sum="$(printf '%s\n' "$@" | sha256sum)"
  printf '%s' "${sum:0:16}"
}

# hash_files FILE...: one hash over names (without folder) and bytes, so that moving the tree
# does not empty the cache.
hash_files() {
  local file
  for file in "$@"; do
    printf '%s ' "${file##*/}"
    sha256sum <"$file"
  done | sha256sum | cut -c1-16
}

# run_locked NAME COMMAND...: two builds started at once share one piece of work: the second
# waits for the first and then finds the result in the cache.
run_locked() {
  local name="$1"
  shift
  mkdir -p "$recado_cache/locks"
  (
    if ! flock -n 9; then
      say "another build is preparing the same files; waiting for it."
      flock 9
    fi
    "$@"
  ) 9>"$recado_cache/locks/$name"
}

# install_from CACHED_DIR OUT_DIR: the cached files appear in OUT_DIR; nothing is touched when they
# are there already, so that a build does not start again for nothing. Otherwise they are new by
# their time too, even if they went into the cache long ago.
install_from() {
  local from="$1" out="$2"
  local stamp="$out/.key"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$from" ]; then
    return 0
  fi
  mkdir -p "$out"
  rm -f "$stamp"
  cp -R "$from/." "$out/"
  printf '%s' "$from" >"$stamp"
}

# source_folder icu|tzdata: where fetch-source.sh has it, fetched if need be.
source_folder() {
  local answer
  answer="$("$recado_icu_dir/fetch-source.sh" "$1")" || exit 1
  printf '%s' "${answer#* * }"
}
