#include "native/net/mail_report.h"

#include <gtest/gtest.h>

namespace recado::net {
namespace {

// "failed 5.1.1 [key] <id> diagnostic"; "none" where the mail is no report.
std::string Dump(const std::optional<MailReport>& report) {
  if (!report) return "none";
  constexpr const char* kActions[] = {"failed", "delayed", "delivered", "relayed", "complaint"};
  return std::string(kActions[static_cast<size_t>(report->action)]) + " " + report->status + " [" +
         report->envelope_id + "] <" + report->message_id + "> " + report->diagnostic;
}

// A report with these fields of the mail and of the receiver, and this part behind them.
std::string Report(const std::string& mail, const std::string& receiver, const std::string& rest = "") {
  return "From: MAILER-DAEMON@mx.example\r\nTo: bounces@shop.example\r\nMIME-Version: 1.0\r\n"
         "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b 1\"\r\n\r\n"
         "This is a MIME mail.\r\n--b 1\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
         "--b 1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n" +
         mail + "\r\n" + receiver + rest + "\r\n--b 1--\r\n";
}

constexpr const char* kDead =
    "Final-Recipient: rfc822; ana@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <ana@example.com>:\r\n    No such user\r\n";

TEST(MailReport, SaysWhatBecameOfWhichMail) {
  struct Row {
    const char* what;
    std::string mail;
    const char* said;
  };
  const Row rows[] = {
      {"a dead mailbox", Report("Original-Envelope-Id: abc\r\n", kDead),
       "failed 5.1.1 [abc] <> 550 5.1.1 <ana@example.com>: No such user"},
      {"the id is xtext", Report("Original-Envelope-Id: a+2Bb+3D\r\n", kDead),
       "failed 5.1.1 [a+b=] <> 550 5.1.1 <ana@example.com>: No such user"},
      {"names in any case", Report("ORIGINAL-ENVELOPE-ID: abc\r\n", "ACTION: Delivered\r\nSTATUS: 2.0.0\r\n"),
       "delivered 2.0.0 [abc] <> "},
      {"not yet", Report("", "Action: delayed\r\nStatus: 4.4.1 (no answer)\r\n"), "delayed 4.4.1 [] <> "},
      {"handed on", Report("", "Action: relayed\r\nStatus: 2.0.0\r\n"), "relayed 2.0.0 [] <> "},
      {"spread to a list", Report("", "Action: expanded\r\nStatus: 2.0.0\r\n"), "relayed 2.0.0 [] <> "},
      {"an empty line too many", Report("", "\r\n\r\nAction: relayed\r\nStatus: 2.0.0\r\n"),
       "relayed 2.0.0 [] <> "},
      {"the first of two receivers", Report("", "Action: relayed\r\n\r\nAction: failed\r\n"),
       "relayed  [] <> "},
      {"the original's headers",
       Report("", "Action: failed\r\nStatus: 5.0.0\r\n",
              "\r\n--b 1\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: Hi\r\nMessage-ID: "
              "<k@shop.example>\r\n"),
       "failed 5.0.0 [] <k@shop.example> "},
      {"the original, whole",
       Report("", "Action: failed\r\nStatus: 5.0.0\r\n",
              "\r\n--b 1\r\nContent-Type: message/rfc822\r\n\r\nMessage-Id:\r\n "
              "<k@shop.example>\r\n\r\nHello\r\n"),
       "failed 5.0.0 [] <k@shop.example> "},
  };
  for (const Row& row : rows) EXPECT_EQ(Dump(ReadMailReport(row.mail)), row.said) << row.what;
}

TEST(MailReport, AComplaintIsOneOfAReceiver) {
  const auto read = [](const std::string& type) {
    return Dump(ReadMailReport(
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: " +
        type +
        "\r\nUser-Agent: Mailer/1\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        "Message-ID: <k@shop.example>\r\n\r\nHello\r\n--b--\r\n"));
  };
  EXPECT_EQ(read("abuse"), "complaint abuse [] <k@shop.example> ");
  EXPECT_EQ(read("Fraud"), "complaint fraud [] <k@shop.example> ");
  EXPECT_EQ(read("not-spam"), "none");
  EXPECT_EQ(read(""), "none");
}

TEST(MailReport, LineEndsOfUnixAreReadAsWell) {
  std::string mail = Report("Original-Envelope-Id: abc\r\n", kDead);
  std::erase(mail, '\r');
  EXPECT_EQ(Dump(ReadMailReport(mail)), "failed 5.1.1 [abc] <> 550 5.1.1 <ana@example.com>: No such user");
}

TEST(MailReport, WhatIsCutOffIsReadAsFarAsItGoes) {
  const std::string mail = Report("Original-Envelope-Id: abc\r\n", kDead);
  EXPECT_EQ(Dump(ReadMailReport(mail.substr(0, mail.find("Diagnostic-Code")))), "failed 5.1.1 [abc] <> ");
  for (size_t size = 0; size <= mail.size(); ++size) (void)ReadMailReport(mail.substr(0, size));
}

TEST(MailReport, OtherMailsAreNone) {
  const std::string report = Report("", kDead);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string mail = report;
    return mail.replace(mail.find(from), from.size(), to);
  };
  for (const std::string& mail :
       {std::string(), std::string("Subject: Hi\r\n\r\nHello"), with("multipart/report", "multipart/mixed"),
        with("boundary=\"b 1\"", "x=y"), with("boundary=\"b 1\"", "boundary=\"\""),
        with("boundary=\"b 1\"", "boundary=other"), with("message/delivery-status", "text/plain"),
        with("Action: failed", "Action: unheard-of"), with("Action: failed", "Reaction: failed")}) {
    EXPECT_EQ(Dump(ReadMailReport(mail)), "none") << mail;
  }
}

TEST(MailReport, OfALongMailOnlyTheFrontIsLookedAt) {
  std::string mail = Report("", kDead);
  mail.insert(mail.find("Sorry."), std::string(kMaxReportBytes, 'x'));
  EXPECT_EQ(Dump(ReadMailReport(mail)), "none");
}

TEST(Xtext, CarriesEveryByteAndReadsBack) {
  EXPECT_EQ(EncodeXtext("abc09>"), "abc09>");
  EXPECT_EQ(EncodeXtext("a+b=c d\xC3\xA4"), "a+2Bb+3Dc+20d+C3+A4");
  for (const char* text : {"", "a+b=c d", "++", "\xC3\xA4"}) EXPECT_EQ(DecodeXtext(EncodeXtext(text)), text);
  for (const char* malformed : {"+", "a+", "+2", "+2g", "+ab"}) EXPECT_EQ(DecodeXtext(malformed), malformed);
}

}  // namespace
}  // namespace recado::net
