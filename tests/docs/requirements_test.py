#!/usr/bin/env python3
"""Holds docs/requirements.md (and the tests that security.md and mutations.md name) against the sources: every number R-001 … R-237 stands in exactly one row, every test a row names is there,
and a test whose name carries a number is named in that number's row.

    tests/docs/requirements_test.py

Exit codes: 0 all holds, 1 something does not (one line each).
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAST = 237
ROW = re.compile(r"^\| R-(\d{3}) \| (.+) \| (.+) \|$", re.M)
PROOF = re.compile(r"`([^`]+)` \(([^)]+)\)")
WAITS = re.compile(r"^(service|page|outside): \S.*$")


def tests_of(source):
    """The names of a file's tests: Suite.Name in C++, the text in JavaScript."""
    names = {f"{suite}.{name}" for suite, name in re.findall(r"^TEST(?:_[FP])?\((\w+),\s*(\w+)\)", source, re.M)}
    return names | set(re.findall(r'\btest\("([^"]+)"', source))


def read_tests():
    files = [*ROOT.glob("tests/**/*_test.cc"), *ROOT.glob("tests/**/*.test.mjs")]
    return {
        str(file.relative_to(ROOT / "tests")): tests_of(file.read_text(encoding="utf-8"))
        for file in files
        if "node_modules" not in file.parts
    }


def faults_of(table, tests):
    rows = {}
    for number, what, proof in ROW.findall(table):
        if number in rows:
            yield f"R-{number} stands in two rows"
        rows[number] = proof
        if not what.strip():
            yield f"R-{number} says nothing"
        named = PROOF.findall(proof)
        if not named and not WAITS.match(proof):
            yield f"R-{number} names neither a test nor whom it waits for"
        for name, file in named:
            if name not in tests.get(file, ()):
                yield f"R-{number}: there is no test {name} in tests/{file}"
    for number in range(1, LAST + 1):
        if f"{number:03}" not in rows:
            yield f"R-{number:03} has no row"
    for number in rows:
        if int(number) > LAST:
            yield f"R-{number} is no requirement"
    for file, names in tests.items():
        for name in names:
            for number in re.findall(r"(?<=[._])R(\d{3})(?=_)", name):
                if f"`{name}`" not in rows.get(number, ""):
                    yield f"{name} (tests/{file}) is not named in the row of R-{number}"


def unknown_tests(page, tests):
    """Tests that another page names as `Suite.Test` or `Suite.*` and no file has."""
    known = {name for names in tests.values() for name in names}
    known |= {name.split(".")[0] + ".*" for name in known}
    for name in re.findall(r"`([A-Z]\w*\.(?:[A-Z]\w*|\*))`", page):
        if name not in known:
            yield f"there is no test {name}"


def threat_faults(page, tests):
    """Each threat of security.md names what shows its answer, and what it names is there and runs: a test, a file or folder of tests,
    a fuzz target, a step of test.sh."""
    steps = set(re.findall(r"^(\w+) *\|[ qnd]{3}\|", (ROOT / "test.sh").read_text(encoding="utf-8"), re.M))
    titles = {name for names in tests.values() for name in names}
    for file in ROOT.glob("tests/native/**/*_test.mjs"):
        titles |= tests_of(file.read_text(encoding="utf-8"))
    threats = [row for row in re.findall(r"^\| (.+?) \| (.+) \| (.+) \|$", page, re.M) if row[0] not in ("threat", "---")]
    if not threats:
        yield "it has no threats"
    for threat, _, proof in threats:
        named = re.findall(r"`[A-Z]\w*\.[\w*]+`|tests/[\w/.]+|--only \w+|fuzz targets? `", proof)
        if not named:
            yield f"no test shows: {threat}"
        for path in re.findall(r"tests/[\w/.]*\w", proof):
            if not (ROOT / path).exists():
                yield f"{path} is not there: {threat}"
        for step in re.findall(r"--only (\w+)", proof):
            if step not in steps:
                yield f"test.sh has no step {step}: {threat}"
        for list_of_targets in re.findall(r"fuzz targets? ((?:`\w+`(?:, )?)+)", proof):
            for target in re.findall(r"`(\w+)`", list_of_targets):
                if not (ROOT / f"tests/fuzz/{target}_fuzz.cc").exists() or not any((ROOT / f"tests/fuzz/corpus/{target}").iterdir()):
                    yield f"there is no fuzz target {target} with a corpus: {threat}"
        for title in re.findall(r'"([^"]+)" \(tests/', proof):
            if title not in titles:
                yield f"no test is called {title!r}: {threat}"


def self_test():
    """What must not get through."""
    good = "\n".join(f"| R-{n:03} | what | service: later |" for n in range(1, LAST + 1))
    tests = {"a_test.cc": tests_of("TEST(S, R001_Holds) {\nTEST_F(T, Other) {\n")}
    first = "| R-001 | what | `S.R001_Holds` (a_test.cc) |"
    with_first = good.replace("| R-001 | what | service: later |", first)
    assert not list(faults_of(with_first, tests)), list(faults_of(with_first, tests))
    assert list(unknown_tests("`S.R001_Holds` `S.*` `S.Gone` `U.*`", tests)) == ["there is no test S.Gone", "there is no test U.*"]
    broken = {
        "a number twice": with_first + "\n" + first,
        "a number missing": with_first.replace("| R-007 | what | service: later |", ""),
        "a number too many": with_first + "\n| R-238 | what | service: later |",
        "a test that is not there": with_first.replace("R001_Holds", "R001_Held"),
        "a file that is not there": with_first.replace("a_test.cc", "b_test.cc"),
        "no proof": with_first.replace("| R-009 | what | service: later |", "| R-009 | what | soon |"),
        "a test whose number's row does not name it": good,
    }
    head = "| threat | answer | shown by |\n| --- | --- | --- |\n"
    real = "`Suite.Works`, the fuzz target `sms`, `./test.sh --only fuzz`, tests/web"
    assert not list(threat_faults(head + f"| it | that | {real} |", tests)), list(threat_faults(head + f"| it | that | {real} |", tests))
    for wrong in ("trust us", "the fuzz target `nothing`", "`./test.sh --only nothing`", "tests/nothing", '"no such test" (tests/web)'):
        assert list(threat_faults(head + f"| it | that | {wrong} |", tests)), f"got through: {wrong}"
    assert list(threat_faults("", tests)), "a page without threats got through"
    for what, table in broken.items():
        assert list(faults_of(table, tests)), f"got through: {what}"


def main():
    self_test()
    tests = read_tests()
    faults = list(faults_of((ROOT / "docs/requirements.md").read_text(encoding="utf-8"), tests))
    for page in ("security.md", "mutations.md"):
        faults += [f"docs/{page}: {fault}" for fault in unknown_tests((ROOT / "docs" / page).read_text(encoding="utf-8"), tests)]
    faults += [f"docs/security.md: {fault}" for fault in threat_faults((ROOT / "docs/security.md").read_text(encoding="utf-8"), tests)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
