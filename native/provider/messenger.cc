// Facebook Messenger (Send API): chat messages out, what customers write in. Answers and webhooks are Meta's
// (graph_api.h).
//
// There is no idempotency key and no receipt that names one message of ours: blind.
#include "native/provider/graph_api.h"
#include "native/provider/outcome.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "Messenger";

class Messenger final : public Vendor {
 public:
  Messenger(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, kGraphBaseUrl)),
        page_id_(TextSetting(config, "page_id")),
        access_token_(SecretOf(config, "access_token")),
        app_secret_(SecretOf(config, "app_secret")),
        verify_token_(SecretOf(config, "verify_token")) {}

  Resolution resolution() const override { return Resolution::kBlind; }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kChat) return OnlySends(kVendor, "chat messages");
    Json content = Json::object();
    if (std::optional<Outcome> refused = AddContent(outgoing, content)) return *std::move(refused);
    content["metadata"] = outgoing.key;
    const Json body = {{"recipient", {{"id", message.to.address}}},
                       {"messaging_type", "UPDATE"},  // by a rule, not in answer to a question
                       {"message", std::move(content)}};
    const std::string page = page_id_.empty() ? "me" : net::PercentEncode(page_id_);
    net::HttpRequest request =
        PostJson(endpoint_, "/" + std::string(kGraphVersion) + "/" + page + "/messages", body);
    request.headers.emplace_back("Authorization", "Bearer " + access_token_);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    if (!Succeeded(result)) {
      return GraphRefused(result, kVendor, outgoing.attempt);
    }
    Outcome outcome;
    outcome.status = result.status;
    outcome.reference = TextOf(Parsed(result.body), "message_id");
    outcome.kind = outcome.reference.empty() ? Kind::kUnknown : Kind::kAccepted;
    outcome.text =
        outcome.reference.empty() ? "Messenger's answer could not be read." : "Messenger has the message.";
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    if (call.method == "GET") return HubHandshake(call, verify_token_);
    WebhookAnswer answer;
    answer.authentic = IsHubSignature(call, app_secret_);
    if (!answer.authentic) return answer;
    const Json body = Parsed(call.body);
    for (const Json& entry : MemberOf(body, "entry")) {
      for (const Json& event : MemberOf(entry, "messaging")) {
        AddIncoming(event, answer);
        for (const Json& id : MemberOf(MemberOf(event, "delivery"), "mids")) {
          if (!id.is_string()) continue;
          answer.updates.push_back({.key = {},
                                    .reference = id.get<std::string>(),
                                    .state = DeliveryState::kDelivered,
                                    .text = {}});
        }
      }
    }
    return answer;
  }

 private:
  // A message is a text or a file, never both. A file alone is one; with a text, files are addresses below
  // it.
  static std::optional<Outcome> AddContent(const Outgoing& outgoing, Json& content) {
    const plan::Message& message = outgoing.message;
    std::string text = message.text;
    for (const plan::EmailAttachment& attachment : message.attachments) {
      const auto link = outgoing.file_links.find(attachment.file);
      if (link == outgoing.file_links.end()) return NoFileLink(outgoing, attachment);
      if (message.text.empty() && message.attachments.size() == 1) {
        const std::string name = attachment.name.empty() ? attachment.file : attachment.name;
        content["attachment"] = {{"type", IsPhoto(name) ? "image" : "file"},
                                 {"payload", {{"url", link->second}, {"is_reusable", false}}}};
        return std::nullopt;
      }
      text.append("\n").append(link->second);
    }
    content["text"] = std::move(text);
    return std::nullopt;
  }

  // What the page itself wrote comes back as an echo.
  static void AddIncoming(const Json& event, WebhookAnswer& answer) {
    const Json& message = MemberOf(event, "message");
    Incoming incoming;
    incoming.id = TextOf(message, "mid");
    incoming.channel = rule::Channel::kChat;
    incoming.from = TextOf(MemberOf(event, "sender"), "id");
    incoming.to = TextOf(MemberOf(event, "recipient"), "id");
    incoming.chat_id = incoming.from;
    incoming.text = IncomingText(TextOf(message, "text"));
    const int64_t ms = NumberOf(event, "timestamp");
    if (ms > 0) incoming.at = FromUnixSeconds(ms / 1000);
    const bool ours = MemberOf(message, "is_echo") == true;
    if (!ours && !incoming.id.empty() && !incoming.from.empty())
      answer.incoming.push_back(std::move(incoming));
  }

  Endpoint endpoint_;
  std::string page_id_, access_token_, app_secret_, verify_token_;
};

constexpr Setting kSettings[] = {{"page_id", SettingType::kId, true}};
constexpr Secret kSecrets[] = {{"access_token", true}, {"app_secret", false}, {"verify_token", false}};

}  // namespace

const VendorKind& MessengerKind() {
  static constexpr VendorKind kKind{
      .name = "messenger",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = nullptr,
      .make = &Make<Messenger>,
  };
  return kKind;
}

}  // namespace recado::provider
