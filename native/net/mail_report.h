// Reports of mail servers on a mail of ours: what became of it (RFC 3464, by people called a bounce), and
// that its receiver has called it spam (RFC 5965). Both are a multipart/report.
//
//   std::optional<MailReport> report = ReadMailReport(mail);
//   report->action == MailReport::Action::kFailed, report->envelope_id == the key of our message
//
// Reads what the field's programs read: the fields of the mail as a whole, those of the first receiver (a
// mail of ours has one), and the Message-ID of the mail that it is about, which is there where the way had a
// server without the extension for reports (RFC 3461). Everything else is left alone. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace recado::net {

// Of a longer mail the rest is not looked at: what decides stands in front, a returned original behind.
inline constexpr size_t kMaxReportBytes = 256 * 1024;

struct MailReport {
  enum class Action : uint8_t {
    kFailed,     // it will not arrive
    kDelayed,    // not yet; the server goes on trying
    kDelivered,  // in the mailbox
    kRelayed,    // handed to a server that makes no reports
    kComplaint,  // it arrived, and its receiver calls it spam
  };
  Action action = Action::kFailed;
  std::string envelope_id;  // as MAIL gave it (ENVID), decoded; "" where the server was not told
  std::string message_id;   // of the original, without brackets; "" where it is not there
  std::string status;       // "5.1.1" (RFC 3463); of a complaint "abuse" or "fraud"
  std::string diagnostic;   // "550 5.1.1 No such user", one line; "" where the server says nothing
};

// Nothing where the mail is no such report.
std::optional<MailReport> ReadMailReport(std::string_view mail);

// A text as a parameter of MAIL and RCPT (RFC 3461 §4, xtext), and back; what is malformed stays as it is.
std::string EncodeXtext(std::string_view text);
std::string DecodeXtext(std::string_view xtext);

}  // namespace recado::net
