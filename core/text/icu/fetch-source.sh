#!/usr/bin/env bash
# Fetches the source packages the ICU recipe starts from: `icu` in the version both builds use and
# the newest `tzdata`, out of the package sources this system is set up with.
#
#   fetch-source.sh [--refresh] [--offline] [icu|tzdata]
#
# prints two lines (or the one asked for), `icu VERSION FOLDER` and `tzdata VERSION FOLDER`; the
# folders hold the upstream source, unpacked and unchanged. A second call answers from the cache without the network;
# --refresh asks again whether there is a newer tzdata; --offline never asks.
#
# The system's configuration is read, never changed: lists, sources and downloads all live in the
# cache, so that no root rights are needed.
#
#   RECADO_CACHE        where the cache is                      (default ~/.cache/recado)
#   RECADO_ICU_VERSION  the ICU wanted                          (default 72.1)
#   RECADO_ICU_SUITE    the release that has this ICU, asked of the system's own mirror when the
#                       system is another release               (default bookworm)
#   RECADO_DEB_SRC      a whole `deb-src …` line to use instead of what the system names
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

refresh=no
offline=no
wanted="icu tzdata"
for argument in "$@"; do
  case "$argument" in
    --refresh) refresh=yes ;;
    --offline) offline=yes ;;
    icu | tzdata) wanted="$argument" ;;
    *) fail "unknown argument '$argument'; known are --refresh, --offline, icu and tzdata." ;;
  esac
done

readonly sources_dir="$recado_cache/source"
readonly icu_dir="$sources_dir/icu-$icu_version"
readonly tzdata_current="$sources_dir/tzdata-current"

# The answer, if the cache has it.
answer_from_cache() {
  [ -f "$icu_dir/.complete" ] && [ -f "$tzdata_current" ] || return 1
  local version listed
  read -r version listed <"$tzdata_current"
  [ -f "$sources_dir/tzdata-$version/.complete" ] || return 1
  case "$wanted" in
    *icu*) printf 'icu %s %s\n' "$icu_version" "$icu_dir" ;;
  esac
  case "$wanted" in
    *tzdata*)
      printf 'tzdata %s %s\n' "$version" "$sources_dir/tzdata-$version"
      [ "$version" = "$listed" ] ||
        say "using tzdata $version; $listed is listed but could not be downloaded. fetch-source.sh --refresh tries again."
      ;;
  esac
}

# The system's `deb` lines of one-line files as `deb-src` lines; $1, if given, is the suite to name
# instead of theirs. Only the component `main` is wanted; `arch=` would be refused for sources.
one_line_sources() {
  local suite="${1:-}" file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    awk -v wanted="$suite" '
      $1 != "deb" && $1 != "deb-src" { next }
      {
        options = ""
        line = $0
        sub(/#.*/, "", line)
        if (match(line, /\[[^]]*\]/)) {
          options = substr(line, RSTART + 1, RLENGTH - 2)
          line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
          gsub(/(^| )arch[+-]?=[^ ]*/, " ", options)
        }
        count = split(line, word, " ")
        has_main = 0
        for (i = 4; i <= count; ++i) if (word[i] == "main") has_main = 1
        if (!has_main) next
        suite = wanted == "" ? word[3] : wanted
        print "deb-src " (options ~ /[^ ]/ ? "[" options " ] " : "") word[2] " " suite " main"
      }' "$file"
  done | sort -u
}

# The same for deb822 files: stanzas are copied field by field (a key may be written inline over
# many lines), with only types, components and, if asked, suites replaced.
deb822_sources() {
  local suite="${1:-}" file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk -v wanted="$suite" '
      function flush() {
        if (stanza != "" && has_main && enabled) print "Types: deb-src\nComponents: main\n" stanza
        stanza = ""; has_main = 0; enabled = 1
      }
      BEGIN { enabled = 1 }
      /^#/ { next }
      /^[ \t]*$/ { flush(); next }
      /^[^ \t]/ {
        field = tolower($0); sub(/:.*/, "", field)
        value = $0; sub(/^[^:]*:/, "", value)
        skip = field ~ /^(types|components|architectures|enabled)$/ || (field == "suites" && wanted != "")
        if (field == "enabled" && tolower(value) ~ /no|false|off|0/) enabled = 0
        if (field == "suites" && wanted != "") stanza = stanza "Suites: " wanted "\n"
      }
      field == "components" && (" " $0 " ") ~ /[ :]main / { has_main = 1 }
      !skip { stanza = stanza $0 "\n" }
      END { flush() }' "$file"
  done
}

# write_apt_setup DIR [SUITE]: a private apt that knows only source packages. Commands the system
# hooks onto updates (`APT::Update`) are cleared, the lists belong to us, and the download needs no
# other user: in a home folder the user `_apt` could not write.
write_apt_setup() {
  local dir="$1" suite="${2:-}"
  mkdir -p "$dir/parts" "$dir/state/lists/partial" "$dir/cache/archives/partial"
  if [ -n "${RECADO_DEB_SRC:-}" ]; then
    printf '%s\n' "$RECADO_DEB_SRC" >"$dir/parts/system.list"
  else
    one_line_sources "$suite" >"$dir/parts/system.list"
    deb822_sources "$suite" >"$dir/parts/system.sources"
  fi
  cat >"$dir/apt.conf" <<CONF
#clear APT::Update;
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$dir/parts";
Dir::State "$dir/state";
Dir::State::lists "$dir/state/lists";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$dir/cache";
Acquire::Languages "none";
Acquire::Retries "2";
APT::Sandbox::User "";
APT::Get::List-Cleanup "false";
CONF
  [ -s "$dir/parts/system.list" ] || [ -s "$dir/parts/system.sources" ] ||
    fail "this system names no package source with the component 'main' under /etc/apt; set RECADO_DEB_SRC to a deb-src line."
}

