#include "native/net/mail_text.h"

#include <gtest/gtest.h>

#include "native/net/limits.h"

namespace recado::net {
namespace {

TEST(IsMailAddress, TakesWhatNeedsNoQuoting) {
  for (const char* good : {"ana@example.com", "a.b+c_d-e@sub.example.co", "o'neil@example.ie", "x@localhost",
                           "a@b-c.example", "1@2.example"}) {
    EXPECT_TRUE(IsMailAddress(good)) << good;
  }
}

TEST(IsMailAddress, RefusesWhatCouldEndAPathOrALine) {
  const std::string nul("a@b.c\0", 6);
  for (const std::string& bad : {std::string(""),
                                 std::string("@"),
                                 std::string("a@"),
                                 std::string("@b.c"),
                                 std::string("a"),
                                 std::string("a b@c.d"),
                                 std::string("a@b.c\r\nRCPT TO:<x@y.z>"),
                                 std::string("a@b.c>"),
                                 std::string("<a@b.c>"),
                                 std::string("a@b.c,d@e.f"),
                                 std::string("a@b@c.d"),
                                 std::string("\"a b\"@c.d"),
                                 std::string("a@[127.0.0.1]"),
                                 std::string(".a@b.c"),
                                 std::string("a.@b.c"),
                                 std::string("a..b@c.d"),
                                 std::string("a@.b"),
                                 std::string("a@b."),
                                 std::string("a@b..c"),
                                 std::string("ä@b.c"),
                                 std::string("a@bä.c"),
                                 nul,
                                 std::string("a@b_c.d")}) {
    EXPECT_FALSE(IsMailAddress(bad)) << bad;
  }
}

TEST(IsMailAddress, EndsAtTheBoundOfAPath) {
  const std::string domain = "@example.com";
  EXPECT_TRUE(IsMailAddress(std::string(kMaxAddressBytes - 1 - domain.size(), 'a') + domain));
  EXPECT_TRUE(IsMailAddress(std::string(kMaxAddressBytes - domain.size(), 'a') + domain));
  EXPECT_FALSE(IsMailAddress(std::string(kMaxAddressBytes + 1 - domain.size(), 'a') + domain));
}

TEST(OneLine, ControlCharactersBecomeOneSpace) {
  struct Row {
    std::string in, out;
  };
  for (const Row& row : std::vector<Row>{{"Hi", "Hi"},
                                         {"Hi\r\nBcc: x", "Hi Bcc: x"},
                                         {"a\t\t\nb", "a b"},
                                         {" \r\n a \n", "a"},
                                         {"a \n b", "a  b"},
                                         {std::string("a\0b", 3), "a b"},
                                         {"a\xC2\x85"
                                          "b\xE2\x80\xA8"
                                          "c",
                                          "a b c"},
                                         {"a\xFF"
                                          "b",
                                          "a\xEF\xBF\xBD"
                                          "b"},
                                         {"\r\n", ""}}) {
    EXPECT_EQ(OneLine(row.in), row.out) << row.in;
  }
}

TEST(TextHeader, AsciiStaysOtherTextIsEncoded) {
  EXPECT_EQ(TextHeader("Subject", "Payment received"), "Subject: Payment received");
  EXPECT_EQ(TextHeader("Subject", "Grüße"), "Subject: =?UTF-8?B?R3LDvMOfZQ==?=");
  EXPECT_EQ(TextHeader("Subject", ""), "Subject: ");
  // What looks like an encoded word is encoded, so that it is shown as written.
  EXPECT_EQ(TextHeader("Subject", "=?UTF-8?B?SGk=?="), "Subject: =?UTF-8?B?PT9VVEYtOD9CP1NHaz0/PQ==?=");
}

TEST(TextHeader, FoldsWithinTheLineAndNeverCutsACharacter) {
  for (const std::string unit : {"x", "ü", "€", "😀"}) {
    for (size_t count = 1; count < 120; ++count) {
      std::string subject;
      for (size_t i = 0; i < count; ++i) subject += unit;
      const std::string header = TextHeader("Subject", subject + "é");
      size_t begin = 0;
      while (begin < header.size()) {
        const size_t end = std::min(header.find("\r\n", begin), header.size());
        const std::string line = header.substr(begin, end - begin);
        ASSERT_LE(line.size(), kMaxHeaderLine) << line;
        if (begin > 0) {
          ASSERT_TRUE(line.starts_with(" =?UTF-8?B?")) << line;
        }
        begin = end + 2;
      }
    }
  }
}

TEST(AddressHeader, Table) {
  const char* rows[][2] = {
      {"", "From: a@b.c"},
      {"Eva Lind", "From: Eva Lind <a@b.c>"},
      {"Shop, Main", "From: \"Shop, Main\" <a@b.c>"},
      {"The \"Best\" \\ Shop", "From: \"The \\\"Best\\\" \\\\ Shop\" <a@b.c>"},
      {"Söhne", "From: =?UTF-8?B?U8O2aG5l?= <a@b.c>"},
      {"x\r\nBcc: y@z", "From: \"x Bcc: y@z\" <a@b.c>"},
      {"\r\n", "From: a@b.c"},
  };
  for (const auto& [name, header] : rows) EXPECT_EQ(AddressHeader("From", name, "a@b.c"), header);
  const std::string folded = AddressHeader("From", std::string(60, 'n'), "long.address@shop.example");
  EXPECT_EQ(folded, "From: " + std::string(60, 'n') + "\r\n <long.address@shop.example>");
}

// The quotes count too: 6 of "From: ", 2 quotes and 68 characters fill the line.
TEST(AddressHeader, QuotedNameThatDoesNotFitTheLineIsEncoded) {
  EXPECT_TRUE(AddressHeader("From", std::string(68, ';'), "a@b.c")
                  .starts_with("From: \"" + std::string(68, ';') + "\"\r\n "));
  EXPECT_TRUE(AddressHeader("From", std::string(69, ';'), "a@b.c").starts_with("From: =?UTF-8?B?"));
}

TEST(DispositionHeader, Table) {
  const std::string head = "Content-Disposition: attachment;\r\n ";
  EXPECT_EQ(DispositionHeader("a.pdf"), head + "filename=\"a.pdf\"");
  EXPECT_EQ(DispositionHeader("a \"b\".pdf"), head + "filename=\"a \\\"b\\\".pdf\"");
  EXPECT_EQ(DispositionHeader("Vertrag ü.pdf"), head + "filename*=UTF-8''Vertrag%20%C3%BC.pdf");
  EXPECT_EQ(DispositionHeader("../../etc/passwd"), head + "filename=\".._.._etc_passwd\"");
  EXPECT_EQ(DispositionHeader("a\r\nX: y"), head + "filename=\"a X: y\"");
  EXPECT_EQ(DispositionHeader(""), head + "filename=\"attachment\"");
}

// The fold, filename= and two quotes take 12 of the line.
TEST(DispositionHeader, QuotedNameThatDoesNotFitTheLineIsExtended) {
  EXPECT_TRUE(DispositionHeader(std::string(64, 'a')).ends_with("\"" + std::string(64, 'a') + "\""));
  EXPECT_NE(DispositionHeader(std::string(65, 'a')).find("filename*0*="), std::string::npos);
  EXPECT_NE(DispositionHeader(std::string(40, '"')).find("filename*0*="), std::string::npos);
}

TEST(DispositionHeader, LongNamesGoOnInPiecesOfWholeTriples) {
  std::string name;
  for (int i = 0; i < 40; ++i) name += "Ж";
  const std::string header = DispositionHeader(name);
  std::string joined;
  for (int piece = 0;; ++piece) {
    const std::string mark = "filename*" + std::to_string(piece) + (piece == 0 ? "*=UTF-8''" : "*=");
    const size_t at = header.find(mark);
    if (at == std::string::npos) break;
    const size_t begin = at + mark.size();
    const std::string value = header.substr(begin, header.find_first_of(";\r", begin) - begin);
    EXPECT_EQ(value.size() % 3, 0U) << value;  // %XX and nothing else
    joined += value;
  }
  EXPECT_EQ(joined.size(), 40U * 2 * 3);
}

TEST(MailDate, Table) {
  struct Row {
    const char *instant, *date;
  };
  for (const Row& row : {Row{"2026-11-22T09:30:00Z", "Sun, 22 Nov 2026 09:30:00 +0000"},
                         Row{"1970-01-01T00:00:00Z", "Thu, 1 Jan 1970 00:00:00 +0000"},
                         Row{"2000-02-29T23:59:59.999Z", "Tue, 29 Feb 2000 23:59:59 +0000"},
                         Row{"1969-12-31T23:59:59.500Z", "Wed, 31 Dec 1969 23:59:59 +0000"}}) {
    EXPECT_EQ(MailDate(*ParseInstant(row.instant)), row.date);
  }
}

TEST(MessageId, IsMadeOfTheKeyAndTheSendersDomain) {
  EXPECT_EQ(MessageId("0a1b", "eva@shop.example"), "<0a1b@shop.example>");
  EXPECT_EQ(MessageId("a>\r\nb", "eva@shop.example"), "<a...b@shop.example>");
}

TEST(ContentTypeOf, ByExtensionInAnyCase) {
  EXPECT_EQ(ContentTypeOf("a.PDF"), "application/pdf");
  EXPECT_EQ(ContentTypeOf("a.tar.zip"), "application/zip");
  for (const char* unknown : {"a", "", ".", "a.exe", "pdf", "a.pdf "}) {
    EXPECT_EQ(ContentTypeOf(unknown), "application/octet-stream") << unknown;
  }
}

TEST(WithCrlf, EveryLineEndBecomesCrlf) {
  EXPECT_EQ(WithCrlf("a\nb\rc\r\nd\n\r\n\r"), "a\r\nb\r\nc\r\nd\r\n\r\n\r\n");
  EXPECT_EQ(WithCrlf(""), "");
}

}  // namespace
}  // namespace recado::net
