// Tokens: what stands in addresses that customers follow without signing in (/u/…, /t/…, an invitation to a
// bot).
//
// A token names a delivery (the first bytes of its key) and proves that we made it for one purpose and one
// subject (an HMAC over both and the whole key). Nothing is stored for it, nothing secret is in it, and it
// says no more about the customer than a number would. 32 letters of [A-Za-z0-9_-], so that it fits where 64
// are allowed.
//
//   tokens.Of(Purpose::kClick, key, "https://shop.example/bikes")     // made
//   PrefixOf(token)                                                   // which delivery to look for …
//   tokens.Fits(token, Purpose::kClick, row.key, url)                 // … and whether it is that one's
//
// Immutable; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace recado::dispatch {

enum class Purpose : uint8_t {
  kUnsubscribe,  // subject: ""
  kClick,        // subject: the link's target
  kInvitation,   // subject: the provider id of the bot
  kFile,         // subject: the attachment's file
};

class Tokens {
 public:
  // `key`: 32 secret bytes.
  explicit Tokens(std::string key) : key_(std::move(key)) {}

  // `delivery`: 64 hex digits.
  std::string Of(Purpose purpose, std::string_view delivery, std::string_view subject) const;
  // In constant time for tokens of the right form.
  bool Fits(std::string_view token, Purpose purpose, std::string_view delivery,
            std::string_view subject) const;
  // The first bytes of the delivery's key; nothing where it is no token.
  static std::optional<std::string> PrefixOf(std::string_view token);

 private:
  std::string key_;
};

}  // namespace recado::dispatch
