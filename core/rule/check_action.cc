#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/crm/email.h"
#include "core/crm/reader.h"
#include "core/rule/checks.h"

namespace recado::rule {
namespace {

// What a provider of each kind can carry (formats §7). A kind that is not listed is some plug-in's: it is
// trusted.
enum Use : unsigned { kSmsUse = 1, kWhatsAppUse = 2, kChatUse = 4, kTelegramUse = 8, kOther = 16 };
struct KindRow {
  std::string_view kind;
  unsigned uses;
};
constexpr KindRow kKinds[] = {
    {"twilio", kSmsUse},
    {"vonage", kSmsUse},
    {"messagebird", kSmsUse},
    {"infobip", kSmsUse},
    {"smsapi", kSmsUse},
    {"http_sms", kSmsUse},
    {"whatsapp_cloud", kWhatsAppUse | kChatUse},
    {"edna", kWhatsAppUse | kChatUse},
    {"voximplant", kOther},
    {"telegram", kChatUse | kTelegramUse},
    {"messenger", kChatUse},
    {"live_chat", kChatUse},
    {"smtp", kOther},
    {"sandbox", kSmsUse | kWhatsAppUse | kChatUse | kTelegramUse | kOther},
};

bool Can(const crm::Provider& provider, unsigned use) {
  for (const KindRow& row : kKinds) {
    if (row.kind == provider.kind) return (row.uses & use) != 0;
  }
  return true;
}

std::vector<std::string_view> ProvidersFor(const crm::Workspace& workspace, unsigned use) {
  std::vector<std::string_view> ids;
  for (const crm::Provider& provider : workspace.providers) {
    if (Can(provider, use)) ids.push_back(provider.id);
  }
  return ids;
}

// In an open workspace every provider a rule names counts as present (formats §2).
void CheckProvider(const std::string& id, unsigned use, std::string_view path, DiagnosticCode code,
                   const Judge& judge) {
  if (!judge.workspace.closed || id.empty()) return;
  const crm::Provider* provider = judge.workspace.FindProvider(id);
  if (provider == nullptr) {
    judge.Report(path,
                 crm::Suggest(Diagnostic::Of(code).With("name", id), id, ProvidersFor(judge.workspace, use)));
  } else if (!Can(*provider, use)) {
    judge.Report(
        path, Diagnostic::Of(DiagnosticCode::provider_cannot).With("name", id).With("kind", provider->kind));
  }
}

// What the line's provider would leave out of a spoken text without a word, or fail at. Twilio's own voices
// (man, woman, alice) read no SSML, so they have one rate and one volume; a voice that is none fails the
// call. The scenario at Voximplant takes all four values; what it makes of them is the account's.
void CheckSpeech(const Say& say, const std::string& line, const Judge& judge) {
  const crm::Provider* provider = judge.workspace.closed ? judge.workspace.FindLine(line) : nullptr;
  if (provider == nullptr || provider->kind != "twilio") return;
  const bool ssml = say.voice.starts_with("Polly.") || say.voice.starts_with("Google.");
  const bool own = say.voice.empty() || say.voice == "man" || say.voice == "woman" || say.voice == "alice";
  if (!ssml && !own) {
    Diagnostic fault = Diagnostic::Of(DiagnosticCode::invalid_value)
                           .With("value", say.voice)
                           .With("what", "voice (" + provider->id + ", twilio)")
                           .With("allowed", "man, woman, alice, Polly.*, Google.*");
    // Vendors add voices; only the call itself knows.
    fault.severity = Severity::kWarning;
    judge.Report("/action/say/voice", std::move(fault));
  }
  if (!own) return;
  const auto report = [&](const char* name, int percent) {
    if (percent == 100) return;
    judge.Report("/action/say/" + std::string(name),
                 Diagnostic::Of(DiagnosticCode::ignored_member)
                     .With("name", name)
                     .With("because", "voice " + (say.voice.empty() ? "man" : say.voice) + " (twilio)"));
  };
  report("rate", say.rate);
  report("volume", say.volume);
}

bool IsSafePath(std::string_view file) {
  if (!crm::IsId(file) || file.front() == '/' || file.find('\\') != std::string_view::npos ||
      file.find(':') != std::string_view::npos) {
    return false;
  }
  while (true) {
    const size_t slash = file.find('/');
    const std::string_view part = file.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    file.remove_prefix(slash + 1);
  }
}

void CheckAttachments(const std::vector<Attachment>& attachments, const Judge& judge) {
  using Kind = liquid::Type::Kind;
  for (size_t i = 0; i < attachments.size(); ++i) {
    const std::string at = Child("/action/attachments", i);
    if (attachments[i].file && !IsSafePath(*attachments[i].file)) {
      judge.Report(at + "/file",
                   Diagnostic::Of(DiagnosticCode::unsafe_file).With("name", *attachments[i].file));
    }
    if (!attachments[i].field) continue;
    const liquid::Type* type = ResolveField(*attachments[i].field, at + "/field", judge);
    if (type == nullptr || type->kind == Kind::kAny || type->kind == Kind::kFile) continue;
    if (type->kind == Kind::kList && type->element && type->element->kind == Kind::kFile) continue;
    judge.Report(at + "/field", Diagnostic::Of(DiagnosticCode::field_is_no_file)
                                    .With("field", *attachments[i].field)
                                    .With("type", std::string(TypeName(*type))));
  }
}

std::vector<std::string_view> Mailboxes(const crm::Workspace& workspace) {
  std::vector<std::string_view> addresses;
  for (const crm::Provider& provider : workspace.providers) {
    for (const crm::Mailbox& mailbox : provider.mailboxes) addresses.push_back(mailbox.address);
  }
  return addresses;
}

// A host that the vendor's telephone exchange cannot reach is not public.
bool IsPublicHost(std::string_view host) {
  if (host.find('.') == std::string_view::npos || host.find('[') != std::string_view::npos) return false;
  if (host.ends_with(".local") || host.ends_with(".localhost") || host.ends_with(".internal")) return false;
  return !std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// https, a public host, no password in it, a path that ends in .mp3 (R-028, R-040, R-090, R-157; C-10).
bool IsPublicMp3(std::string_view url) {
  constexpr std::string_view kScheme = "https://";
  if (!url.starts_with(kScheme)) return false;
  if (std::any_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; })) {
    return false;
  }
  url.remove_prefix(kScheme.size());
  const size_t slash = url.find('/');
  if (slash == std::string_view::npos) return false;
  std::string_view host = url.substr(0, slash);
  if (host.find('@') != std::string_view::npos) return false;
  host = host.substr(0, host.find(':'));
  std::string path(url.substr(slash, url.find_first_of("?#") == std::string_view::npos
                                         ? std::string_view::npos
                                         : url.find_first_of("?#") - slash));
  std::transform(path.begin(), path.end(), path.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return IsPublicHost(host) && path.ends_with(".mp3");
}

void CheckWhatsAppTemplate(const SendWhatsApp& whatsapp, const Judge& judge) {
  if (!judge.workspace.closed || judge.workspace.templates.empty()) return;
  std::vector<std::string_view> names;
  const crm::WhatsAppTemplate* found = nullptr;
  for (const crm::WhatsAppTemplate& made : judge.workspace.templates) {
    if (made.provider != whatsapp.provider) continue;
    names.push_back(made.name);
    const bool same_language = made.language.empty() || made.language == whatsapp.language;
    if (made.name == whatsapp.template_name && same_language) found = &made;
  }
  if (found == nullptr) {
    judge.Report("/action/template", crm::Suggest(Diagnostic::Of(DiagnosticCode::unknown_template)
                                                      .With("name", whatsapp.template_name)
                                                      .With("language", whatsapp.language),
                                                  whatsapp.template_name, names));
  } else if (static_cast<size_t>(found->parameters) != whatsapp.parameters.size()) {
    judge.Report("/action/parameters", Diagnostic::Of(DiagnosticCode::wrong_parameter_count)
                                           .With("name", found->name)
                                           .With("expected", std::to_string(found->parameters))
                                           .With("actual", std::to_string(whatsapp.parameters.size())));
  }
}

struct Checker {
  const Judge& judge;

