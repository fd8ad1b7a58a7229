#!/usr/bin/env python3
"""How many lines of core/ its unit tests reach: by room, in total, and the files that are reached least. ./test.sh --coverage runs it.

    tests/coverage.py [BUILD]      BUILD: a build of the preset "coverage" (build/coverage unless given)

Exit code 1 where less than 95 % are reached, or where a test fails.
"""
import json
import os
import subprocess
import sys

ROOMS = ["base", "text", "phone", "sms", "liquid", "crm", "rule", "plan", "channel"]
WANTED_PERCENT = 95.0
WORST_FILES = 12


def run_tests(build):
    """Runs every room's tests; gives the programs and the merged profile."""
    programs = [path for room in ROOMS if os.path.exists(path := f"{build}/tests/recado_{room}_tests")]
    raw = []
    for program in programs:
        raw.append(f"{program}.profraw")
        environment = {**os.environ, "LLVM_PROFILE_FILE": raw[-1]}
        answer = subprocess.run([program, "--gtest_brief=1"], env=environment, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            print(answer.stdout[-4000:], answer.stderr[-2000:])
            sys.exit(f"{program} failed")
    profile = f"{build}/core.profdata"
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", *raw, "-o", profile], check=True)
    return programs, profile


def lines_of(programs, profile):
    """{file: (lines, reached)} of the sources and headers in core/."""
    first, *others = programs
    objects = [word for program in others for word in ("-object", program)]
    command = ["llvm-cov-14", "export", "-summary-only", f"-instr-profile={profile}", first, *objects]
    report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = {}
    for file in report["data"][0]["files"]:
        path = os.path.relpath(file["filename"])
        if path.startswith("core/"):
            found[path] = (file["summary"]["lines"]["count"], file["summary"]["lines"]["covered"])
    return found


def row(name, count, reached):
    return f"  {name:<34} {reached:>6} of {count:>6} lines  {100 * reached / max(count, 1):6.2f} %"


def main():
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    build = sys.argv[1] if len(sys.argv) > 1 else "build/coverage"
    files = lines_of(*run_tests(build))
    print("Lines of core/ that its unit tests reach")
    for room in ROOMS:
        of_room = [counts for path, counts in files.items() if path.startswith(f"core/{room}/")]
        if of_room:
            print(row(room, sum(count for count, _ in of_room), sum(reached for _, reached in of_room)))
    count, reached = (sum(column) for column in zip(*files.values()))
    print(row("core", count, reached))
    print("Reached least")
    for path, (lines, met) in sorted(files.items(), key=lambda item: item[1][1] - item[1][0])[:WORST_FILES]:
        print(row(path, lines, met))
    if 100 * reached < WANTED_PERCENT * count:
        print(f"{WANTED_PERCENT:g} % are wanted")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
