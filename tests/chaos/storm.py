"""What the chaos tests share: the real service, producers that never give up, and a storm of kill -9 over both.

An event whose answer did not come back is posted again with the same id, as a CRM would: so all events are
acknowledged at the end, and the tests know what must have become of each.
"""

import argparse
import atexit
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PRODUCERS = 4
BATCH = 20  # events in one NDJSON request; every third request is a single event
START_WITHIN_S = 20
SETTLE_WITHIN_S = 60  # without any progress
SKIPPED = 77


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    def __init__(self, binary, folder, public=False, disk=None):
        """`disk`: where the store stands, where that is not beside the log."""
        self.binary = binary
        self.folder = folder
        self.store = os.path.join(disk or folder, "recado.db")
        self.port = free_port()
        self.more = ["--public-url", self.url()] if public else []
        self.process = None
        self.log = open(os.path.join(folder, "log.txt"), "ab")
        made = subprocess.run([binary, "token", "create", "--role", "admin", "--store", self.store],
                              check=True, capture_output=True, text=True)
        self.token = made.stdout.strip()
        atexit.register(self.leave_nothing)

    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--store", self.store, *self.more],
            cwd=self.folder, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the service ended by itself with {self.process.returncode}; see {self.log.name}")
            try:
                if self.call("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the service did not get ready")

    def leave_nothing(self):
        """However the test ends, its service ends with it."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SystemExit("SIGTERM did not end the service within 10 s")

    def call(self, method, path, body=None, content_type="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Authorization": f"Bearer {self.token}"}
            if body is not None:
                headers["Content-Type"] = content_type
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as broken:
            raise OSError(str(broken)) from broken
        finally:
            connection.close()

    def must(self, method, path, value=None):
        status, answer = self.call(method, path, None if value is None else json.dumps(value))
        if status >= 300:
            raise SystemExit(f"{method} {path}: {status} {answer[:500]!r}")
        return json.loads(answer) if answer else None


class Producer(threading.Thread):
    """Posts its own numbers one after the other; what was not acknowledged is posted again in the next round."""

    def __init__(self, service, index, make, pause_s=0.0):
        super().__init__(daemon=True)
        self.service = service
        self.make = make
        self.pause_s = pause_s
        self.numbers = iter(range(index, 10**9, PRODUCERS))
        self.open = []
        self.acknowledged = []
        self.turned_away = 0  # answers 503
        self.running = True
        self.faults = []

    def run(self):
        turn = 0
        while self.running:
            turn += 1
            if not self.open:
                size = 1 if turn % 3 == 0 else BATCH
                self.open = [next(self.numbers) for _ in range(size)]
            self.post()

    def post(self):
        body = "\n".join(json.dumps(self.make(number)) for number in self.open)
        kind = "application/json" if len(self.open) == 1 else "application/x-ndjson"
        try:
            status, answer = self.service.call("POST", "/api/v1/events", body, kind)
        except OSError:
            time.sleep(0.01)
            return
        if status == 202:
            self.acknowledged += self.open
            self.open = []
            time.sleep(self.pause_s)
        elif status != 503:
            self.faults.append(f"{status} {answer[:200]!r}")
            self.running = False
        else:
            self.turned_away += 1
            time.sleep(0.01)


class Storm:
    """One run: a folder, a service in it, and how it ends."""

    def __init__(self, name, public=False):
        parser = argparse.ArgumentParser()
        parser.add_argument("--rounds", type=int, default=20)
        parser.add_argument("--seed", type=int, default=None)
        parser.add_argument("--keep", action="store_true", help="keep the folder with store and log")
        self.options = parser.parse_args()
        binary = binary_or_skip()
        self.seed = self.options.seed if self.options.seed is not None else random.randrange(10**6)
        self.dice = random.Random(self.seed)
        print(f"seed {self.seed}, {self.options.rounds} rounds")
        self.folder = tempfile.mkdtemp(prefix=f"recado_{name}_")
        self.service = Service(binary, self.folder, public)
        self.service.start()

    def rage(self, make, longest_s, pause_s=0.0):
        """Kills the service again and again under producers; answers the names of the events acknowledged, and
        what was refused."""
        producers = [Producer(self.service, index, make, pause_s) for index in range(PRODUCERS)]
        for producer in producers:
            producer.start()
        for _ in range(self.options.rounds):
            time.sleep(self.dice.uniform(longest_s / 10, longest_s))
            self.service.kill()
            self.service.start()
        return end_of(producers)

    def tidy(self, good):
        """Ends the service; the folder stays where something is to be looked at. The exit code."""
        self.service.stop()
        return tidy(self.folder, good, self.options.keep)


def end_of(producers):
    for producer in producers:
        producer.running = False
    for producer in producers:
        producer.join(15)
    expected = {f"evt-{number}" for producer in producers for number in producer.acknowledged}
    return expected, [fault for producer in producers for fault in producer.faults]


def tidy(folder, good, keep=False):
    if good and not keep:
        subprocess.run(["rm", "-rf", folder], check=False)
    else:
        print(f"store and log: {folder}")
    return 0 if good else 1


def binary_or_skip():
    binary = os.path.abspath(os.environ.get("RECADO_BIN", "build/recado"))
    if not os.path.exists(binary):
        skip(f"{binary} is not there")
    return binary


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def put_sandbox_rule(service):
    """A rule whose message names its event, to a provider that keeps what it takes."""
    service.must("PUT", "/api/v1/providers/sms-main", {"kind": "sandbox", "settings": {}})
    service.must("PUT", "/api/v1/rules/paid", {
        "id": "paid", "name": "Paid", "on": {"entity": "deal", "pipeline": "sales", "stage": "paid"},
        "action": {"type": "send_sms", "text": "Order {{ deal.number }}", "provider": "sms-main"}})


def paid_event(number):
    """Every fifth event is of a customer that others share, so that order within a customer is at work too.

    The moment is long past: a message is never due before its event.
    """
    name = f"evt-{number}"
    customer = f"C-{number % 7}" if number % 5 == 0 else f"C-own-{number}"
    return {
        "id": name, "type": "stage_changed", "at": "2020-01-01T09:30:00Z", "entity": "deal", "entity_id": f"D-{number}",
        "pipeline": "sales", "from": "new", "to": "paid",
        "snapshot": {
            "deal": {"id": f"D-{number}", "number": name, "pipeline": "sales", "stage": "paid"},
            "contacts": [{"id": customer, "first_name": "Ana", "phones": [{"type": "mobile", "value": "+4915112345678"}]}],
        },
    }


def sandbox_keys(service):
    """Event name → how many messages, by paging through all that the sandbox took."""
    counts = {}
    after = ""
    while True:
        page = service.must("GET", f"/api/v1/sandbox/messages?limit=1000{after}")
        for message in page["messages"]:
            name = message["content"]["text"].split()[-1]
            counts[name] = counts.get(name, 0) + 1
        if not page.get("next"):
            return counts
        after = f"&after={page['next']}"


class Patience:
    """Waits as long as something goes on: a loaded machine is slow, and one customer's messages go one by one."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.seen = None
        self.deadline = 0.0

    def lasts(self, state):
        """Whether to wait on; `state` differs as long as there is progress."""
        if state != self.seen:
            self.seen = state
            self.deadline = time.monotonic() + self.seconds
        return time.monotonic() < self.deadline


