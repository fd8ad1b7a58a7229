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
  std::string text;              // why, with the vendor's code; "" where it says nothing
  std::optional<Money> price{};  // as Outcome\'s
};

struct WebhookAnswer {
  bool authentic = false;  // false: answer 403 and forget it
  std::string reply;       // what the vendor wants to read: "OK", a challenge; mostly nothing
  std::vector<StatusUpdate> updates;
};

// Of the provider so configured; `public_url` as vendors know the service. A provider without webhooks, or
// with a faulty configuration, finds nothing authentic.
WebhookAnswer ReadWebhook(const Config& config, std::string_view public_url, const WebhookCall& call);

}  // namespace recado::provider
