// POST /api/v1/providers/{id}/test: one message, now, to see whether it works.
#include <algorithm>
#include <iterator>

#include "core/crm/email.h"
#include "core/phone/number.h"
#include "core/sms/count.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using rule::Channel;

struct KindRow {
  std::string_view kind;
  Channel channel;  // what it sends where nothing is asked for
};
constexpr KindRow kKinds[] = {
    {"smtp", Channel::kEmail},     {"voximplant", Channel::kCall}, {"telegram", Channel::kChat},
    {"messenger", Channel::kChat}, {"live_chat", Channel::kChat},  {"whatsapp_cloud", Channel::kWhatsApp},
    {"edna", Channel::kWhatsApp},
};

struct Sentence {
  std::string_view language;
  std::string_view text;
};
// In the letters of the GSM alphabet, so that the test costs one segment.
constexpr Sentence kSentences[] = {
    {"en", "This is a test message. It works."},
    {"de", "Das ist eine Testnachricht. Sie ist angekommen."},
    {"es", "Este es un mensaje de prueba. Funciona."},
    {"pl", "To jest wiadomosc testowa. Dziala."},
    {"pt", "Esta é uma mensagem de teste. Funciona."},
};

std::string_view SentenceIn(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  for (const Sentence& row : kSentences) {
    if (row.language == base) return row.text;
  }
  return kSentences[0].text;
}

Diagnostics Missing(std::string_view member) {
  return {Diagnostic::Of(DiagnosticCode::missing_member)
              .At(Child("", member))
              .With("what", "\"" + std::string(member) + "\"")};
}

// The body's texts; "" where they are not given.
struct Asked {
  std::string to, channel, text, line, template_name, language;
  std::vector<std::pair<std::string, std::string>> parameters;
};

Result<Asked> ReadAsked(const Request& request) {
  const auto body = JsonBody(request);
  if (!body.ok()) return body.error();
  Asked asked;
  const auto read = [&](std::string_view name, std::string& into, bool required = false) -> Diagnostics {
    auto text = TextMember(*body, name, required);
    if (!text.ok()) return text.TakeError();
    into = *std::move(text);
    return {};
  };
  for (const auto& [name, into] : {std::pair<std::string_view, std::string*>{"channel", &asked.channel},
                                   {"text", &asked.text},
                                   {"line", &asked.line},
                                   {"template", &asked.template_name},
                                   {"language", &asked.language}}) {
    if (Diagnostics faults = read(name, *into); !faults.empty()) return faults;
  }
  if (Diagnostics faults = read("to", asked.to, true); !faults.empty()) return faults;
  const auto parameters = body->find("parameters");
  if (parameters == body->end() || !parameters->is_object()) return asked;
  for (const auto& [name, value] : parameters->items()) {
    if (value.is_string()) asked.parameters.emplace_back(name, value.get<std::string>());
  }
  return asked;
}

Result<Channel> ChannelOf(const Asked& asked, std::string_view kind) {
  if (!asked.channel.empty()) {
    if (const auto channel = rule::ChannelFromName(asked.channel)) return *channel;
    return Diagnostics{Diagnostic::Of(DiagnosticCode::invalid_value)
                           .At("/channel")
                           .With("value", asked.channel)
                           .With("what", "\"channel\"")
                           .With("allowed", "sms, email, call, chat, whatsapp")};
  }
  // Within 24 hours of a customer's message WhatsApp takes free text: a test without a template is one.
  if (kind == "whatsapp_cloud" && asked.template_name.empty()) return Channel::kChat;
  for (const KindRow& row : kKinds) {
    if (row.kind == kind) return row.channel;
  }
  return Channel::kSms;
}

