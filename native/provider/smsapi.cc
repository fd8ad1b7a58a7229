// SMSAPI (smsapi.com, smsapi.pl): texts out, status callbacks and customers' messages in.
//
// The one SMS vendor here with an idempotency key: with check_idx a second message of the same idx is
// refused, so an attempt in doubt is simply made again. Errors come with HTTP 200. Callbacks are not signed:
// the token in their address vouches; they must be answered with exactly "OK".
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "SMSAPI";
constexpr int64_t kIdxIsTaken = 53;

struct Known {
  int64_t code;
  Kind kind;
  std::string_view text;
  AddressFault fault = AddressFault::kNone;
};
constexpr Known kCodes[] = {
    {11, Kind::kPermanent, "the text is too long"},
    {12, Kind::kPermanent, "the text has more parts than allowed"},
    {13, Kind::kPermanent, "the receiver's number is not valid", AddressFault::kDead},
    {14, Kind::kPermanent, "this sender is not allowed"},
    {kIdxIsTaken, Kind::kAccepted, "the message is there already"},
    {101, Kind::kPermanent, "the token is wrong"},
    {103, Kind::kPermanent, "the SMSAPI account has no points left"},
    {105, Kind::kPermanent, "requests from this address are not allowed"},
    {201, Kind::kRetry, "an error at SMSAPI"},  // made again without harm: the idx vouches
};

struct Status {
  std::string_view code;
  DeliveryState state;
  std::string_view text;
};
constexpr Status kStatuses[] = {
    {"402", DeliveryState::kUndelivered, "expired"},
    {"403", DeliveryState::kSent, ""},
    {"404", DeliveryState::kDelivered, ""},
    {"405", DeliveryState::kUndelivered, "not delivered"},
    {"406", DeliveryState::kFailed, "failed"},
    {"407", DeliveryState::kFailed, "rejected"},
    {"409", DeliveryState::kQueued, ""},
    {"410", DeliveryState::kQueued, ""},
};

class SmsApi final : public Vendor {
 public:
  SmsApi(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://api.smsapi.com")),
        from_(TextSetting(config, "from")),
        token_(SecretOf(config, "token")) {}

  Resolution resolution() const override { return Resolution::kKeyed; }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kSms) return OnlySends(kVendor, "SMS");
    net::Fields form = {{"to", std::string(WithoutPlus(message.to.address))},
                        {"from", from_},
                        {"message", message.text},
                        {"format", "json"},
                        {"encoding", "utf-8"},
                        {"details", "1"},
                        {"idx", outgoing.key},
                        {"check_idx", "1"}};
    if (!endpoint_.hook.empty()) form.emplace_back("notify_url", HookUrl(endpoint_, outgoing.key, token_));
    net::HttpRequest request = PostForm(endpoint_, "/sms.do", form);
    request.headers.emplace_back("Authorization", "Bearer " + token_);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    const Json answer = Parsed(result.body);
    const bool error = MemberOf(answer, "error").is_number_integer();
    if (!Succeeded(result)) {
      if (error && result.status >= 300) outcome.text = Refused(answer, outcome).text;
      return outcome;
    }
    if (error) return Refused(answer, outcome);
    const Json& item = FirstOf(MemberOf(answer, "list"));
    outcome.reference = TextOf(item, "id");
    if (outcome.reference.empty()) {
      outcome.text = "SMSAPI's answer could not be read.";
    } else if (NumberOf(item, "error") != 0) {
      outcome = Refused(item, outcome);
    } else {
      outcome.kind = Kind::kAccepted;
      outcome.text = VendorText(kVendor, 0, "", TextOf(item, "status"));
    }
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const std::string key = AuthenticKey(call, token_);
    answer.authentic = !key.empty();
    if (!answer.authentic) return answer;
    answer.reply = "OK";
    net::Fields fields = QueryOf(call.target);
    const net::Fields form = net::FormDecode(call.body);
    fields.insert(fields.end(), form.begin(), form.end());
    if (key == kAccountHook) {
      AddIncoming(fields, answer);
      return answer;
    }
    // Several statuses may come in one call, joined by commas: those of this message's parts, the last one
    // last.
    const std::string all = FieldOf(fields, "status");
    const std::string code = all.substr(all.rfind(',') == std::string::npos ? 0 : all.rfind(',') + 1);
    for (const Status& row : kStatuses) {
      if (row.code != code) continue;
      StatusUpdate update{.key = key, .reference = FieldOf(fields, "MsgId"), .state = row.state, .text = {}};
      if (!row.text.empty()) update.text = "SMSAPI " + code + ": " + std::string(row.text) + ".";
      answer.updates.push_back(std::move(update));
    }
    return answer;
  }

  std::string AccountHook() const override { return HookUrl(endpoint_, kAccountHook, token_); }

 private:
  static void AddIncoming(const net::Fields& fields, WebhookAnswer& answer) {
    Incoming incoming;
    incoming.id = FieldOf(fields, "MsgId");
    incoming.from = WithPlus(FieldOf(fields, "sms_from"));
    incoming.to = WithPlus(FieldOf(fields, "sms_to"));
    incoming.text = IncomingText(FieldOf(fields, "sms_text"));
    incoming.at = FromUnixSeconds(Json(FieldOf(fields, "sms_date")));
    if (!incoming.id.empty() && !incoming.from.empty()) answer.incoming.push_back(std::move(incoming));
  }

  static Outcome Refused(const Json& error, Outcome outcome) {
    const int64_t code = NumberOf(error, "error");
    outcome.kind = Kind::kPermanent;
    std::string_view known;
    for (const Known& row : kCodes) {
      if (row.code != code) continue;
      outcome.kind = row.kind;
      outcome.fault = row.fault;
      known = row.text;
    }
    outcome.text = VendorText(kVendor, code, known, TextOf(error, "message"));
    return outcome;
  }

  Endpoint endpoint_;
  std::string from_, token_;
};

constexpr Setting kSettings[] = {{"from", SettingType::kText, true}};
constexpr Secret kSecrets[] = {{"token", true}};

}  // namespace

const VendorKind& SmsApiKind() {
  static constexpr VendorKind kKind{
      .name = "smsapi",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = nullptr,
      .make = &Make<SmsApi>,
  };
  return kKind;
}

}  // namespace recado::provider
