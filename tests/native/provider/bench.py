#!/usr/bin/env python3
"""Messages per second of the real sender to servers on this machine: one line a case. Usage: bench.py [COUNT]

The servers are one node process each, so the figures are of sender and server together, which share the machine.
"""
import os
import sys

from harness import HERE, Probe, Server


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    sink = Server("node", os.path.join(HERE, "mail_sink.mjs"))
    vendor = Server("node", os.path.join(HERE, "vendor_server.mjs"), "--quiet")
    probe = Probe("--now", "2026-11-22T09:30:00Z")
    probe.configure(
        {"id": "mail", "kind": "smtp", "settings": {"url": f"smtp://127.0.0.1:{sink.port}",
                                                    "mailboxes": [{"address": "eva@shop.example", "name": "Eva Lind"}]}},
        {"id": "sms", "kind": "twilio", "secrets": {"auth_token": "t"},
         "settings": {"account_sid": "created", "from": "+15005550006", "base_url": f"http://127.0.0.1:{vendor.port}"}},
        {"id": "box", "kind": "sandbox"})
    mail = {"provider": "mail", "key": "k", "channel": "email", "from": "eva@shop.example", "to": "ana@example.com",
            "subject": "Ваш заказ готов", "plain": "Olá Ana,\n" * 20, "html": "<p>Olá <b>Ana</b></p>\n" * 20}
    sms = {"provider": "sms", "key": "k", "channel": "sms", "to": "+5511912345678", "text": "Hi Ana, your order is ready."}
    for name, message, concurrent in (("smtp", mail, 1), ("smtp", mail, 16), ("http", sms, 1), ("http", sms, 64),
                                      ("sandbox", {**sms, "provider": "box"}, 256)):
        result = probe.ask({"bench": {"message": message, "count": count, "concurrent": concurrent}})
        print(f"{name:8} {concurrent:4} at a time {result['per_second']:8} messages/s  {result['outcomes']}")
    return probe.close()


if __name__ == "__main__":
    sys.exit(main())