# versions_of DIR PACKAGE: the versions on offer, newest first.
versions_of() {
  apt-cache -c "$1/apt.conf" showsrc --only-source "$2" 2>/dev/null |
    awk '$1 == "Version:" { print $2 }' | sort -u -V -r
}

# A third party's source that cannot be reached is no reason to stop: what counts is whether the
# package is on offer afterwards.
update_lists() {
  local dir="$1"
  say "reading the lists of source packages (a few seconds, once)."
  apt-get -q -c "$dir/apt.conf" update >"$dir/update.log" 2>&1 || true
}

# download DIR PACKAGE=VERSION TARGET: apt checks signature and checksums; the upstream archive is
# unpacked as it is, Debian's own changes stay out.
download() {
  local dir="$1" what="$2" target="$3" archive
  local room="$dir/download-${what%%=*}"
  say "downloading the source package ${what%%=*} ${what#*=}."
  rm -rf "$room" "$target.new"
  mkdir -p "$room" "$target.new"
  (cd "$room" && apt-get -q -c "$dir/apt.conf" source --download-only --only-source "$what") \
    >"$dir/download.log" 2>&1 || {
    rmdir "$target.new"
    return 1
  }
  for archive in "$room"/*.orig.tar.*; do
    case "$archive" in
      *.asc) continue ;;
    esac
    # tzdata's archive has no folder of its own, icu's has one: found by looking.
    tar -x -f "$archive" -C "$target.new" --no-same-owner ||
      fail "the archive ${archive##*/} could not be unpacked."
  done
  rm -rf "$target" "$room"
  if [ "$(find "$target.new" -mindepth 1 -maxdepth 1 | wc -l)" = 1 ]; then
    mv "$target.new"/* "$target" && rmdir "$target.new"
  else
    mv "$target.new" "$target"
  fi || fail "the folder $target could not be written."
}

download_failed() {
  grep '^E:' "$1/download.log" >&2 || tail -n 5 "$1/download.log" >&2
  fail "apt could not download the source package $2; the lines above are its own words."
}

fetch_icu() {
  local dir="$1" version
  [ -f "$icu_dir/.complete" ] && return 0
  version="$(versions_of "$dir" icu | grep -m1 "^$icu_version-" || true)"
  if [ -z "$version" ] && [ -z "${RECADO_DEB_SRC:-}" ] && [ -n "$(versions_of "$dir" icu)" ]; then
    say "this release has no ICU $icu_version; asking its mirror for ${RECADO_ICU_SUITE:-bookworm}."
    dir="$dir/other-suite"
    write_apt_setup "$dir" "${RECADO_ICU_SUITE:-bookworm}"
    update_lists "$dir"
    version="$(versions_of "$dir" icu | grep -m1 "^$icu_version-" || true)"
  fi
  if [ -z "$version" ]; then
    tail -n 5 "$dir/update.log" >&2
    fail "no package source offers the source of ICU $icu_version; is the network there? A deb-src line for a release that has it can be given in RECADO_DEB_SRC."
  fi
  download "$dir" "icu=$version" "$icu_dir" || download_failed "$dir" "icu $version"
  [ -f "$icu_dir/source/data/in/icudt${icu_major}l.dat" ] ||
    fail "the source package of ICU $icu_version came without its data file."
  printf '%s\n' "$version" >"$icu_dir/.complete"
}

# The newest that can really be had: a mirror may list a version before (or after) it has the file.
# What was listed is kept beside what was taken, so that the difference is said at every call.
fetch_tzdata() {
  local dir="$1" version upstream target newest=""
  for version in $(versions_of "$dir" tzdata); do
    upstream="${version%%-*}"
    target="$sources_dir/tzdata-$upstream"
    newest="${newest:-$upstream}"
    if [ -f "$target/.complete" ] || download "$dir" "tzdata=$version" "$target"; then
      if [ ! -f "$target/northamerica" ] || [ ! -f "$target/ziguard.awk" ]; then
        fail "the source package of tzdata $version does not look as expected."
      fi
      printf '%s\n' "$version" >"$target/.complete"
      printf '%s %s\n' "$upstream" "$newest" >"$tzdata_current.new"
      mv "$tzdata_current.new" "$tzdata_current"
      return 0
    fi
    say "tzdata $version is listed, but could not be downloaded; trying the one before it."
  done
  [ -n "$newest" ] || fail "no package source offers the source of tzdata; is the network there?"
  download_failed "$dir" "tzdata $newest"
}

fetch() {
  # The one who waited for the lock finds the work done.
  [ "$refresh" = no ] && answer_from_cache >/dev/null 2>&1 && return 0
  need apt-get apt
  need tar tar
  local dir="$recado_cache/apt"
  rm -rf "$dir"
  write_apt_setup "$dir"
  update_lists "$dir"
  fetch_icu "$dir"
  fetch_tzdata "$dir"
  rm -rf "$dir"
}

if [ "$refresh" = no ] && answer_from_cache; then
  exit 0
fi
[ "$offline" = no ] ||
  fail "the sources of ICU $icu_version and tzdata are not in $recado_cache yet, and the network is not to be used."
run_locked fetch-source fetch
answer_from_cache || fail "the sources were fetched but are not where they should be in $sources_dir."
