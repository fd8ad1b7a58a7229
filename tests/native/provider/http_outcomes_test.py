#!/usr/bin/env python3
"""The outcome class of everything a vendor over HTTP can do to a message, with real servers on 127.0.0.1."""
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import urllib.parse

from harness import HERE, Checks, Probe, Server

checks = Checks("http outcomes")


def twilio(name, base_url, timeout="PT20S", **settings):
    return {"id": name, "kind": "twilio", "secrets": {"auth_token": "secret-token"},
            "settings": {"account_sid": name, "from": "+15005550006", "base_url": base_url, "timeout": timeout, **settings}}


def sms(provider, **members):
    return {"provider": provider, "key": "k-" + provider, "channel": "sms", "to": "+5511912345678", "text": "Hi Ana", **members}


# name → kind, status, milliseconds until the next try, a word that the text must have
ANSWERS = {
    "created": ("accepted", 201, None, "queued"),
    "limited": ("rate_limited", 429, 7000, "20429"),
    "limited_date": ("rate_limited", 429, 12000, "20429"),
    "limited_bare": ("rate_limited", 429, 4000, "429"),
    "limited_by_code": ("rate_limited", 400, 4000, "20429"),
    "unavailable": ("retry", 503, 3000, "503"),
    "broken": ("unknown", 500, None, "20500"),
    "bad_gateway": ("unknown", 502, None, "502"),
    "gateway_timeout": ("unknown", 504, None, "504"),
    "unauthorised": ("permanent", 401, None, "auth token is wrong"),
    "opted_out": ("permanent", 400, None, "21610: the receiver has opted out"),
    "new_fault": ("permanent", 400, None, "29999: Something new X: y"),
    "not_found": ("permanent", 404, None, "404"),
    "moved": ("permanent", 307, None, "307"),
    "malformed": ("unknown", 201, None, "could not be read"),
    "without_sid": ("unknown", 201, None, "could not be read"),
    "list_instead": ("unknown", 201, None, "could not be read"),
    "huge": ("unknown", 201, None, "too large"),
    "huge_refusal": ("permanent", 400, None, "400"),
    "cut_short": ("unknown", 201, None, "broke the connection off"),
    "silent": ("unknown", 0, None, "did not answer in time"),
    "reset_after_reading": ("unknown", 0, None, "broke the connection off before answering"),
}


def check_answers(server):
    probe = Probe()
    base = f"http://127.0.0.1:{server.port}"
    configs = [twilio(name, base, "PT1S" if name == "silent" else "PT20S") for name in ANSWERS]
    faults = [d for d in probe.configure(*configs) if d["severity"] == "error"]
    checks.equal("scripted accounts are taken", faults, [])
    for name, (kind, status, retry_after, word) in ANSWERS.items():
        outcome = probe.ask({"send": sms(name, attempt=3)})
        checks.equal(f"{name}: kind", outcome["kind"], kind)
        checks.equal(f"{name}: status", outcome["status"], status)
        checks.equal(f"{name}: retry after", outcome.get("retry_after_ms"), retry_after)
        checks.true(f"{name}: text has {word!r}", word in outcome["text"], outcome["text"])
        checks.true(f"{name}: no secret in the text", "secret-token" not in outcome["text"])
        checks.equal(f"{name}: reference", outcome["reference"].startswith("SM"), kind == "accepted")
    checks.equal("probe ends well", probe.close(), 0)
    return base


def check_requests(lines):
    names = [line["name"] for line in lines if line["method"] == "POST"]
    for name in ANSWERS:
        checks.equal(f"{name}: exactly one request was made", names.count(name), 1)
    first = next(line for line in lines if line["name"] == "created")
    checks.equal("path", first["url"], "/2010-04-01/Accounts/created/Messages.json")
    checks.equal("type", first["headers"]["content-type"], "application/x-www-form-urlencoded")
    checks.equal("form", urllib.parse.parse_qsl(first["body"]),
                 [("To", "+5511912345678"), ("From", "+15005550006"), ("Body", "Hi Ana")])
    checks.equal("basic auth", first["headers"]["authorization"], "Basic Y3JlYXRlZDpzZWNyZXQtdG9rZW4=")


def check_find(base):
    probe = Probe()
    names = {"found": ("accepted", "SMfound"), "found_nothing": ("unknown", ""), "found_other_text": ("unknown", ""),
             "found_inbound": ("unknown", ""), "found_older": ("unknown", ""), "unavailable": ("unknown", "")}
    probe.configure(*[twilio(name, base) for name in names])
    for name, (kind, reference) in names.items():
        outcome = probe.ask({"find": sms(name, at="2026-11-22T09:30:00Z")})
        checks.equal(f"find, {name}", (outcome["kind"], outcome["reference"]), (kind, reference))
    checks.equal("probe ends well", probe.close(), 0)


def check_find_request(lines):
    first = next(line for line in lines if line["name"] == "found")
    query = urllib.parse.parse_qsl(urllib.parse.urlsplit(first["url"]).query)
    checks.equal("query of find", query, [("To", "+5511912345678"), ("From", "+15005550006"),
                                          ("DateSent>", "2026-11-22T09:29:55Z"), ("PageSize", "50")])


class RawServer(threading.Thread):
    """One socket whose connections are handed to `serve` one after the other."""

    def __init__(self, serve):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.serve = serve
        self.received = []
        self.start()

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.serve(self, connection)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    return body


