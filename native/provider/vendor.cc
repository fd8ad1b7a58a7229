#include "native/provider/vendor.h"

#include "native/provider/outcome.h"

namespace recado::provider {

// What most vendors do not have.

Outcome Vendor::ReadSent(const Outgoing&, const net::HttpResult&) const {
  return {};
}
Outcome Vendor::ReadMailed(const Outgoing&, const net::SmtpResult&) const {
  return {};
}
Request Vendor::Find(const Outgoing&) const {
  return MakeOutcome(Outcome::Kind::kUnknown, "This provider can't be asked.");
}
Outcome Vendor::ReadFound(const Outgoing&, const net::HttpResult&) const {
  return {};
}
WebhookAnswer Vendor::ReadWebhook(const WebhookCall&) const {
  return {};
}
std::string Vendor::AccountHook() const {
  return {};
}

}  // namespace recado::provider
