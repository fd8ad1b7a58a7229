#!/usr/bin/env python3
"""Writes the conformance suite's templates as seeds for the language's fuzz targets, outside of the tree.

    tests/fuzz/seed.py FOLDER      FOLDER/liquid_lex, liquid_parse, liquid_render: a file a case

Reads $RECADO_SHARED/conformance/liquid-golden.json; without that folder it writes nothing.
"""
import hashlib
import json
import os
import pathlib
import sys


def main():
    folder = pathlib.Path(sys.argv[1])
    shared = pathlib.Path(os.environ.get("RECADO_SHARED", "../shared"))
    suite = shared / "conformance" / "liquid-golden.json"
    if not suite.exists():
        return print(f"No seeds: {suite} is not there")
    cases = json.loads(suite.read_text(encoding="utf-8"))["tests"]
    for target, head in (("liquid_lex", b""), ("liquid_parse", b""), ("liquid_render", b"\0")):  # \0: escape nothing
        (folder / target).mkdir(parents=True, exist_ok=True)
        for case in cases:
            seed = head + case["template"].encode("utf-8", "surrogatepass")
            (folder / target / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    print(f"{len(cases)} templates of the conformance suite are seeds")


if __name__ == "__main__":
    main()
