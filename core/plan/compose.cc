#include <algorithm>

#include "core/base/limits.h"
#include "core/plan/condition.h"
#include "core/plan/invitation.h"
#include "core/plan/plan.h"
#include "core/plan/recipient.h"
#include "core/plan/settings.h"
#include "core/plan/variables.h"
#include "core/text/grapheme.h"

namespace recado::plan {
namespace {

using Reason = std::optional<Diagnostic>;  // nothing: go on

constexpr std::string_view kSampleBot = "your_bot";
// As long as the service's own, but for its address.
constexpr std::string_view kSampleUnsubscribeUrl =
    "https://recado.example/u/unsubscribe-of-this-client-alone";
// Why an address that the CRM itself lists (formats §2, `consent`) is not used.
constexpr std::string_view kListedInCrm = "crm";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A header is one line whatever the data holds; a customer's name must not be able to add another header.
void MakeOneLine(std::string& text) {
  std::string out;
  bool breaking = false;
  for (const char c : text) {
    const bool is_break = c == '\r' || c == '\n' || c == '\0';
    if (is_break && !breaking) out += ' ';
    if (!is_break) out += c;
    breaking = is_break;
  }
  text = std::move(out);
}

// One decision, step by step in the order of formats §4. Each step fills its part of the message or names the
// reason for none.
class Composer {
 public:
  Composer(const rule::CompiledRule& rule, std::string_view key, const crm::Snapshot& snapshot,
           const crm::Workspace& workspace, Instant now, const World& world)
      : compiled_(rule),
        rule_(rule.rule),
        key_(key),
        snapshot_(snapshot),
        settings_(workspace, snapshot),
        now_(now),
        world_(world) {
    message.channel = rule_.channel();
  }

  Reason Decide() {
    using Step = Reason (Composer::*)();
    constexpr Step kSteps[] = {&Composer::Runnable,   &Composer::Conditions, &Composer::Client,
                               &Composer::Connection, &Composer::Address,    &Composer::Permission,
                               &Composer::Content,    &Composer::Attachments};
    for (const Step step : kSteps) {
      if (Reason reason = (this->*step)()) return reason;
    }
    return std::nullopt;
  }

  Message message;

 private:
  Reason Runnable() {
    if (!compiled_.valid) return Diagnostic::Of(DiagnosticCode::rule_invalid);
    return std::nullopt;
  }

  Reason Conditions() {
    MakeData();
    const std::string_view zone = rule_.timing.client_zone ? settings_.client_zone() : settings_.zone();
    return WhyNot(rule_.conditions, {data_.root(), zone, settings_.currency()});
  }

  Reason Client() {
    if (snapshot_.client() != nullptr) return std::nullopt;
    return Diagnostic::Of(DiagnosticCode::no_client);
  }

  std::string SampleInvitation(const std::string& channel) const {
    const std::string bot = BotName(settings_.FindProvider(channel));
    return InvitationLink(bot.empty() ? kSampleBot : std::string_view(bot), kSampleInviteToken);
  }

  void MakeData() {
    std::string link;
    if (const auto* invite = std::get_if<rule::InviteToMessenger>(&rule_.action)) {
      link = world_.invite_link ? world_.invite_link(key_) : SampleInvitation(invite->channel);
    }
    const std::string unsubscribe =
        world_.unsubscribe_url ? world_.unsubscribe_url(key_) : std::string(kSampleUnsubscribeUrl);
    data_ = Variables(snapshot_, settings_, now_, link, unsubscribe);
  }

  // --- Connection: provider, line, channel, mailbox. In an open workspace whatever a rule names is there.

  Reason NeedProvider(const std::string& id) {
    message.provider = id;
    if (!settings_.closed() || settings_.FindProvider(id) != nullptr) return std::nullopt;
    return Diagnostic::Of(DiagnosticCode::no_provider).With("name", id);
  }

  Reason Connection() {
    if (const auto* sms = std::get_if<rule::SendSms>(&rule_.action)) return NeedProvider(sms->provider);
    if (const auto* whatsapp = std::get_if<rule::SendWhatsApp>(&rule_.action)) {
      return NeedProvider(whatsapp->provider);
    }
    if (const auto* invite = std::get_if<rule::InviteToMessenger>(&rule_.action)) {
      if (Reason reason = NeedProvider(invite->provider)) return reason;
      return NeedChannel(invite->channel);
    }
    if (const auto* call = std::get_if<rule::MakeCall>(&rule_.action)) return NeedLine(*call);
    if (const auto* email = std::get_if<rule::SendEmail>(&rule_.action)) return NeedMailbox(*email);
    return NeedChatChannel();
  }

