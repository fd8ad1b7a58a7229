#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/rule/parse.h"

namespace recado::rule {
namespace {

using crm::ObjectReader;

constexpr std::array<std::string_view, 8> kPhoneTypes = {"auto", "work",  "mobile",  "home",
                                                         "fax",  "pager", "mailing", "other"};
constexpr std::array<std::string_view, 5> kEmailTypes = {"auto", "work", "home", "mailing", "other"};
constexpr std::array<std::string_view, 2> kFromKinds = {"responsible", "last_used"};
constexpr std::array<std::string_view, 2> kWhich = {"first", "last"};

std::string ReadPhoneType(ObjectReader& in) {
  return in.Choice("phone_type", kPhoneTypes, "auto");
}

SendSms ReadSms(ObjectReader& in) {
  SendSms sms;
  sms.text = in.RequiredText("text");
  sms.phone_type = ReadPhoneType(in);
  sms.provider = in.RequiredText("provider");
  return sms;
}

Attachment ReadAttachment(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Attachment attachment;
  attachment.field = in.OptionalText("field");
  attachment.file = in.OptionalText("file");
  if (in.is_object() && attachment.field && attachment.file) {
    out.push_back(Diagnostic::Of(DiagnosticCode::conflicting_members)
                      .With("first", "field")
                      .With("second", "file")
                      .At(in.pointer()));
  } else if (in.is_object() && !json.contains("field") && !json.contains("file")) {
    in.Require("file");
  }
  in.Finish();
  return attachment;
}

std::vector<Attachment> ReadAttachments(ObjectReader& in, Diagnostics& out) {
  std::vector<Attachment> attachments;
  const Json* list = in.List("attachments", kMaxAttachments);
  if (list == nullptr) return attachments;
  for (size_t i = 0; i < list->size(); ++i) {
    attachments.push_back(ReadAttachment((*list)[i], Child(in.At("attachments"), i), out));
  }
  return attachments;
}

void ReadFrom(ObjectReader& in, SendEmail& email, Diagnostics& out) {
  const Json* from = in.Take("from");
  if (from == nullptr) return;
  if (from->is_string()) {
    email.from = SendEmail::From::kAddress;
    email.from_address = in.RequiredText("from");
    return;
  }
  if (!from->is_object()) {
    in.Fault("from", crm::WrongType("from", R"(an address or {"auto": …})", *from));
    return;
  }
  ObjectReader way(*from, in.At("from"), out);
  way.Require("auto");
  const bool last = way.Choice("auto", kFromKinds, kFromKinds[0]) == kFromKinds[1];
  email.from = last ? SendEmail::From::kLastUsed : SendEmail::From::kResponsible;
  way.Finish();
}

SendEmail ReadEmail(ObjectReader& in, Diagnostics& out) {
  SendEmail email;
  ReadFrom(in, email, out);
  email.subject = in.RequiredText("subject");
  email.html = in.OptionalText("html");
  email.text = in.OptionalText("text");
  const bool has_body = (email.html && !email.html->empty()) || (email.text && !email.text->empty());
  if (!has_body) out.push_back(Diagnostic::Of(DiagnosticCode::email_without_body).At(in.pointer()));
  email.email_type = in.Choice("email_type", kEmailTypes, "auto");
  email.use_last = in.Choice("use_address", kWhich, "first") == "last";
  email.attachments = ReadAttachments(in, out);
  email.track_clicks = in.Boolean("track_clicks", false);
  return email;
}

Say ReadSay(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Say say;
  say.text = in.RequiredText("text");
  say.voice = in.Text("voice");
  say.language = in.Text("language");
  say.rate = static_cast<int>(in.Integer("rate", say.rate, kMinSpeechPercent, kMaxSpeechPercent));
  say.volume = static_cast<int>(in.Integer("volume", say.volume, kMinSpeechPercent, kMaxSpeechPercent));
  in.Finish();
  return say;
}

MakeCall ReadCall(ObjectReader& in, Diagnostics& out) {
  MakeCall call;
  call.line = in.RequiredText("line");
  call.phone_type = ReadPhoneType(in);
  const Json* say = in.Take("say");
  const Json* play = in.Take("play");
  if (say != nullptr) call.say = ReadSay(*say, in.At("say"), out);
  if (play != nullptr) {
    ObjectReader recording(*play, in.At("play"), out);
    call.play_url = recording.RequiredText("url");
    recording.Finish();
  }
  if (say != nullptr && play != nullptr) {
    out.push_back(Diagnostic::Of(DiagnosticCode::conflicting_members)
                      .With("first", "say")
                      .With("second", "play")
                      .At(in.pointer()));
  } else if (say == nullptr && play == nullptr) {
    in.Require("say");
  }
  return call;
}

SendChatMessage ReadChat(ObjectReader& in, Diagnostics& out) {
  SendChatMessage chat;
  chat.text = in.RequiredText("text");
  chat.hidden = in.Boolean("hidden", false);
  chat.attachments = ReadAttachments(in, out);
  return chat;
}

SendWhatsApp ReadWhatsApp(ObjectReader& in, Diagnostics& out) {
  SendWhatsApp whatsapp;
  whatsapp.provider = in.RequiredText("provider");
  whatsapp.template_name = in.RequiredText("template");
  whatsapp.language = in.RequiredText("language");
  whatsapp.phone_type = ReadPhoneType(in);
  const Json* parameters = in.Object("parameters");
  if (parameters == nullptr) return whatsapp;
  if (parameters->size() > kMaxWhatsAppParameters) {
    in.Fault("parameters", Diagnostic::Of(DiagnosticCode::too_many_items)
                               .With("what", "parameters")
                               .With("actual", std::to_string(parameters->size()))
                               .With("limit", std::to_string(kMaxWhatsAppParameters)));
    return whatsapp;
  }
  for (const auto& [name, value] : parameters->items()) {
    if (value.is_string()) {
      whatsapp.parameters.emplace_back(name, value.get<std::string>());
    } else {
      out.push_back(crm::WrongType(name, "a text", value).At(Child(in.At("parameters"), name)));
    }
  }
  return whatsapp;
}

InviteToMessenger ReadInvite(ObjectReader& in) {
  InviteToMessenger invite;
  invite.channel = in.RequiredText("channel");
  invite.provider = in.RequiredText("provider");
  invite.phone_type = ReadPhoneType(in);
  invite.text = in.RequiredText("text");
  return invite;
}

Json AttachmentsJson(const std::vector<Attachment>& attachments) {
  Json list = Json::array();
  for (const Attachment& attachment : attachments) {
    Json one = Json::object();
    if (attachment.field) one["field"] = *attachment.field;
    if (attachment.file) one["file"] = *attachment.file;
    list.push_back(std::move(one));
  }
  return list;
}

// The members of each action but `type`, as formats §1 names them.
struct Writer {
  Json& json;

