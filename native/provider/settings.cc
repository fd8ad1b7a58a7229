#include "native/provider/settings.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/instant.h"
#include "native/net/mail_text.h"
#include "native/net/url_guard.h"

namespace recado::provider {
namespace {

// What every kind takes (formats §7).
constexpr Setting kCommon[] = {
    {"base_url", SettingType::kHttpUrl},  {"daily_limit", SettingType::kCount},
    {"lines", SettingType::kLines},       {"max_characters", SettingType::kCount},
    {"prices", SettingType::kPrices},     {"rate", SettingType::kRate},
    {"confirm_stop", SettingType::kFlag}, {"timeout", SettingType::kDuration},
};

constexpr int64_t kLongestTimeoutMs = 10 * 60 * 1000;

// One value under judgement: where it stands, what people call it, where its faults go.
struct Spot {
  const Json& value;
  std::string path;
  std::string what;
  Diagnostics& diagnostics;

  void WrongType(std::string expected) const {
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::wrong_type)
                              .At(path)
                              .With("what", what)
                              .With("expected", std::move(expected))
                              .With("actual", std::string(TypeWord(value))));
  }
  void Invalid(std::string allowed) const {
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                              .At(path)
                              .With("value", value.is_string() ? value.get<std::string>() : DumpJson(value))
                              .With("what", what)
                              .With("allowed", std::move(allowed)));
  }
  // False, with a diagnostic, where the value is no text.
  bool IsText() const {
    if (!value.is_string()) WrongType("a text");
    return value.is_string();
  }
  std::string_view Text() const { return value.get_ref<const std::string&>(); }

  // Calls `judge` with the member; a diagnostic where it must be there and is not.
  template <class Judge>
  void Member(std::string_view name, bool required, Judge judge) const {
    const auto found = value.find(name);
    const std::string place = Child(path, name);
    if (found != value.end()) {
      judge(Spot{*found, place, std::string(name), diagnostics});
    } else if (required) {
      diagnostics.push_back(
          Diagnostic::Of(DiagnosticCode::missing_member).At(place).With("what", std::string(name)));
    }
  }

  // Calls `judge` for each object of a list.
  template <class Judge>
  void EachObject(Judge judge) const {
    if (!value.is_array()) {
      WrongType("a list");
      return;
    }
    for (size_t i = 0; i < value.size(); ++i) {
      const Spot item{value[i], Child(path, i), what, diagnostics};
      if (item.value.is_object()) {
        judge(item);
      } else {
        item.WrongType("an object");
      }
    }
  }
};

void JudgeText(const Spot& spot) {
  if (spot.IsText() && spot.Text().empty()) spot.Invalid("a text that is not empty");
}

void JudgeId(const Spot& spot) {
  if (!spot.value.is_number_integer()) JudgeText(spot);
}

void JudgeUrl(const Spot& spot, std::string_view first, std::string_view second, std::string allowed) {
  if (!spot.IsText()) return;
  net::UrlParts parts;
  const bool good = net::SplitUrl(spot.Text(), parts) && (parts.scheme == first || parts.scheme == second) &&
                    !parts.has_user_info && !parts.has_query;
  if (!good) spot.Invalid(std::move(allowed));
}

void JudgeCount(const Spot& spot) {
  if (!spot.value.is_number_integer()) {
    spot.WrongType("a whole number");
  } else if (spot.value.get<int64_t>() < 1) {
    spot.Invalid("1 or more");
  }
}

void JudgeDuration(const Spot& spot) {
  if (!spot.IsText()) return;
  const Result<Period> period = ParsePeriod(spot.Text());
  const bool good = period.ok() && period->months == 0 && period->days == 0 && period->ms > 0 &&
                    period->ms <= kLongestTimeoutMs;
  if (!good) spot.Invalid("a duration like PT30S, at most PT10M");
}

void JudgeLines(const Spot& spot) {
  spot.EachObject([](const Spot& line) {
    line.Member("id", true, JudgeText);
    line.Member("number", false, JudgeText);
    line.Member("name", false, JudgeText);
  });
}

