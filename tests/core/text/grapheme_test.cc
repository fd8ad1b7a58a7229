#include "core/text/grapheme.h"

#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <unicode/brkiter.h>

#include "core/base/utf8.h"
#include "core/text/grapheme_machine.h"
#include "core/text/internal.h"

namespace recado::text {
namespace {

TEST(Grapheme, CountsWhatAReaderSees) {
  struct Row {
    std::string_view text;
    size_t count;
  };
  const Row rows[] = {
      {"", 0},
      {"abc", 3},
      {"a\r\nb", 3},
      {"\r\r\n\n", 3},
      {"e\u0301", 1},
      {"\u0301", 1},
      {"\n\u0301", 2},
      {"🇧🇷🇧🇷🇧", 3},
      {"👍🏽", 1},
      {"👨‍👩‍👧‍👦", 1},
      {"🏳️‍🌈", 1},
      {"1️⃣", 1},
      {"각", 1},
      {"क्ष", 1},
      {"ක්ෂ", 2},
      {"\u0600a", 1},
      {"नमस्ते", 3},
      {"a\xFF"
       "b",
       3},
      {"\xF0\x9F", 1},
      {"❤️‍🔥❤", 2},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(CountGraphemes(row.text), row.count) << row.text;
    EXPECT_EQ(GraphemeEnds(row.text).size(), row.count) << row.text;
  }
}

TEST(Grapheme, PrefixNeverCutsACluster) {
  EXPECT_EQ(PrefixOfGraphemes("a👍🏽b", 0), "");
  EXPECT_EQ(PrefixOfGraphemes("a👍🏽b", 1), "a");
  EXPECT_EQ(PrefixOfGraphemes("a👍🏽b", 2), "a👍🏽");
  EXPECT_EQ(PrefixOfGraphemes("a👍🏽b", 3), "a👍🏽b");
  EXPECT_EQ(PrefixOfGraphemes("a👍🏽b", 9), "a👍🏽b");
  EXPECT_EQ(PrefixOfGraphemes("", 1), "");
}

#if UCONFIG_NO_BREAK_ITERATION

// The WebAssembly build leaves ICU's break iteration out; there the machine has nothing to be held against.
TEST(AgainstIcu, EveryCodePointBesideEveryKind) {
  GTEST_SKIP() << "this build of ICU has no break iteration";
}
TEST(AgainstIcu, RandomSequences) {
  GTEST_SKIP() << "this build of ICU has no break iteration";
}

#else

std::vector<uint32_t> IcuEnds(icu::BreakIterator& iterator, std::string_view utf8) {
  const icu::UnicodeString text = FromUtf8(utf8);
  iterator.setText(text);
  std::vector<uint32_t> ends;
  while (iterator.next() != icu::BreakIterator::DONE) {
    ends.push_back(static_cast<uint32_t>(ToUtf8(text.tempSubString(0, iterator.current())).size()));
  }
  return ends;
}

// One code point of each kind of the rules, and some that have two roles.
constexpr char32_t kContexts[] = {'a',   '\r',   '\n',   0x300,  0x200D, 0x1F1E6, 0x600,
                                  0x903, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01,  0x1F600,
                                  0x915, 0x94D,  0xFE0F, 0x200C, 0x93C,  0x1F3FD};

class AgainstIcu : public testing::Test {
 protected:
  void SetUp() override {
    PrepareIcu();
    UErrorCode status = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    ASSERT_TRUE(U_SUCCESS(status));
  }
  std::unique_ptr<icu::BreakIterator> iterator_;
};

TEST_F(AgainstIcu, EveryCodePointBesideEveryKind) {
  for (char32_t c = 0; c < 0xE1000; ++c) {
    if (c == 0xD800) c = 0xE000;
    if (c == 0x30000) c = 0xE0000;
    std::string text;
    for (const char32_t context : kContexts) {
      utf8::Append(text, context);
      utf8::Append(text, c);
    }
    utf8::Append(text, c);
    ASSERT_EQ(GraphemeEnds(text), IcuEnds(*iterator_, text)) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST_F(AgainstIcu, RandomSequences) {
  std::mt19937 random(20261122);
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (size_t length = 1 + random() % 12; length > 0; --length) {
      utf8::Append(text, kContexts[random() % std::size(kContexts)]);
    }
    ASSERT_EQ(GraphemeEnds(text), IcuEnds(*iterator_, text)) << text;
  }
}

#endif

TEST(GraphemeMachine, SkippingARunIsTakingItsCharacters) {
  const auto after = [](std::string_view run, char32_t next, bool skip) {
    GraphemeMachine machine;
    for (const char c : run) {
      if (!skip) machine.Starts(static_cast<unsigned char>(c));
    }
    if (skip) machine.SkipAscii(static_cast<unsigned char>(run.back()));
    return machine.Starts(next);
  };
  for (const std::string_view run : {"abc", "a\n", "z"}) {
    for (const char32_t next : {U'a', U'\n', U'\u0301', U'\u200D', U'\u0903', U'😀'}) {
      EXPECT_EQ(after(run, next, true), after(run, next, false)) << run;
    }
  }
}

}  // namespace
}  // namespace recado::text