  Reason NeedLine(const rule::MakeCall& call) {
    message.line = call.line;
    const crm::Provider* provider = settings_.FindLine(call.line);
    if (provider != nullptr) message.provider = provider->id;
    if (provider != nullptr || !settings_.closed()) return std::nullopt;
    return Diagnostic::Of(DiagnosticCode::no_telephony).With("name", call.line);
  }

  Reason NeedChannel(const std::string& id) {
    if (!settings_.closed() || settings_.FindProvider(id) != nullptr) return std::nullopt;
    return Diagnostic::Of(DiagnosticCode::no_channel).With("name", id);
  }

  // The channel is the last chat's. Where there is no chat, that is the reason (no_chat), but for a workspace
  // without any provider at all: then no channel can be connected either.
  Reason NeedChatChannel() {
    const crm::Chat* chat = LastChat(*snapshot_.client());
    if (chat == nullptr) {
      if (!settings_.closed() || !settings_.providers().empty()) return std::nullopt;
      return Diagnostic::Of(DiagnosticCode::no_channel).With("name", "");
    }
    message.provider = chat->channel;
    return NeedChannel(chat->channel);
  }

  Reason NeedMailbox(const rule::SendEmail& email) {
    using From = rule::SendEmail::From;
    const auto& responsible = snapshot_.responsible;
    if (email.from == From::kAddress) message.from = email.from_address;
    if (email.from == From::kResponsible && responsible && !responsible->mailboxes.empty()) {
      message.from = responsible->mailboxes.front();
    }
    if (email.from == From::kLastUsed && responsible) message.from = responsible->last_used_mailbox;
    const crm::Provider* provider = settings_.FindMailbox(message.from);
    if (message.from.empty() || (provider == nullptr && settings_.closed())) {
      return Diagnostic::Of(DiagnosticCode::no_mailbox).With("name", message.from);
    }
    if (email.from != From::kAddress && responsible) message.from_name = responsible->name;
    if (provider == nullptr) return std::nullopt;
    message.provider = provider->id;
    const crm::Mailbox* mailbox = provider->FindMailbox(message.from);
    if (mailbox != nullptr && !mailbox->name.empty()) message.from_name = mailbox->name;
    return std::nullopt;
  }

  // --- Address

  Reason Address() {
    Resolved resolved = Resolve();
    if (auto* reason = std::get_if<Diagnostic>(&resolved)) return std::move(*reason);
    message.to = std::move(std::get<Recipient>(resolved));
    return std::nullopt;
  }

  Resolved Resolve() const {
    if (const auto* email = std::get_if<rule::SendEmail>(&rule_.action)) {
      return ResolveEmail(snapshot_, email->email_type, email->use_last);
    }
    if (std::holds_alternative<rule::SendChatMessage>(rule_.action)) return ResolveChat(snapshot_);
    return ResolvePhone(snapshot_, PhoneType(), settings_);
  }

  std::string_view PhoneType() const {
    if (const auto* sms = std::get_if<rule::SendSms>(&rule_.action)) return sms->phone_type;
    if (const auto* call = std::get_if<rule::MakeCall>(&rule_.action)) return call->phone_type;
    if (const auto* whatsapp = std::get_if<rule::SendWhatsApp>(&rule_.action)) return whatsapp->phone_type;
    const auto* invite = std::get_if<rule::InviteToMessenger>(&rule_.action);
    return invite != nullptr ? std::string_view(invite->phone_type) : "auto";
  }

  // --- Permission. A hidden chat message never leaves for the customer, so it needs none.

