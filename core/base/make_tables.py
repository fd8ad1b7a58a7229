#!/usr/bin/env python3
"""Makes what both builds share of the core's tables: the list of diagnostic codes and the file tables.dat.

  core/base/make_tables.py --catalogue core/base/catalogue --phones core/phone/plans.json \\
      --codes OUT/codes.inc --tables OUT/tables.dat [--core-only]

The catalogue stays one row a code (catalogue/all.inc says how to write one). Here it is split: codes.inc has names and severities,
which the whole program is compiled from; the sentences go into tables.dat, so that editing one compiles nothing anew. --core-only
leaves out the rooms of native/, as RECADO_CORE_ONLY does in all.inc. A file that would come out the same is not written again.
The layout of tables.dat is described in tables.h and read by tables.cc and phone/table.cc.
"""
import argparse
import json
import pathlib
import re
import struct
import sys

MAGIC = b"RECADO\x1a\n"
VERSION = 1  # kTablesVersion in tables.h
HEADER = struct.Struct("<8sII")
ENTRY = struct.Struct("<8sIII")
LANGUAGES = ["en", "de", "es", "pl", "pt"]
LITERAL = r'"(?:[^"\\]|\\.)*"'
ROW = re.compile(rf"RECADO_DIAGNOSTIC\(\s*(\w+)\s*,\s*(k\w+)\s*((?:,\s*(?:{LITERAL}\s*)+)+)\)")


def fail(message):
    sys.exit(f"make_tables.py: {message}")


def catalogue_files(folder, core_only):
    """The catalogue's files in the order of all.inc."""
    native = False
    for line in (folder / "all.inc").read_text(encoding="utf-8").splitlines():
        if line.startswith("#ifndef RECADO_CORE_ONLY"):
            native = True
        elif line.startswith("#endif"):
            native = False
        elif match := re.match(r'#include "core/base/catalogue/(\w+\.inc)"', line):
            if not (native and core_only):
                yield folder / match[1]


def texts_of(arguments, place):
    """The strings of `, "a" "b", "c"`: neighbours are one, as in C++."""
    texts = []
    for argument in re.findall(rf",\s*((?:{LITERAL}\s*)+)", arguments):
        texts.append("".join(json.loads(literal) for literal in re.findall(LITERAL, argument)))
    if len(texts) != len(LANGUAGES):
        fail(f"{place}: a row has {len(texts)} texts, not {len(LANGUAGES)}")
    return texts


def read_catalogue(folder, core_only):
    rows = []
    for path in catalogue_files(folder, core_only):
        source = re.sub(r"^//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        matches = list(ROW.finditer(source))
        if len(matches) != source.count("RECADO_DIAGNOSTIC"):
            read = {match[1] for match in matches}
            bad = [name for name in re.findall(r"RECADO_DIAGNOSTIC\(\s*(\w*)", source) if name not in read]
            fail(f"{path}: cannot read the row of {', '.join(bad) or 'a code'}")
        rows += [(match[1], match[2], texts_of(match[3], f"{path}: {match[1]}")) for match in matches]
    names = [name for name, _, _ in rows]
    if twice := {name for name in names if names.count(name) > 1}:
        fail(f"codes used twice: {', '.join(sorted(twice))}")
    return rows


def text_list(texts):
    """A count, the offsets of all texts and of the end, and the texts in one piece."""
    pieces = [text.encode() for text in texts]
    offsets, end = [0], 0
    for piece in pieces:
        end += len(piece)
        offsets.append(end)
    return struct.pack(f"<I{len(offsets)}I", len(pieces), *offsets) + b"".join(pieces)


def phone_sections(path):
    """Each different text once; formats and plans as fixed records of numbers of texts."""
    table = json.loads(path.read_text(encoding="utf-8"))
    numbers = {}

    def number(text):
        return numbers.setdefault(text, len(numbers))

    formats = b"".join(struct.pack("<5H", *map(number, row)) for row in table["formats"])
    plans = b""
    for region, code, lengths, first, count, *texts in table["plans"]:
        plans += struct.pack("<HHIHH8H", number(region), code, lengths, first, count, *map(number, texts))
    return {"phone": text_list(numbers), "phone.f": formats, "phone.p": plans}


def checksum(data):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def container(sections):
    offset = HEADER.size + ENTRY.size * len(sections)
    directory, body = b"", b""
    for name, data in sections.items():
        directory += ENTRY.pack(name.encode(), offset + len(body), len(data), checksum(data))
        body += data
    return HEADER.pack(MAGIC, VERSION, len(sections)) + directory + body


def write(path, data):
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("catalogue", "phones", "codes", "tables"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--core-only", action="store_true")
    arguments = parser.parse_args()

    rows = read_catalogue(arguments.catalogue, arguments.core_only)
    codes = "// Made by make_tables.py from core/base/catalogue. Do not edit.\n"
    codes += "".join(f"RECADO_CODE({name}, {severity})\n" for name, severity, _ in rows)
    sections = {"codes": text_list([name for name, _, _ in rows])}
    for index, language in enumerate(LANGUAGES):
        sections[f"text.{language}"] = text_list([texts[index] for _, _, texts in rows])
    sections |= phone_sections(arguments.phones)
    write(arguments.codes, codes.encode())
    write(arguments.tables, container(sections))


if __name__ == "__main__":
    main()
