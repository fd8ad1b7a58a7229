"""What the tests of the sender share: the probe, servers in processes of their own, and a list of checks."""
import atexit
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


class Checks:
    """Collects facts that hold and facts that don't; `finish` gives the exit code."""

    def __init__(self, name):
        self.name, self.good, self.bad = name, 0, []

    def equal(self, what, actual, expected):
        if actual == expected:
            self.good += 1
        else:
            self.bad.append(f"{what}\n    expected {expected!r}\n    actual   {actual!r}")

    def true(self, what, fact, shown=None):
        if fact:
            self.good += 1
        else:
            self.bad.append(f"{what}{'' if shown is None else f': {shown!r}'}")

    def finish(self):
        for text in self.bad:
            print(f"  FAILED {text}")
        print(f"{self.name}: {self.good} facts hold, {len(self.bad)} do not")
        return 1 if self.bad or not self.good else 0


class Server:
    """A process that prints "listening PORT" when it is ready and JSON lines afterwards."""

    def __init__(self, *command, env=None):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        atexit.register(self.process.kill)  # also where a test ends with an error
        for line in self.process.stdout:
            if line.startswith("listening "):
                self.port = int(line.split()[1])
                return
        raise RuntimeError(f"{command[0]} did not start")

    def next(self):
        """The next line it prints, read when it comes."""
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.kill()
        return [json.loads(line) for line in self.process.stdout if line.startswith("{")]


class Probe:
    """recado_send_probe: one line in, its lines out."""

    def __init__(self, *options):
        program = os.environ.get("RECADO_SEND_PROBE")
        if not program:
            sys.exit("RECADO_SEND_PROBE must name the program recado_send_probe")
        self.process = subprocess.Popen([program, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question, answers=1):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        lines = [self.process.stdout.readline() for _ in range(answers)]
        if not all(lines):
            raise RuntimeError(f"the probe ended at {question}")
        return json.loads(lines[0]) if answers == 1 else [json.loads(line) for line in lines]

    def configure(self, *configs):
        return self.ask({"configure": list(configs)})["diagnostics"]

    def close(self):
        """Ends it; 0 where it ended well (a sanitizer's finding is not)."""
        self.process.stdin.close()
        return self.process.wait()