void JudgeMailboxes(const Spot& spot) {
  spot.EachObject([](const Spot& mailbox) {
    mailbox.Member("address", true, [](const Spot& address) {
      if (address.IsText() && !net::IsMailAddress(address.Text()))
        address.Invalid("an address like sales@shop.example");
    });
    mailbox.Member("name", false, [](const Spot& name) { (void)name.IsText(); });
  });
}

void JudgePrices(const Spot& spot) {
  spot.EachObject([](const Spot& price) {
    price.Member("prefix", true, [](const Spot& prefix) {
      if (!prefix.IsText()) return;
      const std::string_view digits = prefix.Text();
      const bool good =
          std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!good) prefix.Invalid("the first digits of a number, like 55");
    });
    price.Member("per", true, [](const Spot& per) {
      if (!per.IsText()) return;
      if (per.Text() != "segment" && per.Text() != "minute" && per.Text() != "message") {
        per.Invalid("segment, minute, message");
      }
    });
    price.Member("amount", true, [](const Spot& amount) {
      if (amount.IsText() && !Decimal::Parse(amount.Text())) amount.Invalid("a decimal text like 0.0450");
    });
    price.Member("currency", true, [](const Spot& currency) {
      if (!currency.IsText()) return;
      const std::string_view code = currency.Text();
      const bool good = code.size() == 3 &&
                        std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!good) currency.Invalid("a code like EUR");
    });
  });
}

void JudgeRate(const Spot& spot) {
  if (!spot.value.is_object()) {
    spot.WrongType("an object");
    return;
  }
  const auto positive = [](const Spot& number) {
    if (!number.value.is_number()) {
      number.WrongType("a number");
    } else if (!(number.value.get<double>() > 0)) {
      number.Invalid("more than 0");
    }
  };
  spot.Member("messages_per_second", false, positive);
  spot.Member("segments_per_second", false, positive);
  spot.Member("concurrent", false, JudgeCount);
}

void JudgeTlsMode(const Spot& spot) {
  if (!spot.IsText()) return;
  const std::string_view mode = spot.Text();
  if (mode != "offered" && mode != "required" && mode != "never") spot.Invalid("offered, required, never");
}

void JudgeTexts(const Spot& spot) {
  if (!spot.value.is_object()) return spot.WrongType("an object");
  for (const auto& [name, text] : spot.value.items())
    JudgeText({text, Child(spot.path, name), name, spot.diagnostics});
}

void JudgeSuccess(const Spot& spot) {
  if (!spot.value.is_object()) return spot.WrongType("an object");
  spot.Member("pointer", true, JudgeText);
  spot.Member("value", true, [](const Spot&) {});
}

void JudgeTemplateTexts(const Spot& spot) {
  spot.EachObject([](const Spot& one) {
    for (const std::string_view name : {"name", "language", "text"}) one.Member(name, true, JudgeText);
  });
}

void JudgeListUnsubscribe(const Spot& spot) {
  if (!spot.IsText()) return;
  if (spot.Text() != "marketing" && spot.Text() != "all") spot.Invalid("marketing, all");
}

void JudgeFlag(const Spot& spot) {
  if (!spot.value.is_boolean()) spot.WrongType("true or false");
}

void JudgeMailAddress(const Spot& spot) {
  if (!net::IsMailAddress(spot.Text())) spot.Invalid("an address like bounces@shop.example");
}

void Judge(const Spot& spot, SettingType type) {
  switch (type) {
    case SettingType::kText:
      return JudgeText(spot);
    case SettingType::kId:
      return JudgeId(spot);
    case SettingType::kHttpUrl:
      return JudgeUrl(spot, "https", "http", "an address like https://api.vendor.example");
    case SettingType::kMailUrl:
      return JudgeUrl(spot, "smtp", "smtps", "an address like smtp://mail.shop.example:587");
    case SettingType::kCount:
      return JudgeCount(spot);
    case SettingType::kDuration:
      return JudgeDuration(spot);
    case SettingType::kLines:
      return JudgeLines(spot);
    case SettingType::kMailboxes:
      return JudgeMailboxes(spot);
    case SettingType::kPrices:
      return JudgePrices(spot);
    case SettingType::kRate:
      return JudgeRate(spot);
    case SettingType::kTlsMode:
      return JudgeTlsMode(spot);
    case SettingType::kTexts:
      return JudgeTexts(spot);
    case SettingType::kSuccess:
      return JudgeSuccess(spot);
    case SettingType::kTemplateTexts:
      return JudgeTemplateTexts(spot);
    case SettingType::kListUnsubscribe:
      return JudgeListUnsubscribe(spot);
    case SettingType::kFlag:
      return JudgeFlag(spot);
    case SettingType::kMailAddress:
      return JudgeMailAddress(spot);
  }
}

