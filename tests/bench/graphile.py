"""graphile-worker and nodemailer over a PostgreSQL of its own: what road.py puts beside our e-mails.

Everything stands in one temporary folder and ends with it: the npm packages, the database's data directory, its
process. PostgreSQL's own defaults hold (fsync and synchronous_commit on), on 127.0.0.1 alone. It refuses to run as
root, so there it runs as the user `postgres` that its package makes.
"""

import glob
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PACKAGES = ("graphile-worker@0.16", "nodemailer@7", "pg@8")
HERE = os.path.dirname(os.path.abspath(__file__))
TICKS = os.sysconf("SC_CLK_TCK")


def programs():
    """The folder of initdb and postgres, newest first; None where PostgreSQL is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: -int(path.split("/")[4]))
    return os.path.dirname(found[0]) if found else None


def missing():
    """What is not there, as a command that brings it; None where all is."""
    if programs() is None and os.getuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "postgresql"], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if programs() is None:
        return "apt-get install postgresql"
    return None if shutil.which("npm") else "apt-get install nodejs npm"


class Graphile:
    def __init__(self, folder=None):
        self.folder = tempfile.mkdtemp(prefix="recado_graphile_", dir=folder)
        os.chmod(self.folder, 0o755)
        self.database = None
        self.data = os.path.join(self.folder, "data")
        os.mkdir(self.data, 0o700)
        self.user = None
        if os.getuid() == 0:
            self.user = pwd.getpwnam("postgres")
            os.chown(self.data, self.user.pw_uid, self.user.pw_gid)
        try:
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", self.folder, *PACKAGES], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.start()
        except BaseException:
            self.end()
            raise

    def as_user(self):
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def start(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self.data, **self.as_user()}
        subprocess.run([f"{programs()}/initdb", "-D", self.data, "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C"],
                       check=True, **quiet)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"postgres://bench@127.0.0.1:{port}/postgres"
        self.database = subprocess.Popen([f"{programs()}/postgres", "-D", self.data, "-h", "127.0.0.1", "-p", str(port),
                                          "-k", ""], **quiet)
        deadline = time.monotonic() + 30
        while subprocess.run([f"{programs()}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode:
            if time.monotonic() > deadline or self.database.poll() is not None:
                raise SystemExit("PostgreSQL did not get ready")
            time.sleep(0.1)
        subprocess.run([os.path.join(self.folder, "node_modules/.bin/graphile-worker"), "-c", self.url, "--schema-only"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)

    def database_seconds(self):
        """Processor time of the database: of those of its processes that live and of those that have ended."""
        total = 0
        with open(f"/proc/{self.database.pid}/task/{self.database.pid}/children", encoding="ascii") as children:
            pids = [self.database.pid] + [int(pid) for pid in children.read().split()]
        for pid in pids:
            with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            total += sum(map(int, fields[11:15] if pid == self.database.pid else fields[11:13]))
        return total / TICKS

    def script(self, *arguments):
        return subprocess.Popen(["node", os.path.join(HERE, "graphile.mjs"), *map(str, arguments)], cwd=self.folder,
                                env={**os.environ, "DATABASE_URL": self.url}, stdout=subprocess.PIPE, text=True)

    def send(self, count, port, producers=16, batch=100, concurrent=64):
        """From the first job's way into the queue to the end of the last, both at once. 64 at a time: with 16 most of its
        time goes by waiting (303 messages/s instead of 700), beyond 80 the database takes no more connections."""
        before = self.database_seconds()
        worker = self.script("work", count, concurrent, port)
        json.loads(worker.stdout.readline())
        producer = self.script("add", count, producers, batch)
        added = json.loads(producer.stdout.readline())
        done = json.loads(worker.stdout.readline())
        database = self.database_seconds() - before
        for process in (worker, producer):
            process.wait(30)
        return {"messages": count / (done["last"] - added["first"]), "events": count / (added["last"] - added["first"]),
                "cpu": {"node": done["cpu"] / count * 1e6, "postgres": database / count * 1e6}}

    def end(self):
        if self.database is not None:
            self.database.send_signal(signal.SIGINT)  # postgres: fast shutdown
            try:
                self.database.wait(20)
            except subprocess.TimeoutExpired:
                self.database.kill()
                self.database.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
