#include "native/store/message_json.h"

#include "core/plan/plan_json.h"

namespace recado::store {
namespace {

constexpr crm::ClientKind kClientKinds[] = {crm::ClientKind::kContact, crm::ClientKind::kCompany,
                                            crm::ClientKind::kLead};

// A text member; "" where it is missing or something else.
std::string TextAt(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::string> MaybeTextAt(const Json& json, const char* name) {
  if (!json.contains(name)) return std::nullopt;
  return TextAt(json, name);
}

bool FlagAt(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

int NumberAt(const Json& json, const char* name, int fallback) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number_integer() ? found->get<int>() : fallback;
}

Json PackSay(const rule::Say& say) {
  return {{"text", say.text},
          {"voice", say.voice},
          {"language", say.language},
          {"rate", say.rate},
          {"volume", say.volume}};
}

rule::Say UnpackSay(const Json& json) {
  return rule::Say{.text = TextAt(json, "text"),
                   .voice = TextAt(json, "voice"),
                   .language = TextAt(json, "language"),
                   .rate = NumberAt(json, "rate", 100),
                   .volume = NumberAt(json, "volume", 100)};
}

plan::Recipient UnpackRecipient(const Json& to, const Json& wire) {
  plan::Recipient recipient;
  for (const crm::ClientKind kind : kClientKinds) {
    if (ClientKindName(kind) == TextAt(wire, "client")) recipient.kind = kind;
  }
  recipient.id = TextAt(wire, "client_id");
  recipient.name = TextAt(wire, "client_name");
  recipient.address = TextAt(to, "address");
  recipient.type = TextAt(to, "type");
  return recipient;
}

// What the vendor needs and `content` does not say.
Json PackWire(const plan::Message& message) {
  Json wire = {{"client", ClientKindName(message.to.kind)},
               {"client_id", message.to.id},
               {"client_name", message.to.name}};
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) wire[name] = value;
  };
  put("from_name", message.from_name);
  put("line", message.line);
  put("template", message.template_name);
  put("language", message.language);
  if (message.hidden) wire["hidden"] = true;
  if (message.track_clicks) wire["track_clicks"] = true;
  if (message.play_url) wire["play"] = *message.play_url;
  if (message.say) wire["say"] = PackSay(*message.say);
  for (const plan::EmailAttachment& attachment : message.attachments) {
    wire["attachments"].push_back(Json{{"name", attachment.name}, {"file", attachment.file}});
  }
  for (const auto& [name, value] : message.parameters)
    wire["parameters"].push_back(Json::array({name, value}));
  return wire;
}

plan::Message UnpackWire(const Json& wire) {
  plan::Message message;
  message.from_name = TextAt(wire, "from_name");
  message.line = TextAt(wire, "line");
  message.template_name = TextAt(wire, "template");
  message.language = TextAt(wire, "language");
  message.hidden = FlagAt(wire, "hidden");
  message.track_clicks = FlagAt(wire, "track_clicks");
  message.play_url = MaybeTextAt(wire, "play");
  if (const auto say = wire.find("say"); say != wire.end()) message.say = UnpackSay(*say);
  if (const auto list = wire.find("attachments"); list != wire.end()) {
    for (const Json& attachment : *list) {
      message.attachments.push_back({TextAt(attachment, "name"), TextAt(attachment, "file")});
    }
  }
  if (const auto list = wire.find("parameters"); list != wire.end()) {
    for (const Json& pair : *list) {
      if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string()) {
        message.parameters.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
      }
    }
  }
  return message;
}

// What vendors and prices go by: an attempt after a restart must be sent as the first was.
sms::SmsCount UnpackCount(const Json& json) {
  sms::SmsCount count;
  count.encoding = TextAt(json, "encoding") == "ucs2" ? sms::Encoding::kUcs2 : sms::Encoding::kGsm7;
  count.units = NumberAt(json, "units", 0);
  count.segments = NumberAt(json, "segments", 1);
  count.characters = NumberAt(json, "characters", 0);
  return count;
}

// The texts, which stand in `content` alone: they are most of a message's bytes.
void UnpackContent(const Json& content, plan::Message& message) {
  if (message.channel == rule::Channel::kEmail) {
    message.from = TextAt(content, "from");
    message.subject = TextAt(content, "subject");
    message.html = MaybeTextAt(content, "html");
    message.plain = MaybeTextAt(content, "text");
  } else {
    message.text = TextAt(content, "text");
  }
}

}  // namespace

Json PackMessage(const plan::Message& message) {
  Json json = {{"channel", rule::ChannelName(message.channel)},
               {"provider", message.provider},
               {"to", plan::RecipientJson(message.to)},
               {"content", plan::ContentJson(message)}};
  if (message.sms) {
    json["sms"] = {{"encoding", message.sms->encoding == sms::Encoding::kGsm7 ? "gsm7" : "ucs2"},
                   {"units", message.sms->units},
                   {"segments", message.sms->segments},
                   {"characters", message.sms->characters}};
  }
  json["wire"] = PackWire(message);
  return json;
}

Result<plan::Message> UnpackMessage(std::string_view text) {
  const auto corrupt = [](std::string detail) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_corrupt)
                           .With("what", "a composed message")
                           .With("detail", std::move(detail))};
  };
  const Result<Json> json = ParseJson(text);
  if (!json.ok()) return corrupt(MessageOf(json.error().front()));
  if (!json->is_object() || !json->contains("wire") || !json->contains("to"))
    return corrupt("it is incomplete");
  const std::optional<rule::Channel> channel = rule::ChannelFromName(TextAt(*json, "channel"));
  if (!channel) return corrupt("its channel is unknown");
  plan::Message message = UnpackWire((*json)["wire"]);
  message.channel = *channel;
  UnpackContent((*json)["content"], message);
  if (const auto count = json->find("sms"); count != json->end() && count->is_object()) {
    message.sms.emplace();
    message.sms->encoding =
        TextAt(*count, "encoding") == "gsm7" ? sms::Encoding::kGsm7 : sms::Encoding::kUcs2;
    message.sms->units = static_cast<decltype(message.sms->units)>(NumberAt(*count, "units", 0));
    message.sms->segments = static_cast<decltype(message.sms->segments)>(NumberAt(*count, "segments", 1));
    message.sms->characters =
        static_cast<decltype(message.sms->characters)>(NumberAt(*count, "characters", 0));
  }
  message.provider = TextAt(*json, "provider");
  message.to = UnpackRecipient((*json)["to"], (*json)["wire"]);
  if (const auto count = json->find("sms"); count != json->end() && count->is_object()) {
    message.sms = UnpackCount(*count);
  }
  return message;
}

}  // namespace recado::store
