// WhatsApp Business Cloud API (Meta): templates out, free text within 24 hours of the customer's last
// message, statuses and customers' messages in.
//
// No idempotency key; statuses echo ours as biz_opaque_callback_data. Webhooks are signed with the app's
// secret, so without it no status is believed.
#include <algorithm>

#include "native/provider/graph_api.h"
#include "native/provider/outcome.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "WhatsApp";

constexpr StateRow kStates[] = {
    {"accepted", DeliveryState::kQueued},     {"sent", DeliveryState::kSent},
    {"delivered", DeliveryState::kDelivered}, {"read", DeliveryState::kRead},
    {"failed", DeliveryState::kFailed},
};

bool IsPosition(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Positions in their order, names as names.
Json BodyParameters(const plan::Message& message) {
  auto parameters = message.parameters;
  const bool by_position = std::all_of(parameters.begin(), parameters.end(),
                                       [](const auto& parameter) { return IsPosition(parameter.first); });
  if (by_position) {
    std::stable_sort(parameters.begin(), parameters.end(), [](const auto& a, const auto& b) {
      return a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
    });
  }
  Json list = Json::array();
  for (const auto& [name, text] : parameters) {
    Json parameter = {{"type", "text"}, {"text", text}};
    if (!by_position) parameter["parameter_name"] = name;
    list.push_back(std::move(parameter));
  }
  return list;
}

class WhatsAppCloud final : public Vendor {
 public:
  WhatsAppCloud(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, kGraphBaseUrl)),
        phone_number_id_(TextSetting(config, "phone_number_id")),
        version_(TextSetting(config, "version")),
        access_token_(SecretOf(config, "access_token")),
        app_secret_(SecretOf(config, "app_secret")),
        verify_token_(SecretOf(config, "verify_token")) {
    if (version_.empty()) version_ = kGraphVersion;
  }

  Resolution resolution() const override {
    return endpoint_.hook.empty() || app_secret_.empty() ? Resolution::kBlind : Resolution::kEchoing;
  }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    Json body = {{"messaging_product", "whatsapp"},
                 {"recipient_type", "individual"},
                 {"to", WithoutPlus(message.to.address)}};
    if (message.channel == rule::Channel::kWhatsApp) {
      body["type"] = "template";
      Json content = {{"name", message.template_name},
                      {"language", {{"code", LanguageCode(message.language)}}}};
      if (!message.parameters.empty()) {
        content["components"] = Json::array({{{"type", "body"}, {"parameters", BodyParameters(message)}}});
      }
      body["template"] = std::move(content);
    } else if (message.channel == rule::Channel::kChat) {
      if (std::optional<Outcome> refused = AddChat(outgoing, body)) return *std::move(refused);
    } else {
      return OnlySends(kVendor, "templates and chat messages");
    }
    body["biz_opaque_callback_data"] = outgoing.key;
    net::HttpRequest request = PostJson(
        endpoint_,
        "/" + net::PercentEncode(version_) + "/" + net::PercentEncode(phone_number_id_) + "/messages", body);
    request.headers.emplace_back("Authorization", "Bearer " + access_token_);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    if (!Succeeded(result)) {
      return GraphRefused(result, kVendor, outgoing.attempt);
    }
    Outcome outcome;
    outcome.status = result.status;
    const Json answer = Parsed(result.body);
    const Json& message = FirstOf(MemberOf(answer, "messages"));
    outcome.reference = TextOf(message, "id");
    outcome.kind = outcome.reference.empty() ? Kind::kUnknown : Kind::kAccepted;
    const std::string status = TextOf(message, "message_status");
    outcome.text = outcome.reference.empty()
                       ? "WhatsApp's answer could not be read."
                       : ForPeople("WhatsApp: " + (status.empty() ? "accepted" : status));
    return outcome;
  }

  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    if (call.method == "GET") return HubHandshake(call, verify_token_);
    WebhookAnswer answer;
    answer.authentic = IsHubSignature(call, app_secret_);
    if (!answer.authentic) return answer;
    const Json body = Parsed(call.body);
    for (const Json& entry : MemberOf(body, "entry")) {
      for (const Json& change : MemberOf(entry, "changes")) {
        const Json& value = MemberOf(change, "value");
        for (const Json& status : MemberOf(value, "statuses")) AddStatus(status, answer);
        for (const Json& message : MemberOf(value, "messages")) AddIncoming(message, value, answer);
      }
    }
    return answer;
  }

 private:
  // A text, or one file with the text below it, which WhatsApp fetches at our address.
  static std::optional<Outcome> AddChat(const Outgoing& outgoing, Json& body) {
    const plan::Message& message = outgoing.message;
    if (message.attachments.empty()) {
      body["type"] = "text";
      body["text"] = {{"preview_url", false}, {"body", message.text}};
      return std::nullopt;
    }
    if (message.attachments.size() > 1)
      return MakeOutcome(Kind::kPermanent, "WhatsApp takes one file a message.");
    const plan::EmailAttachment& attachment = message.attachments.front();
    const auto link = outgoing.file_links.find(attachment.file);
    if (link == outgoing.file_links.end()) return NoFileLink(outgoing, attachment);
    const std::string name = attachment.name.empty() ? attachment.file : attachment.name;
    const char* type = IsPhoto(name) ? "image" : "document";
    Json file = {{"link", link->second}, {"caption", message.text}};
    if (!IsPhoto(name)) file["filename"] = name;
    body["type"] = type;
    body[type] = std::move(file);
    return std::nullopt;
  }

  // "pt-BR" → "pt_BR", as Meta spells languages.
  static std::string LanguageCode(std::string language) {
    std::replace(language.begin(), language.end(), '-', '_');
    return language;
  }

  // The words of a message, whatever its type; "[image]" where it has none.
  static std::string WordsOf(const Json& message) {
    const std::string type = TextOf(message, "type");
    std::string words = TextOf(MemberOf(message, "text"), "body");
    if (words.empty()) words = TextOf(MemberOf(message, "button"), "text");
    if (words.empty() && !type.empty()) words = TextOf(MemberOf(message, type), "caption");
    if (words.empty() && type != "text") words = "[" + type + "]";
    return IncomingText(words);
  }

  static void AddIncoming(const Json& message, const Json& value, WebhookAnswer& answer) {
    Incoming incoming;
    incoming.id = TextOf(message, "id");
    incoming.channel = rule::Channel::kWhatsApp;
    incoming.chat_id = TextOf(message, "from");
    incoming.from = WithPlus(incoming.chat_id);
    incoming.to = WithPlus(TextOf(MemberOf(value, "metadata"), "display_phone_number"));
    incoming.text = WordsOf(message);
    incoming.at = FromUnixSeconds(MemberOf(message, "timestamp"));
    for (const Json& contact : MemberOf(value, "contacts")) {
      if (TextOf(contact, "wa_id") == incoming.chat_id) {
        incoming.name = IncomingText(TextOf(MemberOf(contact, "profile"), "name"));
      }
    }
    const bool reaction = TextOf(message, "type") == "reaction";
    if (!reaction && !incoming.id.empty() && !incoming.chat_id.empty()) {
      answer.incoming.push_back(std::move(incoming));
    }
  }

  static void AddStatus(const Json& status, WebhookAnswer& answer) {
    const std::optional<DeliveryState> state = StateNamed(kStates, TextOf(status, "status"));
    if (!state) return;
    StatusUpdate update{.key = TextOf(status, "biz_opaque_callback_data"),
                        .reference = TextOf(status, "id"),
                        .state = *state,
                        .text = {}};
    const Json& error = FirstOf(MemberOf(status, "errors"));
    if (NumberOf(error, "code") != 0) {
      std::string said = TextOf(MemberOf(error, "error_data"), "details");
      if (said.empty()) said = TextOf(error, "title");
      update.text = VendorText(kVendor, NumberOf(error, "code"), "", said);
    }
    answer.updates.push_back(std::move(update));
  }

  Endpoint endpoint_;
  std::string phone_number_id_, version_, access_token_, app_secret_, verify_token_;
};

constexpr Setting kSettings[] = {{"phone_number_id", SettingType::kId, true},
                                 {"version", SettingType::kText}};
constexpr Secret kSecrets[] = {{"access_token", true}, {"app_secret", false}, {"verify_token", false}};

}  // namespace

const VendorKind& WhatsAppCloudKind() {
  static constexpr VendorKind kKind{
      .name = "whatsapp_cloud",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = nullptr,
      .make = &Make<WhatsAppCloud>,
  };
  return kKind;
}

}  // namespace recado::provider
