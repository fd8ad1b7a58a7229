#!/bin/bash
# The sender against real servers on 127.0.0.1: a scripted vendor (node), a mail server (aiosmtpd), Twilio's own API
# description (Prism). Usage: run.sh PATH-OF-recado_send_probe. Exit code 0: every fact holds.
set -u
cd "$(dirname "$0")" || exit 1
RECADO_SEND_PROBE="$(realpath "${1:-${RECADO_SEND_PROBE:?name the program recado_send_probe}}")"
export RECADO_SEND_PROBE PYTHONDONTWRITEBYTECODE=1

# Debian's python, which has python3-aiosmtpd, may not be the first on the path.
python=""
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c "import aiosmtpd" 2>/dev/null; then python="$candidate"; break; fi
done

failed=0
"${python:-python3}" http_outcomes_test.py || failed=1
if [ -n "$python" ]; then
  "$python" smtp_test.py 2>"${TMPDIR:-/tmp}/recado-mail-server.log" || failed=1
else
  echo "smtp: skipped, python3-aiosmtpd is not installed"
fi
"${python:-python3}" prism_test.py || failed=1
exit $failed
