// Settings of a provider as a table: which there are, of which type, which must be there. One table a vendor;
// the settings that all have (formats §7) are judged here.
//
// The faults a person can make when connecting a provider are found before anything is stored, each pointing
// into {"kind","settings","secrets"}.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "native/provider/provider.h"

namespace recado::provider {

enum class SettingType : uint8_t {
  kText,             // not empty
  kId,               // a text, or a whole number as vendors' pages show ids
  kHttpUrl,          // http:// or https://, no user, no query
  kMailUrl,          // smtp:// or smtps://
  kCount,            // a whole number ≥ 1
  kDuration,         // "PT30S", more than nothing, at most ten minutes
  kLines,            // [{"id","number","name"}]
  kMailboxes,        // [{"address","name"}]
  kPrices,           // [{"prefix","per","amount","currency"}]
  kRate,             // {"messages_per_second","segments_per_second","concurrent"}
  kTlsMode,          // "offered", "required", "never"
  kTexts,            // an object of texts: {"Content-Type": "application/json"}
  kSuccess,          // {"pointer","value"}
  kTemplateTexts,    // [{"name","language","text"}]
  kListUnsubscribe,  // "marketing", "all"
  kFlag,             // true, false
  kMailAddress,      // "bounces@shop.example"
};

struct Setting {
  std::string_view name;
  SettingType type;
  bool required = false;
};

struct Secret {
  std::string_view name;
  bool required = false;
};

// What every kind takes (formats §7).
std::span<const Setting> CommonSettings();
// "text", "url", … as DescribeKinds names them.
std::string_view SettingTypeName(SettingType type);

// Types, presence, unknown names.
void CheckSettings(const Config& config, std::span<const Setting> own, Diagnostics& diagnostics);
void CheckSecrets(const Config& config, std::span<const Secret> own, Diagnostics& diagnostics);

// Reading a configuration that has been judged. "" where the setting is absent; numbers as text.
std::string TextSetting(const Config& config, std::string_view name);
std::string SecretOf(const Config& config, std::string_view name);
// The setting `timeout`, else `fallback`.
std::chrono::milliseconds TimeoutOf(const Config& config, std::chrono::milliseconds fallback);
// The setting `base_url` without a slash at its end, else `fallback`.
std::string BaseUrlOf(const Config& config, std::string_view fallback);

}  // namespace recado::provider
