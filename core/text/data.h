// ICU's data: which packages are there, and what versions they are.
//
// Both builds use the same trimmed data files, never the operating system's or the browser's. Natively the
// one merged file is part of the program and handed to ICU before its first call, by the room itself, unless
// the program handed another over first. In WebAssembly the base package and a package per language come one
// by one. A language whose package is missing must never be asked of ICU (it would quietly answer in another
// language, and remember that): ask LanguageLoaded() first and report language_not_loaded.
//
//   LoadBaseData(base);  LoadLanguageData("de", german);   // WebAssembly only
//   if (!LanguageLoaded(tag)) return …language_not_loaded…;
//
// Threads: load everything before other threads use the room; afterwards all of core/text is safe to use from
// any thread (a Formatter by one at a time).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace recado::text {

// Hands one data package to ICU. `bytes` must be 16-byte aligned and outlive the process's use of ICU. Error:
// data_package_refused.
Result<bool> LoadBaseData(std::span<const std::byte> bytes);
// A language package ("de" with all its regions); the base must be there already.
Result<bool> LoadLanguageData(std::string_view base_language, std::span<const std::byte> bytes);
// The merged file of the native build: base and every language of kLanguages.
Result<bool> LoadMergedData(std::span<const std::byte> bytes);

// The base tags Recado ships: en de es fr it pl pt ru uk tr.
std::span<const std::string_view> Languages();

// Whether messages in this BCP 47 tag ("pt-BR", "de", "en-GB") can be formatted now. The base language
// decides: natively all of Languages() are there, in WebAssembly those whose package was handed over.
bool LanguageLoaded(std::string_view tag);

// The locale ICU is to be asked for: the tag itself where its region is in the data, else its base; nothing
// where the language is not one of Languages(). "pt-BR" → "pt_BR", "de-XX" → "de".
std::string LocaleFor(std::string_view tag);

struct Versions {
  std::string icu;      // "72.1"
  std::string unicode;  // "15.0"
  std::string zones;    // tzdata, e.g. "2026b"
};
Versions DataVersions();

}  // namespace recado::text