  void operator()(const SendSms& sms) {
    json["text"] = sms.text;
    json["phone_type"] = sms.phone_type;
    json["provider"] = sms.provider;
  }
  void operator()(const SendEmail& email) {
    if (email.from == SendEmail::From::kAddress) {
      json["from"] = email.from_address;
    } else {
      json["from"] = {{"auto", kFromKinds[email.from == SendEmail::From::kLastUsed ? 1 : 0]}};
    }
    json["subject"] = email.subject;
    if (email.html) json["html"] = *email.html;
    if (email.text) json["text"] = *email.text;
    json["email_type"] = email.email_type;
    json["use_address"] = kWhich[email.use_last ? 1 : 0];
    if (!email.attachments.empty()) json["attachments"] = AttachmentsJson(email.attachments);
    if (email.track_clicks) json["track_clicks"] = true;
  }
  void operator()(const MakeCall& call) {
    json["line"] = call.line;
    json["phone_type"] = call.phone_type;
    if (call.say) {
      json["say"] = {{"text", call.say->text},
                     {"voice", call.say->voice},
                     {"language", call.say->language},
                     {"rate", call.say->rate},
                     {"volume", call.say->volume}};
    }
    if (call.play_url) json["play"] = {{"url", *call.play_url}};
  }
  void operator()(const SendChatMessage& chat) {
    json["text"] = chat.text;
    if (chat.hidden) json["hidden"] = true;
    if (!chat.attachments.empty()) json["attachments"] = AttachmentsJson(chat.attachments);
  }
  void operator()(const SendWhatsApp& whatsapp) {
    json["provider"] = whatsapp.provider;
    json["template"] = whatsapp.template_name;
    json["language"] = whatsapp.language;
    json["parameters"] = Json::object();
    for (const auto& [name, value] : whatsapp.parameters) json["parameters"][name] = value;
    json["phone_type"] = whatsapp.phone_type;
  }
  void operator()(const InviteToMessenger& invite) {
    json["channel"] = invite.channel;
    json["provider"] = invite.provider;
    json["phone_type"] = invite.phone_type;
    json["text"] = invite.text;
  }
};

}  // namespace

std::span<const std::string_view> PhoneTypes() {
  return kPhoneTypes;
}

std::span<const std::string_view> EmailTypes() {
  return kEmailTypes;
}

std::optional<Action> ParseAction(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  const auto names = ActionTypeNames();
  const Json* given = in.Require("type");
  if (given == nullptr) return std::nullopt;
  const std::string type = in.Choice("type", names, "");
  std::optional<Action> action;
  switch (std::find(names.begin(), names.end(), type) - names.begin()) {
    case 0:
      action = ReadSms(in);
      break;
    case 1:
      action = ReadEmail(in, out);
      break;
    case 2:
      action = ReadCall(in, out);
      break;
    case 3:
      action = ReadChat(in, out);
      break;
    case 4:
      action = ReadWhatsApp(in, out);
      break;
    case 5:
      action = ReadInvite(in);
      break;
    default:
      return std::nullopt;  // which members belong to it is not known either
  }
  in.Finish();
  return action;
}

Json ToJson(const Action& action) {
  Json json = {{"type", ActionTypeName(action)}};
  std::visit(Writer{json}, action);
  return json;
}

}  // namespace recado::rule