ACCEPTED = b"HTTP/1.1 201 Created\r\nContent-Length: 13\r\n\r\n" + b'{"sid":"SM1"}'


def reset_unread(server, connection):
    while b"Hi%20Ana" not in connection.recv(65536, socket.MSG_PEEK):  # all of it has come, none of it is read
        pass
    reset(connection)


def dies_on_second_request(server, connection):
    server.received.append(read_request(connection))
    if len(server.received) == 1:
        connection.sendall(ACCEPTED)
        server.received.append(read_request(connection))
    reset(connection)


def closes_after_each(server, connection):
    server.received.append(read_request(connection))
    connection.sendall(ACCEPTED)
    connection.close()


def garbage(server, connection):
    read_request(connection)
    connection.sendall(b"\x00\x01 what is this\r\n\r\n")
    connection.close()


def reset_in_handshake(server, connection):
    connection.recv(1, socket.MSG_PEEK)
    reset(connection)


def check_connections():
    closed = socket.create_server(("127.0.0.1", 0))
    closed_port = closed.getsockname()[1]
    closed.close()
    unread, dying, short, noise, shake = (RawServer(f) for f in (
        reset_unread, dies_on_second_request, closes_after_each, garbage, reset_in_handshake))
    probe = Probe()
    probe.configure(
        twilio("refused", f"http://127.0.0.1:{closed_port}"),
        twilio("unread", f"http://127.0.0.1:{unread.port}"),
        twilio("dying", f"http://127.0.0.1:{dying.port}"),
        twilio("short", f"http://127.0.0.1:{short.port}"),
        twilio("noise", f"http://127.0.0.1:{noise.port}"),
        twilio("shake", f"https://127.0.0.1:{shake.port}"),
        twilio("nowhere", "http://nowhere.invalid", "PT5S"),
        {"id": "box", "kind": "sandbox"})

    def kind(name):
        return probe.ask({"send": sms(name)})["kind"]

    checks.equal("connection refused", kind("refused"), "retry")
    checks.equal("reset before reading, after writing", kind("unread"), "unknown")
    checks.equal("reset in the TLS handshake", kind("shake"), "retry")
    checks.equal("no such host", kind("nowhere"), "retry")
    checks.equal("an answer that is not HTTP", kind("noise"), "unknown")
    checks.equal("first on a connection", kind("dying"), "accepted")
    checks.equal("kept-alive connection dies under the second", kind("dying"), "unknown")
    checks.equal("the second was not sent again", len([body for body in dying.received if body is not None]), 2)
    checks.equal("closed after the first answer", [kind("short"), kind("short"), kind("short")], ["accepted"] * 3)
    checks.equal("each arrived once", len(short.received), 3)
    checks.equal("sandbox", kind("box"), "accepted")
    checks.equal("unknown provider", kind("nobody"), "permanent")
    checks.equal("another channel", probe.ask({"send": sms("short", channel="chat")})["kind"], "permanent")
    checks.equal("probe ends well", probe.close(), 0)


def check_tls():
    """A server whose certificate nobody vouches for gets nothing."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1"],
                       check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def serve(server, connection):
            try:
                server.received.append(context.wrap_socket(connection, server_side=True).recv(1))
            except OSError:
                server.received.append(b"")

        server = RawServer(serve)
        probe = Probe()
        probe.configure(twilio("selfmade", f"https://127.0.0.1:{server.port}"))
        outcome = probe.ask({"send": sms("selfmade")})
        checks.equal("untrusted certificate", outcome["kind"], "retry")
        checks.true("and says so", "certificate" in outcome["text"], outcome["text"])
        checks.equal("probe ends well", probe.close(), 0)
        checks.equal("not a byte arrived", [b for b in server.received if b], [])


def check_stop(base):
    """What hangs is cut off at the end of the grace and is in doubt; what had not begun may be tried again."""
    probe = Probe()
    probe.configure(twilio("silent", base, "PT60S"))
    waiting = [sms("silent", key=f"w-{n}") for n in range(70)]  # 64 at a time to one host
    *outcomes, stopped = probe.ask({"stop_ms": 300, "pending": waiting}, len(waiting) + 1)
    kinds = [outcome["kind"] for outcome in outcomes]
    checks.equal("stopped: answered", len({outcome["key"] for outcome in outcomes}), 70)
    checks.true("stopped: what was written is unknown", kinds.count("unknown") <= 64, kinds.count("unknown"))
    checks.true("stopped: what was not may be tried again", kinds.count("retry") >= 6, kinds.count("retry"))
    checks.equal("stopped: nothing else", kinds.count("retry") + kinds.count("unknown"), 70)
    checks.true("stopped in time", stopped["stopped_in_ms"] < 2000, stopped)
    after = probe.ask({"send": sms("silent")})
    checks.equal("after the stop", after["kind"], "retry")
    checks.equal("probe ends well", probe.close(), 0)


def main():
    server = Server("node", os.path.join(HERE, "vendor_server.mjs"))
    base = check_answers(server)
    check_find(base)
    check_connections()
    check_tls()
    quiet = Server("node", os.path.join(HERE, "vendor_server.mjs"), "--quiet")
    check_stop(f"http://127.0.0.1:{quiet.port}")
    quiet.stop()
    lines = server.stop()
    check_requests(lines)
    check_find_request(lines)
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
