// Vonage SMS API: texts out, delivery receipts and customers' messages in.
//
// The HTTP status is 200 whatever happened; each part of a message has a status of its own. There is no
// idempotency key, but receipts carry our key as client-ref. Receipts are signed where the account is set up
// so (secret signature_secret); otherwise the token in the callback's address vouches for them.
#include <algorithm>

#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/vonage_signature.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Vonage";

struct Known {
  int64_t code;
  Kind kind;
  std::string_view text;
  AddressFault fault = AddressFault::kNone;
};
// The statuses of a part; what is not here was refused for good.
constexpr Known kStatuses[] = {
    {1, Kind::kRateLimited, "too many messages at once"},
    {4, Kind::kPermanent, "the API key or its secret is wrong"},
    {5, Kind::kRetry, "an error at Vonage"},
    {6, Kind::kPermanent, "the message can't be delivered to this number"},
    {7, Kind::kPermanent, "the receiver's number is barred", AddressFault::kOptedOut},
    {8, Kind::kPermanent, "the Vonage account is suspended"},
    {9, Kind::kPermanent, "the Vonage account has no credit left"},
    {11, Kind::kPermanent, "the Vonage account can't be used over HTTP"},
    {12, Kind::kPermanent, "the text is too long"},
    {14, Kind::kPermanent, "the signature of the request is wrong"},
    {15, Kind::kPermanent, "this sender is not allowed"},
    {29, Kind::kPermanent, "a trial account can only write to numbers on its list"},
    {33, Kind::kPermanent, "the receiver's number was given up", AddressFault::kDead},
};

// What a receipt's err-code means where the message did not arrive.
struct Reason {
  std::string_view code;
  std::string_view text;
  AddressFault fault = AddressFault::kNone;
};
constexpr Reason kReasons[] = {
    {"1", "no reason given"},
    {"2", "the receiver could not be reached for the moment"},
    {"3", "the receiver's number is not in use", AddressFault::kDead},
    {"4", "the receiver has barred the sender", AddressFault::kOptedOut},
    {"5", "the number was moved to another operator"},
    {"6", "the operator took it for spam"},
    {"7", "the receiver's phone was busy"},
    {"8", "an error in the network"},
    {"9", "the receiver's number is not valid", AddressFault::kDead},
    {"10", "the message is not valid"},
    {"11", "the message can't be delivered to this number"},
    {"12", "the receiver could not be reached"},
    {"13", "the operator asks for the receiver's age"},
    {"14", "the operator blocks the message"},
    {"15", "the receiver's prepaid account is empty"},
};

constexpr StateRow kStates[] = {
    {"accepted", DeliveryState::kQueued},     {"buffered", DeliveryState::kQueued},
    {"delivered", DeliveryState::kDelivered}, {"expired", DeliveryState::kUndelivered},
    {"failed", DeliveryState::kUndelivered},  {"rejected", DeliveryState::kFailed},
};

