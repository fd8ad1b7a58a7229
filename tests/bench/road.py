#!/usr/bin/env python3
"""From event to accepted message: the whole road, beside Kannel and beside bare requests, in one run.

    tests/bench/road.py [--bin build/recado] [--load build/tests/bench/recado_load_bench] [--count 100000] [--rounds 3]
                        [--kind twilio|http_sms] [--only recado,kannel,ceiling,single,mail,graphile]

Starts nginx (answers every request at once with 201), the service, and Kannel's bearerbox, smsbox and fakesmsc, all on
127.0.0.1, and takes the best of the rounds of each: on a shared machine the best is what the others' work disturbed
least. What is not installed (apt-get install nginx-light kannel kannel-extras) is left out, and that is said.

  recado   16 producers post COUNT events, 100 a request; each leads to an SMS of 140 characters with three
           substitutions. "events": acknowledged, so on disk. "messages": from the first byte of the first event to
           the last message recorded as accepted on disk. The processor time is that of each process.
  single   the same with one event a request, a tenth as many.
  kannel   the same texts by HTTP to smsbox, 64 at a time, until fakesmsc has them all.
  mail     events to e-mails at Postfix's smtp-sink, a fifth as many; source: Postfix's smtp-source at the same sink,
           16 connections, the same size: what a client without a queue reaches.
  graphile the same e-mails to the same kind of sink by graphile-worker and nodemailer, 64 at a time (graphile.py:
           PostgreSQL and the npm packages in a temporary folder), half as many as mail.
  ceiling  the same requests to nginx from a bare libcurl loop, 64 at a time: no queue, no disk, no rules.
"""

import argparse
import glob
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import graphile

TEXT = ("Hi {{ contact.first_name }}, we have received your payment of {{ deal.amount | money }} for order {{ deal.number }}."
        " It leaves our house tomorrow morning and we will write to you again soon.")
FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_S = 600
RATES = ("events", "messages", "source")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit(f"nobody listens on {port}")


