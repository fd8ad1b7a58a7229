#include "native/provider/webhook.h"

#include <algorithm>

#include "native/provider/sender.h"
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

bool SameName(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view WebhookCall::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (SameName(key, name)) return value;
  }
  return {};
}

std::string_view DeliveryStateName(DeliveryState state) {
  constexpr std::string_view kNames[] = {"queued", "sent", "delivered", "read", "undelivered", "failed"};
  return kNames[static_cast<size_t>(state)];
}

WebhookAnswer ReadWebhook(const Config& config, std::string_view public_url, const WebhookCall& call) {
  const VendorKind* kind = FindVendorKind(config.kind);
  if (kind == nullptr || HasErrors(CheckConfig(config))) return {};
  return kind->make(config, {std::string(public_url)})->ReadWebhook(call);
}

}  // namespace recado::provider
