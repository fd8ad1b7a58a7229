// What the core asks of ICU, asked once in every language and printed line by line.
//
// This is not a unit test with expectations of its own. It is one text that two builds must agree
// on: compiled natively with all.dat and to WebAssembly with base.dat and one package per language,
// it must print the same bytes; and the same as ICU's full data does, but for the zone rules, which
// ours have newer. run.sh compiles, runs and compares.
//
// Every line is `KIND LOCALE QUESTION = ANSWER`. Lines of the kind `rules` depend on the zone rules
// and are left out of the comparison with the full data.
#pragma once

#include <cstddef>
#include <string>

namespace recado::text {

// Hands one data package to ICU, before any other call. `bytes` is 16-byte aligned and stays valid
// and unchanged until the program ends. False when ICU refuses it; any status but success counts,
// because ICU calls a package it has no room for a mere warning.
[[nodiscard]] bool SelfcheckLoad(const void* bytes);

// Runs all checks. A check that fails prints its status in place of an answer.
[[nodiscard]] std::string SelfcheckRun();

}  // namespace recado::text