def wait_until_settled(service):
    patience = Patience(SETTLE_WITHIN_S)
    waiting = ["?"]
    while waiting:
        waiting = [status for status in ("scheduled", "due", "in_flight", "ambiguous")
                   if service.must("GET", f"/api/v1/deliveries?status={status}&limit=1")["deliveries"]]
        newest = service.must("GET", "/api/v1/sandbox/messages?limit=1")["messages"]
        if not patience.lasts((waiting, newest)):
            raise SystemExit(f"still not settled: {waiting}; store and log: {service.folder}")
        time.sleep(0.1)
    time.sleep(0.3)  # events that are not planned yet have no delivery to be seen


def judge_sandbox(service, expected):
    """Every event expected has led to one message, and none to two."""
    last = None
    for _ in range(20):
        wait_until_settled(service)
        counts = sandbox_keys(service)
        if last == counts:
            break
        last = counts
        time.sleep(0.2)
    lost = [name for name in expected if name not in counts]
    doubled = [name for name, count in counts.items() if count > 1]
    unasked = [name for name in counts if name not in expected]
    print(f"acknowledged {len(expected)}, messages {sum(counts.values())}, lost {len(lost)}, doubled {len(doubled)}, "
          f"of unacknowledged events {len(unasked)}")
    for what, names in (("lost", lost), ("doubled", doubled)):
        if names:
            print(f"{what}: {' '.join(names[:20])}")
    return not lost and not doubled
