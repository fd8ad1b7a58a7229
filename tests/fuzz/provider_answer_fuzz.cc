// The first line is a status and a Retry-After, the rest what a vendor's server answered or called back with:
// whatever it is, every vendor's outcome keeps its promises, and no call is believed without its proof.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/utf8.h"
#include "native/provider/outcome.h"
#include "native/provider/signing.h"
#include "native/provider/twilio_signature.h"
#include "native/provider/vendor.h"

namespace recado {

// The HTTP client is not part of the fuzzing build.
std::string_view net::HttpResult::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace recado

namespace {

using namespace recado;
using namespace recado::provider;
using OutcomeKind = Outcome::Kind;

void Require(bool holds) {
  if (!holds) std::abort();
}

struct Connected {
  std::string_view kind;
  std::shared_ptr<const Vendor> vendor;
};

std::vector<Connected> ConnectAll() {
  struct Row {
    std::string_view kind;
    std::string_view settings;
  };
  constexpr Row kRows[] = {
      {"twilio", R"({"account_sid":"AC1","from":"F"})"},
      {"vonage", R"({"api_key":"a","from":"F"})"},
      {"messagebird", R"({"originator":"F"})"},
      {"infobip", R"({"from":"F"})"},
      {"smsapi", R"({"from":"F"})"},
      {"http_sms",
       R"({"base_url":"https://g","success":{"pointer":"/messages/0/status","value":"ok"},"reference":"/id"})"},
      {"whatsapp_cloud", R"({"phone_number_id":"1"})"},
      {"edna", R"({"cascade_id":"1"})"},
      {"voximplant", R"({"rule_id":"1","account_id":"1"})"},
      {"telegram", R"({"bot_username":"b"})"},
      {"messenger", R"({"page_id":"1"})"},
  };
  std::vector<Connected> all;
  for (const Row& row : kRows) {
    Config config;
    config.id = "a";
    config.kind = row.kind;
    config.settings = *ParseJson(row.settings);
    for (const char* name :
         {"auth_token", "api_secret", "access_key", "api_key", "token", "access_token", "app_secret",
          "verify_token", "key_id", "private_key", "bot_token", "webhook_secret"}) {
      config.secrets[name] = "t";
    }
    all.push_back({row.kind, FindVendorKind(row.kind)->make(config, {"https://h"})});
  }
  return all;
}

void Judge(const Connected& connected, const net::HttpResult& result) {
  const Outgoing outgoing;
  const Outcome sent = connected.vendor->ReadSent(outgoing, result);
  const bool success = result.status >= 200 && result.status < 300;
  Require(success || sent.kind != OutcomeKind::kAccepted);
  Require(sent.kind != OutcomeKind::kRateLimited || sent.retry_after);
  Require(!sent.retry_after || (sent.retry_after->count() >= 0 && *sent.retry_after <= kLongestRetryAfter));
  Require(sent.fault == AddressFault::kNone || sent.kind == OutcomeKind::kPermanent);
  Require(sent.text.size() <= kMaxOutcomeText + 3 && !utf8::FindInvalid(sent.text));
  const Outcome found = connected.vendor->ReadFound(outgoing, result);
  Require(found.kind == OutcomeKind::kAccepted || found.kind == OutcomeKind::kUnknown);
  if (connected.kind == "twilio") Require(sent.kind != OutcomeKind::kAccepted || !sent.reference.empty());
}

void JudgeCall(const Connected& connected, const std::string& body, std::string_view line) {
  WebhookCall call{"POST", "/hooks/a/status?key=k&token=" + std::string(line), {{"x", ""}}, body, {}};
  Require(!connected.vendor->ReadWebhook(call).authentic);
  call.method = "GET";
  Require(!connected.vendor->ReadWebhook(call).authentic);
}

// What customers write is well-formed, bounded, and has an id by which it is known again.
void JudgeIncoming(const WebhookAnswer& answer) {
  Require(answer.authentic);
  for (const Incoming& one : answer.incoming) {
    Require(!one.id.empty() && !one.from.empty());
    Require(one.text.size() <= kMaxIncomingText && !utf8::FindInvalid(one.text));
    Require(one.at.ms >= 0);
  }
}

// The body as one that the vendor itself has sent.
void JudgeTrueCall(const Connected& connected, const std::string& body) {
  WebhookCall call{"POST", "/hooks/a/incoming", {}, body, {}};
  const std::string hook = connected.vendor->AccountHook();
  if (!hook.empty()) call.target = hook.substr(std::string_view("https://h").size());
  if (connected.kind == "telegram") call.headers.emplace_back("X-Telegram-Bot-Api-Secret-Token", "t");
  if (connected.kind == "whatsapp_cloud" || connected.kind == "messenger") {
    call.headers.emplace_back("X-Hub-Signature-256", "sha256=" + Hex(Hmac(Digest::kSha256, "t", body)));
  }
  if (hook.empty() && call.headers.empty()) return;
  JudgeIncoming(connected.vendor->ReadWebhook(call));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const std::vector<Connected> kAll = ConnectAll();
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t newline = std::min(input.find('\n'), input.size());
  const std::string first(input.substr(0, newline));
  const std::string rest(input.substr(std::min(newline + 1, input.size())));
  net::HttpResult result;
  result.status = std::atoi(first.substr(0, 3).c_str());
  result.written = true;
  result.body = rest;
  result.headers = {{"retry-after", first.size() > 4 ? first.substr(4) : ""},
                    {"date", "Sun, 22 Nov 2026 09:30:00 GMT"}};
  for (const Connected& connected : kAll) {
    Judge(connected, result);
    JudgeCall(connected, rest, first);
    JudgeTrueCall(connected, rest);
  }
  WebhookCall call{"POST", "/hooks/a/status?key=k", {{"X-Twilio-Signature", ""}}, rest, {}};
  call.headers.front().second = TwilioSignature("https://h" + call.target, net::FormDecode(rest), "t");
  JudgeIncoming(kAll.front().vendor->ReadWebhook(call));
  return 0;
}
