// edna (Pulse): WhatsApp templates out through a cascade, statuses and customers' messages in.
//
// edna knows an approved template by its text, not by its name, so the setting `templates` holds the texts as
// they were approved, with {{1}}, {{2}} … for the parameters. Statuses echo our requestId. They are not
// signed; the address set up in the account carries a token. Identical messages within 20 minutes are dropped
// by edna.
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "edna";

constexpr StateRow kStates[] = {
    {"enqueued", DeliveryState::kQueued},     {"delayed", DeliveryState::kQueued},
    {"sent", DeliveryState::kSent},           {"delivered", DeliveryState::kDelivered},
    {"read", DeliveryState::kRead},           {"undelivered", DeliveryState::kUndelivered},
    {"expired", DeliveryState::kUndelivered}, {"failed", DeliveryState::kFailed},
    {"cancelled", DeliveryState::kFailed},
};

class Edna final : public Vendor {
 public:
  Edna(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://app.edna.io")),
        cascade_id_(Parsed(TextSetting(config, "cascade_id"))),
        api_key_(SecretOf(config, "api_key")),
        templates_(MemberOf(config.settings, "templates")) {}

  Resolution resolution() const override { return EchoingAt(endpoint_); }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kWhatsApp) return OnlySends(kVendor, "WhatsApp templates");
    const std::string approved = TextOfTemplate(message.template_name, message.language);
    if (approved.empty()) {
      return MakeOutcome(Kind::kPermanent, "The text of the template " + message.template_name + " (" +
                                               message.language + ") is not in the provider's settings.");
    }
    const Json body = {
        {"requestId", outgoing.key},
        {"cascadeId", cascade_id_},
        {"subscriberFilter", {{"address", WithoutPlus(message.to.address)}, {"type", "PHONE"}}},
        {"content", {{"whatsappContent", {{"contentType", "TEXT"}, {"text", Filled(approved, message)}}}}}};
    net::HttpRequest request = PostJson(endpoint_, "/api/cascade/schedule", body);
    request.headers.emplace_back("X-API-KEY", api_key_);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    const Json answer = Parsed(result.body);
    if (Succeeded(result)) {
      outcome.kind = Kind::kAccepted;
      outcome.reference = outgoing.key;
      outcome.text = "edna has the message.";
      return outcome;
    }
    std::string said = TextOf(answer, "detail");
    if (said.empty()) said = TextOf(answer, "message");
    if (said.empty()) said = TextOf(answer, "code");
    if (result.status >= 300 && !said.empty()) outcome.text = VendorText(kVendor, 0, "", said);
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    answer.authentic = AuthenticKey(call, api_key_) == kAccountHook;
    if (!answer.authentic) return answer;
    const Json report = Parsed(call.body);
    if (MemberOf(report, "messageContent").is_object()) {
      AddIncoming(report, answer);
      return answer;
    }
    const std::optional<DeliveryState> state = StateNamed(kStates, TextOf(report, "status"));
    if (!state) return answer;
    StatusUpdate update{.key = TextOf(report, "requestId"), .reference = {}, .state = *state, .text = {}};
    const std::string error = TextOf(report, "error");
    if (!error.empty()) update.text = VendorText(kVendor, 0, "", error);
    answer.updates.push_back(std::move(update));
    return answer;
  }

  std::string AccountHook() const override { return HookUrl(endpoint_, kAccountHook, api_key_); }

 private:
  // Its inMessageCallbackUrl is the same address as that of statuses; what is called tells itself apart.
  static void AddIncoming(const Json& call, WebhookAnswer& answer) {
    const Json& content = MemberOf(call, "messageContent");
    const Json& person = MemberOf(call, "userInfo");
    Incoming incoming;
    const int64_t id = NumberOf(call, "id");
    incoming.id = id == 0 ? std::string() : std::to_string(id);
    incoming.channel = rule::Channel::kWhatsApp;
    incoming.chat_id = TextOf(MemberOf(call, "subscriber"), "identifier");
    incoming.from = WithPlus(incoming.chat_id);
    incoming.to = TextOf(call, "subject");
    std::string name = TextOf(person, "firstName");
    const std::string last = TextOf(person, "lastName");
    if (!last.empty()) name += (name.empty() ? "" : " ") + last;
    incoming.name = IncomingText(name.empty() ? TextOf(person, "userName") : name);
    std::string words = TextOf(content, "text");
    if (words.empty()) words = TextOf(content, "caption");
    if (words.empty()) words = "[" + TextOf(content, "type") + "]";
    incoming.text = IncomingText(words);
    if (const Result<Instant> at = ParseInstant(TextOf(call, "receivedAt")); at.ok()) incoming.at = *at;
    if (!incoming.id.empty() && !incoming.chat_id.empty()) answer.incoming.push_back(std::move(incoming));
  }

  std::string TextOfTemplate(std::string_view name, std::string_view language) const {
    for (const Json& one : templates_) {
      if (TextOf(one, "name") == name && TextOf(one, "language") == language) return TextOf(one, "text");
    }
    return {};
  }

  // {{1}} by the parameter called "1". Values are put in once: what a value holds is not looked at again.
  static std::string Filled(std::string_view approved, const plan::Message& message) {
    std::string out;
    while (!approved.empty()) {
      const size_t open = approved.find("{{");
      const size_t close = open == std::string_view::npos ? open : approved.find("}}", open);
      if (close == std::string_view::npos) return out.append(approved);
      out.append(approved.substr(0, open));
      const std::string_view name = approved.substr(open + 2, close - open - 2);
      for (const auto& [parameter, value] : message.parameters) {
        if (parameter == name) out.append(value);
      }
      approved.remove_prefix(close + 2);
    }
    return out;
  }

  Endpoint endpoint_;
  Json cascade_id_;
  std::string api_key_;
  Json templates_;
};

void CheckEdna(const Config& config, Diagnostics& diagnostics) {
  const std::string cascade = TextSetting(config, "cascade_id");
  if (cascade.empty() || Parsed(cascade).is_number_integer()) return;
  diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                            .At("/settings/cascade_id")
                            .With("what", "cascade_id")
                            .With("value", cascade)
                            .With("allowed", "the cascade's number, as the edna account shows it"));
}

constexpr Setting kSettings[] = {{"cascade_id", SettingType::kId, true},
                                 {"subject_id", SettingType::kId},
                                 {"templates", SettingType::kTemplateTexts}};
constexpr Secret kSecrets[] = {{"api_key", true}};

}  // namespace

const VendorKind& EdnaKind() {
  static constexpr VendorKind kKind{
      .name = "edna",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = &CheckEdna,
      .make = &Make<Edna>,
  };
  return kKind;
}

}  // namespace recado::provider
