// Twilio, API 2010-04-01: SMS and calls out, status callbacks and customers' messages in.
//
// There is no idempotency key. A message in doubt is looked for in the account's own list (same receiver,
// same text, sent since the attempt; for a call the same line and receiver), and where a public URL is
// configured every status callback carries our key in its query, which settles the matter too.
#include <algorithm>
#include <optional>

#include "core/base/instant.h"
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/twilio_call.h"
#include "native/provider/twilio_signature.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Twilio";
constexpr std::string_view kDefaultBaseUrl = "https://api.twilio.com";
// Clocks of two houses: how much earlier than our attempt Twilio may have dated the message.
constexpr int64_t kClockSkewMs = 5'000;
constexpr std::string_view kFindPage = "50";  // messages to one person within the window

struct Known {
  int64_t code;
  std::string_view text;
};
// What a salesperson or an administrator can do something about.
constexpr Known kCodes[] = {
    {20003, "the account SID or the auth token is wrong"},
    {20429, "too many requests at once"},
    {21211, "the receiver's number is not valid"},
    {21212, "the sender's number is not valid"},
    {21408, "sending to this country is not enabled in the Twilio account"},
    {21606, "the sender's number cannot send SMS to this receiver"},
    {21608, "a trial account can only write to verified numbers"},
    {21610, "the receiver has opted out of messages from this sender"},
    {21614, "the receiver's number is not a mobile number"},
    {21617, "the text is too long"},
    {30001, "Twilio's queue for this sender is full"},
    {30002, "the Twilio account is suspended"},
    {30003, "the receiver's phone could not be reached"},
    {30004, "the receiver or the operator blocks the message"},
    {30005, "the receiver's number does not exist any more"},
    {30006, "the receiver's number is a landline or cannot be reached"},
    {30007, "the operator filtered the message out"},
    {30008, "the operator gave no reason"},
    {63016, "outside the 24 hours in which WhatsApp allows free text"},
};

AddressFault FaultOf(int64_t code) {
  switch (code) {
    case 21610:
      return AddressFault::kOptedOut;
    case 21211:
    case 21614:
    case 30005:
      return AddressFault::kDead;
    default:
      return AddressFault::kNone;
  }
}

std::string CodeText(int64_t code, std::string_view message) {
  const auto* known =
      std::find_if(std::begin(kCodes), std::end(kCodes), [code](const Known& k) { return k.code == code; });
  return VendorText(kVendor, code, known != std::end(kCodes) ? known->text : std::string_view(), message);
}

// What may still come (receiving, received, partially_delivered …) says nothing of a message of ours.
constexpr StateRow kMessageStates[] = {
    {"accepted", DeliveryState::kQueued}, {"scheduled", DeliveryState::kQueued},
    {"queued", DeliveryState::kQueued},   {"sending", DeliveryState::kQueued},
    {"sent", DeliveryState::kSent},       {"delivered", DeliveryState::kDelivered},
    {"read", DeliveryState::kRead},       {"undelivered", DeliveryState::kUndelivered},
    {"failed", DeliveryState::kFailed},   {"canceled", DeliveryState::kFailed},
};
constexpr StateRow kCallStates[] = {
    {"queued", DeliveryState::kQueued},      {"ringing", DeliveryState::kQueued},
    {"in-progress", DeliveryState::kQueued}, {"completed", DeliveryState::kDelivered},
    {"busy", DeliveryState::kUndelivered},   {"no-answer", DeliveryState::kUndelivered},
    {"failed", DeliveryState::kFailed},      {"canceled", DeliveryState::kFailed},
};

