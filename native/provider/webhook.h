// Webhooks: what a vendor's call to /hooks/{provider id}/… says.
//
// The server hands over the call as it came; the vendor's file checks the signature over the raw bytes and
// translates. Nothing of an unauthentic call is believed. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native/provider/provider.h"

namespace recado::provider {

struct WebhookCall {
  std::string method;  // "POST"
  std::string target;  // path and query as called: "/hooks/sms-main/status?key=…"
  std::vector<std::pair<std::string, std::string>> headers;  // names in any case
  std::string body;                                          // raw
  Instant at{};                                              // when it came, for signatures that expire

  std::string_view Header(std::string_view name) const;  // ASCII case ignored; "" where there is none
};

// Where a message stands with its receiver; the common list of all vendors. Statuses may come late, twice and
// out of order: never move backwards.
enum class DeliveryState : uint8_t { kQueued, kSent, kDelivered, kRead, kUndelivered, kFailed };
std::string_view DeliveryStateName(DeliveryState state);

struct StatusUpdate {
  std::string key;        // our intent's key, where the vendor echoes it; else ""
  std::string reference;  // the vendor's id
  DeliveryState state{};
  std::string text;  // why, with the vendor's code; "" where it says nothing
  AddressFault fault = AddressFault::kNone;
  std::optional<Money> price{};  // as Outcome's
};

// What a customer wrote to a number, account or bot of ours.
struct Incoming {
  std::string id;  // the vendor's own: a call that comes again is no second message
  rule::Channel channel = rule::Channel::kSms;
  std::string from;       // E.164 for SMS and WhatsApp, else the vendor's id of the person
  std::string to{};       // our number or account; "" where the vendor does not say
  std::string chat_id{};  // where an answer goes; "" for SMS
  std::string name{};     // as the vendor knows the person; "" where it does not say
  std::string text{};
  // The person pressed Start: that is no message. `invitation` is what the link carried, "" without one.
  bool started = false;
  std::string invitation{};
  Instant at{};  // zero where the vendor does not say
};

// Calls that report or bring more at once than this are cut off: the vendor sends what is left again.
inline constexpr size_t kMaxIncomingOfCall = 1'000;
inline constexpr size_t kMaxIncomingText = 16'384;  // bytes; longer texts are cut at a character

struct WebhookAnswer {
  bool authentic = false;  // false: answer 403 and forget it
  std::string reply;       // what the vendor wants to read: "OK", a challenge; mostly nothing
  std::vector<StatusUpdate> updates;
  std::vector<Incoming> incoming{};
};

// Of the provider so configured; `public_url` as vendors know the service. A provider without webhooks, or
// with a faulty configuration, finds nothing authentic.
WebhookAnswer ReadWebhook(const Config& config, std::string_view public_url, const WebhookCall& call);

}  // namespace recado::provider
