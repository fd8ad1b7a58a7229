# shellcheck shell=bash
# How ICU's sources become one archive; shared by build-wasm.sh and build-native.sh, to be sourced
# after common.sh. ICU's own configure is not needed: its two libraries are lists of files.

# prepare_tree ICU_SOURCE TARGET [PATCH...]: the part of the source that is compiled, as a copy with
# the patches applied.
prepare_tree() {
  local source="$1/source" target="$2" file
  shift 2
  mkdir -p "$target/source"
  cp -R "$source/common" "$source/i18n" "$source/stubdata" "$target/source/"
  for file in "$@"; do
    patch -s -p1 -d "$target" <"$file" ||
      fail "the patch ${file##*/} does not fit ICU $icu_version."
  done
}

# install_headers TREE TARGET
install_headers() {
  mkdir -p "$2/include/unicode"
  cp "$1"/source/common/unicode/*.h "$1"/source/i18n/unicode/*.h "$2/include/unicode/"
}

# compile_archive TREE WORK ARCHIVE AR WHAT COMPILER FLAG...: compiles every file of both libraries
# and the empty built-in data, some at a time, and says how far it is in steps of five percent.
compile_archive() {
  local tree="$1/source" work="$2" archive="$3" ar="$4" what="$5"
  shift 5
  local compile=("$@") jobs="${RECADO_JOBS:-$(nproc)}"
  local units=() unit running=0 started=0 finished=0 shown=-1 percent
  for unit in common i18n; do
    local file
    while read -r file; do units+=("$unit/$file"); done <"$tree/$unit/sources.txt"
  done
  units+=(stubdata/stubdata.cpp)
  mkdir -p "$work"

  while [ "$finished" -lt "${#units[@]}" ]; do
    while [ "$running" -lt "$jobs" ] && [ "$started" -lt "${#units[@]}" ]; do
      compile_unit "$tree" "$work" "${units[$started]}" "${compile[@]}" &
      started=$((started + 1))
      running=$((running + 1))
    done
    wait -n || {
      wait || true
      fail "ICU could not be compiled; the lines above are the compiler's."
    }
    running=$((running - 1))
    finished=$((finished + 1))
    percent=$((finished * 20 / ${#units[@]} * 5))  # whole steps of five
    if [ "$percent" != "$shown" ]; then
      shown="$percent"
      say "compiling ICU $icu_version for $what: $percent %"
    fi
  done
  rm -f "$archive"
  "$ar" rcs "$archive" "$work"/*.o
}

# compile_unit TREE WORK UNIT COMPILER FLAG...: the two libraries are told which one they are, or
# their own functions count as imported.
compile_unit() {
  local tree="$1" work="$2" unit="$3" object library
  shift 3
  object="$work/${unit%%/*}_${unit##*/}.o"
  case "$unit" in
    i18n/*) library=-DU_I18N_IMPLEMENTATION ;;
    *) library=-DU_COMMON_IMPLEMENTATION ;;
  esac
  "$@" "$library" -I"$tree/common" -I"$tree/i18n" -w -c "$tree/$unit" -o "$object" \
    >"$object.log" 2>&1 || {
    head -n 20 "$object.log" >&2
    return 1
  }
}

# emscripten_version COMPILER: read from the file beside the compiler, because asking em++ itself
# takes a second; asked only where there is no such file.
emscripten_version() {
  local program folder
  program="$(command -v "$1" || true)"
  [ -n "$program" ] || fail "the command '$1' is missing; install the package 'emscripten'."
  folder="$(dirname "$(readlink -f "$program")")"
  if [ -f "$folder/emscripten-version.txt" ]; then
    tr -d '"[:space:]' <"$folder/emscripten-version.txt"
  else
    "$1" --version | head -n 1
  fi
}