  void operator()(const SendSms& sms) const {
    CheckProvider(sms.provider, kSmsUse, "/action/provider", DiagnosticCode::unknown_provider, judge);
  }

  void operator()(const SendEmail& email) const {
    if (email.from == SendEmail::From::kAddress && !email.from_address.empty()) CheckFrom(email.from_address);
    // A line break in a subject would start a header of the writer's own making.
    if (LiteralContains(email.subject, "\r\n")) {
      judge.Report("/action/subject", Diagnostic::Of(DiagnosticCode::line_break_in_subject));
    }
    CheckAttachments(email.attachments, judge);
  }

  void operator()(const MakeCall& call) const {
    if (judge.workspace.closed && !call.line.empty() && judge.workspace.FindLine(call.line) == nullptr) {
      std::vector<std::string_view> lines;
      for (const crm::Provider& provider : judge.workspace.providers) {
        for (const crm::Line& line : provider.lines) lines.push_back(line.id);
      }
      judge.Report("/action/line",
                   crm::Suggest(Diagnostic::Of(DiagnosticCode::unknown_line).With("name", call.line),
                                call.line, lines));
    }
    if (call.play_url && !call.play_url->empty() && !IsPublicMp3(*call.play_url)) {
      judge.Report("/action/play/url",
                   Diagnostic::Of(DiagnosticCode::not_a_public_mp3).With("value", *call.play_url));
    }
    if (call.say) CheckSpeech(*call.say, call.line, judge);
  }