// What belongs to the channel beside text and address. `provider` has the lines and the mailboxes.
Diagnostics Complete(const Asked& asked, const crm::Provider& provider, std::string_view language,
                     plan::Message& message) {
  switch (message.channel) {
    case Channel::kSms: {
      Result<sms::SmsCount> count = sms::Count(message.text, {});
      if (!count.ok()) return count.TakeError();
      message.sms = *std::move(count);
      return {};
    }
    case Channel::kCall:
      message.line = asked.line;
      if (message.line.empty() && !provider.lines.empty()) message.line = provider.lines.front().id;
      message.say.emplace();
      message.say->text = message.text;
      message.say->language = language;
      return {};
    case Channel::kEmail:
      if (provider.mailboxes.empty()) return Missing("mailboxes");
      message.from = provider.mailboxes.front().address;
      message.from_name = provider.mailboxes.front().name;
      message.subject = message.text;
      message.plain = message.text;
      return {};
    case Channel::kWhatsApp:
      if (asked.template_name.empty()) return Missing("template");
      message.template_name = asked.template_name;
      message.language = asked.language.empty() ? std::string(language) : asked.language;
      message.parameters = asked.parameters;
      return {};
    case Channel::kChat:
      return {};
  }
  return {};
}

std::string_view OutcomeName(provider::Outcome::Kind kind) {
  switch (kind) {
    case provider::Outcome::Kind::kAccepted:
      return "accepted";
    case provider::Outcome::Kind::kPermanent:
      return "refused";
    case provider::Outcome::Kind::kRetry:
    case provider::Outcome::Kind::kRateLimited:
      return "not_now";
    case provider::Outcome::Kind::kUnknown:
      break;
  }
  return "unknown";
}

void TestProvider(Api& api, const Call& call, const Reply& reply) {
  const auto asked = ReadAsked(call.request);
  if (!asked.ok()) return reply(Problem(asked.error()));
  const auto row = api.store.FindProvider(call.arguments[0]);
  if (!row.ok()) return reply(Problem(row.error()));
  const crm::Workspace workspace = api.engine.workspace();
  const crm::Provider* provider = workspace.FindProvider(row->id);
  if (provider == nullptr) {
    return reply(Problem(Diagnostic::Of(DiagnosticCode::no_provider).With("name", row->id)));
  }
  const auto channel = ChannelOf(*asked, row->kind);
  if (!channel.ok()) return reply(Problem(channel.error()));
  plan::Message message;
  message.channel = *channel;
  message.provider = row->id;
  message.text = asked->text.empty() ? std::string(SentenceIn(workspace.language)) : asked->text;
  auto address = AddressOf(asked->to, *channel, workspace);
  if (!address.ok()) return reply(Problem(address.error()));
  message.to.address = *std::move(address);
  if (Diagnostics faults = Complete(*asked, *provider, workspace.language, message); !faults.empty()) {
    return reply(Problem(faults));
  }
  Audit(api, call, "provider.test", row->id, {{"to", message.to.address}});
  api.engine.SendTest(std::move(message), api.clock(), [reply](Result<dispatch::Engine::Tested> tested) {
    if (!tested.ok()) return reply(Problem(tested.error()));
    const provider::Outcome& outcome = tested->outcome;
    Json json = {{"key", tested->key}, {"outcome", OutcomeName(outcome.kind)}, {"text", outcome.text}};
    if (outcome.status != 0) json["status"] = outcome.status;
    if (!outcome.reference.empty()) json["reference"] = outcome.reference;
    reply(JsonResponse(200, json));
  });
}

}  // namespace

Result<std::string> AddressOf(const std::string& to, Channel channel, const crm::Workspace& workspace) {
  if (channel == Channel::kChat) return to;
  if (channel == Channel::kEmail) {
    if (crm::IsEmailAddress(to)) return to;
    return Diagnostics{Diagnostic::Of(DiagnosticCode::email_invalid).At("/to").With("value", to)};
  }
  if (auto number = phone::ToE164(to, workspace.default_region)) return *std::move(number);
  return Diagnostics{Diagnostic::Of(DiagnosticCode::phone_invalid).At("/to").With("value", to)};
}

void AddProviderTestRoutes(Routes& routes, Api& api) {
  routes.push_back({Method::kPost, "/api/v1/providers/{id}/test", store::Role::kEditor, kMaxSmallBody,
                    [&api](const Call& call, const Reply& reply) { TestProvider(api, call, reply); }});
}

}  // namespace recado::server