  Reason Permission() {
    const auto* chat = std::get_if<rule::SendChatMessage>(&rule_.action);
    if (chat != nullptr && chat->hidden) return std::nullopt;
    const crm::Card& card = *snapshot_.client();
    std::optional<std::string> listed;
    if (world_.suppression) listed = world_.suppression(message.to.address, message.channel);
    if (!listed && IsSuppressed(card, message.to.address, settings_)) listed = kListedInCrm;
    if (listed) {
      return Diagnostic::Of(DiagnosticCode::suppressed)
          .With("value", message.to.address)
          .With("reason", *std::move(listed));
    }
    if (!rule_.transactional && !card.consent.marketing.value_or(false)) {
      return Diagnostic::Of(DiagnosticCode::no_consent);
    }
    return std::nullopt;
  }

  // --- Content

  Reason Render(std::string_view path, std::string& into, liquid::Escape escape = liquid::Escape::kNone) {
    const liquid::Template* program = compiled_.Find(path);
    if (program == nullptr) return Diagnostic::Of(DiagnosticCode::rule_invalid);
    liquid::RenderOptions options;
    options.language = settings_.language();
    options.time_zone = settings_.client_zone();
    options.region = settings_.region();
    options.now = now_;
    options.escape = escape;
    options.plain_spaces = compiled_.rule.channel() == rule::Channel::kSms;
    Diagnostics faults;
    if (program->RenderTo(into, data_.root(), options, faults)) return std::nullopt;
    Diagnostic reason = Diagnostic::Of(DiagnosticCode::template_error).At(std::string(path));
    if (faults.empty()) return reason;
    reason.span = faults.front().span;
    return std::move(reason)
        .With("detail", MessageOf(faults.front()))
        .With("cause", std::string(CodeName(faults.front().code)));
  }

  Reason NotBlank(std::string_view path, const std::string& text) {
    if (!IsBlank(text)) return std::nullopt;
    return Diagnostic::Of(DiagnosticCode::text_empty).At(std::string(path));
  }

  // The provider's own limit, else `fallback`; 0: none.
  size_t LimitOr(size_t fallback) const {
    const crm::Provider* provider = settings_.FindProvider(message.provider);
    return provider != nullptr && provider->max_characters ? static_cast<size_t>(*provider->max_characters)
                                                           : fallback;
  }

  Reason KeepToLimit(std::string_view path, std::string& text, size_t limit) {
    if (limit == 0) return std::nullopt;
    const std::string_view kept = text::PrefixOfGraphemes(text, limit);
    if (kept.size() == text.size()) return std::nullopt;
    if (message.channel == rule::Channel::kSms && rule_.over_limit == rule::OverLimit::kTruncate) {
      text.resize(kept.size());
      return std::nullopt;
    }
    return Diagnostic::Of(DiagnosticCode::text_too_long)
        .With("actual", std::to_string(text::CountGraphemes(text)))
        .With("limit", std::to_string(limit))
        .At(std::string(path));
  }

  // Renders one text, which must not be blank nor longer than the limit.
  Reason Text(std::string_view path, std::string& into, size_t limit) {
    if (Reason reason = Render(path, into)) return reason;
    if (Reason reason = NotBlank(path, into)) return reason;
    return KeepToLimit(path, into, limit);
  }

  Reason SmsText() {
    if (Reason reason = Text("/action/text", message.text, LimitOr(kMaxSmsCharacters))) return reason;
    Result<sms::SmsCount> count = sms::Count(message.text, {});
    if (count.ok()) {
      message.sms = std::move(*count);
      return std::nullopt;
    }
    // A provider may allow more characters than 255 segments hold.
    return Diagnostic::Of(DiagnosticCode::text_too_long)
        .With("actual", std::to_string(text::CountGraphemes(message.text)))
        .With("limit", std::to_string(LimitOr(kMaxSmsCharacters)))
        .At("/action/text");
  }

  Reason EmailText(const rule::SendEmail& email) {
    message.track_clicks = email.track_clicks;
    if (Reason reason = Render("/action/subject", message.subject)) return reason;
    MakeOneLine(message.subject);
    if (email.html) {
      message.html.emplace();
      if (Reason reason = Render("/action/html", *message.html, liquid::Escape::kHtml)) return reason;
    }
    if (email.text) {
      message.plain.emplace();
      if (Reason reason = Render("/action/text", *message.plain)) return reason;
    }
    const bool says_something =
        (message.html && !IsBlank(*message.html)) || (message.plain && !IsBlank(*message.plain));
    if (says_something) return std::nullopt;
    return Diagnostic::Of(DiagnosticCode::text_empty).At(email.html ? "/action/html" : "/action/text");
  }

