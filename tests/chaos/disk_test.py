#!/usr/bin/env python3
"""A disk that is really full, and a file system that really turns read-only, under the running service.

    full       the store stands on a small tmpfs that is filled up to its last byte under load, and emptied again
    read-only  the store stands on an ext4 in a loop device; the kernel is told that it has found a fault there and makes
               it read-only, as after a failing disk. Then what an administrator does: stop, fsck, mount, start

While nothing can be saved, events are answered 503, /readyz says why and /healthz that the process lives. Afterwards it
goes on, and every event that was ever acknowledged has led to exactly one message.

    RECADO_BIN=build/recado tests/chaos/disk_test.py

Exit code 0: all well; 1: something was lost or doubled, and what; 77: skipped (mounting needs root; no loop devices).
"""

import errno
import json
import os
import subprocess
import sys
import tempfile
import time

from storm import PRODUCERS, Producer, Service, binary_or_skip, end_of, judge_sandbox, paid_event, put_sandbox_rule, skip, tidy

DISK_BYTES = 64 << 20
PAUSE_S = 0.1  # of each producer between two requests: the disk is filled by the test, not by them
WITHIN_S = 30


def run(*command):
    return subprocess.run(command, check=False, capture_output=True, text=True)


def until(what, holds):
    deadline = time.monotonic() + WITHIN_S
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit(f"after {WITHIN_S} s still not: {what}")
        time.sleep(0.05)


class Tmpfs:
    """A disk of DISK_BYTES in memory."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "disk")
        self.ballast = os.path.join(self.path, "ballast")
        os.mkdir(self.path)
        mounted = run("mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "recado_test", self.path)
        if mounted.returncode != 0:
            skip(f"no tmpfs can be mounted here: {mounted.stderr.strip()}")

    def break_it(self):
        """Takes what is left of the disk; again and again, as the service gives back what it could not use."""
        with open(self.ballast, "ab", buffering=0) as out:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        out.write(b"\0" * size)
                except OSError as full:
                    if full.errno != errno.ENOSPC:
                        raise

    def mend(self, _service):
        os.unlink(self.ballast)

    def end(self):
        run("umount", self.path)


class Ext4:
    """A disk of DISK_BYTES in a file, of which the kernel can be told that it is broken."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "disk")
        self.image = os.path.join(folder, "image")
        self.broken = False
        os.mkdir(self.path)
        with open(self.image, "wb") as out:
            out.truncate(DISK_BYTES)
        if run("mkfs.ext4", "-q", "-F", self.image).returncode != 0 or not self.mount():
            skip("no ext4 can be mounted from a file here (mkfs.ext4, loop devices)")

    def mount(self):
        return run("mount", "-o", "loop,errors=remount-ro", self.image, self.path).returncode == 0

    def break_it(self):
        if self.broken:
            return
        device = os.path.basename(run("findmnt", "-no", "SOURCE", self.path).stdout.strip())
        with open(f"/sys/fs/ext4/{device}/trigger_fs_error", "w", encoding="ascii") as trigger:
            trigger.write("1")
        self.broken = True

    def mend(self, service):
        service.stop()  # also on a disk that takes nothing
        until("the disk can be taken out", lambda: run("umount", self.path).returncode == 0)
        if run("e2fsck", "-fy", self.image).returncode > 1 or not self.mount():
            raise SystemExit("the disk could not be mended")
        service.start()

    def end(self):
        run("umount", self.path)


def reason(service):
    """Why the service is not ready; None where it is."""
    status, answer = service.call("GET", "/readyz")
    if status == 200:
        return None
    if status != 503:
        raise SystemExit(f"/readyz: {status} {answer!r}")
    return json.loads(answer).get("detail") or answer.decode()


def sum_of(producers, what):
    return sum(what(producer) for producer in producers)


def suffer(service, disk, producers):
    """Breaks the disk under load and mends it; the reason that the service gave meanwhile."""
    def acknowledged():
        return sum_of(producers, lambda producer: len(producer.acknowledged))

    def turned_away():
        return sum_of(producers, lambda producer: producer.turned_away)

    until("the first events are acknowledged", lambda: acknowledged() > 200)

    def down():
        disk.break_it()
        return turned_away() > 0 and reason(service) is not None

    until("events are refused and /readyz says why", down)
    why = reason(service) or ""
    so_far = turned_away()
    until("they go on being refused", lambda: disk.break_it() or turned_away() > so_far + 3 * PRODUCERS)
    if service.call("GET", "/healthz")[0] != 200 or service.process.poll() is not None:
        raise SystemExit("the process does not live any more")
    disk.mend(service)
    until("it is ready again", lambda: reason(service) is None)
    before = acknowledged()
    until("events are acknowledged again", lambda: acknowledged() > before + 200)
    return why


def trial(name, make_disk, words, binary):
    folder = tempfile.mkdtemp(prefix="recado_disk_")
    disk = make_disk(folder)
    good = False
    service = None
    try:
        service = Service(binary, folder, disk=disk.path)
        service.start()
        put_sandbox_rule(service)
        producers = [Producer(service, index, paid_event, PAUSE_S) for index in range(PRODUCERS)]
        for producer in producers:
            producer.start()
        why = suffer(service, disk, producers)
        expected, refused = end_of(producers)
        print(f"{name}: {sum_of(producers, lambda p: p.turned_away)} requests answered 503, /readyz: {why}")
        for fault in refused:
            print(f"refused: {fault}")
        good = judge_sandbox(service, expected) and not refused and any(word in why for word in words)
        service.stop()
    finally:
        if service is not None and service.process is not None and service.process.poll() is None:
            service.kill()
        disk.end()
    return tidy(folder, good)


def main():
    binary = binary_or_skip()
    if os.getuid() != 0:
        skip("mounting a disk needs root")
    full = trial("full", Tmpfs, ("full",), binary)
    read_only = trial("read-only", Ext4, ("readonly", "read-only", "I/O error"), binary)
    return full or read_only


if __name__ == "__main__":
    sys.exit(main())
