// Infobip SMS API v3: texts out, delivery reports and customers' messages (its format MO_JSON_2) in.
//
// We choose the message's id, so that every report carries our key; whether Infobip drops a second message of
// the same id is not documented, and is not relied on. Reports are not signed: the token in their address
// vouches.
#include <algorithm>

#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Infobip";

enum Group : int64_t {
  kOk = 0,
  kPending = 1,
  kUndeliverable = 2,
  kDelivered = 3,
  kExpired = 4,
  kRejected = 5
};
constexpr int64_t kDeliveredToOperator = 2;  // in the group of the delivered, but not final

class Infobip final : public Vendor {
 public:
  Infobip(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://api.infobip.com")),
        from_(TextSetting(config, "from")),
        api_key_(SecretOf(config, "api_key")) {}

  Resolution resolution() const override { return EchoingAt(endpoint_); }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kSms) return OnlySends(kVendor, "SMS");
    Json one = {{"sender", std::string(WithoutPlus(from_))},
                {"destinations",
                 Json::array({{{"to", WithoutPlus(message.to.address)}, {"messageId", outgoing.key}}})},
                {"content", {{"text", message.text}}}};
    if (!endpoint_.hook.empty()) {
      one["webhooks"] = {{"delivery", {{"url", HookUrl(endpoint_, outgoing.key, api_key_)}}},
                         {"contentType", "application/json"},
                         {"callbackData", outgoing.key}};
    }
    net::HttpRequest request =
        PostJson(endpoint_, "/sms/3/messages", {{"messages", Json::array({std::move(one)})}});
    request.headers.emplace_back("Authorization", "App " + api_key_);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    const Json answer = Parsed(result.body);
    if (!Succeeded(result)) {
      const std::string said = ErrorOf(answer);
      if (result.status >= 300 && !said.empty()) outcome.text = VendorText(kVendor, 0, "", said);
      return outcome;
    }
    const Json& message = FirstOf(MemberOf(answer, "messages"));
    const Json& status = MemberOf(message, "status");
    outcome.reference = TextOf(message, "messageId");
    outcome.text = VendorText(kVendor, 0, "", TextOf(status, "name") + ", " + TextOf(status, "description"));
    if (!MemberOf(status, "groupId").is_number_integer()) {
      outcome.text = "Infobip's answer could not be read.";
      return outcome;
    }
    const int64_t group = NumberOf(status, "groupId");
    const bool refused = group == kUndeliverable || group == kExpired || group == kRejected;
    outcome.kind = refused ? Kind::kPermanent : Kind::kAccepted;
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const std::string key = AuthenticKey(call, api_key_);
    answer.authentic = !key.empty();
    if (!answer.authentic) return answer;
    const Json body = Parsed(call.body);
    const Json& results = MemberOf(body, "results");
    if (!results.is_array()) return answer;
    for (const Json& result : results) {
      if (key == kAccountHook) {
        AddIncoming(result, answer);
        continue;
      }
      // The address is that of one message; reports on others have no business here.
      if (TextOf(result, "messageId") != key) continue;
      StatusUpdate update{
          .key = key, .reference = key, .state = StateOf(MemberOf(result, "status")), .text = {}};
      const Json& error = MemberOf(result, "error");
      if (NumberOf(error, "id") != 0) {
        update.text = VendorText(kVendor, NumberOf(error, "id"), "", TextOf(error, "description"));
      }
      const Json& price = MemberOf(result, "price");
      const Json& each = MemberOf(price, "pricePerMessage");
      const int64_t parts = std::max<int64_t>(1, NumberOf(result, "messageCount"));
      if (each.is_number()) {
        const auto one = Decimal::Parse(DumpJson(each), true);
        const auto all = one ? one->Times(Decimal(parts)) : std::nullopt;
        if (all) update.price = PriceOf(all->ToString(), TextOf(price, "currency"));
      }
      answer.updates.push_back(std::move(update));
    }
    return answer;
  }

  std::string AccountHook() const override { return HookUrl(endpoint_, kAccountHook, api_key_); }

 private:
  static void AddIncoming(const Json& result, WebhookAnswer& answer) {
    if (!MemberOf(result, "text").is_string()) return;  // a report that lost its way
    Incoming incoming;
    incoming.id = TextOf(result, "messageId");
    incoming.from = WithPlus(TextOf(result, "from"));
    incoming.to = WithPlus(TextOf(result, "to"));
    incoming.text = IncomingText(TextOf(result, "text"));
    if (!incoming.id.empty() && !incoming.from.empty()) answer.incoming.push_back(std::move(incoming));
  }

  // v3 and the older form of errors.
  static std::string ErrorOf(const Json& answer) {
    std::string text = TextOf(answer, "errorCode");
    if (!text.empty()) return text + ", " + TextOf(answer, "description");
    const Json& older = MemberOf(MemberOf(answer, "requestError"), "serviceException");
    text = TextOf(older, "messageId");
    return text.empty() ? text : text + ", " + TextOf(older, "text");
  }

  static DeliveryState StateOf(const Json& status) {
    switch (NumberOf(status, "groupId")) {
      case kUndeliverable:
      case kExpired:
        return DeliveryState::kUndelivered;
      case kDelivered:
        return NumberOf(status, "id") == kDeliveredToOperator ? DeliveryState::kSent
                                                              : DeliveryState::kDelivered;
      case kRejected:
        return DeliveryState::kFailed;
      default:
        return DeliveryState::kQueued;
    }
  }

  Endpoint endpoint_;
  std::string from_, api_key_;
};

constexpr Setting kSettings[] = {{"from", SettingType::kText, true}};
constexpr Secret kSecrets[] = {{"api_key", true}};

}  // namespace

const VendorKind& InfobipKind() {
  static constexpr VendorKind kKind{
      .name = "infobip",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = nullptr,
      .make = &Make<Infobip>,
  };
  return kKind;
}

}  // namespace recado::provider
