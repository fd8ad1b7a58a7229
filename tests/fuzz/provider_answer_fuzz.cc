// The first line is a status and a Retry-After, the rest what a vendor's server answered or called back with:
// whatever it is, the outcome keeps its promises.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/utf8.h"
// The rooms of the service are not part of the fuzzing build; these files stand alone.
#include "native/net/encode.cc"
#include "native/net/mail_text.cc"
#include "native/net/url_guard.cc"
#include "native/provider/outcome.cc"
#include "native/provider/settings.cc"
#include "native/provider/twilio.cc"
#include "native/provider/twilio_signature.cc"
#include "native/provider/vendor.cc"

namespace recado {

std::string_view net::HttpResult::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}
std::string_view provider::WebhookCall::Header(std::string_view) const {
  return headers.front().second;
}

}  // namespace recado

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado;
  using namespace recado::provider;
  using OutcomeKind = Outcome::Kind;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t newline = std::min(input.find('\n'), input.size());
  const std::string first(input.substr(0, newline));
  const std::string rest(input.substr(std::min(newline + 1, input.size())));

  Config config;
  config.settings = {{"account_sid", "AC1"}, {"from", "F"}};
  config.secrets = {{"auth_token", "t"}};
  static const auto vendor = TwilioKind().make(config, {"https://h"});
  net::HttpResult result;
  result.status = std::atoi(first.substr(0, 3).c_str());
  result.written = true;
  result.body = rest;
  result.headers = {{"retry-after", first.size() > 4 ? first.substr(4) : ""},
                    {"date", "Sun, 22 Nov 2026 09:30:00 GMT"}};
  Outgoing outgoing;
  const Outcome sent = vendor->ReadSent(outgoing, result);
  const bool success = result.status >= 200 && result.status < 300;
  if (sent.kind == OutcomeKind::kAccepted && (!success || sent.reference.empty())) std::abort();
  if (success && sent.kind != OutcomeKind::kAccepted && sent.kind != OutcomeKind::kUnknown) std::abort();
  if (sent.kind == OutcomeKind::kRateLimited && !sent.retry_after) std::abort();
  if (sent.retry_after && (sent.retry_after->count() < 0 || *sent.retry_after > kLongestRetryAfter))
    std::abort();
  if (sent.text.size() > kMaxOutcomeText + 3 || utf8::FindInvalid(sent.text)) std::abort();
  const Outcome found = vendor->ReadFound(outgoing, result);
  if (found.kind != OutcomeKind::kAccepted && found.kind != OutcomeKind::kUnknown) std::abort();

  WebhookCall call{"POST", "/hooks/a/status?key=k", {{"x", ""}}, rest};
  if (vendor->ReadWebhook(call).authentic) std::abort();
  call.headers.front().second = TwilioSignature("https://h" + call.target, net::FormDecode(rest), "t");
  if (!vendor->ReadWebhook(call).authentic) std::abort();
  return 0;
}
