// E-mail over SMTP (formats §7): any mail server with a submission port.
//
// Outcomes by reply and phase (RFC 5321 §4.2.1 and §4.1.1.4): 4xx may be tried again, 5xx may not, whatever
// the phase, for in both the server says that it has not taken the mail. Without a reply: before the mail was
// handed over whole the server must forget it (try again); after that nobody knows.
#include <algorithm>
#include <iterator>

#include "native/net/mail_report.h"
#include "native/net/url_guard.h"
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

// Whether an enhanced code (RFC 3463, RFC 5248) says that the mailbox does not exist.
bool IsDeadMailbox(std::string_view code) {
  constexpr std::string_view kDead[] = {
      "5.1.1",   // bad destination mailbox address
      "5.1.2",   // bad destination system address
      "5.1.3",   // bad destination mailbox address syntax
      "5.1.6",   // the mailbox has moved, and nobody knows where
      "5.1.10",  // the domain takes no mail (RFC 7505)
      "5.2.1",   // the mailbox is disabled
  };
  return std::find(std::begin(kDead), std::end(kDead), code) != std::end(kDead);
}

// "5.1.1" of "550 5.1.1 No such user". Replies without such a code may mean anything from a full disk to a
// policy, so nobody is put on a list for them.
std::string_view EnhancedCode(std::string_view reply) {
  if (reply.size() < 9 || reply[0] != '5' || (reply[3] != ' ' && reply[3] != '-')) return {};
  const std::string_view rest = reply.substr(4);
  return rest.substr(0, rest.find(' '));
}

net::SmtpServer::Tls TlsMode(const Config& config) {
  const std::string mode = TextSetting(config, "tls");
  if (mode == "required") return net::SmtpServer::Tls::kRequired;
  if (mode == "never") return net::SmtpServer::Tls::kNever;
  return net::SmtpServer::Tls::kOffered;
}

std::string FailureText(const net::SmtpResult& result) {
  if (result.phase == net::SmtpResult::Phase::kEnd) {
    return "The mail server took the whole mail but did not confirm it.";
  }
  return "Mail server: " + result.error;
}

// What a mail server's report says of one of our mails.
StatusUpdate UpdateOf(const net::MailReport& report) {
  using Action = net::MailReport::Action;
  StatusUpdate update;
  // The key is the envelope's id, and in the Message-ID before the @. What follows > is libcurl's.
  const std::string& id = report.envelope_id.empty() ? report.message_id : report.envelope_id;
  update.key = id.substr(0, id.find_first_of("@>"));
  const std::string why = report.diagnostic.empty() ? report.status : report.diagnostic;
  switch (report.action) {
    case Action::kFailed:
      update.state = DeliveryState::kFailed;
      update.text = ForPeople("The mail came back: " + why);
      if (IsDeadMailbox(report.status)) update.fault = AddressFault::kDead;
      break;
    case Action::kDelayed:
      update.state = DeliveryState::kSent;
      update.text = ForPeople("The mail is delayed: " + why);
      break;
    case Action::kDelivered:
      update.state = DeliveryState::kDelivered;
      break;
    case Action::kRelayed:
      update.state = DeliveryState::kSent;
      break;
    case Action::kComplaint:
      update.state = DeliveryState::kRead;
      update.text = "The receiver has called the mail spam.";
      update.fault = AddressFault::kComplained;
      break;
  }
  return update;
}

