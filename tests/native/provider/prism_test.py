#!/usr/bin/env python3
"""Twilio's own API description judges the requests of the real sender (Prism in front of it, as a mock)."""
import os
import re
import shutil
import subprocess
import sys
import socket

from harness import HERE, Checks, Probe

CONTRACT = os.path.join(os.environ.get("RECADO_SHARED", os.path.join(HERE, "../../../../shared")), "contracts/twilio-2010.json")
CACHE = os.environ.get("RECADO_CACHE", os.path.expanduser("~/.cache/recado"))
PRISM = "@stoplight/prism-cli@5"
ACCOUNT = "AC" + "0123456789abcdef" * 2
checks = Checks("prism")


def prism_program():
    """Prism's command, installed once outside the tree; None where that can't be done."""
    folder = os.path.join(CACHE, "npm", "prism")
    program = os.path.join(folder, "node_modules", ".bin", "prism")
    if not os.path.exists(program):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PRISM], stdout=subprocess.DEVNULL, check=False)
    return program if os.path.exists(program) else None


def start(program):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([program, "mock", "-h", "127.0.0.1", "-p", str(port), "--errors", CONTRACT],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        if re.search(r"Prism is listening", line):
            return process, port
    raise RuntimeError("prism did not start")


def main():
    if not os.path.exists(CONTRACT):
        print(f"prism: skipped, there is no {CONTRACT}")
        return 0
    program = shutil.which("prism") or prism_program()
    if not program:
        print("prism: skipped, it could not be installed")
        return 0
    process, port = start(program)
    try:
        probe = Probe("--public-url", "https://recado.shop.example/")

        def config(name, account=ACCOUNT, **settings):
            return {"id": name, "kind": "twilio", "secrets": {"auth_token": "t"},
                    "settings": {"account_sid": account, "base_url": f"http://127.0.0.1:{port}", **settings}}

        service = "MG" + "0123456789abcdef" * 2
        probe.configure(config("number", **{"from": "+15005550006"}), config("service", messaging_service_sid=service),
                        config("bad", account="ACnothex", **{"from": "+15005550006"}))
        message = {"channel": "sms", "to": "+5511912345678", "text": "Olá, você! ✓ & = + %", "key": "ab" * 32, "at": "2026-11-22T09:30:00Z"}
        for name in ("number", "service"):
            outcome = probe.ask({"send": {**message, "provider": name}})
            checks.equal(f"{name}: taken", (outcome["kind"], outcome["status"]), ("accepted", 201))
            checks.true(f"{name}: has a sid", re.fullmatch("(SM|MM)[0-9a-fA-F]{32}", outcome["reference"]), outcome)
            found = probe.ask({"find": {**message, "provider": name}})
            # 422 would be our fault. Prism answers 500 even so, because the description's own example of a list breaks it.
            checks.true(f"{name}: the look-up is well formed", found["status"] in (200, 500), found)
        refused = probe.ask({"send": {**message, "provider": "bad"}})
        checks.true("the judge does refuse", refused["status"] in (400, 404, 422), refused)
        checks.equal("and that is for good", refused["kind"], "permanent")
        lost = probe.ask({"find": {**message, "provider": "bad"}})
        checks.true("the judge does refuse a look-up", lost["status"] in (400, 404, 422), lost)
        checks.equal("probe ends well", probe.close(), 0)
    finally:
        process.kill()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
