#include "native/cli/io.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "native/cli/batch.h"
#include "native/cli/broken_text.h"
#include "native/cli/eml.h"
#include "tests/native/cli/streams.h"

namespace recado::cli {
namespace {

std::vector<std::string> LinesOf(const std::string& text) {
  Streams streams(text);
  std::vector<std::string> lines;
  EXPECT_TRUE(ForEachLine(streams.io(), [&](const Line& line) {
    lines.push_back(line.too_long ? "<too long>" : std::string(line.text));
  }));
  return lines;
}

TEST(Lines, EachIsGivenOnceWithoutItsNewline) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(LinesOf(""), Strings{});
  EXPECT_EQ(LinesOf("a"), Strings{"a"});
  EXPECT_EQ(LinesOf("a\n"), Strings{"a"});
  EXPECT_EQ(LinesOf("a\n\nb"), (Strings{"a", "", "b"}));
  EXPECT_EQ(LinesOf("\n"), Strings{""});
  const std::string long_line(200'000, 'x');
  EXPECT_EQ(LinesOf(long_line + "\nb\n"), (Strings{long_line, "b"}));
}

TEST(Lines, LineOverTheBoundIsReportedOnceAndReadingGoesOn) {
  EXPECT_EQ(LinesOf(std::string(kMaxLineBytes + 100'000, 'x') + "\nb"),
            (std::vector<std::string>{"<too long>", "b"}));
}

TEST(Lines, AnswerOutBeforeTheNextQuestionIsWaitedFor) {
  int questions[2];
  int answers[2];
  ASSERT_EQ(::pipe(questions), 0);
  ASSERT_EQ(::pipe(answers), 0);
  std::thread program([&] {
    std::FILE* out = ::fdopen(answers[1], "w");
    const Io io{questions[0], out, stderr, false};
    ForEachLine(io, [&](const Line& line) { PrintLine(io.out, line.text); });
    std::fclose(out);
  });
  for (const char* question : {"one\n", "two\n", "three\n"}) {
    ASSERT_GT(::write(questions[1], question, std::char_traits<char>::length(question)), 0);
    char answer[16] = {};
    ASSERT_GT(::read(answers[0], answer, sizeof(answer)), 0);  // would wait for ever without the flush
    EXPECT_STREQ(answer, question);
  }
  ::close(questions[1]);
  program.join();
  ::close(questions[0]);
  ::close(answers[0]);
}

TEST(Batch, BadLineIsAnsweredAndTheNextIsRead) {
  Streams streams("{\"a\":1}\n{oops\n\n{\"a\":2}");
  const int code = RunBatch(streams.io(), [](std::string_view line) -> Json {
    const auto json = ParseJson(line);
    return json.ok() ? *json : ErrorAnswer(json.error());
  });
  EXPECT_EQ(code, kInputHasErrors);
  const std::string out = streams.out();
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 4);
  EXPECT_EQ(out.substr(0, 8), "{\"a\":1}\n");
  EXPECT_NE(out.find("{\"error\":{\"code\":\"invalid_json\""), std::string::npos);
  EXPECT_EQ(out.substr(out.size() - 8), "{\"a\":2}\n");
}

TEST(BrokenText, IsCarriedPastTheParser) {
  const auto text = [](std::string_view json) {
    const auto parsed = ParseJsonKeepingBrokenText(json);
    return parsed.ok() ? (*parsed)["text"].get<std::string>() : Dump(parsed.error());
  };
  EXPECT_EQ(text(R"({"text":"ok"})"), "ok");
  EXPECT_EQ(text(R"({"text":"\ud83d\ude00"})"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(text(R"({"text":"a\ud83db"})"),
            "a\xED\xA0\xBD"
            "b");
  EXPECT_EQ(text(R"({"text":"\ude00\ud83d"})"), "\xED\xB8\x80\xED\xA0\xBD");
  EXPECT_EQ(text("{\"text\":\"a\xFF\xC3\"}"), "a\xFF\xC3");
  EXPECT_EQ(text("{\"text\":\"\xEF\xB7\x90 \\ud800\"}"), "\xEF\xB7\x90 \xED\xA0\x80")
      << "U+FDD0 is not taken as mark";
  EXPECT_EQ(text(R"({"text":"\\ud83d\xff"})").substr(0, 5), "error") << "broken structure stays refused";
  EXPECT_EQ(text(R"({"text":"\\ud83d"})"), "\\ud83d") << "an escaped backslash is no escape";
}

TEST(Eml, IsAMessageThatMailProgramsOpen) {
  Eml mail;
  mail.from = "eva@shop.example";
  mail.to = "ana@example.com";
  mail.subject = "Grüße\r\nBcc: evil@example.com";
  mail.text = "Hello";
  mail.html = "<p>Hello</p>";
  mail.attachments = {{"a\"b.pdf", "12345"}};
  mail.key = std::string(64, 'k');
  mail.date = *ParseInstant("2026-11-22T09:30:00Z");
  const std::string text = ToEml(mail);
  EXPECT_EQ(text.find("Date: Sun, 22 Nov 2026 09:30:00 +0000\r\n"), 0U);
  EXPECT_EQ(text.find("\r\nBcc:"), std::string::npos);
  EXPECT_NE(text.find("Subject: =?utf-8?B?"), std::string::npos);
  EXPECT_NE(text.find("filename=\"a\\\"b.pdf\""), std::string::npos);
  EXPECT_NE(text.find("Content-Type: multipart/mixed"), std::string::npos);
  EXPECT_NE(text.find("Content-Type: multipart/alternative"), std::string::npos);
  EXPECT_NE(text.find(Base64("12345") + "\r\n"), std::string::npos);
}

TEST(Eml, LongHeaderIsCutBetweenCharacters) {
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  const std::string header = EncodeHeader(umlauts);
  size_t start = 0;
  for (size_t end = 0; start < header.size(); start = end + 3) {
    end = std::min(header.find("\r\n ", start), header.size());
    EXPECT_LE(end - start, 75U);
  }
  EXPECT_EQ(EncodeHeader("plain"), "plain");
  EXPECT_NE(EncodeHeader("=?utf-8?B?evil?="), "=?utf-8?B?evil?=");
}

TEST(Base64, KnownAnswers) {  // RFC 4648, 10
  for (const auto& [bytes, text] : std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                                                    {"f", "Zg=="},
                                                                                    {"fo", "Zm8="},
                                                                                    {"foo", "Zm9v"},
                                                                                    {"foob", "Zm9vYg=="},
                                                                                    {"foobar", "Zm9vYmFy"}}) {
    EXPECT_EQ(Base64(bytes), text);
  }
}

}  // namespace
}  // namespace recado::cli