  void operator()(const SendChatMessage& chat) const {
    CheckAttachments(chat.attachments, judge);
    if (judge.workspace.closed && ProvidersFor(judge.workspace, kChatUse).empty()) {
      judge.Report("/action", Diagnostic::Of(DiagnosticCode::no_chat_channel));
    }
  }

  void operator()(const SendWhatsApp& whatsapp) const {
    CheckProvider(whatsapp.provider, kWhatsAppUse, "/action/provider", DiagnosticCode::unknown_provider,
                  judge);
    CheckWhatsAppTemplate(whatsapp, judge);
  }

  void operator()(const InviteToMessenger& invite) const {
    CheckProvider(invite.channel, kTelegramUse, "/action/channel", DiagnosticCode::unknown_channel, judge);
    CheckProvider(invite.provider, kSmsUse, "/action/provider", DiagnosticCode::unknown_provider, judge);
    const bool has_link = invite.text.find("invite.link") != std::string::npos ||
                          invite.text.find("invite[") != std::string::npos;
    if (!has_link && !invite.text.empty()) {
      judge.Report(
          "/action/text",
          Diagnostic::Of(DiagnosticCode::invite_without_link).With("placeholder", "{{ invite.link }}"));
    }
  }

  void CheckFrom(const std::string& address) const {
    if (!crm::IsEmailAddress(address)) {
      judge.Report("/action/from", Diagnostic::Of(DiagnosticCode::not_an_email).With("value", address));
    } else if (judge.workspace.closed && judge.workspace.FindMailbox(address) == nullptr) {
      judge.Report("/action/from",
                   crm::Suggest(Diagnostic::Of(DiagnosticCode::unknown_mailbox).With("name", address),
                                address, Mailboxes(judge.workspace)));
    }
  }
};

}  // namespace

void CheckAction(const Rule& rule, const Judge& judge) {
  std::visit(Checker{judge}, rule.action);
}

}  // namespace recado::rule