  Reason CallText(const rule::MakeCall& call) {
    message.play_url = call.play_url;
    if (!call.say) return std::nullopt;
    message.say = *call.say;
    return Text("/action/say/text", message.say->text, LimitOr(0));
  }

  Reason WhatsAppText(const rule::SendWhatsApp& whatsapp) {
    message.template_name = whatsapp.template_name;
    message.language = whatsapp.language;
    for (const auto& parameter : whatsapp.parameters) {
      const std::string path = Child("/action/parameters", parameter.first);
      std::string value;
      if (Reason reason = Text(path, value, LimitOr(0))) return reason;
      message.parameters.emplace_back(parameter.first, std::move(value));
    }
    return std::nullopt;
  }

  Reason Content() {
    if (const auto* email = std::get_if<rule::SendEmail>(&rule_.action)) return EmailText(*email);
    if (const auto* call = std::get_if<rule::MakeCall>(&rule_.action)) return CallText(*call);
    if (const auto* whatsapp = std::get_if<rule::SendWhatsApp>(&rule_.action)) return WhatsAppText(*whatsapp);
    if (const auto* chat = std::get_if<rule::SendChatMessage>(&rule_.action)) {
      message.hidden = chat->hidden;
      return Text("/action/text", message.text, LimitOr(0));
    }
    return SmsText();
  }

  // --- Attachments: one that is missing stops the whole message (formats §1; C-19).

  Reason Attachments() {
    const std::vector<rule::Attachment>* wanted = nullptr;
    if (const auto* email = std::get_if<rule::SendEmail>(&rule_.action)) wanted = &email->attachments;
    if (const auto* chat = std::get_if<rule::SendChatMessage>(&rule_.action)) wanted = &chat->attachments;
    if (wanted == nullptr) return std::nullopt;
    for (size_t i = 0; i < wanted->size(); ++i) {
      const std::string path = Child("/action/attachments", i);
      const rule::Attachment& attachment = (*wanted)[i];
      if (attachment.file) {
        const size_t slash = attachment.file->rfind('/');
        const std::string name = attachment.file->substr(slash == std::string::npos ? 0 : slash + 1);
        if (Reason reason = Attach(path, name, *attachment.file)) return reason;
      }
      if (attachment.field) {
        if (Reason reason = AttachField(path, *attachment.field)) return reason;
      }
    }
    return std::nullopt;
  }

  Reason AttachField(const std::string& path, const std::string& field) {
    const liquid::Value value = data_.root().Find(field);
    const size_t count = value.IsArray() ? value.size() : value.IsObject() ? 1 : 0;
    if (count == 0) return Missing(path, field);
    for (size_t i = 0; i < count; ++i) {
      const liquid::Value one = value.IsArray() ? value.At(i) : value;
      const std::string file(one.Get("file").AsString());
      const std::string name(one.Get("name").AsString());
      if (file.empty()) return Missing(path, name.empty() ? field : name);
      if (Reason reason = Attach(path, name.empty() ? file.substr(file.rfind('/') + 1) : name, file)) {
        return reason;
      }
    }
    return std::nullopt;
  }

  Reason Attach(const std::string& path, const std::string& name, const std::string& file) {
    const bool climbs = file.find("..") != std::string::npos;
    if (climbs || (world_.has_file && !world_.has_file(file))) return Missing(path, name);
    message.attachments.push_back({name, file});
    return std::nullopt;
  }

  static Reason Missing(const std::string& path, const std::string& name) {
    return Diagnostic::Of(DiagnosticCode::attachment_missing).With("name", name).At(path);
  }

  const rule::CompiledRule& compiled_;
  const rule::Rule& rule_;
  std::string_view key_;
  const crm::Snapshot& snapshot_;
  const Settings settings_;
  Instant now_;
  const World& world_;
  liquid::Document data_;
};

}  // namespace

Composed Compose(const rule::CompiledRule& rule, std::string_view key, const crm::Snapshot& snapshot,
                 const crm::Workspace& workspace, Instant now, const World& world) {
  Composer composer(rule, key, snapshot, workspace, now, world);
  if (Reason reason = composer.Decide()) return {std::move(*reason)};
  return {std::move(composer.message)};
}

}  // namespace recado::plan
