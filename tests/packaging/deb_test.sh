#!/usr/bin/env bash
# Makes the Debian package, installs it in an empty Debian 12 with nothing else in it, and uses it: starts as its own user,
# serves the page and the core, takes an event and sends, ends in time; removing keeps the data, purging takes them away.
# Exit 77: skipped, because this needs root and mmdebstrap (it makes the empty Debian; apt-get install mmdebstrap).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ ${1:-} != inside ]]; then
  [[ $(id -u) == 0 ]] || { echo "Only root can make an empty Debian"; exit 77; }
  command -v mmdebstrap >/dev/null || { echo "There is no mmdebstrap (apt-get install mmdebstrap)"; exit 77; }
  rm -rf build/package
  cpack --config build/CPackConfig.cmake -B build/package
  deb=$(echo build/package/recado_*.deb)
  mmdebstrap --quiet --variant=minbase --customize-hook="copy-in $deb /tmp" --customize-hook="bash $PWD/tests/packaging/deb_test.sh inside \"\$1\"" bookworm /dev/null
  exit
fi

readonly ROOT=$2
fail() { echo "FAILED: $*"; exit 1; }
inside() { chroot "$ROOT" "$@"; }
as_recado() { inside setpriv --reuid=recado --regid=recado --init-groups "$@"; }
waiting_for() { # seconds, command…
  local until=$((SECONDS + $1))
  shift
  until "$@"; do ((SECONDS < until)) || return 1; read -rt 0.05 <> <(:) || true; done
}

inside env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "/tmp/$(basename "$ROOT"/tmp/recado_*.deb)"
[[ $(inside recado version | head -1) == recado* ]] || fail "recado version says something else"
inside recado serve --check --config /etc/recado/recado.toml | grep -q 'store = "/var/lib/recado/recado.db"' || fail "the settings are not those of the package"

# systemd does not run in here; its command does, as its user.
(exec chroot "$ROOT" setpriv --reuid=recado --regid=recado --init-groups \
  env RECADO_LISTEN=127.0.0.1:0 recado serve --config /etc/recado/recado.toml) >"$ROOT/tmp/out" 2>"$ROOT/tmp/err" &
service=$!
trap 'kill -KILL $service 2>/dev/null || true' EXIT
waiting_for 10 grep -q 'listens on' "$ROOT/tmp/out" || { cat "$ROOT/tmp/err"; fail "the service does not listen"; }
url=$(sed -n 's/^Recado listens on //p' "$ROOT/tmp/out")
grep -q '/sign-in?code=' "$ROOT/tmp/out" || fail "there is no sign-in link at the first start"
curl -sf "$url/readyz" >/dev/null || fail "the service is not ready"
[[ $(curl -sf "$url/") == *'<script'* ]] || fail "the page is not there"
curl -sf "$url/core/recado_core.wasm" -o "$ROOT/tmp/core" && [[ $(stat -c %s "$ROOT/tmp/core") -gt 100000 ]] || fail "the core is not there"

token=$(as_recado recado token create --role admin --store /var/lib/recado/recado.db)
call() { curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$@"; }
call -X PUT "$url/api/v1/providers/sms-main" -d '{"kind":"sandbox","settings":{}}' >/dev/null || fail "no provider"
call -X PUT "$url/api/v1/rules/paid" -d '{"id":"paid","name":"Paid","enabled":true,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"immediately"},"action":{"type":"send_sms","text":"Hi {{ contact.first_name | default: \"there\" }}","phone_type":"auto","provider":"sms-main"}}' >/dev/null || fail "no rule"
call -X POST "$url/api/v1/events" -d '{"id":"e1","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D-7","from":"new","to":"paid","snapshot":{"deal":{"id":"D-7","stage":"paid"},"contacts":[{"id":"C-1","first_name":"Ana","phones":[{"type":"mobile","value":"+5511912345678"}]}]}}' >/dev/null || fail "the event is not taken"
sent() { [[ $(call "$url/api/v1/sandbox/messages") == *'Hi Ana'* ]]; }
waiting_for 5 sent || fail "nothing was sent"
[[ $(stat -c %a "$ROOT/var/lib/recado") == 700 ]] || fail "others may read the data"

started=$SECONDS
kill -TERM $service
ended() { [[ ! -e /proc/$service/exe ]]; }  # a zombie has none
waiting_for 8 ended || fail "the service does not end"
echo "ended within $((SECONDS - started + 1)) s"
trap - EXIT

inside env DEBIAN_FRONTEND=noninteractive apt-get remove -y recado >/dev/null
[[ -f $ROOT/var/lib/recado/recado.db && -f $ROOT/etc/recado/recado.toml ]] || fail "removing took data or settings away"
inside env DEBIAN_FRONTEND=noninteractive apt-get purge -y recado >/dev/null
[[ ! -e $ROOT/var/lib/recado && ! -e $ROOT/etc/recado/recado.toml ]] || fail "purging left data or settings"
echo "installed, used, removed and purged"
