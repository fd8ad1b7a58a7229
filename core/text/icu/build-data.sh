#!/usr/bin/env bash
# Makes Recado's own ICU data out of the fetched sources: only the languages we speak, only what the
# core asks for, and the newest zone rules. Both builds load these bytes, so both give the same text.
#
#   build-data.sh OUT_DIR
#
# puts into OUT_DIR:
#   base.dat        what every language needs (loaded first in the page)
#   LL.dat          one file per language, with all its regions
#   all.dat         base and all languages in one file, for the native build
#   versions.txt    `icu`, `tzdata`, `data` (a hash of all.dat), `languages`, one per line
#
# The result is cached by the versions and by this script's own text; a second call copies nothing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly out_dir="${1:?usage: build-data.sh OUT_DIR}"

readonly languages=(en de es fr it pl pt ru uk tr)

# The item names of every package begin with this, and icupkg takes it from the name of the file it
# creates. A package created under another name loads without an error and nothing in it is found.
readonly prefix="icudt${icu_major}l"

readonly max_base_bytes=300000     # gzip -9, of which everybody loads one
readonly max_language_bytes=50000  # gzip -9, each

# Resources every language needs. Not here, because the core never asks: langInfo, metadata, units,
# unit/, lang/, region/, rbnf/, coll/, translit/ and all dictionaries.
readonly base_items=(
  pool root res_index icuver likelySubtags numberingSystems plurals pluralRanges dayPeriods
  timezoneTypes metaZones zoneinfo64 supplementalData keyTypeData currencyNumericCodes
)

# What the core reads of supplementalData is calendars, week rules and the hour cycle; the tables
# named here are nine tenths of the file.
readonly unused_supplemental_tables=(
  codeMappings codeMappingsCurrency idValidity languageData languageMatchingInfo
  languageMatchingNew personNamesDefaults subdivisionContainment territoryInfo
  territoryContainment
)

# --- zone rules ------------------------------------------------------------------------------

readonly zone_regions=(africa antarctica asia australasia europe northamerica southamerica etcetera
  factory backward)

# compile_zones TZCODE TZDATA VERSION HEADERS RES_DIR, in the folder to work in. Chained, because the
# caller asks for its verdict and `set -e` does not hold then.
compile_zones() {
  local tzcode="$1" tzdata="$2" version="$3" headers="$4" res="$5" region
  "${CC:-cc}" -w -O1 -D_POSIX_C_SOURCE -DTZDIR='"zoneinfo"' -o zic \
    "$tzcode"/{zic,localtime,asctime,scheck,ialloc}.c &&
    "${CXX:-c++}" -w -O1 -I"$tzcode" -I"$headers" -o tz2icu "$tzcode/tz2icu.cpp" || return 1
  # ICU's converter knows no negative summer time (Ireland, Morocco): the rearguard form says the
  # same with positive offsets only.
  for region in "${zone_regions[@]}"; do
    awk -v DATAFORM=rearguard -f "$tzdata/ziguard.awk" "$tzdata/$region" >"$region" || return 1
  done
  cp "$tzcode/icuzones" "$tzcode/icuregions" "$tzdata/zone.tab" . &&
    ./zic -d zoneinfo -L /dev/null "${zone_regions[@]}" icuzones &&
    ./tz2icu zoneinfo zone.tab "$version" &&
    genrb -q -d "$res" zoneinfo64.txt
}

# zone_rules ICU_SOURCE TZDATA VERSION WORK RES_DIR: compiles tzdata into zoneinfo64.res with the
# converter that comes in ICU's source.
zone_rules() {
  local work="$4"
  mkdir -p "$work"
  (cd "$work" && compile_zones "$1/source/tools/tzcode" "$2" "$3" "$1/source/common" "$5") \
    >"$work.log" 2>&1 || {
    tail -n 5 "$work.log" >&2
    fail "the zone rules of tzdata $3 could not be compiled."
  }
}

# --- smaller resources ------------------------------------------------------------------------

# to_text RES_DIR TEXT_DIR NAME...: resources back to source form.
to_text() {
  local res="$1" text="$2" name
  shift 2
  mkdir -p "$text"
  derb -s "$res" -d "$text" "$@" >/dev/null || fail "derb could not read $res."
  # derb forgets the quotes around keys with a colon, which are all names of zones. A type after a
  # colon (`from:intvector`) begins with a small letter and stays.
  for name in "$@"; do
    [ -f "$text/$name.txt" ] || fail "derb left out $res/$name.res."
    sed -i -E 's/^( *)([A-Za-z0-9_+-]+(:[A-Z][A-Za-z0-9_+-]*)+)\{/\1"\2"{/' "$text/$name.txt"
  done
}

# cut_supplemental RES_DIR WORK: takes the unused tables out, in place.
cut_supplemental() {
  local res="$1" work="$2"
  to_text "$res" "$work" supplementalData
  # Tables begin and end four blanks deep.
  awk -v unused="${unused_supplemental_tables[*]}" '
    BEGIN { count = split(unused, name, " "); for (i = 1; i <= count; ++i) drop[name[i]] = 1 }
    match($0, /^    [A-Za-z]+/) && substr($0, 5, RLENGTH - 4) in drop { skipping = 1 }
    !skipping { print }
    /^    }/ { skipping = 0 }' "$work/supplementalData.txt" >"$work/cut.txt"
  mv "$work/cut.txt" "$work/supplementalData.txt"
  genrb -q -s "$work" -d "$res" supplementalData.txt >/dev/null ||
    fail "supplementalData could not be compiled again after the cut."
}

