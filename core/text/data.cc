#include "core/text/data.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unicode/timezone.h>
#include <unicode/uchar.h>
#include <unicode/udata.h>
#include <unicode/ures.h>

#include "core/text/internal.h"
#ifdef RECADO_EMBEDDED_ICU_DATA
#include "core/text/icu/embedded_data.h"
#endif

namespace recado::text {
namespace {

constexpr std::array<std::string_view, 10> kLanguages = {"en", "de", "es", "fr", "it",
                                                         "pl", "pt", "ru", "uk", "tr"};

// Which packages ICU was given. Written while loading, read afterwards (data.h: load before other threads
// start).
struct Loaded {
  bool base = false;
  const std::byte* merged = nullptr;
  std::array<bool, kLanguages.size()> languages{};
};

Loaded& State() {
  static Loaded state;
  return state;
}

size_t LanguageIndex(std::string_view base) {
  return static_cast<size_t>(std::find(kLanguages.begin(), kLanguages.end(), base) - kLanguages.begin());
}

Diagnostics Refused(std::string name, std::string detail) {
  return {Diagnostic::Of(DiagnosticCode::data_package_refused)
              .With("name", std::move(name))
              .With("detail", std::move(detail))};
}

// ICU says a full table of packages with a mere warning; everything but plain success is a failure here.
Result<bool> Hand(std::string_view name, std::span<const std::byte> bytes) {
  if (bytes.size() < 32) return Refused(std::string(name), "too short");
  if (reinterpret_cast<uintptr_t>(bytes.data()) % 16 != 0) return Refused(std::string(name), "not aligned");
  UErrorCode status = U_ZERO_ERROR;
  udata_setCommonData(bytes.data(), &status);
  if (status != U_ZERO_ERROR) return Refused(std::string(name), u_errorName(status));
  return true;
}

// The parts of a BCP 47 tag that choose data: "PT-br" → "pt", "BR". Script, variants and extensions choose
// nothing in our ten languages, each of which is written in one script.
struct Tag {
  std::string language;
  std::string region;
};

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsRegion(std::string_view subtag) {
  if (subtag.size() == 2) return !IsDigit(subtag[0]) && !IsDigit(subtag[1]);
  return subtag.size() == 3 && std::all_of(subtag.begin(), subtag.end(), IsDigit);
}

Tag ParseTag(std::string_view text) {
  Tag tag;
  bool first = true;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("-_"), text.size());
    const std::string_view subtag = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (first) {
      std::transform(subtag.begin(), subtag.end(), std::back_inserter(tag.language), Lower);
      first = false;
    } else if (subtag.size() == 1) {
      break;  // extensions follow
    } else if (IsRegion(subtag)) {
      std::transform(subtag.begin(), subtag.end(), std::back_inserter(tag.region), Upper);
      break;
    }
  }
  return tag;
}

bool BaseLoaded(size_t index) {
  PrepareIcu();
  return index < kLanguages.size() && State().languages[index];
}

// A native program that handed nothing over gets the data it carries. A build without that (a foreign ICU
// set-up) has the system's full data behind ICU. In WebAssembly there is nothing until it is handed over.
void LoadWhatIsThere() {
#ifdef RECADO_EMBEDDED_ICU_DATA
  const auto data = std::as_bytes(std::span(recado_icu_data_begin, EmbeddedIcuDataSize()));
  if (LoadMergedData(data).ok()) return;
#endif
#ifndef __EMSCRIPTEN__
  State().languages.fill(true);
#endif
}

}  // namespace

void PrepareIcu() {
  static const bool done = [] {
    if (!State().base) LoadWhatIsThere();
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale::setDefault(icu::Locale::getRoot(), status);
    return true;
  }();
  static_cast<void>(done);
}

bool IsAscii(std::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t block = 0;
    std::memcpy(&block, text.data() + at, 8);
    if ((block & 0x8080808080808080ULL) != 0) return false;
  }
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Result<bool> LoadBaseData(std::span<const std::byte> bytes) {
  Result<bool> handed = Hand("base", bytes);
  if (handed.ok()) State().base = true;
  return handed;
}

Result<bool> LoadLanguageData(std::string_view base_language, std::span<const std::byte> bytes) {
  const size_t index = LanguageIndex(base_language);
  if (index == kLanguages.size()) return Refused(std::string(base_language), "not a language of Recado");
  if (!State().base) return Refused(std::string(base_language), "the base package comes first");
  if (State().languages[index]) return true;
  Result<bool> handed = Hand(base_language, bytes);
  if (handed.ok()) State().languages[index] = true;
  return handed;
}

Result<bool> LoadMergedData(std::span<const std::byte> bytes) {
  Loaded& state = State();
  if (state.merged != nullptr && state.merged == bytes.data()) return true;
  Result<bool> handed = Hand("merged", bytes);
  if (!handed.ok()) return handed;
  state.base = true;
  state.merged = bytes.data();
  state.languages.fill(true);
  return handed;
}

std::span<const std::string_view> Languages() {
  return kLanguages;
}

bool LanguageLoaded(std::string_view tag) {
  return BaseLoaded(LanguageIndex(ParseTag(tag).language));
}

std::string LocaleFor(std::string_view tag) {
  const Tag parsed = ParseTag(tag);
  const size_t index = LanguageIndex(parsed.language);
  if (index == kLanguages.size()) return {};
  // ICU remembers a locale it did not find, so one whose package may still come is not asked for.
  if (parsed.region.empty() || !BaseLoaded(index)) return parsed.language;
  PrepareIcu();
  std::string locale = parsed.language + "_" + parsed.region;
  UErrorCode status = U_ZERO_ERROR;
  UResourceBundle* bundle = ures_open(nullptr, locale.c_str(), &status);
  ures_close(bundle);
  return status == U_ZERO_ERROR ? locale : parsed.language;
}

Versions DataVersions() {
  PrepareIcu();
  UVersionInfo info;
  std::array<char, U_MAX_VERSION_STRING_LENGTH> text{};
  Versions versions;
  u_getVersion(info);
  u_versionToString(info, text.data());
  versions.icu = text.data();
  u_getUnicodeVersion(info);
  u_versionToString(info, text.data());
  versions.unicode = text.data();
  UErrorCode status = U_ZERO_ERROR;
  const char* zones = icu::TimeZone::getTZDataVersion(status);
  if (U_SUCCESS(status)) versions.zones = zones;
  return versions;
}

}  // namespace recado::text
