#include "core/sms/safe.h"

#include <gtest/gtest.h>
#include <string_view>

namespace recado::sms {
namespace {

TEST(Safe, ReplacesWhatHasAStandIn) {
  EXPECT_EQ(Safe("“Olá” – José…"), "\"Olá\" - José...");  // á has none and stays, é is in the alphabet
  EXPECT_EQ(Safe("½ ＡＢ\xE2\x80\x8B."), "1/2 AB.");
  EXPECT_EQ(Safe("Jose\xCC\x81"), "José");
}

TEST(Safe, LeavesEverythingElse) {
  for (const char* text : {"", "plain", "€ [x] {y} ~ | ^ \\", "Łódź", "привет", "👋🏽", "\xFF\xFE"})
    EXPECT_EQ(Safe(text), text);
}

TEST(Safe, KnowsTheAlphabet) {
  for (const char32_t c : std::u32string_view(U"aZ@£ñ\u00c4\u0394\u20ac\u000c[")) EXPECT_TRUE(IsInGsm7(c));
  for (const char32_t c : std::u32string_view(U"\u0142\u00e1`\u4e00")) EXPECT_FALSE(IsInGsm7(c));
}

}  // namespace
}  // namespace recado::sms
