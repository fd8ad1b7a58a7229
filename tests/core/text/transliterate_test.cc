#include "core/text/transliterate.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "core/text/transliterate_table.h"

namespace recado::text {
namespace {

struct Row {
  const char* language;
  const char* text;
  const char* latin;
};

void ExpectRows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(ToLatin(row.text, row.language), row.latin) << row.text;
}

TEST(Transliterate, LatinLettersLoseTheirMarks) {
  ExpectRows({
      {"en", "plain", "plain"},
      {"pl", "Zażółć gęślą jaźń, Łódź", "Zazolc gesla jazn, Lodz"},
      {"pt-BR", "São João é à vontade", "Sao Joao e a vontade"},
      {"tr", "Iğdır, İstanbul, şeker", "Igdir, Istanbul, seker"},
      {"fr", "Œuvre, cœur, ÆTHER", "Oeuvre, coeur, AETHER"},
      {"vi", "Nguyễn Thị Đặng Phương", "Nguyen Thi Dang Phuong"},
      {"is", "Þór Guðmundsson", "Thor Gudmundsson"},
      {"en", "e\xCC\x81t\xCC\x8A x\xCC\x84",
       "et x"},  // marks behind their letters, with and without a composed form
  });
}

TEST(Transliterate, TheLanguageDecidesWhatALetterIs) {
  ExpectRows({
      {"de", "Müller, Größe, ÄRGER, Über", "Mueller, Groesse, AERGER, Ueber"},
      {"de-AT", "Jänner", "Jaenner"},
      {"es", "pingüino", "pinguino"},
      {"sv", "Åsa Öberg", "Asa Oberg"},
      {"da", "Åse Sørensen", "Aase Soerensen"},
      {"az", "Əliyev", "Eliyev"},
      {"ru", "Гоголь", "Gogol"},
      {"uk", "Гоголь", "Hohol"},
      {"bg", "Търговище", "Targovishte"},
      {"ru", "Търговище", "Trgovishche"},
      {"sr", "Ђорђе Чворовић Њежић", "Djordje Cvorovic Njezic"},
      {"mk", "Ѓорѓи Џамбаз Жаќ", "Gjorgji Djambaz Zhakj"},
      {"be", "Грыгор’еў", "Hryhoreu"},
      {"kk", "Қазақстан Әлия", "Qazaqstan Aliya"},
  });
}

TEST(Transliterate, RussianAsItIsUsuallyWritten) {
  ExpectRows({
      {"ru", "Щукин ЩУКИН Щ Я. ЯЩ", "Shchukin SHCHUKIN Shch Ya. YASHCH"},
      {"ru", "Фёдор Хрущёв, объезд, Юлия", "Fyodor Khrushchyov, obezd, Yuliya"},
      {"en", "Заказ №42", "Zakaz No42"},
  });
}

// Cabinet of Ministers, resolution 55 of 2010; the examples are those of its table.
TEST(Transliterate, UkrainianByTheLaw) {
  ExpectRows({
      {"uk", "Алушта Андрій", "Alushta Andrii"},
      {"uk", "Згурський Розгон", "Zghurskyi Rozghon"},
      {"uk", "Єнакієве Гаєвич", "Yenakiieve Haievych"},
      {"uk", "Їжакевич Кадиївка", "Yizhakevych Kadyivka"},
      {"uk", "Йосипівка Стрий", "Yosypivka Stryi"},
      {"uk", "Юрій Корюківка", "Yurii Koriukivka"},
      {"uk", "Яготин Костянтин", "Yahotyn Kostiantyn"},
      {"uk", "Знам'янка", "Znamianka"},
      {"uk", "Ґалаґан", "Galagan"},
      {"uk", "Щербухи", "Shcherbukhy"},
  });
}

TEST(Transliterate, BulgarianEndingOfFemaleNames) {
  ExpectRows({{"bg", "София", "Sofia"}, {"bg", "Мария Илиянова", "Maria Iliyanova"}});
}

// ELOT 743.
TEST(Transliterate, GreekPairs) {
  ExpectRows({
      {"el", "Ευαγγελία Ευσταθίου", "Evangelia Efstathiou"},
      {"el", "Αύγουστος", "Avgoustos"},
      {"el", "μπίρα λάμπα", "bira lampa"},
      {"el", "ΟΥΡΑΝΟΣ Ουρανός", "OURANOS Ouranos"},
      {"el", "Μαΐου άυλος πραΰς", "Maiou aylos prays"},
      {"el", "Ξένια Ψαρός Χίος Θεός", "Xenia Psaros Chios Theos"},
      {"el", "άγχος φάλαγξ", "anchos falanx"},
      {"el", "Ταΰ ταυ", "Tay taf"},
  });
}

TEST(Transliterate, WhatHasNoLatinFormStays) {
  ExpectRows({
      {"en", "", ""},
      {"en", "日本 한국 नमस्ते 👋 “x” €5", "日本 한국 नमस्ते 👋 “x” €5"},
      {"uk", "it's", "it's"},
      {"en", "\xFF\xC3", "\xEF\xBF\xBD\xEF\xBF\xBD"},
  });
}

TEST(Transliterate, KeepsWhatItIsToldToKeep) {
  const auto umlauts = [](char32_t c) { return c == U'ü'; };
  EXPECT_EQ(ToLatin("Müłler", "de", umlauts), "Müller");
}

TEST(Transliterate, TablesAreSortedAndAscii) {
  const auto expect_good = [](std::span<const LatinLetter> letters) {
    EXPECT_TRUE(
        std::is_sorted(letters.begin(), letters.end(),
                       [](const LatinLetter& a, const LatinLetter& b) { return a.letter < b.letter; }));
    for (const LatinLetter& row : letters) {
      for (const char c : std::string_view(row.latin)) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
    }
  };
  expect_good(kCommonLetters);
  expect_good(kUkrainianInitials);
  for (const LatinLanguage& language : kLatinLanguages) expect_good(language.letters);
}

}  // namespace
}  // namespace recado::text
