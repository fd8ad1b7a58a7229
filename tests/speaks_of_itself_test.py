#!/usr/bin/env python3
"""The project speaks of itself alone: no paths of the machine it was written on, no registries' hosts, no secrets."""
import re
import subprocess
import sys

FORBIDDEN = [
    (re.compile(r"/(home|root)/[A-Za-z.]"), "a path of somebody's machine"),
    (re.compile(r"/w" + r"ork/"), "a path of somebody's machine"),
    (re.compile(r"registry\.npm" + r"js\.org|deb\.debian" + r"\.org|\.pk" + r"g\.dev"), "a registry's host"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), "a private key"),
    (re.compile(r"\b(AC|SK)[0-9a-f]{32}\b"), "what looks like a Twilio credential"),
    (re.compile(r"\bC[l]aude\b|\bA[n]thropic\b|\bhelper[- ]session", re.IGNORECASE), "a word about how it was written"),
]
SKIP = (".png", ".woff2", ".dat", ".ico", ".mp3", ".pdf")


def main():
    files = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    faults = []
    for path in filter(None, files):
        if path.endswith(SKIP) or "/corpus/" in path or path == "tests/speaks_of_itself_test.py":
            continue
        try:
            text = open(path, encoding="utf-8").read()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for pattern, what in FORBIDDEN:
            for match in pattern.finditer(text):
                faults.append(f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {what}: {match.group(0)}")
    print("\n".join(faults))
    print(f"{len(files)} files read, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
