#!/usr/bin/env python3
"""Mails as a mail server receives them: read back with Python's own parser; and what each reply means for the outbox."""
import email
import email.policy
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time

from harness import HERE, Checks, Probe, Server

checks = Checks("smtp")
KEY = "ab" * 32
SUBJECT = "Ваш заказ готов ✓ – größer & schöner, versão final, 請查收 with quite a long tail so that it folds over lines"
HTML = "<p>Grüße, <b>Ana</b> ✓</p>\n.\n..two dots\n<p>" + "very long line " * 200 + "</p>\nlast = line "
PLAIN = "Olá Ana,\n.\n.dot first\n\ntrailing space \nFrom the start\n" + "x" * 1500 + "\nend"


def smtp(name, port, timeout="PT20S", secrets=None, **settings):
    return {"id": name, "kind": "smtp", "secrets": secrets or {},
            "settings": {"url": f"smtp://127.0.0.1:{port}", "timeout": timeout,
                         "mailboxes": [{"address": "sales@shop.example", "name": "Fahrräder & Söhne"}], **settings}}


def mail(**members):
    return {"provider": "mail", "key": KEY, "channel": "email", "at": "2026-11-22T09:30:00Z", "from": "sales@shop.example",
            "to": "ana@example.com", "subject": "Hi", "plain": "Hello", **members}


def take(server, probe, **members):
    """Sends and reads back: (outcome, what the server noted, the parsed mail, its raw bytes)."""
    outcome = probe.ask({"send": mail(**members)})
    if outcome["kind"] != "accepted":
        raise RuntimeError(f"not accepted: {outcome}")
    noted = server.next()
    with open(noted["path"], "rb") as file:
        raw = file.read()
    return outcome, noted, email.message_from_bytes(raw, policy=email.policy.default), raw


def text_of(part):
    return part.get_content().replace("\r\n", "\n")


def leaves(message):
    return [part for part in message.walk() if not part.is_multipart()]