class Twilio final : public Vendor {
 public:
  Twilio(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, kDefaultBaseUrl)),
        account_(TextSetting(config, "account_sid")),
        token_(SecretOf(config, "auth_token")),
        from_(TextSetting(config, "from")),
        service_(TextSetting(config, "messaging_service_sid")),
        path_("/2010-04-01/Accounts/" + net::PercentEncode(account_)) {
    for (const Json& line : MemberOf(config.settings, "lines"))
      numbers_[TextOf(line, "id")] = TextOf(line, "number");
    if (!endpoint_.hook.empty()) hook_ = endpoint_.hook + "?key=";
  }

  Resolution resolution() const override { return Resolution::kFindable; }

  Request Send(const Outgoing& outgoing) const override {
    switch (outgoing.message.channel) {
      case rule::Channel::kSms:
        return SendText(outgoing);
      case rule::Channel::kCall:
        return SendCall(outgoing);
      default:
        return OnlySends(kVendor, "SMS and calls");
    }
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    if (Succeeded(result)) {
      return ReadCreated(result);
    }
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    if (result.status < 300) return outcome;
    const Json error = Parsed(result.body);
    const int64_t code = NumberOf(error, "code");
    if (code == 0) return outcome;
    outcome.text = CodeText(code, TextOf(error, "message"));
    if (outcome.kind == Kind::kPermanent) outcome.fault = FaultOf(code);
    if (code == 20429) {  // requests over the limit were not processed, whatever the status says
      outcome.kind = Kind::kRateLimited;
      if (!outcome.retry_after) outcome.retry_after = RetryAfter(result).value_or(BackOff(outgoing.attempt));
    }
    return outcome;
  }

  Request Find(const Outgoing& outgoing) const override {
    const bool call = IsCall(outgoing);
    const std::string from = call ? NumberOfLine(outgoing.message.line) : from_;
    net::Fields query = {{"To", outgoing.message.to.address}};
    if (!from.empty()) query.emplace_back("From", from);
    query.emplace_back(call ? "StartTime>" : "DateSent>", FormatInstant(SinceOf(outgoing)));
    query.emplace_back("PageSize", kFindPage);
    return Authorised(
        Ask(endpoint_, "GET", path_ + (call ? "/Calls.json?" : "/Messages.json?") + net::FormEncode(query)));
  }

  Outcome ReadFound(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome;
    outcome.status = result.status;
    const Json page = result.failure == net::Failure::kNone ? Parsed(result.body) : Json();
    const Json& list = MemberOf(page, IsCall(outgoing) ? "calls" : "messages");
    if (result.status != 200 || !list.is_array()) {
      outcome.text = ForPeople(OutcomeOf(result, kVendor, 1).text);
      return outcome;
    }
    for (const Json& message : list) {
      if (!IsThis(outgoing, message)) continue;
      outcome.kind = Kind::kAccepted;
      outcome.reference = TextOf(message, "sid");
      outcome.price = PriceOf(TextOf(message, "price"), TextOf(message, "price_unit"));
      outcome.text = ForPeople("Twilio has the message: " + TextOf(message, "status") + ".");
      return outcome;
    }
    outcome.text = "Twilio's list does not show the message.";
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const std::string url = endpoint_.public_url + call.target;
    answer.authentic = !endpoint_.public_url.empty() &&
                       IsTwilioSignature(call.Header("X-Twilio-Signature"), url, call.body, token_);
    if (!answer.authentic) return answer;
    const net::Fields form = net::FormDecode(call.body);
    if (FieldOf(form, "SmsStatus") == "received") {
      AddIncoming(form, answer);
      return answer;
    }
    const bool call_status = !FieldOf(form, "CallStatus").empty();
    const std::optional<DeliveryState> state =
        call_status ? StateNamed(kCallStates, FieldOf(form, "CallStatus"))
                    : StateNamed(kMessageStates, EitherOf(form, "MessageStatus", "SmsStatus"));
    if (!state) return answer;
    StatusUpdate update{
        .key = FieldOf(QueryOf(call.target), "key"),
        .reference = call_status ? FieldOf(form, "CallSid") : EitherOf(form, "MessageSid", "SmsSid"),
        .state = *state,
        .text = {}};
    if (call_status && *state == DeliveryState::kUndelivered) {
      update.text = ForPeople("Twilio: " + FieldOf(form, "CallStatus"));
    }
    const std::string code = FieldOf(form, "ErrorCode");
    const bool numeric = !code.empty() && code.size() <= 9 &&
                         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (numeric) {
      update.text = CodeText(std::stoll(code), FieldOf(form, "ErrorMessage"));
      update.fault = FaultOf(std::stoll(code));
    }
    answer.updates.push_back(std::move(update));
    return answer;
  }

 private:
  // The account's number is set up to tell us of every SMS that comes in.
  static void AddIncoming(const net::Fields& form, WebhookAnswer& answer) {
    Incoming incoming;
    incoming.id = EitherOf(form, "MessageSid", "SmsSid");
    incoming.from = FieldOf(form, "From");
    incoming.to = FieldOf(form, "To");
    incoming.text = IncomingText(FieldOf(form, "Body"));
    if (!incoming.id.empty() && !incoming.from.empty()) answer.incoming.push_back(std::move(incoming));
  }

  static bool IsCall(const Outgoing& outgoing) { return outgoing.message.channel == rule::Channel::kCall; }

  net::HttpRequest Authorised(net::HttpRequest request) const {
    request.user = account_;
    request.password = token_;
    return request;
  }

  Request SendText(const Outgoing& outgoing) const {
    net::Fields form = {{"To", outgoing.message.to.address}};
    if (!service_.empty()) form.emplace_back("MessagingServiceSid", service_);
    if (service_.empty() || !from_.empty()) form.emplace_back("From", from_);
    form.emplace_back("Body", outgoing.message.text);
    if (!hook_.empty()) form.emplace_back("StatusCallback", hook_ + net::PercentEncode(outgoing.key));
    return Authorised(PostForm(endpoint_, path_ + "/Messages.json", form));
  }

  Request SendCall(const Outgoing& outgoing) const {
    const std::string from = NumberOfLine(outgoing.message.line);
    if (from.empty())
      return MakeOutcome(Kind::kPermanent, "The line " + outgoing.message.line + " has no number.");
    const std::string twiml = TwimlOf(outgoing.message);
    if (twiml.size() > kMaxTwiml)
      return MakeOutcome(Kind::kPermanent, "The text is too long for a call over Twilio.");
    net::Fields form = {{"To", outgoing.message.to.address}, {"From", from}, {"Twiml", twiml}};
    if (!hook_.empty()) form.emplace_back("StatusCallback", hook_ + net::PercentEncode(outgoing.key));
    return Authorised(PostForm(endpoint_, path_ + "/Calls.json", form));
  }

  std::string NumberOfLine(const std::string& line) const {
    const auto found = numbers_.find(line);
    return found == numbers_.end() ? from_ : found->second.empty() ? from_ : found->second;
  }

  // Created: the answer must name the message, else nobody knows what was.
  static Outcome ReadCreated(const net::HttpResult& result) {
    Outcome outcome;
    outcome.status = result.status;
    const Json created = Parsed(result.body);
    outcome.reference = TextOf(created, "sid");
    if (outcome.reference.empty()) {
      outcome.text = "Twilio's answer could not be read.";
      return outcome;
    }
    outcome.kind = Kind::kAccepted;
    outcome.price = PriceOf(TextOf(created, "price"), TextOf(created, "price_unit"));
    outcome.text = ForPeople("Twilio: " + TextOf(created, "status"));
    return outcome;
  }

  static Instant SinceOf(const Outgoing& outgoing) {
    const int64_t since = outgoing.at.ms - kClockSkewMs;
    return {since - since % 1000};
  }

  // Ours, with this text, not one that was never sent, and not an older one with the same text.
  bool IsThis(const Outgoing& outgoing, const Json& message) const {
    const bool call = IsCall(outgoing);
    if (TextOf(message, "sid").empty()) return false;
    if (!call && TextOf(message, "body") != outgoing.message.text) return false;
    if (TextOf(message, "to") != outgoing.message.to.address) return false;
    if (!TextOf(message, "direction").starts_with("outbound")) return false;
    if (!call && !service_.empty()) {
      const std::string service = TextOf(message, "messaging_service_sid");
      if (!service.empty() && service != service_) return false;
    }
    const std::optional<int64_t> created = ParseWireDate(TextOf(message, "date_created"));
    return !created || *created * 1000 >= SinceOf(outgoing).ms;
  }

  static std::string EitherOf(const net::Fields& fields, std::string_view name, std::string_view other) {
    std::string value = FieldOf(fields, name);
    return value.empty() ? FieldOf(fields, other) : value;
  }

  Endpoint endpoint_;
  std::string account_, token_, from_, service_;
  std::string path_;
  std::string hook_;
  std::map<std::string, std::string> numbers_;
};

void CheckTwilio(const Config& config, Diagnostics& diagnostics) {
  if (!config.settings.is_object()) return;
  if (!config.settings.contains("from") && !config.settings.contains("messaging_service_sid")) {
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::twilio_sender_missing).At("/settings/from"));
  }
  const std::string sid = TextSetting(config, "account_sid");
  const auto is_hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  const bool usual =
      sid.size() == 34 && sid.starts_with("AC") && std::all_of(sid.begin() + 2, sid.end(), is_hex);
  if (!sid.empty() && !usual) {
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::twilio_account_unusual)
                              .At("/settings/account_sid")
                              .With("value", sid));
  }
}

constexpr Setting kSettings[] = {
    {"account_sid", SettingType::kText, true},
    {"from", SettingType::kText},
    {"messaging_service_sid", SettingType::kText},
};
constexpr Secret kSecrets[] = {{"auth_token", true}};

}  // namespace

const VendorKind& TwilioKind() {
  static constexpr VendorKind kKind{
      .name = "twilio",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = &CheckTwilio,
      .make = &Make<Twilio>,
  };
  return kKind;
}

}  // namespace recado::provider
