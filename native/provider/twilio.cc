// Twilio Messages, API 2010-04-01: SMS out, status callbacks in.
//
// There is no idempotency key. A message in doubt is looked for in the account's own list (same receiver,
// same text, sent since the attempt), and where a public URL is configured every status callback carries our
// key in its query, which settles the matter too.
#include <algorithm>
#include <optional>

#include "core/base/instant.h"
#include "native/net/encode.h"
#include "native/net/url_guard.h"
#include "native/provider/outcome.h"
#include "native/provider/twilio_signature.h"
#include "native/provider/vendor.h"

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

std::string CodeText(int64_t code, std::string_view message) {
  const auto* known =
      std::find_if(std::begin(kCodes), std::end(kCodes), [code](const Known& k) { return k.code == code; });
  std::string head = std::string(kVendor) + " " + std::to_string(code) + ": ";
  return ForPeople(head.append(known != std::end(kCodes) ? known->text : message));
}

// Members of an answer, whatever it really is.
std::string TextOf(const Json& json, std::string_view member) {
  if (!json.is_object()) return {};
  const auto found = json.find(member);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}
int64_t NumberOf(const Json& json, std::string_view member) {
  if (!json.is_object()) return 0;
  const auto found = json.find(member);
  return found != json.end() && found->is_number_integer() ? found->get<int64_t>() : 0;
}
Json Parsed(std::string_view body) {
  Result<Json> json = ParseJson(body);
  return json.ok() ? std::move(*json) : Json();
}

class Twilio final : public Vendor {
 public:
  Twilio(const Config& config, const Surroundings& surroundings)
      : account_(TextSetting(config, "account_sid")),
        token_(SecretOf(config, "auth_token")),
        from_(TextSetting(config, "from")),
        service_(TextSetting(config, "messaging_service_sid")),
        messages_url_(BaseUrlOf(config, kDefaultBaseUrl) + "/2010-04-01/Accounts/" +
                      net::PercentEncode(account_) + "/Messages.json"),
        public_url_(surroundings.public_url),
        hook_(surroundings.public_url.empty()
                  ? ""
                  : surroundings.public_url + "/hooks/" + net::PercentEncode(config.id) + "/status?key="),
        allow_private_(!TextSetting(config, "base_url").empty()),
        timeout_(TimeoutOf(config, net::kHttpTimeout)) {}

  Resolution resolution() const override { return Resolution::kFindable; }

  Request Send(const Outgoing& outgoing) const override {
    if (outgoing.message.channel != rule::Channel::kSms) {
      return MakeOutcome(Kind::kPermanent, "Only SMS can be sent over Twilio so far.");
    }
    net::Fields form = {{"To", outgoing.message.to.address}};
    if (service_.empty()) {
      form.emplace_back("From", from_);
    } else {
      form.emplace_back("MessagingServiceSid", service_);
      if (!from_.empty()) form.emplace_back("From", from_);
    }
    form.emplace_back("Body", outgoing.message.text);
    if (!hook_.empty()) form.emplace_back("StatusCallback", hook_ + net::PercentEncode(outgoing.key));
    net::HttpRequest request = Authorised(messages_url_);
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = net::FormEncode(form);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    if (result.failure == net::Failure::kNone && result.status >= 200 && result.status < 300) {
      return ReadCreated(result);
    }
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    if (result.status < 300) return outcome;
    const Json error = Parsed(result.body);
    const int64_t code = NumberOf(error, "code");
    if (code == 0) return outcome;
    outcome.text = CodeText(code, TextOf(error, "message"));
    if (code == 20429) {  // requests over the limit were not processed, whatever the status says
      outcome.kind = Kind::kRateLimited;
      if (!outcome.retry_after) outcome.retry_after = RetryAfter(result).value_or(BackOff(outgoing.attempt));
    }
    return outcome;
  }

  Request Find(const Outgoing& outgoing) const override {
    net::Fields query = {{"To", outgoing.message.to.address}};
    if (!from_.empty()) query.emplace_back("From", from_);
    query.emplace_back("DateSent>", FormatInstant(SinceOf(outgoing)));
    query.emplace_back("PageSize", kFindPage);
    net::HttpRequest request = Authorised(messages_url_ + "?" + net::FormEncode(query));
    request.method = "GET";
    return request;
  }