def cpu_seconds(pids):
    """User and system time so far."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def peak_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) // 1024


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Nginx:
    """The provider: 201 at once, with the answer Twilio gives."""

    def __init__(self, folder):
        self.port = free_port()
        conf = os.path.join(folder, "nginx.conf")
        with open(conf, "w", encoding="utf-8") as out:
            out.write(f"""
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000; keepalive_timeout 300; client_body_temp_path {folder}/body;
  server {{
    listen 127.0.0.1:{self.port} backlog=1024;
    location / {{ default_type application/json;
      return 201 '{{"sid":"SM0123456789abcdef0123456789abcdef","status":"queued","error_code":null}}'; }}
  }}
}}
""")
        self.process = subprocess.Popen(["nginx", "-c", conf, "-p", folder], stderr=subprocess.DEVNULL)
        wait_for_port(self.port)
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as children:
            self.pids = [self.process.pid] + [int(pid) for pid in children.read().split()]

    def url(self):
        return f"http://127.0.0.1:{self.port}"


class Recado:
    def __init__(self, binary, folder):
        self.port = free_port()
        store = os.path.join(folder, "recado.db")
        self.token = subprocess.run([binary, "token", "create", "--role", "admin", "--store", store], check=True,
                                    capture_output=True, text=True).stdout.strip()
        self.process = subprocess.Popen([binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--store", store],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(self.port)

    def ask(self, method, path, value=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, path, None if value is None else json.dumps(value), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {body[:500]}")
        return body

    def accepted(self):
        return int(re.search(r"^recado_messages_accepted_total (\d+)", self.ask("GET", "/metrics"), re.M).group(1))


def provider_of(kind, url):
    if kind == "twilio":
        return {"kind": "twilio", "settings": {"base_url": url, "account_sid": "AC" + "0" * 32, "from": "+4915100000000"},
                "secrets": {"auth_token": "secret"}}
    return {"kind": "http_sms", "settings": {"base_url": url, "path": "/send", "method": "POST",
                                             "headers": {"Content-Type": "application/x-www-form-urlencoded"},
                                             "body": "To={{ to }}&From=%2B4915100000000&Body={{ text }}"}}


def load(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if not done.stdout:
        raise SystemExit(f"{program} said nothing: {done.stderr}")
    return json.loads(done.stdout)


MAIL = {"id": "paid", "name": "Paid", "on": {"entity": "deal", "stage": "paid"},
        "action": {"type": "send_email", "from": "sales@shop.example", "subject": "Order {{ deal.number }}", "text": TEXT}}
SMS = {"id": "paid", "name": "Paid", "on": {"entity": "deal", "stage": "paid"},
       "action": {"type": "send_sms", "text": TEXT, "provider": "main"}}


def mail_sink():
    port = free_port()
    sink = subprocess.Popen(["smtp-sink", "-u", "nobody", "-c", f"127.0.0.1:{port}", "512"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)
    wait_for_port(port)
    return sink, port


def run_graphile(peer, count):
    sink, port = mail_sink()
    result = peer.send(count, port)
    end(sink)
    return result


def run_mail(options, count):
    sink, port = mail_sink()
    provider = {"kind": "smtp", "settings": {"url": f"smtp://127.0.0.1:{port}", "mailboxes": [{"address": "sales@shop.example"}]}}
    result = run_recado(options, [sink.pid], count, 100, provider, MAIL)
    start = time.monotonic()
    subprocess.run(["smtp-source", "-s", "16", "-m", str(count), "-l", "700", "-d", f"127.0.0.1:{port}"], check=True)
    result["source"] = count / (time.monotonic() - start)
    end(sink)
    return result


def run_recado(options, far_end, count, batch, provider, rule):
    folder = tempfile.mkdtemp(prefix="recado_road_", dir=options.folder)
    service = Recado(options.bin, folder)
    service.ask("PUT", "/api/v1/workspace", {"name": "Shop", "default_region": "DE", "language": "en",
                                             "time_zone": "Europe/Berlin", "currency": "EUR"})
    service.ask("PUT", "/api/v1/providers/main", provider)
    service.ask("PUT", "/api/v1/rules/paid", rule)
    before = cpu_seconds([service.process.pid]), cpu_seconds(far_end)
    start = time.monotonic()
    events = load(options.load, "events", "127.0.0.1", service.port, service.token, count, batch, 16)
    made = time.monotonic() - start - events["seconds"]  # the bodies are made before the first is sent
    deadline = time.monotonic() + PATIENCE_S
    while service.accepted() < count and time.monotonic() < deadline:
        time.sleep(0.02)
    seconds = time.monotonic() - start - made
    after = cpu_seconds([service.process.pid]), cpu_seconds(far_end)
    result = {"events": events["good"] / events["seconds"], "messages": service.accepted() / seconds,
              "cpu": {"recado": (after[0] - before[0]) / count * 1e6, "provider": (after[1] - before[1]) / count * 1e6,
                      "producers": events["cpu"] / count * 1e6},
              "peak": peak_mb(service.process.pid)}
    end(service.process)
    if options.keep:
        print(f"store: {folder}")
    else:
        shutil.rmtree(folder)
    return result


def run_kannel(options, count):
    """HTTP → smsbox → bearerbox → fakesmsc. Its own log says when the last message was out."""
    folder = tempfile.mkdtemp(prefix="recado_kannel_", dir=options.folder)
    admin, box, sms, fake = (free_port() for _ in range(4))
    conf = os.path.join(folder, "kannel.conf")
    with open(conf, "w", encoding="utf-8") as out:
        out.write(f"""
group = core
admin-port = {admin}
admin-password = x
smsbox-port = {box}
box-allow-ip = 127.0.0.1
log-level = 3
store-type = spool
store-location = {folder}/spool

group = smsc
smsc = fake
host = 127.0.0.1
port = {fake}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sms}
log-level = 3
global-sender = 4915100000000
http-request-retry = 0

group = sendsms-user
username = u
password = p
max-messages = 10
concatenation = true

