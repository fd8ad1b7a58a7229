"""A provider that outlives the service and keeps its own ledger: what it really took, whatever it answered.

It speaks four dialects at one address: Twilio (findable), SMSAPI (keyed), MessageBird (echoing) and a gateway that
knows nothing (blind). By its dice it answers at once or late, takes a message and drops the answer, or drops the
connection before it takes it; it reports before its answer, late, and twice.
"""

import http.client
import json
import random
import threading
import time
import urllib.parse
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPORT_FOR_S = 60  # a report that is not taken is tried again for so long
KINDS = ("findable", "keyed", "echoing", "blind")


class Ledger:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.lock = threading.Lock()
        self.taken = {kind: {} for kind in KINDS}  # text → how often the customer got it
        self.keys = set()
        self.messages = {}  # receiver and text → when, for look-ups
        self.running = True

    def roll(self):
        with self.lock:
            return self.dice.random()

    def counts(self, kind):
        """Text → how often the customer got it, at this moment: the provider goes on taking."""
        with self.lock:
            return dict(self.taken[kind])

    def take(self, kind, text, key=None):
        """False: the same key was taken before, so the customer gets nothing more."""
        with self.lock:
            if key is not None and key in self.keys:
                return False
            if key is not None:
                self.keys.add(key)
            self.taken[kind][text] = self.taken[kind].get(text, 0) + 1
            return True


def call(url):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def handler_of(ledger):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):  # Twilio's list
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
            receiver = query["To"][0]
            with ledger.lock:
                found = [(text, at) for (to, text), at in ledger.messages.items() if to == receiver]
            self.answer(200, {"messages": [
                {"sid": f"SM{abs(hash(text))}", "body": text, "to": receiver, "status": "delivered", "direction": "outbound-api",
                 "date_created": formatdate(at)} for text, at in found[-50:]]})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            luck = ledger.roll()
            if luck < 0.03:
                self.close_connection = True  # not taken, and nobody hears of it
                return
            answer = self.take(body)
            if luck < 0.12:
                self.close_connection = True  # taken, and nobody hears of it
                return
            if luck < 0.25:
                time.sleep(ledger.roll() * 0.8)
            try:
                self.answer(*answer)
            except OSError:
                pass  # the service was killed meanwhile

        def take(self, body):
            if self.path.startswith("/2010-04-01/"):
                form = urllib.parse.parse_qs(body)
                to, text = form["To"][0], form["Body"][0]
                ledger.take("findable", text)
                with ledger.lock:
                    ledger.messages[to, text] = time.time()
                return 201, {"sid": f"SM{abs(hash(text))}", "status": "queued"}
            if self.path.startswith("/sms.do"):
                form = urllib.parse.parse_qs(body)
                if not ledger.take("keyed", form["message"][0], form["idx"][0]):
                    return 200, {"error": 53, "message": "Not unique idx"}
                return 200, {"count": 1, "list": [{"id": f"A{abs(hash(body))}", "status": "QUEUE", "error": None}]}
            if self.path.startswith("/messages"):
                order = json.loads(body)
                ledger.take("echoing", order["body"])
                self.report(order)
                return 201, {"id": f"MB{abs(hash(body))}"}
            ledger.take("blind", json.loads(body)["text"])
            return 200, {"id": "1"}

        def report(self, order):
            url = order["reportUrl"] + "&" + urllib.parse.urlencode(
                {"reference": order["reference"], "id": "MB1", "status": "delivered"})
            if ledger.roll() < 0.3:
                call(url)  # before the answer
            threading.Thread(target=self.report_late, args=(url,), daemon=True).start()

        @staticmethod
        def report_late(url):
            time.sleep(ledger.roll() * 2)
            end = time.monotonic() + REPORT_FOR_S
            while ledger.running and time.monotonic() < end and call(url) != 200:
                time.sleep(0.2)
            if ledger.roll() < 0.3:
                call(url)  # twice

    return Handler


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def handle_error(self, *_):
        pass  # connections of a service that was killed


def serve(ledger):
    server = Server(("127.0.0.1", 0), handler_of(ledger))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"