class Vonage final : public Vendor {
 public:
  Vonage(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://rest.nexmo.com")),
        api_key_(TextSetting(config, "api_key")),
        from_(TextSetting(config, "from")),
        api_secret_(SecretOf(config, "api_secret")),
        signature_secret_(SecretOf(config, "signature_secret")) {}

  Resolution resolution() const override { return EchoingAt(endpoint_); }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kSms) return OnlySends(kVendor, "SMS");
    const bool unicode = message.sms && message.sms->encoding == sms::Encoding::kUcs2;
    net::Fields form = {{"api_key", api_key_},
                        {"api_secret", api_secret_},
                        {"from", std::string(WithoutPlus(from_))},
                        {"to", std::string(WithoutPlus(message.to.address))},
                        {"text", message.text},
                        {"type", unicode ? "unicode" : "text"},
                        {"client-ref", outgoing.key}};
    if (!endpoint_.hook.empty()) {
      form.emplace_back("status-report-req", "1");
      form.emplace_back("callback", HookUrl(endpoint_, outgoing.key, api_secret_));
    }
    return PostForm(endpoint_, "/sms/json", form);
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    if (!Succeeded(result)) {
      return OutcomeOf(result, kVendor, outgoing.attempt);
    }
    Outcome outcome;
    outcome.status = result.status;
    const Json answer = Parsed(result.body);
    const Json& parts = MemberOf(answer, "messages");
    const Json& first = FirstOf(parts);
    if (TextOf(first, "status").empty()) {
      outcome.text = "Vonage's answer could not be read.";
      return outcome;
    }
    if (TextOf(first, "status") != "0") return Refused(first, outgoing.attempt, outcome);
    outcome.kind = Kind::kAccepted;
    outcome.reference = TextOf(first, "message-id");
    outcome.text = "Vonage has the message.";
    outcome.price = PriceOf(TextOf(first, "message-price"), "");
    for (size_t i = 1; i < parts.size() && outcome.price; ++i) {
      const auto more = PriceOf(TextOf(parts[i], "message-price"), "");
      const auto sum = more ? outcome.price->amount.Plus(more->amount) : std::nullopt;
      outcome.price = sum ? std::optional<Money>(Money{*sum, ""}) : std::nullopt;
    }
    for (const Json& part : parts) {
      // What is out can't be called back, so a later part that was refused is only told.
      if (TextOf(part, "status") != "0")
        outcome.text = "Vonage took only a part of it: " + Refused(part, 1, {}).text;
    }
    outcome.text = ForPeople(outcome.text);
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const net::Fields fields = ReceiptOf(call);
    const bool signed_by_vonage =
        !signature_secret_.empty() && IsVonageSignature(FieldOf(fields, "sig"), fields, signature_secret_);
    const std::string vouched = signature_secret_.empty() ? AuthenticKey(call, api_secret_) : std::string();
    answer.authentic = signed_by_vonage || !vouched.empty();
    if (!answer.authentic) return answer;
    // The token of the account's address vouches for what customers write, not for what became of a message.
    if (signed_by_vonage || vouched == kAccountHook) AddIncoming(fields, answer);
    const std::optional<DeliveryState> state = StateNamed(kStates, FieldOf(fields, "status"));
    if (!state || vouched == kAccountHook) return answer;
    StatusUpdate update;
    // A message's own address vouches for that message alone.
    update.key = signed_by_vonage ? FieldOf(fields, "client-ref") : vouched;
    update.reference = FieldOf(fields, "messageId");
    update.state = *state;
    if (*state == DeliveryState::kUndelivered || *state == DeliveryState::kFailed) {
      update.text = ReasonText(FieldOf(fields, "err-code"));
      for (const Reason& reason : kReasons) {
        if (reason.code == FieldOf(fields, "err-code")) update.fault = reason.fault;
      }
    }
    answer.updates.push_back(std::move(update));
    return answer;
  }

  std::string AccountHook() const override { return HookUrl(endpoint_, kAccountHook, api_secret_); }

 private:
  static void AddIncoming(const net::Fields& fields, WebhookAnswer& answer) {
    const std::string type = FieldOf(fields, "type");
    if (type != "text" && type != "unicode") return;
    Incoming incoming;
    incoming.id = FieldOf(fields, "messageId");
    incoming.from = WithPlus(FieldOf(fields, "msisdn"));
    incoming.to = WithPlus(FieldOf(fields, "to"));
    incoming.text = IncomingText(FieldOf(fields, "text"));
    incoming.at = FromUnixSeconds(Json(FieldOf(fields, "timestamp")));
    if (!incoming.id.empty() && !incoming.from.empty()) answer.incoming.push_back(std::move(incoming));
  }

  static Outcome Refused(const Json& part, int attempt, Outcome outcome) {
    const std::string status = TextOf(part, "status");
    const auto* known = std::find_if(std::begin(kStatuses), std::end(kStatuses),
                                     [&](const Known& row) { return std::to_string(row.code) == status; });
    const bool found = known != std::end(kStatuses);
    outcome.kind = found ? known->kind : Kind::kPermanent;
    if (found) outcome.fault = known->fault;
    if (outcome.kind == Kind::kRateLimited) outcome.retry_after = BackOff(attempt);
    std::string text = "Vonage " + status + ": ";
    outcome.text = ForPeople(text.append(found ? std::string(known->text) : TextOf(part, "error-text")));
    return outcome;
  }

  // The account decides whether receipts come as a query, a form or JSON. The query of our own address counts
  // only where it is all there is.
  static net::Fields ReceiptOf(const WebhookCall& call) {
    if (call.method == "GET") return WithoutOurs(QueryOf(call.target));
    const Json json = Parsed(call.body);
    if (!json.is_object()) return net::FormDecode(call.body);
    net::Fields fields;
    for (const auto& [name, value] : json.items()) {
      if (value.is_string()) fields.emplace_back(name, value.get<std::string>());
      if (value.is_number_integer()) fields.emplace_back(name, value.dump());
    }
    return fields;
  }
  static net::Fields WithoutOurs(net::Fields fields) {
    std::erase_if(fields, [](const auto& field) { return field.first == "key" || field.first == "token"; });
    return fields;
  }

  static std::string ReasonText(const std::string& code) {
    if (code.empty() || code == "0") return {};
    for (const Reason& reason : kReasons) {
      if (reason.code == code) return ForPeople("Vonage " + code + ": " + std::string(reason.text));
    }
    return ForPeople("Vonage " + code);
  }

  Endpoint endpoint_;
  std::string api_key_, from_, api_secret_, signature_secret_;
};

constexpr Setting kSettings[] = {{"api_key", SettingType::kText, true}, {"from", SettingType::kText, true}};
constexpr Secret kSecrets[] = {{"api_secret", true}, {"signature_secret", false}};

}  // namespace

const VendorKind& VonageKind() {
  static constexpr VendorKind kKind{
      .name = "vonage",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = nullptr,
      .make = &Make<Vonage>,
  };
  return kKind;
}

}  // namespace recado::provider
