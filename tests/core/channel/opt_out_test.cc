#include "core/channel/opt_out.h"

#include <gtest/gtest.h>
#include <string>

namespace recado::channel {
namespace {

// "stop en", "start es", "-".
std::string Means(std::string_view text) {
  const auto word = OptOutWordOf(text);
  if (!word) return "-";
  return std::string(word->meaning == OptOutMeaning::kStop ? "stop " : "start ") +
         std::string(word->language);
}

struct Row {
  std::string_view text;
  std::string_view means;
};

TEST(OptOut, WordsOfFiveLanguages) {
  constexpr Row kRows[] = {
      {"STOP", "stop en"},        {"stop", "stop en"},        {"StopAll", "stop en"},
      {"Unsubscribe", "stop en"}, {"CANCEL", "stop en"},      {"end", "stop en"},
      {"QUIT", "stop en"},        {"opt-out", "stop en"},     {"START", "start en"},
      {"UNSTOP", "start en"},     {"STOPP", "stop de"},       {"abmelden", "stop de"},
      {"Keine SMS!", "stop de"},  {"Anmelden", "start de"},   {"BAJA", "stop es"},
      {"No más", "stop es"},      {"ALTA", "start es"},       {"Rezygnuję", "stop pl"},
      {"REZYGNUJE", "stop pl"},   {"wypisz mnie", "stop pl"}, {"Zapisz", "start pl"},
      {"SAIR", "stop pt"},        {"Parar.", "stop pt"},      {"cancelar", "stop pt"},
      {"voltar", "start pt"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Means(row.text), row.means) << row.text;
}

TEST(OptOut, CaseAccentsPunctuationAndSpaceDoNotCount) {
  for (const std::string_view text : {" stop ", "Stop!", "\"STOP\"", "s t o p", "STOP.\r\n", "stóp"}) {
    EXPECT_EQ(Means(text), "stop en") << text;
  }
  EXPECT_EQ(Means("STOP 🛑"), "stop en");
  EXPECT_EQ(Means("Stop…"), "stop en");
}

TEST(OptOut, WordsInsideASentenceAreOrdinaryMessages) {
  for (const std::string_view text : {"",
                                      " ",
                                      "don't stop",
                                      "stop calling me at work",
                                      "Can I cancel my order?",
                                      "the end",
                                      "yes",
                                      "no",
                                      "YES",
                                      "SI",
                                      "help",
                                      "stops",
                                      "nonstop",
                                      "stop1",
                                      "please stop",
                                      "не стоп",
                                      "🛑",
                                      "🛑 stop now",
                                      "baja mañana",
                                      "pare aqui",
                                      "end of month",
                                      "sair cedo",
                                      "koniec miesiąca",
                                      "начало"}) {
    EXPECT_EQ(Means(text), "-") << text;
  }
}

TEST(OptOut, LongAndBrokenTextsAreOrdinaryMessages) {
  EXPECT_EQ(Means(std::string(1'000'000, 's')), "-");
  EXPECT_EQ(Means("STOP" + std::string(100, ' ')), "-");
  EXPECT_EQ(Means("\xFF\xFE"), "-");
}

}  // namespace
}  // namespace recado::channel
