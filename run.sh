#!/usr/bin/env bash
# Installs what is missing, builds Recado and starts the demo with its page.
#
#   ./run.sh                 build what changed, start the demo, print the sign-in link
#   ./run.sh --build-only    build and stop
#   ./run.sh --listen A:P    where the demo listens (127.0.0.1:8080 unless given)
#   ./run.sh --with-tests    install and build what ./test.sh needs as well, and stop
#   ./run.sh --print-path    print the PATH that has a new enough Node.js, and stop
#
# Works on Debian 12 as root or with sudo; every step is skipped where its result is there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly BUILD_PACKAGES=(
  g++ cmake ninja-build pkg-config ccache emscripten libicu-dev icu-devtools nlohmann-json3-dev libboost1.81-dev
  libcurl4-openssl-dev libsqlite3-dev libsodium-dev libtcmalloc-minimal4 libspdlog-dev libcli11-dev libssl-dev zlib1g-dev dpkg-dev brotli patch make
  gawk xz-utils bzip2 python3
)
readonly TEST_PACKAGES=(
  clang-14 llvm-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev libgtest-dev libgmock-dev googletest libbenchmark-dev chromium
  python3-aiosmtpd sqlite3 curl mmdebstrap
)
readonly LOGS=build/log
listen=127.0.0.1:8080
mode=run

say() { printf '%s\n' "$*" >&2; }
die() { say "Recado could not be built: $*"; exit 1; }

while (($#)); do
  case $1 in
    --build-only) mode=build ;;
    --with-tests) mode=tests ;;
    --print-path) mode=path ;;
    --listen) listen=${2:?"--listen wants an address and a port"}; shift ;;
    -h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) say "I don't know the option $1. See ./run.sh --help."; exit 2 ;;
  esac
  shift
done

# Runs a step with its output in a log; shows the end of the log where it fails.
step() { # name, log file, command…
  local name=$1 log="$LOGS/$2" started=$SECONDS
  shift 2
  mkdir -p "$LOGS"
  printf '  %-58s' "$name …" >&2
  if "$@" >"$log" 2>&1; then
    printf ' done, %s s\n' $((SECONDS - started)) >&2
  else
    printf ' failed\n' >&2
    tail -n 25 "$log" | sed 's/^/    | /' >&2
    die "the step '$name' failed. The whole output is in $log."
  fi
}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "this needs root to install packages, and there is no sudo. Run as root: apt-get install ${missing[*]}"
  fi
}

install_packages() {
  local wanted=("$@") installed
  installed=" $(dpkg-query -W -f='${db:Status-Abbrev}${Package} ' "${wanted[@]}" 2>/dev/null | sed 's/ii *//g' || true) "
  missing=()
  for package in "${wanted[@]}"; do [[ $installed == *" $package "* ]] || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  step "Refreshing the package lists" apt-update.log as_root apt-get update
  step "Installing packages" apt-install.log as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

node_is_new() { command -v "$1" >/dev/null && "$1" -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; }

# The page's build wants Node 20 or later; Debian 12 brings 18. Then npm's own node package goes beside the build.
find_node() {
  local beside="$PWD/build/node/node_modules/node/bin"
  if node_is_new node && command -v npm >/dev/null; then return; fi
  if ! node_is_new "$beside/node"; then
    command -v npm >/dev/null || install_packages nodejs npm
    step "Getting Node.js 20 beside the build" node.log npm install --no-audit --no-fund --no-save --prefix build/node node@20
  fi
  export PATH="$beside:$PATH"
}

# Whether `stamp` was made from the same content of these files and folders.
fresh() { # stamp, paths…
  local stamp=$1
  shift
  wanted=$(find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  [[ -f $stamp && $(<"$stamp") == "$wanted" ]]
}

build_native() {
  [[ -f build/build.ninja ]] || step "Preparing the native build" cmake-native.log cmake --preset native
  local targets=(recado)
  [[ $mode == tests ]] && targets=(all)
  step "Building the service" build-native.log ninja -C build "${targets[@]}"
}

build_wasm() {
  EMSCRIPTEN_ROOT=$(dirname "$(readlink -f "$(command -v em++)")")
  export EMSCRIPTEN_ROOT NODE_PATH=/usr/share/nodejs
  [[ -f build/wasm/build.ninja ]] || step "Preparing the WebAssembly build (ICU: 3 minutes the first time)" cmake-wasm.log cmake --preset wasm
  step "Building the core for the browser" build-wasm.log ninja -C build/wasm
}

npm_install() { # folder
  local stamp="$1/node_modules/.recado-stamp"
  fresh "$stamp" "$1/package-lock.json" && return
  step "Installing $1's npm packages" "npm-${1//\//-}.log" npm --prefix "$1" ci --no-audit --no-fund
  printf '%s' "$wanted" >"$stamp"
}

build_package() {
  npm_install wasm
  npm_install web # the rule editor in the package is built from the page's sources
  fresh build/package.stamp wasm web/src web/vite.element.config.ts web/package-lock.json core/text/icu build/wasm/wasm/recado_core.wasm build/wasm/generated/tables.dat && [[ -f wasm/dist/package.json ]] && return
  step "Making the npm package @recado/core" package.log node wasm/package.mjs
  grep -h 'gzip' "$LOGS/package.log" >&2 || true
  printf '%s' "$wanted" >build/package.stamp
}

build_page() {
  npm_install web
  # The list of files that are kept offline names the core by its hash.
  fresh build/page.stamp web wasm/src build/wasm/wasm/recado_core.wasm build/wasm/generated/tables.dat && [[ -f web/dist/index.html ]] && return
  step "Building the page" page.log npm --prefix web run build
  printf '%s' "$wanted" >build/page.stamp
}

main() {
  [[ -r /etc/os-release ]] && command -v dpkg-query >/dev/null || die "this script knows Debian only. docs/building.md says what is needed elsewhere."
  mkdir -p build
  if [[ $mode == path ]]; then
    find_node
    printf '%s\n' "$PATH"
    return
  fi
  local packages=("${BUILD_PACKAGES[@]}")
  [[ $mode == tests ]] && packages+=("${TEST_PACKAGES[@]}")
  install_packages "${packages[@]}"
  find_node
  say "Building Recado (the first time takes about 15 minutes on two cores)"
  build_native
  build_wasm
  build_package
  build_page
  [[ $mode == run ]] || { say "Built: build/recado, wasm/dist/, web/dist/"; return; }
  say "Starting the demo on http://$listen (Ctrl-C stops it)"
  exec build/recado serve --demo --listen "$listen" --store build/demo.db
}

main
