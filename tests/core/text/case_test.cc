#include "core/text/case.h"

#include <gtest/gtest.h>

namespace recado::text {
namespace {

TEST(Case, UpperByLanguage) {
  EXPECT_EQ(ToUpper("straße"), "STRASSE");
  EXPECT_EQ(ToUpper("istanbul ı"), "ISTANBUL I");
  EXPECT_EQ(ToUpper("istanbul ı", "tr"), "İSTANBUL I");
  EXPECT_EQ(ToUpper("istanbul", "TR-tr"), "İSTANBUL");
  EXPECT_EQ(ToUpper("żółć", "pl"), "ŻÓŁĆ");
  EXPECT_EQ(ToUpper("привет"), "ПРИВЕТ");
  EXPECT_EQ(ToUpper("άλφα", "el"), "ΑΛΦΑ");
  EXPECT_EQ(ToUpper("a1-ž 👍"), "A1-Ž 👍");
  EXPECT_EQ(ToUpper(""), "");
}

TEST(Case, LowerByLanguage) {
  EXPECT_EQ(ToLower("IĞDIR", "tr"), "ığdır");
  EXPECT_EQ(ToLower("INDIA", "en"), "india");
  EXPECT_EQ(ToLower("ΟΔΟΣ"), "οδος");
  EXPECT_EQ(ToLower("ÇÃO"), "ção");
}

TEST(Case, CapitalizeRaisesTheFirstAndLowersTheRest) {
  EXPECT_EQ(Capitalize("hELLO World"), "Hello world");
  EXPECT_EQ(Capitalize("éCOLE"), "École");
  EXPECT_EQ(Capitalize("ǆ"), "ǅ");
  EXPECT_EQ(Capitalize("ßTRASSE"), "Sstrasse");
  EXPECT_EQ(Capitalize("ᾳΔΗΣ"), "ᾼδης");
  EXPECT_EQ(Capitalize("ﬁSCH"), "Fisch");
  EXPECT_EQ(Capitalize("ŉA"), "ʼNa");
  EXPECT_EQ(Capitalize("istanbul", "tr"), "İstanbul");
  EXPECT_EQ(Capitalize("\"hello\""), "\"hello\"");  // the first character, letter or not
  EXPECT_EQ(Capitalize("“École"), "“école");
  EXPECT_EQ(Capitalize("1ST"), "1st");
  EXPECT_EQ(Capitalize(""), "");
}

TEST(Case, FoldingIsForComparing) {
  EXPECT_EQ(FoldCase("STRASSE"), FoldCase("straße"));
  EXPECT_EQ(FoldCase("E\u0301"), FoldCase("é"));
  EXPECT_EQ(FoldCase("ΟΔΟΣ"), FoldCase("οδος"));
  EXPECT_EQ(FoldCase("ПРИВЕТ"), FoldCase("привет"));
  EXPECT_NE(FoldCase("resume"), FoldCase("résumé"));
  EXPECT_NE(FoldCase("ı"), FoldCase("i"));
}

TEST(Case, ComposeJoinsLetterAndAccent) {
  EXPECT_EQ(Compose("e\u0301"), "é");
  EXPECT_EQ(Compose("plain"), "plain");
  EXPECT_EQ(Compose("x\u0301"), "x\u0301");
}

TEST(Case, MalformedUtf8ComesBackAsReplacementCharacters) {
  EXPECT_EQ(ToUpper("a\xFFz"), "A\uFFFDZ");
  EXPECT_EQ(ToLower("A\xE2\x82"), "a\uFFFD");
  EXPECT_EQ(Capitalize("\xC3"), "\uFFFD");
  EXPECT_EQ(FoldCase("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace recado::text