class Smtp final : public Vendor {
 public:
  Smtp(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "")),
        bounces_to_(TextSetting(config, "bounce_address")),
        report_secret_(SecretOf(config, "report_secret")) {
    auto server = std::make_shared<net::SmtpServer>();
    server->url = TextSetting(config, "url");
    server->tls = TlsMode(config);
    server->user = SecretOf(config, "username");
    server->password = SecretOf(config, "password");
    server->allow_private = true;  // the URL is an administrator's own
    server->timeout = TimeoutOf(config, net::kSmtpTimeout);
    server_ = std::move(server);
    offers_to_all_ = TextSetting(config, "list_unsubscribe") == "all";
    const auto mailboxes = config.settings.find("mailboxes");
    if (mailboxes == config.settings.end()) return;
    for (const Json& mailbox : *mailboxes) {
      names_.emplace_back(mailbox.value("address", ""), mailbox.value("name", ""));
    }
  }

  // A second mail with the same Message-ID is shown once by many readers, but no server promises to drop it.
  Resolution resolution() const override { return Resolution::kBlind; }

  Request Send(const Outgoing& outgoing) const override {
    const plan::Message& message = outgoing.message;
    if (message.channel != rule::Channel::kEmail) {
      return MakeOutcome(Kind::kPermanent, "A mail server can only send e-mail.");
    }
    MailOut out{.server = server_, .mail = {}};
    net::Mail& mail = out.mail;
    mail.key = outgoing.key;
    mail.date = outgoing.at;
    mail.from = message.from;
    mail.from_name = message.from_name.empty() ? NameOf(message.from) : message.from_name;
    mail.bounces_to = bounces_to_;
    mail.to = message.to.address;
    mail.to_name = message.to.name;
    mail.subject = message.subject;
    mail.text = message.plain;
    mail.html = message.html;
    if (outgoing.marketing || offers_to_all_) mail.unsubscribe_url = outgoing.unsubscribe_url;
    for (const plan::EmailAttachment& attachment : message.attachments) {
      const auto found = outgoing.files.find(attachment.file);
      if (found == outgoing.files.end()) {
        const std::string text = "The attachment " + attachment.name + " is not in the file store.";
        return MakeOutcome(Kind::kPermanent, ForPeople(text));
      }
      mail.attachments.push_back({attachment.name, found->second});
    }
    return out;
  }

  Outcome ReadMailed(const Outgoing&, const net::SmtpResult& result) const override {
    Outcome outcome;
    outcome.status = result.reply;
    if (result.failure == net::Failure::kNone) {
      outcome.kind = Kind::kAccepted;
      outcome.reference = result.message_id.substr(1, result.message_id.size() - 2);
      outcome.text = ForPeople(result.reply_text);
      return outcome;
    }
    if (result.reply >= 400) {
      outcome.kind = result.reply >= 500 ? Kind::kPermanent : Kind::kRetry;
      outcome.text = ForPeople("The mail server said: " + result.reply_text);
      if (outcome.kind == Kind::kPermanent && IsDeadMailbox(EnhancedCode(result.reply_text))) {
        outcome.fault = AddressFault::kDead;
      }
      return outcome;
    }
    outcome.kind = KindOfFailure(result);
    outcome.text = ForPeople(FailureText(result));
    return outcome;
  }

  // A report as the mail server brought it, posted to the account's address (docs/providers.md).
  WebhookAnswer ReadWebhook(const WebhookCall& call) const override {
    WebhookAnswer answer;
    answer.authentic = AuthenticKey(call, report_secret_) == kAccountHook;
    if (!answer.authentic) return answer;
    const std::optional<net::MailReport> report = net::ReadMailReport(call.body);
    if (report) answer.updates.push_back(UpdateOf(*report));
    return answer;
  }

  std::string AccountHook() const override {
    return report_secret_.empty() ? std::string() : HookUrl(endpoint_, kAccountHook, report_secret_);
  }

 private:
  static Kind KindOfFailure(const net::SmtpResult& result) {
    using net::Failure;
    if (result.phase == net::SmtpResult::Phase::kEnd) return Kind::kUnknown;
    switch (result.failure) {
      case Failure::kBadRequest:
      case Failure::kForbiddenAddress:
      case Failure::kFile:
      case Failure::kTooLarge:
        return Kind::kPermanent;
      default:
        return Kind::kRetry;
    }
  }

  std::string NameOf(std::string_view address) const {
    for (const auto& [mailbox, name] : names_) {
      if (mailbox == address) return name;
    }
    return {};
  }

  Endpoint endpoint_;  // of reports, not of mails
  std::string bounces_to_, report_secret_;
  std::shared_ptr<const net::SmtpServer> server_;
  bool offers_to_all_ = false;                              // not to the receivers of marketing alone
  std::vector<std::pair<std::string, std::string>> names_;  // mailbox → display name
};

void CheckSmtp(const Config& config, Diagnostics& diagnostics) {
  const bool user = !SecretOf(config, "username").empty();
  const bool password = !SecretOf(config, "password").empty();
  if (user != password) {
    const std::string missing = user ? "password" : "username";
    diagnostics.push_back(
        Diagnostic::Of(DiagnosticCode::missing_member).At("/secrets/" + missing).With("what", missing));
  }
  net::UrlParts url;
  if (!net::SplitUrl(TextSetting(config, "url"), url)) return;  // reported by the table
  const bool open = url.scheme == "smtp" && TlsMode(config) != net::SmtpServer::Tls::kRequired;
  if (password && open && !net::IsLoopbackHost(url.host)) {
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::smtp_password_unprotected).At("/settings/tls"));
  }
}

constexpr Setting kSettings[] = {
    {"url", SettingType::kMailUrl, true}, {"mailboxes", SettingType::kMailboxes, true},
    {"tls", SettingType::kTlsMode},       {"list_unsubscribe", SettingType::kListUnsubscribe},
    {"track_text", SettingType::kFlag},   {"bounce_address", SettingType::kMailAddress},
};
constexpr Secret kSecrets[] = {{"username"}, {"password"}, {"report_secret"}};

}  // namespace

const VendorKind& SmtpKind() {
  static constexpr VendorKind kKind{
      .name = "smtp",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = &CheckSmtp,
      .make = &Make<Smtp>,
  };
  return kKind;
}

}  // namespace recado::provider
