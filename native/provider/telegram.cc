// Telegram Bot API: chat messages out.
//
// The bot's token is a part of the address, which therefore never comes into a text for people. There is
// neither an idempotency key nor a receipt: whether a message whose answer was lost has arrived nobody can
// know. A webhook is authentic by the secret that Telegram repeats in a header.
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Telegram";

struct Known {
  std::string_view said;  // how Telegram's description begins
  std::string_view text;
};
constexpr Known kKnown[] = {
    {"Forbidden: bot was blocked by the user", "the customer has blocked the bot"},
    {"Forbidden: user is deactivated", "the customer's account does not exist any more"},
    {"Forbidden: bot can't initiate conversation",
     "the customer has not started the bot yet: send an invitation"},
    {"Bad Request: chat not found", "there is no such chat with the bot"},
    {"Bad Request: message is too long", "the text has more than 4,096 characters"},
    {"Unauthorized", "the bot's token is wrong"},
};

class Telegram final : public Vendor {
 public:
  Telegram(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "https://api.telegram.org")),
        bot_token_(SecretOf(config, "bot_token")),
        webhook_secret_(SecretOf(config, "webhook_secret")) {}

  Resolution resolution() const override { return Resolution::kBlind; }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kChat) return OnlySends(kVendor, "chat messages");
    if (!message.attachments.empty())
      return MakeOutcome(Kind::kPermanent, "Files can't be sent to Telegram chats yet.");
    return PostJson(endpoint_, "/bot" + bot_token_ + "/sendMessage",
                    {{"chat_id", ChatId(message.to.address)}, {"text", message.text}});
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    const Json answer = Parsed(result.body);
    if (result.failure != net::Failure::kNone || !answer.is_object()) {
      if (Succeeded(result)) outcome.text = "Telegram's answer could not be read.";
      return outcome;
    }
    if (MemberOf(answer, "ok") == true && Succeeded(result)) {
      const Json& sent = MemberOf(answer, "result");
      outcome.kind = Kind::kAccepted;
      outcome.reference = std::to_string(NumberOf(sent, "message_id"));
      outcome.text = "Telegram has the message.";
      return outcome;
    }
    return Refused(answer, outgoing.attempt, outcome);
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    answer.authentic = !webhook_secret_.empty() &&
                       SameSecret(call.Header("X-Telegram-Bot-Api-Secret-Token"), webhook_secret_);
    return answer;
  }

 private:
  // Numbers as numbers, "@name" as it is.
  static Json ChatId(const std::string& address) {
    const Json parsed = Parsed(address);
    return parsed.is_number_integer() ? parsed : Json(address);
  }

  static Outcome Refused(const Json& answer, int attempt, Outcome outcome) {
    const std::string said = TextOf(answer, "description");
    const int64_t seconds = NumberOf(MemberOf(answer, "parameters"), "retry_after");
    if (NumberOf(answer, "error_code") == 429) {
      outcome.kind = Kind::kRateLimited;
      outcome.retry_after =
          seconds > 0 ? std::min<std::chrono::milliseconds>(std::chrono::seconds(seconds), kLongestRetryAfter)
                      : BackOff(attempt);
    }
    std::string_view known;
    for (const Known& row : kKnown) {
      if (said.starts_with(row.said)) known = row.text;
    }
    if (!said.empty()) outcome.text = VendorText(kVendor, NumberOf(answer, "error_code"), known, said);
    return outcome;
  }

  Endpoint endpoint_;
  std::string bot_token_, webhook_secret_;
};

// What stands in an address must not be able to lead elsewhere: 123456:ABC-def_9.
void CheckTelegram(const Config& config, Diagnostics& diagnostics) {
  const std::string token = SecretOf(config, "bot_token");
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':' ||
           c == '-' || c == '_';
  };
  if (token.empty() || std::all_of(token.begin(), token.end(), allowed)) return;
  diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                            .At("/secrets/bot_token")
                            .With("what", "bot_token")
                            .With("value", "what was given")
                            .With("allowed", "the token as BotFather wrote it"));
}

constexpr Setting kSettings[] = {{"bot_username", SettingType::kText, true}};
constexpr Secret kSecrets[] = {{"bot_token", true}, {"webhook_secret", false}};

}  // namespace

const VendorKind& TelegramKind() {
  static constexpr VendorKind kKind{
      .name = "telegram",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = &CheckTelegram,
      .make = &Make<Telegram>,
  };
  return kKind;
}

}  // namespace recado::provider