  Outcome ReadFound(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome;
    outcome.status = result.status;
    const Json page = result.failure == net::Failure::kNone ? Parsed(result.body) : Json();
    const auto list = page.is_object() ? page.find("messages") : page.end();
    if (result.status != 200 || !page.is_object() || list == page.end() || !list->is_array()) {
      outcome.text = ForPeople(OutcomeOf(result, kVendor, 1).text);
      return outcome;
    }
    for (const Json& message : *list) {
      if (!IsThis(outgoing, message)) continue;
      outcome.kind = Kind::kAccepted;
      outcome.reference = TextOf(message, "sid");
      outcome.text = ForPeople("Twilio has the message: " + TextOf(message, "status") + ".");
      return outcome;
    }
    outcome.text = "Twilio's list does not show the message.";
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const std::string url = public_url_ + call.target;
    answer.authentic =
        !public_url_.empty() && IsTwilioSignature(call.Header("X-Twilio-Signature"), url, call.body, token_);
    if (!answer.authentic) return answer;
    const net::Fields form = net::FormDecode(call.body);
    const std::optional<DeliveryState> state = StateOf(FieldOf(form, "MessageStatus", "SmsStatus"));
    if (!state) return answer;
    StatusUpdate update{
        .key = {}, .reference = FieldOf(form, "MessageSid", "SmsSid"), .state = *state, .text = {}};
    const size_t question = call.target.find('?');
    if (question != std::string::npos) {
      update.key = FieldOf(net::FormDecode(std::string_view(call.target).substr(question + 1)), "key", "");
    }
    const std::string code = FieldOf(form, "ErrorCode", "");
    const bool numeric = !code.empty() && code.size() <= 9 &&
                         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (numeric) update.text = CodeText(std::stoll(code), FieldOf(form, "ErrorMessage", ""));
    answer.updates.push_back(std::move(update));
    return answer;
  }

 private:
  net::HttpRequest Authorised(std::string url) const {
    net::HttpRequest request;
    request.url = std::move(url);
    request.user = account_;
    request.password = token_;
    request.allow_private = allow_private_;
    request.timeout = timeout_;
    request.connect_timeout = std::min<std::chrono::milliseconds>(request.connect_timeout, timeout_);
    request.headers.emplace_back("Accept", "application/json");
    return request;
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
    outcome.text = ForPeople("Twilio: " + TextOf(created, "status"));
    return outcome;
  }

  static Instant SinceOf(const Outgoing& outgoing) {
    const int64_t since = outgoing.at.ms - kClockSkewMs;
    return {since - since % 1000};
  }

  // Ours, with this text, not one that was never sent, and not an older one with the same text.
  bool IsThis(const Outgoing& outgoing, const Json& message) const {
    if (TextOf(message, "sid").empty() || TextOf(message, "body") != outgoing.message.text) return false;
    if (TextOf(message, "to") != outgoing.message.to.address) return false;
    if (!TextOf(message, "direction").starts_with("outbound")) return false;
    if (!service_.empty()) {
      const std::string service = TextOf(message, "messaging_service_sid");
      if (!service.empty() && service != service_) return false;
    }
    const std::optional<int64_t> created = ParseWireDate(TextOf(message, "date_created"));
    return !created || *created * 1000 >= SinceOf(outgoing).ms;
  }

  static std::string FieldOf(const net::Fields& fields, std::string_view name, std::string_view other) {
    for (const std::string_view wanted : {name, other}) {
      for (const auto& [key, value] : fields) {
        if (key == wanted) return value;
      }
    }
    return {};
  }

  static std::optional<DeliveryState> StateOf(std::string_view status) {
    struct Row {
      std::string_view name;
      DeliveryState state;
    };
    constexpr Row kRows[] = {
        {"accepted", DeliveryState::kQueued}, {"scheduled", DeliveryState::kQueued},
        {"queued", DeliveryState::kQueued},   {"sending", DeliveryState::kQueued},
        {"sent", DeliveryState::kSent},       {"delivered", DeliveryState::kDelivered},
        {"read", DeliveryState::kRead},       {"undelivered", DeliveryState::kUndelivered},
        {"failed", DeliveryState::kFailed},   {"canceled", DeliveryState::kFailed},
    };
    for (const Row& row : kRows) {
      if (row.name == status) return row.state;
    }
    return std::nullopt;  // receiving, received, partially_delivered, and what may come
  }

  std::string account_, token_, from_, service_;
  std::string messages_url_;
  std::string public_url_, hook_;
  bool allow_private_;
  std::chrono::milliseconds timeout_;
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
      .make = [](const Config& config, const Surroundings& surroundings) -> std::shared_ptr<const Vendor> {
        return std::make_shared<const Twilio>(config, surroundings);
      },
  };
  return kKind;
}

}  // namespace recado::provider
