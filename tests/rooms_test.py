#!/usr/bin/env python3
"""Every room imports downwards only: the includes obey the order in which the rooms stand in the architecture."""
import re
import subprocess
import sys

CORE = ["base", "text", "sms", "phone", "liquid", "crm", "rule", "plan", "channel"]
NATIVE = ["net", "provider", "store", "dispatch", "crm", "server", "cli"]
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
# Who may include headers of the outside world: prefix of the header → the rooms that may.
OUTSIDE = {
    "unicode/": ["core/text"],
    "curl/": ["native/net"],
    "boost/": ["native/server"],
    "sqlite3.h": ["native/store"],
    "emscripten": ["wasm", "core/text/icu"],
}


def room_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("core", "native") and len(parts) > 2 else parts[0]


def may_import(own, other):
    """Whether a file of room `own` may include a header of room `other`."""
    if own == other or own in ("wasm", "tests", "native"):
        return True
    area, _, room = own.partition("/")
    other_area, _, other_room = other.partition("/")
    if area == "core":
        return other_area == "core" and CORE.index(other_room) < CORE.index(room)
    if other_area == "core":
        return True
    return other_area == "native" and NATIVE.index(other_room) < NATIVE.index(room)


def faults_in(path):
    own = room_of(path)
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        kind, header = match.groups()
        for prefix, rooms in OUTSIDE.items():
            allowed = any(path.startswith(room + "/") for room in rooms) or own == "tests"
            if header.startswith(prefix) and not allowed:
                yield f"{path}:{number}: {header} may be included in {', '.join(rooms)} only"
        if kind == '"' and header.split("/")[0] in ("core", "native") and not may_import(own, room_of(header)):
            yield f"{path}:{number}: {own} may not import {room_of(header)} ({header})"


def main():
    files = subprocess.run(["git", "ls-files", "*.cc", "*.h", "*.inc"], capture_output=True, text=True, check=True).stdout.split()
    faults = [fault for path in files for fault in faults_in(path)]
    print("\n".join(faults))
    print(f"{len(files)} files read, {len(faults)} imports against the order of the rooms")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