template <class Entry>
const Entry* FindEntry(std::span<const Entry> entries, std::string_view name) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [name](const Entry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

template <class Entry>
void ReportMissing(std::span<const Entry> entries, std::string_view parent, const auto& has,
                   Diagnostics& diagnostics) {
  for (const Entry& entry : entries) {
    if (!entry.required || has(entry.name)) continue;
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::missing_member)
                              .At(Child(parent, entry.name))
                              .With("what", std::string(entry.name)));
  }
}

Diagnostic UnknownMember(std::string_view parent, const std::string& name) {
  return Diagnostic::Of(DiagnosticCode::unknown_member).At(Child(parent, name)).With("name", name);
}

}  // namespace

std::span<const Setting> CommonSettings() {
  return kCommon;
}

std::string_view SettingTypeName(SettingType type) {
  constexpr std::string_view kNames[] = {
      "text", "id",  "url",   "mail_url", "count",     "duration",         "lines", "mailboxes",   "prices",
      "rate", "tls", "texts", "success",  "templates", "list_unsubscribe", "flag",  "mail_address"};
  static_assert(std::size(kNames) == static_cast<size_t>(SettingType::kMailAddress) + 1, "one name a type");
  return kNames[static_cast<size_t>(type)];
}

void CheckSettings(const Config& config, std::span<const Setting> own, Diagnostics& diagnostics) {
  constexpr std::string_view kParent = "/settings";
  if (!config.settings.is_object()) {
    Spot{config.settings, std::string(kParent), "settings", diagnostics}.WrongType("an object");
    return;
  }
  for (const auto& [name, value] : config.settings.items()) {
    const Setting* setting = FindEntry(own, name);
    if (setting == nullptr) setting = FindEntry(std::span<const Setting>(kCommon), name);
    if (setting == nullptr) {
      diagnostics.push_back(UnknownMember(kParent, name));
    } else {
      Judge({value, Child(kParent, name), name, diagnostics}, setting->type);
    }
  }
  ReportMissing(
      own, kParent, [&](std::string_view name) { return config.settings.contains(name); }, diagnostics);
}

void CheckSecrets(const Config& config, std::span<const Secret> own, Diagnostics& diagnostics) {
  constexpr std::string_view kParent = "/secrets";
  for (const auto& [name, value] : config.secrets) {
    if (FindEntry(own, name) == nullptr) diagnostics.push_back(UnknownMember(kParent, name));
  }
  ReportMissing(
      own, kParent, [&](std::string_view name) { return !SecretOf(config, name).empty(); }, diagnostics);
}

std::string TextSetting(const Config& config, std::string_view name) {
  const auto found = config.settings.find(name);
  if (found != config.settings.end() && found->is_number_integer()) return DumpJson(*found);
  return found != config.settings.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string SecretOf(const Config& config, std::string_view name) {
  const auto found = config.secrets.find(std::string(name));
  return found == config.secrets.end() ? std::string() : found->second;
}

std::chrono::milliseconds TimeoutOf(const Config& config, std::chrono::milliseconds fallback) {
  const std::string text = TextSetting(config, "timeout");
  if (text.empty()) return fallback;
  const Result<Period> period = ParsePeriod(text);
  return period.ok() ? std::chrono::milliseconds(period->ms) : fallback;
}

std::string BaseUrlOf(const Config& config, std::string_view fallback) {
  std::string url = TextSetting(config, "base_url");
  if (url.empty()) url = fallback;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace recado::provider
