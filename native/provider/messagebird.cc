// MessageBird (Bird) classic SMS API: texts out, status reports and customers' messages in.
//
// No idempotency key; reports carry our key as `reference`. With the secret signing_key every call must bear
// a valid MessageBird-Signature-JWT; without it the token in the call's address vouches for it. Messages come
// from a flow that forwards them to the account's address, as a form or as JSON.
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "MessageBird";
constexpr int64_t kClockToleranceSeconds = 5;

struct Known {
  int64_t code;
  std::string_view text;
};
constexpr Known kCodes[] = {
    {2, "the access key is not allowed to do this"},     {9, "a member of the request is missing"},
    {10, "a member of the request is not valid"},        {20, "this was not found"},
    {25, "the MessageBird account has no balance left"}, {99, "an error at MessageBird"},
};

constexpr StateRow kStates[] = {
    {"scheduled", DeliveryState::kQueued},    {"buffered", DeliveryState::kQueued},
    {"sent", DeliveryState::kSent},           {"delivered", DeliveryState::kDelivered},
    {"expired", DeliveryState::kUndelivered}, {"delivery_failed", DeliveryState::kUndelivered},
};

class MessageBird final : public Vendor {
 public:
  MessageBird(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://rest.messagebird.com")),
        originator_(TextSetting(config, "originator")),
        access_key_(SecretOf(config, "access_key")),
        signing_key_(SecretOf(config, "signing_key")) {}

  Resolution resolution() const override { return EchoingAt(endpoint_); }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kSms) return OnlySends(kVendor, "SMS");
    const bool unicode = message.sms && message.sms->encoding == sms::Encoding::kUcs2;
    Json body = {{"originator", originator_},
                 {"recipients", Json::array({WithoutPlus(message.to.address)})},
                 {"body", message.text},
                 {"datacoding", unicode ? "unicode" : "plain"},
                 {"reference", outgoing.key}};
    if (!endpoint_.hook.empty()) body["reportUrl"] = HookUrl(endpoint_, outgoing.key, access_key_);
    net::HttpRequest request = PostJson(endpoint_, "/messages", body);
    request.headers.emplace_back("Authorization", "AccessKey " + access_key_);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    const Json answer = Parsed(result.body);
    if (Succeeded(result)) {
      outcome.reference = TextOf(answer, "id");
      outcome.kind = outcome.reference.empty() ? Kind::kUnknown : Kind::kAccepted;
      outcome.text = outcome.reference.empty() ? "MessageBird's answer could not be read."
                                               : "MessageBird has the message.";
      return outcome;
    }
    const Json& error = FirstOf(MemberOf(answer, "errors"));
    if (!error.is_object() || result.status < 300) return outcome;
    std::string_view known;
    for (const Known& row : kCodes) {
      if (row.code == NumberOf(error, "code")) known = row.text;
    }
    outcome.text = VendorText(kVendor, NumberOf(error, "code"), known, TextOf(error, "description"));
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const std::string vouched = signing_key_.empty() ? AuthenticKey(call, access_key_) : std::string();
    answer.authentic = !vouched.empty() || (!signing_key_.empty() && IsSigned(call));
    if (!answer.authentic) return answer;
    const net::Fields fields = QueryOf(call.target);
    // The address says what is brought: a signature vouches for the address too.
    if (FieldOf(fields, "key") == kAccountHook) {
      AddIncoming(call, fields, answer);
      return answer;
    }
    const std::optional<DeliveryState> state = StateNamed(kStates, FieldOf(fields, "status"));
    if (!state) return answer;
    StatusUpdate update;
    // A message's own address vouches for that message alone.
    update.key = vouched.empty() ? FieldOf(fields, "reference") : vouched;
    update.reference = FieldOf(fields, "id");
    update.state = *state;
    const std::string reason = FieldOf(fields, "statusReason");
    if (*state == DeliveryState::kUndelivered && !reason.empty())
      update.text = ForPeople("MessageBird: " + reason);
    answer.updates.push_back(std::move(update));
    return answer;
  }

  std::string AccountHook() const override { return HookUrl(endpoint_, kAccountHook, access_key_); }

 private:
  // A member of the JSON body, of the form, or of the query, whichever the flow was made to send.
  static std::string Said(const Json& json, const net::Fields& form, const net::Fields& query,
                          const char* name) {
    std::string text = TextOf(json, name);
    if (text.empty()) text = FieldOf(form, name);
    return text.empty() ? FieldOf(query, name) : text;
  }

  static void AddIncoming(const WebhookCall& call, const net::Fields& query, WebhookAnswer& answer) {
    const Json json = Parsed(call.body);
    const net::Fields form = json.is_object() ? net::Fields() : net::FormDecode(call.body);
    Incoming incoming;
    incoming.id = Said(json, form, query, "id");
    incoming.from = WithPlus(Said(json, form, query, "originator"));
    incoming.to = WithPlus(Said(json, form, query, "recipient"));
    std::string text = Said(json, form, query, "body");
    if (text.empty()) text = Said(json, form, query, "payload");
    incoming.text = IncomingText(text);
    if (const Result<Instant> at = ParseInstant(Said(json, form, query, "createdDatetime")); at.ok()) {
      incoming.at = *at;
    }
    if (!incoming.id.empty() && !incoming.from.empty()) answer.incoming.push_back(std::move(incoming));
  }

  // The address exactly as called and the raw body are in the token as SHA-256.
  bool IsSigned(const WebhookCall& call) const {
    const std::optional<Json> claims = ReadHmacToken(call.Header("MessageBird-Signature-JWT"), signing_key_);
    if (!claims || TextOf(*claims, "iss") != kVendor) return false;
    const int64_t now = call.at.ms / 1000;
    const int64_t not_before = NumberOf(*claims, "nbf");
    const int64_t expires = NumberOf(*claims, "exp");
    if (not_before > now + kClockToleranceSeconds || expires < now - kClockToleranceSeconds) return false;
    const std::string url = endpoint_.public_url + call.target;
    if (!SameHex(TextOf(*claims, "url_hash"), Hex(Hash(Digest::kSha256, url)))) return false;
    if (call.body.empty()) return !claims->contains("payload_hash");
    return SameHex(TextOf(*claims, "payload_hash"), Hex(Hash(Digest::kSha256, call.body)));
  }

  Endpoint endpoint_;
  std::string originator_, access_key_, signing_key_;
};

constexpr Setting kSettings[] = {{"originator", SettingType::kText, true}};
constexpr Secret kSecrets[] = {{"access_key", true}, {"signing_key", false}};

}  // namespace

const VendorKind& MessageBirdKind() {
  static constexpr VendorKind kKind{
      .name = "messagebird",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = nullptr,
      .make = &Make<MessageBird>,
  };
  return kKind;
}

}  // namespace recado::provider
