// Telegram Bot API: chat messages out, what customers write in.
//
// The bot's token is a part of the address, which therefore never comes into a text for people. There is
// neither an idempotency key nor a receipt: whether a message whose answer was lost has arrived nobody can
// know. A webhook is authentic by the secret that Telegram repeats in a header.
#include <algorithm>

#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Telegram";
constexpr size_t kMaxCaption = 1'024;

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

struct Known {
  std::string_view said;  // how Telegram's description begins
  std::string_view text;
  AddressFault fault = AddressFault::kNone;
};
constexpr Known kKnown[] = {
    {"Forbidden: bot was blocked by the user", "the customer has blocked the bot", AddressFault::kOptedOut},
    {"Forbidden: user is deactivated", "the customer's account does not exist any more", AddressFault::kDead},
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
    if (!message.attachments.empty()) return SendFile(outgoing);
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
    if (answer.authentic) AddIncoming(Parsed(call.body), answer);
    return answer;
  }

 private:
  // An update with a message that a person wrote to the bot. Edited messages and groups say nothing to us.
  static void AddIncoming(const Json& update, WebhookAnswer& answer) {
    const Json& message = MemberOf(update, "message");
    const Json& chat = MemberOf(message, "chat");
    const Json& from = MemberOf(message, "from");
    const int64_t chat_id = NumberOf(chat, "id");
    if (chat_id == 0 || TextOf(chat, "type") != "private" || MemberOf(from, "is_bot") == true) return;
    Incoming incoming;
    incoming.id = std::to_string(NumberOf(update, "update_id"));
    incoming.channel = rule::Channel::kChat;
    incoming.from = std::to_string(NumberOf(from, "id"));
    incoming.chat_id = std::to_string(chat_id);
    const std::string last = TextOf(from, "last_name");
    incoming.name = IncomingText(TextOf(from, "first_name") + (last.empty() ? "" : " " + last));
    incoming.at = FromUnixSeconds(MemberOf(message, "date"));
    std::string text = TextOf(message, "text");
    if (text.empty()) text = TextOf(message, "caption");
    constexpr std::string_view kStart = "/start";
    incoming.started = text == kStart || text.starts_with(std::string(kStart) + " ");
    if (incoming.started && text.size() > kStart.size()) incoming.invitation = text.substr(kStart.size() + 1);
    if (!incoming.started) incoming.text = IncomingText(text);
    answer.incoming.push_back(std::move(incoming));
  }

  // One file, with the text below it.
  Request SendFile(const Outgoing& outgoing) const {
    const plan::Message& message = outgoing.message;
    if (message.attachments.size() > 1)
      return MakeOutcome(Kind::kPermanent, "Telegram takes one file a message.");
    if (CountCharacters(message.text) > kMaxCaption)
      return MakeOutcome(Kind::kPermanent, "With a file the text may have 1,024 characters at most.");
    const plan::EmailAttachment& attachment = message.attachments.front();
    const auto file = outgoing.files.find(attachment.file);
    if (file == outgoing.files.end()) {
      const std::string text = "The attachment " + attachment.name + " is not in the file store.";
      return MakeOutcome(Kind::kPermanent, ForPeople(text));
    }
    const bool photo = IsPhoto(attachment.name.empty() ? attachment.file : attachment.name);
    net::HttpRequest request =
        Ask(endpoint_, "POST", "/bot" + bot_token_ + (photo ? "/sendPhoto" : "/sendDocument"));
    request.parts = {{"chat_id", message.to.address},
                     {"caption", message.text},
                     {photo ? "photo" : "document", "", file->second, attachment.name}};
    return request;
  }

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
      if (!said.starts_with(row.said)) continue;
      known = row.text;
      if (outcome.kind == Kind::kPermanent) outcome.fault = row.fault;
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
