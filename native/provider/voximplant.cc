// Voximplant: robocalls out, by starting the scenario that docs/voximplant.md gives; its result in.
//
// The call's facts go to the scenario as script_custom_data. Voximplant signs no webhook, so the scenario
// repeats the callback's address, which carries our key and its token. Requests bear a token signed with the
// account's key.
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Voximplant";
// A token lives for one request; it begins a little early for clocks that are behind ours.
constexpr int64_t kTokenSeconds = 60;
constexpr int64_t kClockSkewSeconds = 5;

// What the scenario reports: SIP codes, or "completed".
struct Result {
  std::string_view code;
  DeliveryState state;
  std::string_view text;
};
constexpr Result kResults[] = {
    {"completed", DeliveryState::kDelivered, ""},
    {"404", DeliveryState::kFailed, "the number is not valid"},
    {"408", DeliveryState::kUndelivered, "nobody answered"},
    {"480", DeliveryState::kUndelivered, "nobody answered"},
    {"486", DeliveryState::kUndelivered, "the line was busy"},
    {"603", DeliveryState::kUndelivered, "the call was declined"},
};

class Voximplant final : public Vendor {
 public:
  Voximplant(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://api.voximplant.com")),
        rule_id_(TextSetting(config, "rule_id")),
        account_id_(TextSetting(config, "account_id")),
        key_id_(SecretOf(config, "key_id")),
        private_key_(SecretOf(config, "private_key")) {
    for (const Json& line : MemberOf(config.settings, "lines"))
      numbers_[TextOf(line, "id")] = TextOf(line, "number");
  }

  Resolution resolution() const override { return EchoingAt(endpoint_); }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kCall) return OnlySends(kVendor, "calls");
    Json call = {{"key", outgoing.key}, {"to", message.to.address}, {"from", NumberOfLine(message.line)}};
    if (message.say) {
      call["say"] = {{"text", message.say->text},
                     {"language", message.say->language},
                     {"voice", message.say->voice},
                     {"rate", message.say->rate},
                     {"volume", message.say->volume}};
    }
    if (message.play_url) call["play"] = *message.play_url;
    if (!endpoint_.hook.empty()) call["report"] = HookUrl(endpoint_, outgoing.key, key_id_ + private_key_);
    const int64_t now = outgoing.at.ms / 1000;
    const auto token =
        MakeRsaToken(private_key_, key_id_,
                     {{"iss", AccountId()}, {"iat", now - kClockSkewSeconds}, {"exp", now + kTokenSeconds}});
    if (!token) return MakeOutcome(Kind::kPermanent, "Voximplant's private key can't be read.");
    net::HttpRequest request = PostForm(endpoint_, "/platform_api/StartScenarios",
                                        {{"rule_id", rule_id_}, {"script_custom_data", DumpJson(call)}});
    request.headers.emplace_back("Authorization", "Bearer " + *token);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    if (result.failure != net::Failure::kNone) return outcome;
    const Json answer = Parsed(result.body);
    const Json& error = MemberOf(answer, "error");  // with HTTP 200 too
    if (error.is_object()) {
      if (result.status < 300) outcome.kind = Kind::kPermanent;
      outcome.text = VendorText(kVendor, NumberOf(error, "code"), "", TextOf(error, "msg"));
      return outcome;
    }
    if (!Succeeded(result)) return outcome;
    if (NumberOf(answer, "result") != 1) {
      outcome.text = "Voximplant's answer could not be read.";
      return outcome;
    }
    outcome.kind = Kind::kAccepted;
    const Json& session = MemberOf(answer, "call_session_history_id");
    if (session.is_number_integer()) outcome.reference = DumpJson(session);
    outcome.text = "Voximplant is calling.";
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    const std::string key = AuthenticKey(call, key_id_ + private_key_);
    answer.authentic = !key.empty();
    const Json report = Parsed(call.body);
    if (!answer.authentic || !report.is_object()) return answer;
    const Json& given = MemberOf(report, "result");
    const std::string code = given.is_string() ? given.get<std::string>() : DumpJson(given);
    StatusUpdate update{.key = key,
                        .reference = {},
                        .state = DeliveryState::kFailed,
                        .text = ForPeople("Voximplant: " + code)};
    for (const Result& row : kResults) {
      if (row.code != code) continue;
      update.state = row.state;
      update.text = row.text.empty() ? "" : "Voximplant " + code + ": " + std::string(row.text) + ".";
    }
    answer.updates.push_back(std::move(update));
    return answer;
  }

 private:
  std::string NumberOfLine(const std::string& line) const {
    const auto found = numbers_.find(line);
    return found == numbers_.end() ? std::string() : found->second;
  }
  // As a number where it is one: so the vendor's own clients write it.
  Json AccountId() const {
    const Json number = Parsed(account_id_);
    return number.is_number_integer() ? number : Json(account_id_);
  }

  Endpoint endpoint_;
  std::string rule_id_, account_id_, key_id_, private_key_;
  std::map<std::string, std::string> numbers_;
};

void CheckVoximplant(const Config& config, Diagnostics& diagnostics) {
  const std::string key = SecretOf(config, "private_key");
  if (key.empty() || MakeRsaToken(key, "k", Json::object())) return;
  diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                            .At("/secrets/private_key")
                            .With("what", "private_key")
                            .With("value", "what was given")
                            .With("allowed", "an RSA key in PEM, as the account's key file has it"));
}

constexpr Setting kSettings[] = {{"rule_id", SettingType::kId, true}, {"account_id", SettingType::kId, true}};
constexpr Secret kSecrets[] = {{"key_id", true}, {"private_key", true}};

}  // namespace

const VendorKind& VoximplantKind() {
  static constexpr VendorKind kKind{
      .name = "voximplant",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = &CheckVoximplant,
      .make = &Make<Voximplant>,
  };
  return kKind;
}

}  // namespace recado::provider
