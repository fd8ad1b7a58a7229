#!/usr/bin/env bash
# Builds the image of packaging/Containerfile and uses a container of it: starts as its own user, keeps its data in the
# volume, serves the page, is ready, ends in time.
#
#   tests/packaging/container_test.sh           the package made by cpack from build/ goes into the image (a minute)
#   tests/packaging/container_test.sh --whole   everything is built inside the container, as the file says (half an hour)
#
# The images debian:12 and debian:12-slim are made here by mmdebstrap, so no registry is asked. buildah works with chroot
# isolation, which also runs where containers may not be nested; mounts, users, ports and the command are the same.
# Exit 77: skipped, because this needs root, buildah and mmdebstrap (apt-get install buildah mmdebstrap).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[[ $(id -u) == 0 ]] || { echo "Only root can make an empty Debian"; exit 77; }
for tool in buildah mmdebstrap curl; do
  command -v $tool >/dev/null || { echo "There is no $tool (apt-get install $tool)"; exit 77; }
done

work=$(mktemp -d)
store=(--storage-driver=vfs --root "$work/images" --runroot "$work/run")
box() { buildah "${store[@]}" "$@"; }
fail() { echo "FAILED: $*"; exit 1; }
service=
container=
clean() {
  [[ -z $service ]] || kill -KILL "$service" 2>/dev/null || true
  [[ -z $container ]] || box rm "$container" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT
waiting_for() { # seconds, command…
  local until=$((SECONDS + $1))
  shift
  until "$@"; do ((SECONDS < until)) || return 1; read -rt 0.05 <> <(:) || true; done
}

mmdebstrap --quiet --variant=minbase bookworm "$work/debian.tar"
printf 'FROM scratch\nADD debian.tar /\nCMD ["bash"]\n' >"$work/Debianfile"
box bud --quiet --isolation chroot -f "$work/Debianfile" -t localhost/debian:12 "$work" >/dev/null
box tag localhost/debian:12 docker.io/library/debian:12 docker.io/library/debian:12-slim
rm "$work/debian.tar"

if [[ ${1:-} == --whole ]]; then
  box bud --pull-never --isolation chroot -f packaging/Containerfile -t recado . || fail "the image cannot be built"
else
  rm -rf build/package
  cpack --config build/CPackConfig.cmake -B build/package >/dev/null
  mkdir "$work/context"
  cp build/package/recado_*.deb "$work/context/"
  # The last stage as it stands, with the package from here.
  sed -n '/^FROM debian:12-slim/,$p' packaging/Containerfile | sed 's|^COPY --from=build .*|COPY recado_*.deb /tmp/package/|' >"$work/Containerfile"
  grep -q '^COPY recado_' "$work/Containerfile" || fail "packaging/Containerfile has another form than this test knows"
  box bud --pull-never --isolation chroot -f "$work/Containerfile" -t recado "$work/context" || fail "the image cannot be built"
fi

says() { box inspect --type image --format "$1" recado; }
[[ $(says '{{.OCIv1.Config.User}}') == recado ]] || fail "the image runs as root"
[[ $(says '{{.OCIv1.Config.Cmd}}') == '[recado serve]' ]] || fail "the image starts something else"
[[ $(says '{{.OCIv1.Config.Volumes}}') == *'/var/lib/recado'* ]] || fail "the data is not in a volume"
[[ $(says '{{.OCIv1.Config.StopSignal}}') == SIGTERM ]] || fail "the image is not stopped by SIGTERM"

container=$(box from --pull-never recado)
mkdir "$work/data"
run() { box run --isolation chroot --volume "$work/data:/var/lib/recado" "$@"; }
owner=$(run --user root "$container" -- id -u recado)
chown "$owner" "$work/data"
chmod 700 "$work/data"
[[ $(run "$container" -- id -un) == recado ]] || fail "the service would run as root"
run --env RECADO_LISTEN=127.0.0.1:0 "$container" -- recado serve >"$work/out" 2>"$work/err" &
service=$!
waiting_for 15 grep -q 'listens on' "$work/out" || { cat "$work/err"; fail "the service does not listen"; }
url=$(sed -n 's/^Recado listens on //p' "$work/out" | tr -d '\r')
grep -q '/sign-in?code=' "$work/out" || fail "there is no sign-in link at the first start"
curl -sf "$url/readyz" >/dev/null || fail "the service is not ready"
[[ $(curl -sf "$url/") == *'<script'* ]] || fail "the page is not there"
[[ -f $work/data/recado.db && $(stat -c %u "$work/data/recado.db") == "$owner" ]] || fail "the data is not in the volume"

# What a stop of the container sends, to the process itself: buildah passes no signals on.
main=$(pgrep -u "$owner" -x recado) || fail "the service runs as somebody else"
kill -TERM "$main"
ended() { [[ ! -e /proc/$main/exe ]]; }
waiting_for 8 ended || fail "the service does not end"
echo "built, started, used and ended"