group = sms-service
keyword = default
max-messages = 0
text = none
""")
    os.makedirs(os.path.join(folder, "spool"))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    processes = [subprocess.Popen(["bearerbox", conf], **quiet)]
    wait_for_port(admin)
    wait_for_port(fake)
    with open(os.path.join(folder, "fake.log"), "wb") as log:
        processes.append(subprocess.Popen([FAKESMSC, "-H", "127.0.0.1", "-r", str(fake), "-i", "1000000", "4915100000000 1 text hello"], cwd=folder,
                                          stdout=log, stderr=log))
    processes.append(subprocess.Popen(["smsbox", conf], **quiet))
    wait_for_port(sms)
    time.sleep(0.5)

    def sent():
        connection = http.client.HTTPConnection("127.0.0.1", admin, timeout=10)
        connection.request("GET", "/status.xml?password=x")
        page = connection.getresponse().read().decode()
        connection.close()
        return int(re.search(r"<sms>.*?<sent>.*?<total>(\d+)", page, re.S).group(1))

    start = time.monotonic()
    asked = load(options.load, "ask", "GET", f"http://127.0.0.1:{sms}/cgi-bin/sendsms?username=u&password=p", count, 64)
    deadline = time.monotonic() + PATIENCE_S
    while sent() < asked["good"] and time.monotonic() < deadline:
        time.sleep(0.02)
    seconds = time.monotonic() - start
    result = {"messages": sent() / seconds, "cpu": {"kannel": cpu_seconds([p.pid for p in processes]) / count * 1e6}}
    for process in reversed(processes):
        end(process)
    shutil.rmtree(folder, ignore_errors=True)
    return result


def run_ceiling(options, nginx, count):
    before = cpu_seconds(nginx.pids)
    url = f"{nginx.url()}/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"
    asked = load(options.load, "ask", "POST", url, count, 64)
    return {"messages": asked["good"] / asked["seconds"],
            "cpu": {"curl": asked["cpu"] / count * 1e6, "nginx": (cpu_seconds(nginx.pids) - before) / count * 1e6}}


def main():
    parser = argparse.ArgumentParser(description="The whole road, beside Kannel and beside bare requests.")
    parser.add_argument("--bin", default="build/recado")
    parser.add_argument("--load", default="build/tests/bench/recado_load_bench")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", choices=["twilio", "http_sms"], default="twilio")
    parser.add_argument("--only", default="recado,single,kannel,ceiling,mail,graphile")
    parser.add_argument("--folder", default=None, help="where the stores are made (the system's temporary folder)")
    parser.add_argument("--keep", action="store_true", help="keep the stores")
    options = parser.parse_args()
    options.bin = os.path.abspath(options.bin)
    options.load = os.path.abspath(options.load)
    wanted = options.only.split(",")
    if shutil.which("nginx") is None:
        raise SystemExit("nginx is not installed (apt-get install nginx-light)")
    if "kannel" in wanted and (shutil.which("bearerbox") is None or not glob.glob(FAKESMSC)):
        print("kannel left out: apt-get install kannel kannel-extras")
        wanted.remove("kannel")
    for name in ("mail", "graphile"):
        lacks = "apt-get install postfix" if shutil.which("smtp-sink") is None else None
        lacks = lacks or (graphile.missing() if name in wanted and name == "graphile" else None)
        if name in wanted and lacks:
            print(f"{name} left out: {lacks}")
            wanted.remove(name)
    peer = graphile.Graphile(options.folder) if "graphile" in wanted else None
    folder = tempfile.mkdtemp(prefix="recado_nginx_", dir=options.folder)
    os.chmod(folder, 0o755)
    nginx = Nginx(folder)
    provider = provider_of(options.kind, nginx.url())
    runs = {"recado": lambda: run_recado(options, nginx.pids, options.count, 100, provider, SMS),
            "single": lambda: run_recado(options, nginx.pids, options.count // 10, 1, provider, SMS),
            "mail": lambda: run_mail(options, options.count // 5),
            "graphile": lambda: run_graphile(peer, options.count // 10),
            "kannel": lambda: run_kannel(options, options.count // 2),
            "ceiling": lambda: run_ceiling(options, nginx, options.count)}
    best = {}
    try:
        for turn in range(options.rounds):  # in turns: what disturbs the machine disturbs all alike
            for name in [name for name in runs if name in wanted]:
                result = runs[name]()
                print(turn, name, " ".join(f"{key} {value:,.0f}/s" for key, value in result.items() if key in RATES),
                      "µs/message:", " ".join(f"{key} {value:.1f}" for key, value in result["cpu"].items()),
                      f"peak {result['peak']} MB" if "peak" in result else "", flush=True)
                for key in RATES:
                    if key in result:
                        best.setdefault(name, {})[key] = max(best.get(name, {}).get(key, 0), result[key])
    finally:
        end(nginx.process)
        if peer is not None:
            peer.end()
        shutil.rmtree(folder, ignore_errors=True)
    print("best of", options.rounds, json.dumps({name: {k: round(v) for k, v in rates.items()} for name, rates in best.items()}))
    if "recado" in best and "ceiling" in best:
        print(f"ratio to the ceiling: {best['recado']['messages'] / best['ceiling']['messages']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
