#!/usr/bin/env python3
"""clang-tidy on core/ and native/: what .clang-tidy lists, as errors.

    tests/tidy.py [FOLDER…]      without: everything

The files of a room are read several at a time, as one translation unit: clang-tidy spends nearly all its time in headers, and so walks
through them once instead of eight times. Where two files cannot stand together (each has a helper of the same name), the unit is
halved until they can. A unit that was found clean is not read again until one of its files, any header, or the list of checks changes; the
stamps are in build/tidy. Wants build/compile_commands.json (cmake --preset native).
"""
import concurrent.futures
import hashlib
import json
import os
import shlex
import subprocess
import sys
import threading

TIDY = "clang-tidy-14"
COMPILER = "clang++-14"
STAMPS = "build/tidy"
FILES_A_UNIT = 8
printing = threading.Lock()


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], capture_output=True, text=True, check=True)
    return sorted({path for path in out.stdout.split("\n") if path and os.path.exists(path)})


def flags_of(entry):
    """Of a compile command, what decides how the text is read; folders made absolute."""
    words, kept = shlex.split(entry["command"]), []
    while words:
        word = words.pop(0)
        for option in ("-isystem", "-I", "-D", "-std="):
            if word.startswith(option):
                value = word[len(option) :] or words.pop(0)
                folder = option in ("-I", "-isystem")
                kept.append(option + (os.path.join(entry["directory"], value) if folder else value))
                break
    return tuple(kept)


def digest(*parts):
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part if isinstance(part, bytes) else part.encode())
        sha.update(b"\0")
    return sha.hexdigest()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def units(sources, commands):
    """Files of one room that are compiled alike, eight at a time."""
    alike = {}
    for path in sources:
        alike.setdefault((os.path.dirname(path), commands[os.path.abspath(path)]), []).append(path)
    for (_, flags), files in alike.items():
        for first in range(0, len(files), FILES_A_UNIT):
            yield files[first : first + FILES_A_UNIT], flags


def check(files, flags, common):
    """True where clang-tidy has nothing to say about `files`; else what it says is printed."""
    name = digest(common, *flags, *files, *map(read, files))
    if os.path.exists(f"{STAMPS}/{name}"):
        return True
    text = f"{STAMPS}/{name}.cc"
    with open(text, "w", encoding="utf-8") as file:
        file.writelines(f'#include "{os.path.abspath(path)}"  // NOLINT(bugprone-suspicious-include)\n' for path in files)
    arguments = [*flags, "-Wno-everything"]
    try:
        if len(files) > 1 and subprocess.run([COMPILER, "-fsyntax-only", *arguments, text], capture_output=True, check=False).returncode != 0:
            half = len(files) // 2
            # Both, so that all findings are shown.
            return all([check(files[:half], flags, common), check(files[half:], flags, common)])
        tidy = [TIDY, "--quiet", "--config-file=.clang-tidy", text, "--", *arguments]
        answer = subprocess.run(tidy, capture_output=True, text=True, check=False)
    finally:
        os.remove(text)
    if answer.returncode == 0:
        with open(f"{STAMPS}/{name}", "w", encoding="utf-8"):
            pass
        return True
    with printing:
        print(answer.stdout or answer.stderr, end="")
    return False


def main():
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    os.makedirs(STAMPS, exist_ok=True)
    folders = [folder.rstrip("/") for folder in sys.argv[1:]] or ["core", "native"]
    with open("build/compile_commands.json", encoding="utf-8") as file:
        commands = {entry["file"]: flags_of(entry) for entry in json.load(file)}
    sources = [path for path in tracked(*(f"{folder}/*.cc" for folder in folders)) if "/selfcheck/" not in path]
    unknown = [path for path in sources if os.path.abspath(path) not in commands]
    sources = [path for path in sources if os.path.abspath(path) in commands]
    if not sources:
        print("no sources to read")
        return 1
    # A source that no target compiles is read by nobody: that is a fault as well.
    for path in unknown:
        print(f"{path}: no build compiles it")
    version = subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
    common = digest(version, read(".clang-tidy"), *(path.encode() + read(path) for path in tracked("*.h", "*.inc")))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        clean = list(pool.map(lambda unit: check(*unit, common), units(sources, commands)))
    print(f"{len(sources)} files in {len(clean)} units, {clean.count(False)} units with findings")
    return 0 if all(clean) and not unknown else 1


if __name__ == "__main__":
    sys.exit(main())
