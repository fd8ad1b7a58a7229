// Meta's Graph API: what WhatsApp Cloud and Messenger share. Internal to provider/.
#pragma once

#include <string>
#include <string_view>

#include "native/provider/endpoint.h"

namespace recado::provider {

inline constexpr std::string_view kGraphBaseUrl = "https://graph.facebook.com";
inline constexpr std::string_view kGraphVersion = "v23.0";

// The outcome of a call that was not answered with 2xx, by the `code` in the answer: `vendor` begins the
// text.
Outcome GraphRefused(const net::HttpResult& result, std::string_view vendor, int attempt);

// Meta fetches files at an address of ours: why that can't be done for this one.
Outcome NoFileLink(const Outgoing& outgoing, const plan::EmailAttachment& attachment);

// Whether X-Hub-Signature-256 is the HMAC-SHA256 of the raw body under the app's secret.
bool IsHubSignature(const WebhookCall& call, std::string_view app_secret);

// The handshake by which an app's webhook is set up: a GET with the token told there, answered with its
// challenge.
WebhookAnswer HubHandshake(const WebhookCall& call, std::string_view verify_token);

}  // namespace recado::provider
