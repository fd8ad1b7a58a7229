// SmtpClient: mails out over SMTP; libcurl builds the MIME tree, speaks the protocol and stuffs the dots.
//
//   SmtpClient smtp;
//   smtp.Send(mail, [](SmtpResult result) { … });   // on a thread of the client's
//
// multipart/mixed(multipart/alternative(text, html), attachments); without attachments the alternative is the
// whole mail. Texts go as quoted-printable, attachments as base64, streamed from disk. Headers are made by
// mail_text.h, where nothing can smuggle in a line.
//
// Each connection has an engine (a thread) of its own, up to kMaxSmtpConnections to a server, opened as they
// are needed and kept while in use; a mail server that lets one mail wait holds up that connection only (see
// transfers.h for why). Mails beyond wait in order.
//
// A server that offers reports on what becomes of a mail (RFC 3461) is told the mail's key, which its reports
// then name (mail_report.h reads them).
//
// What is known at the end: in which phase the exchange stood and the last reply. Before the last byte of the
// mail was handed over the server must not deliver (RFC 5321 §4.1.1.4: without the end of the data there is
// no mail); after it and without a reply nobody knows.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "native/net/limits.h"
#include "native/net/transfers.h"

namespace recado::net {

// How to reach a mail server.
struct SmtpServer {
  enum class Tls : uint8_t {
    kOffered,   // STARTTLS where the server offers it
    kRequired,  // no mail without STARTTLS
    kNever,
  };
  std::string url;  // smtp://host:587, smtps://host:465; a path is the name used in EHLO
  Tls tls = Tls::kOffered;
  std::string user;  // no AUTH where empty
  std::string password;
  std::string ca_file;  // PEM instead of the system's certificates
  bool allow_private = false;
  std::chrono::milliseconds connect_timeout = kConnectTimeout;
  std::chrono::milliseconds timeout = kSmtpTimeout;
};

struct MailAttachment {
  std::string name;  // as the reader sees it
  std::string path;  // on disk; must not change while it is sent
};

struct Mail {
  std::string key;  // makes the Message-ID and the envelope's id
  Instant date;
  std::string from, from_name;
  std::string to, to_name;
  std::string subject;
  std::optional<std::string> text, html;  // at least one
  std::vector<MailAttachment> attachments;
  // Where the receiver's mail program may say "unsubscribe" by one POST (RFC 8058); "" : no such headers.
  std::string unsubscribe_url{};
  // The envelope's sender, where servers report to; "" : `from`.
  std::string bounces_to{};
};

struct SmtpResult {
  // How far the exchange came, in order.
  enum class Phase : uint8_t {
    kConnect,   // name, TCP, TLS, greeting, EHLO, AUTH
    kEnvelope,  // MAIL FROM, RCPT TO, DATA
    kBody,      // the mail itself
    kEnd,       // all of it handed over, waiting for the verdict
    kDone,      // taken
  };
  Failure failure = Failure::kNone;
  Phase phase = Phase::kConnect;
  int reply = 0;           // last reply code, 0: none
  std::string reply_text;  // its last line, "550 5.1.1 No such user"
  std::string message_id;  // as sent, with brackets
  std::string error;
};

class SmtpClient {
 public:
  using Done = std::function<void(SmtpResult)>;

  explicit SmtpClient(PrivateNetworks private_networks = {});
  ~SmtpClient();  // Stop with no grace
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;

  // Refused mails (malformed address, unreadable attachment) are answered like the others. After Stop: at
  // once, as cancelled.
  void Send(std::shared_ptr<const SmtpServer> server, Mail mail, Done done);

  // Mails that wait are cancelled, those under way have until `deadline`. Not from a callback.
  void Stop(Transfers::Clock::time_point deadline);

 private:
  struct Job;
  struct Pool;  // of one server

  const PrivateNetworks private_networks_;

  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Pool>> pools_;
  bool stopped_ = false;
};

}  // namespace recado::net