def check_full_mail(server, probe, folder):
    contract = os.path.join(folder, "stored-1")
    with open(contract, "wb") as file:
        file.write(bytes(range(256)) * 4096 + b"\r\n.\r\n")
    tiny = os.path.join(folder, "stored-2")
    with open(tiny, "wb") as file:
        file.write(b"a;b\n1;2\n")
    long_name = "Договор поставки велосипедов № 1042 от 22 ноября 2026 года, окончательная редакция.pdf"
    outcome, noted, message, raw = take(
        server, probe, subject=SUBJECT, html=HTML, plain=PLAIN, to_name="Ана Соуза", from_name="Müller, \"Räder\" GmbH",
        attachments=[{"name": long_name, "file": "f1"}, {"name": "prices \"new\".csv", "file": "f2"}],
        files={"f1": contract, "f2": tiny})
    checks.equal("reference is the message id", outcome["reference"], KEY + "@shop.example")
    checks.true("text is the server's reply", "queued as Q" in outcome["text"], outcome["text"])
    checks.equal("envelope", (noted["from"], noted["to"]), ("sales@shop.example", ["ana@example.com"]))
    checks.equal("subject", message["subject"], SUBJECT)
    checks.equal("message id", message["message-id"], f"<{KEY}@shop.example>")
    checks.equal("date", message["date"].datetime.isoformat(), "2026-11-22T09:30:00+00:00")
    sender = message["from"].addresses[0]
    checks.equal("from", (sender.display_name, sender.addr_spec), ('Müller, "Räder" GmbH', "sales@shop.example"))
    receiver = message["to"].addresses[0]
    checks.equal("to", (receiver.display_name, receiver.addr_spec), ("Ана Соуза", "ana@example.com"))
    checks.equal("mime version", message["mime-version"], "1.0")
    checks.equal("tree", [part.get_content_type() for part in message.walk()],
                 ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf", "text/csv"])
    checks.equal("plain text", text_of(message.get_body(("plain",))), PLAIN)
    checks.equal("html", text_of(message.get_body(("html",))), HTML)
    first, second = list(message.iter_attachments())
    checks.equal("names of files", [first.get_filename(), second.get_filename()], [long_name, 'prices "new".csv'])
    with open(contract, "rb") as file:
        checks.equal("bytes of the large file", first.get_payload(decode=True) == file.read(), True)
    checks.equal("bytes of the small file", second.get_payload(decode=True), b"a;b\n1;2\n")
    checks.equal("defects", [part.defects for part in message.walk() if part.defects], [])
    checks.true("no line over 998 bytes", max(len(line) for line in raw.split(b"\r\n")) <= 998)
    head = raw.split(b"\r\n\r\n", 1)[0]
    foldable = [line for line in head.split(b"\r\n") if not line.startswith((b"Message-ID", b"Content-Type"))]
    checks.true("header lines within 78", max(len(line) for line in foldable) <= 78, head)
    checks.true("header is ASCII", head.isascii(), head)
    checks.true("every line ends with CRLF", raw.count(b"\n") == raw.count(b"\r\n"))


def check_shapes(server, probe):
    _, _, both, _ = take(server, probe, html="<b>x</b>")
    checks.equal("both texts", [p.get_content_type() for p in both.walk()], ["multipart/alternative", "text/plain", "text/html"])
    _, _, html, _ = take(server, probe, html="<b>x</b>", plain="")
    checks.equal("an empty text stays empty", text_of(leaves(html)[0]).strip(), "")
    message = mail(html="<b>ü</b>")
    del message["plain"]
    checks.equal("html alone", probe.ask({"send": message})["kind"], "accepted")
    with open(server.next()["path"], "rb") as file:
        parsed = email.message_from_binary_file(file, policy=email.policy.default)
    checks.equal("html alone, read back", [text_of(leaf) for leaf in leaves(parsed)], ["<b>ü</b>"])
    _, _, named, _ = take(server, probe)
    checks.equal("the mailbox's name", named["from"].addresses[0].display_name, "Fahrräder & Söhne")


def check_injection(server, probe):
    """Nothing that a customer or a template can put in makes a header or a recipient."""
    evil = "Hi\r\nBcc: all@example.com\r\n\r\nbody"
    with tempfile.NamedTemporaryFile() as file:
        _, noted, message, raw = take(
            server, probe, subject=evil, to_name=evil, from_name="x\nBcc: b@example.com\0", plain="p",
            attachments=[{"name": "a\r\nContent-Type: text/html\r\n\r\n<b>.pdf", "file": "f"}], files={"f": file.name})
    checks.equal("recipients", noted["to"], ["ana@example.com"])
    checks.equal("no Bcc", [message["bcc"], b"\r\nBcc" in raw], [None, False])
    checks.equal("subject on one line", message["subject"], "Hi Bcc: all@example.com body")
    checks.equal("header names", sorted(name.lower() for name in message.keys()),
                 ["content-type", "date", "from", "message-id", "mime-version", "subject", "to"])
    checks.equal("attachment's name", leaves(message)[-1].get_filename(), "a Content-Type: text_html <b>.pdf")
    for bad in ("ana@example.com\r\nRCPT TO:<all@example.com>", "ana@example.com>", "a b@example.com", "ana", "",
                "ana@example.com, eva@example.com", "<ana@example.com>", "ana@example.com\0"):
        checks.equal(f"to {bad!r}", probe.ask({"send": mail(to=bad)})["kind"], "permanent")
        checks.equal(f"from {bad!r}", probe.ask({"send": mail(**{"from": bad})})["kind"], "permanent")


def check_replies(port):
    probe = Probe()
    probe.configure(smtp("mail", port), smtp("hasty", port, "PT1S"))
    table = {"reject-550": ("permanent", 550), "defer-450": ("retry", 450), "closing-421": ("retry", 421),
             "refuse-554": ("permanent", 554), "later-451": ("retry", 451), "vanish": ("unknown", 354)}
    for name, (kind, code) in table.items():
        outcome = probe.ask({"send": mail(to=name + "@example.com")})
        checks.equal(name, (outcome["kind"], outcome["status"]), (kind, code))
        if kind != "unknown":
            checks.true(f"{name}: the server's words", str(code) in outcome["text"], outcome["text"])
    begun = time.monotonic()
    checks.equal("hang", probe.ask({"send": mail(provider="hasty", to="hang@example.com")})["kind"], "unknown")
    # A second for the mail, at most another to give up waiting for the answer to QUIT.
    checks.true("hang: the time-out holds", time.monotonic() - begun < 5, time.monotonic() - begun)
    good = probe.ask({"send": mail()})
    checks.equal("a good one after all these", (good["kind"], good["text"]), ("accepted", "250 2.0.0 OK"))
    missing = mail(attachments=[{"name": "a.pdf", "file": "f"}])
    checks.equal("attachment not in the store", probe.ask({"send": missing})["kind"], "permanent")
    checks.equal("attachment not on disk", probe.ask({"send": {**missing, "files": {"f": "/nonexistent/a"}}})["kind"], "permanent")
    checks.equal("attachment is a folder", probe.ask({"send": {**missing, "files": {"f": "/"}}})["kind"], "permanent")
    checks.equal("another channel", probe.ask({"send": mail(channel="sms", text="x")})["kind"], "permanent")
    checks.equal("probe ends well", probe.close(), 0)


class Scripted(threading.Thread):
    """A server that says its lines and hangs up: each step is (bytes to wait for, bytes to say)."""

    def __init__(self, *steps):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.steps = steps
        self.start()

    def run(self):
        connection, _ = self.listener.accept()
        heard = b""
        for wait_for, say in self.steps:
            while wait_for not in heard:
                part = connection.recv(65536)
                if not part:
                    return
                heard += part
            heard = b""
            connection.sendall(say)
        connection.close()


def check_broken_connections(folder):
    hello, ready = (b"", b"220 hi\r\n"), (b"EHLO", b"250 ok\r\n")
    envelope = [(b"MAIL", b"250 ok\r\n"), (b"RCPT", b"250 ok\r\n"), (b"DATA", b"354 go\r\n")]
    big = os.path.join(folder, "big")
    with open(big, "wb") as file:
        file.truncate(8 * 1024 * 1024)
    attached = {"attachments": [{"name": "big.bin", "file": "f"}], "files": {"f": big}}
    table = [
        ("greeting 421", [(b"", b"421 too many connections\r\n")], {}, "retry"),
        ("greeting 554", [(b"", b"554 go away\r\n")], {}, "permanent"),
        ("no greeting", [(b"", b"")], {}, "retry"),
        ("gone after EHLO", [hello, (b"EHLO", b"")], {}, "retry"),
        ("gone after MAIL FROM", [hello, ready, (b"MAIL", b"")], {}, "retry"),
        ("gone after DATA", [hello, ready, *envelope[:2], (b"DATA", b"")], {}, "retry"),
        ("gone in the middle of the mail", [hello, ready, *envelope, (b"big.bin", b"")], attached, "retry"),
        ("gone after the last dot", [hello, ready, *envelope, (b"\r\n.\r\n", b"")], {}, "unknown"),
        ("closes after the last dot with 421", [hello, ready, *envelope, (b"\r\n.\r\n", b"421 bye\r\n")], {}, "retry"),
        ("noise after the last dot", [hello, ready, *envelope, (b"\r\n.\r\n", b"\x00\xff\r\n")], {}, "unknown"),
    ]
    for name, steps, members, kind in table:
        server = Scripted(*steps)
        probe = Probe()
        probe.configure(smtp("mail", server.port))
        checks.equal(name, probe.ask({"send": mail(**members)})["kind"], kind)
        checks.equal("probe ends well", probe.close(), 0)


def check_login_and_tls(folder):
    key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                    key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1"], check=True, capture_output=True)
    locked = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder, "--auth", "eva:right")
    encrypted = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder, "--tls", certificate, key)
    probe = Probe()
    right, wrong = {"username": "eva", "password": "right"}, {"username": "eva", "password": "wrong"}
    probe.configure(smtp("right", locked.port, secrets=right), smtp("wrong", locked.port, secrets=wrong),
                    smtp("none", locked.port), smtp("demands", locked.port, secrets=right, tls="required"),
                    smtp("untrusted", encrypted.port), smtp("open", encrypted.port, tls="never"))
    outcome = probe.ask({"send": mail(provider="right")})
    checks.equal("login", (outcome["kind"], locked.next()["login"]), ("accepted", "eva"))
    outcome = probe.ask({"send": mail(provider="wrong")})
    checks.equal("wrong password", (outcome["kind"], outcome["status"]), ("permanent", 535))
    checks.true("no secret in the text", "wrong" not in outcome["text"], outcome["text"])
    checks.equal("no login", probe.ask({"send": mail(provider="none")})["status"], 530)
    checks.equal("encryption demanded, not offered", probe.ask({"send": mail(provider="demands")})["kind"], "retry")
    checks.equal("certificate nobody vouches for", probe.ask({"send": mail(provider="untrusted")})["kind"], "retry")
    checks.equal("STARTTLS left alone", (probe.ask({"send": mail(provider="open")})["kind"], encrypted.next()["tls"]), ("accepted", False))
    checks.equal("probe ends well", probe.close(), 0)
    checks.equal("nothing else was taken", locked.stop() + encrypted.stop(), [])