# own_pool RES_DIR WORK NAME...: a tree's pool holds the keys of all 500 locales of ICU; made anew
# from ours alone it is a fraction. The bundles are bound to their pool by a checksum, so all of
# them are written again. The root tree keeps its pool: derb stops inside some of its tables.
own_pool() {
  local res="$1" work="$2" name
  shift 2
  to_text "$res" "$work/text" "$@"
  mkdir -p "$work/pool"
  for name in "$@"; do rm "$res/$name.res"; done
  # The folder is named between the first option and the files: --writePoolBundle would take a file
  # name that follows it directly for its own.
  genrb --writePoolBundle -q -s "$work/text" -d "$work/pool" "${@/%/.txt}" >/dev/null
  genrb -q -s "$work/text" -d "$res" --usePoolBundle "$work/pool" -k "${@/%/.txt}" >/dev/null
  for name in "$@"; do
    [ -s "$res/$name.res" ] || fail "genrb left out $res/$name.res."
  done
  cp "$work/pool/pool.res" "$res/pool.res"
}

# --- packages ---------------------------------------------------------------------------------

# bundles_of DIR LANGUAGE: the language's bundle and its regions', without the ending.
bundles_of() {
  (
    cd "$1"
    for file in "$2".res "$2"_*.res; do
      [ ! -f "$file" ] || printf '%s\n' "${file%.res}"
    done
  )
}

list_base() {
  local name
  printf '%s.res\n' "${base_items[@]}"
  for name in pool root res_index supplementalData; do printf 'curr/%s.res\n' "$name"; done
  for name in pool root res_index tzdbNames; do printf 'zone/%s.res\n' "$name"; done
  printf 'brkitr/%s\n' root.res res_index.res char.brk
}

list_language() {
  local items="$1" language="$2"
  bundles_of "$items" "$language" | sed 's/$/.res/'
  bundles_of "$items/curr" "$language" | sed 's|.*|curr/&.res|'
  bundles_of "$items/zone" "$language" | sed 's|.*|zone/&.res|'
}

# package ITEMS LIST WORK TARGET
package() {
  mkdir -p "$3"
  icupkg -tl --ignore-deps -s "$1" -a "$2" new "$3/$prefix.dat" ||
    fail "icupkg could not make the package ${4##*/}."
  mv "$3/$prefix.dat" "$4"
}

check_size() {
  local size
  size="$(gzip -9 -c "$1" | wc -c)"
  [ "$size" -le "$2" ] || fail "${1##*/} is $size bytes after gzip -9; the bound is $2."
}

# --- the whole --------------------------------------------------------------------------------

build() {
  local target="$1" work items language
  [ ! -f "$target/.complete" ] || return 0
  need icupkg icu-devtools
  need genrb icu-devtools
  need derb icu-devtools
  need "${CXX:-c++}" g++
  say "making the ICU data ($icu_version, tzdata $tzdata_version): unpacking."
  rm -rf "$target" "$target.work"
  work="$target.work"
  items="$work/items"
  mkdir -p "$items" "$work/out"
  icupkg -x '*' -d "$items" "$icu_source/source/data/in/$prefix.dat"

  say "making the ICU data: zone rules."
  zone_rules "$icu_source" "$tzdata_source" "$tzdata_version" "$work/zones" "$items"

  say "making the ICU data: cutting what is not used."
  cut_supplemental "$items" "$work/supplemental"
  local curr_bundles=(root supplementalData) zone_bundles=(root tzdbNames)
  for language in "${languages[@]}"; do
    mapfile -t -O "${#curr_bundles[@]}" curr_bundles < <(bundles_of "$items/curr" "$language")
    mapfile -t -O "${#zone_bundles[@]}" zone_bundles < <(bundles_of "$items/zone" "$language")
  done
  own_pool "$items/curr" "$work/curr" "${curr_bundles[@]}"
  own_pool "$items/zone" "$work/zone" "${zone_bundles[@]}"

  say "making the ICU data: packing."
  list_base >"$work/base.txt"
  cp "$work/base.txt" "$work/all.txt"
  package "$items" "$work/base.txt" "$work/package" "$work/out/base.dat"
  check_size "$work/out/base.dat" "$max_base_bytes"
  for language in "${languages[@]}"; do
    list_language "$items" "$language" >"$work/$language.txt"
    cat "$work/$language.txt" >>"$work/all.txt"
    package "$items" "$work/$language.txt" "$work/package" "$work/out/$language.dat"
    check_size "$work/out/$language.dat" "$max_language_bytes"
  done
  package "$items" "$work/all.txt" "$work/package" "$work/out/all.dat"
  {
    printf 'icu %s\n' "$icu_version"
    printf 'tzdata %s\n' "$tzdata_version"
    printf 'data %s\n' "$(sha256sum <"$work/out/all.dat" | cut -c1-12)"
    printf 'languages %s\n' "${languages[*]}"
  } >"$work/out/versions.txt"
  touch "$work/out/.complete"
  mv "$work/out" "$target"
  rm -rf "$work"
}

icu_source="$(source_folder icu)"
tzdata_source="$(source_folder tzdata)"
tzdata_version="${tzdata_source##*/tzdata-}"
script_hash="$(hash_files "$recado_icu_dir/build-data.sh" "$recado_icu_dir/common.sh")"
key="$(key_of "$icu_version" "$tzdata_version" "$script_hash")"
readonly cached="$recado_cache/icu-data/$key"
[ -f "$cached/.complete" ] || run_locked "icu-data-$key" build "$cached"
install_from "$cached" "$out_dir"
