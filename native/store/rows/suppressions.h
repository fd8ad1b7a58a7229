// Rows: addresses never to be used, and what a provider has sent on a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"

namespace recado::store {

// Why an address is never to be used. The names are on disk and in the API.
enum class SuppressionKind : uint8_t {
  kUnsubscribed,  // by the link in a message, or by having blocked us at the vendor's
  kStopWord,      // wrote STOP or one of its words
  kHardBounce,    // the address does not exist
  kComplaint,     // reported a message as spam
  kManual,        // put there by a person or a program
  kImport,        // came with a list
};
std::string_view SuppressionKindName(SuppressionKind kind);  // "stop_word"
std::optional<SuppressionKind> SuppressionKindFromName(std::string_view name);

struct Suppression {
  std::string channel{};  // "" : every channel
  std::string address{};  // E.164, e-mail address in lower case, chat id
  std::string reason{};   // for people: what was said when it was put there
  std::string by{};       // user or token name, "system", "customer"
  Instant created_at{};
  SuppressionKind kind = SuppressionKind::kManual;
  std::string delivery{};  // key of the message that led to it; "" where none did
};

// An address as the list keeps it: of e-mail in lower case, of everything else as it is.
std::string ListedAddress(std::string_view channel, std::string_view address);

// What stands in the place of an address that has been erased begins so (Store::Fingerprint).
inline constexpr std::string_view kFingerprintPrefix = "fingerprint:";
inline bool IsFingerprint(std::string_view address) {
  return address.starts_with(kFingerprintPrefix);
}

struct SuppressionFilter {
  std::string after_channel{};  // cursor: what follows this pair, in order of address, then channel
  std::string after_address{};
  std::string address{};                  // "" : any
  std::optional<SuppressionKind> kind{};  // absent: any
  size_t limit = 200;                     // 1 … kMaxPage
};

// One message more or less on a provider's day.
struct DailyCount {
  std::string provider{};
  int64_t day = 0;         // since 1970-01-01, in the workspace's zone
  int64_t limit = 0;       // not beyond; 0: only counted
  bool give_back = false;  // it did not reach the vendor after all
};

}  // namespace recado::store