def check_reuse_and_stop(folder):
    server = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder)
    probe = Probe()
    probe.configure(smtp("mail", server.port, "PT60S"))
    for _ in range(5):
        probe.ask({"send": mail()})
    checks.equal("one connection for one after the other", len({server.next()["session"] for _ in range(5)}), 1)
    burst = [mail(key=f"b{n}") for n in range(200)]
    outcomes = probe.ask({"burst": burst}, len(burst))
    checks.equal("a burst is all taken", {outcome["kind"] for outcome in outcomes}, {"accepted"})
    noted = [server.next() for _ in range(200)]
    checks.true("over at most 16 connections", len({note["session"] for note in noted}) <= 16)
    pending = [mail(key=f"h{n}", to="hang@example.com") for n in range(20)]
    *outcomes, stopped = probe.ask({"stop_ms": 1000, "pending": pending}, len(pending) + 1)
    kinds = [outcome["kind"] for outcome in outcomes]
    checks.equal("stopped: handed over or not begun", (kinds.count("unknown"), kinds.count("retry")), (16, 4))
    checks.true("stopped in time", stopped["stopped_in_ms"] < 2500, stopped)
    checks.equal("probe ends well", probe.close(), 0)
    server.stop()


def check_reports(folder):
    """A server that offers DSN is told our key, at the first mail of a connection and at later ones; others are not."""
    server = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder, "--reports")
    probe = Probe()
    checks.equal("configuration", probe.configure(smtp("mail", server.port, bounce_address="bounces@shop.example")), [])
    for which in ("first", "second"):
        _, noted, message, _ = take(server, probe)
        given = [parameter.rstrip(">") for parameter in noted["parameters"]]  # the bracket is libcurl's
        checks.equal(f"what the {which} mail says of reports", given, ["RET=HDRS", f"ENVID={KEY}"])
        checks.equal(f"the {which} mail's envelope", noted["from"], "bounces@shop.example")
        checks.equal(f"the {which} mail's sender", message["from"].addresses[0].addr_spec, "sales@shop.example")
    checks.equal("probe ends well", probe.close(), 0)
    server.stop()
    plain = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder)
    probe = Probe()
    checks.equal("configuration", probe.configure(smtp("mail", plain.port, bounce_address="bounces@shop.example")), [])
    _, noted, _, _ = take(plain, probe)
    checks.equal("nothing where it is not offered", (noted["from"], noted["parameters"]), ("bounces@shop.example", []))
    checks.equal("probe ends well", probe.close(), 0)
    plain.stop()


def main():
    with tempfile.TemporaryDirectory() as folder:
        server = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder)
        probe = Probe()
        checks.equal("configuration", probe.configure(smtp("mail", server.port)), [])
        check_full_mail(server, probe, folder)
        check_shapes(server, probe)
        check_injection(server, probe)
        checks.equal("probe ends well", probe.close(), 0)
        server.stop()
        quiet = Server(sys.executable, os.path.join(HERE, "mail_server.py"), folder, "--quiet")
        check_replies(quiet.port)
        quiet.stop()
        check_broken_connections(folder)
        check_login_and_tls(folder)
        check_reuse_and_stop(folder)
        check_reports(folder)
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
