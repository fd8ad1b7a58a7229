// The letters of transliterate.cc, small ones only, each table sorted by code point. Inside of core/text.
//
// What a letter is in one language stands in that language's table, which goes before the common one. Letters
// with marks that are not here are written as the letter without the mark.
#pragma once

#include <span>
#include <string_view>

namespace recado::text {

struct LatinLetter {
  char16_t letter;
  char latin[5];  // ASCII, ended by a zero
};

inline constexpr LatinLetter kCommonLetters[] = {
    // Latin letters that are no letter with a mark
    {u'ß', "ss"},
    {u'æ', "ae"},
    {u'ð', "d"},
    {u'ø', "o"},
    {u'þ', "th"},
    {u'đ', "d"},
    {u'ħ', "h"},
    {u'ı', "i"},
    {u'ĳ', "ij"},
    {u'ĸ', "k"},
    {u'ŀ', "l"},
    {u'ł', "l"},
    {u'ŉ', "n"},
    {u'ŋ', "ng"},
    {u'œ', "oe"},
    {u'ŧ', "t"},
    {u'ſ', "s"},
    {u'ƀ', "b"},
    {u'ƒ', "f"},
    {u'ƙ', "k"},
    {u'ƴ', "y"},
    {u'ǝ', "e"},
    {u'ǥ', "g"},
    {u'ɓ', "b"},
    {u'ɔ', "o"},
    {u'ɖ', "d"},
    {u'ɗ', "d"},
    {u'ə', "a"},
    {u'ɛ', "e"},
    {u'ɣ', "g"},
    {u'ɨ', "i"},
    {u'ʉ', "u"},
    // Greek
    {u'α', "a"},
    {u'β', "v"},
    {u'γ', "g"},
    {u'δ', "d"},
    {u'ε', "e"},
    {u'ζ', "z"},
    {u'η', "i"},
    {u'θ', "th"},
    {u'ι', "i"},
    {u'κ', "k"},
    {u'λ', "l"},
    {u'μ', "m"},
    {u'ν', "n"},
    {u'ξ', "x"},
    {u'ο', "o"},
    {u'π', "p"},
    {u'ρ', "r"},
    {u'ς', "s"},
    {u'σ', "s"},
    {u'τ', "t"},
    {u'υ', "y"},
    {u'φ', "f"},
    {u'χ', "ch"},
    {u'ψ', "ps"},
    {u'ω', "o"},
    // Cyrillic: Russian, and what only other languages have
    {u'а', "a"},
    {u'б', "b"},
    {u'в', "v"},
    {u'г', "g"},
    {u'д', "d"},
    {u'е', "e"},
    {u'ж', "zh"},
    {u'з', "z"},
    {u'и', "i"},
    {u'й', "y"},
    {u'к', "k"},
    {u'л', "l"},
    {u'м', "m"},
    {u'н', "n"},
    {u'о', "o"},
    {u'п', "p"},
    {u'р', "r"},
    {u'с', "s"},
    {u'т', "t"},
    {u'у', "u"},
    {u'ф', "f"},
    {u'х', "kh"},
    {u'ц', "ts"},
    {u'ч', "ch"},
    {u'ш', "sh"},
    {u'щ', "shch"},
    {u'ъ', ""},
    {u'ы', "y"},
    {u'ь', ""},
    {u'э', "e"},
    {u'ю', "yu"},
    {u'я', "ya"},
    {u'ё', "yo"},
    {u'ђ', "dj"},
    {u'ѓ', "gj"},
    {u'є', "ye"},
    {u'ѕ', "dz"},
    {u'і', "i"},
    {u'ї', "yi"},
    {u'ј', "j"},
    {u'љ', "lj"},
    {u'њ', "nj"},
    {u'ћ', "c"},
    {u'ќ', "kj"},
    {u'ў', "u"},
    {u'џ', "dz"},
    {u'ґ', "g"},
    {u'ғ', "g"},
    {u'қ', "q"},
    {u'ң', "n"},
    {u'ү', "u"},
    {u'ұ', "u"},
    {u'һ', "h"},
    {u'ә', "a"},
    {u'ө', "o"},
    {u'№', "No"},
};

inline constexpr LatinLetter kGermanLetters[] = {{u'ä', "ae"}, {u'ö', "oe"}, {u'ü', "ue"}};
inline constexpr LatinLetter kNordicLetters[] = {{u'å', "aa"}, {u'ø', "oe"}};  // Danish, Norwegian
inline constexpr LatinLetter kAzerbaijaniLetters[] = {{u'ə', "e"}};
inline constexpr LatinLetter kUkrainianLetters[] = {{u'г', "h"},  {u'и', "y"},  {u'й', "i"}, {u'ю', "iu"},
                                                    {u'я', "ia"}, {u'є', "ie"}, {u'ї', "i"}};
inline constexpr LatinLetter kUkrainianInitials[] = {  // at the beginning of a word
    {u'й', "y"},
    {u'ю', "yu"},
    {u'я', "ya"},
    {u'є', "ye"},
    {u'ї', "yi"}};
inline constexpr LatinLetter kBelarusianLetters[] = {{u'г', "h"}};
inline constexpr LatinLetter kBulgarianLetters[] = {{u'х', "h"}, {u'щ', "sht"}, {u'ъ', "a"}, {u'ь', "y"}};
inline constexpr LatinLetter kSerbianLetters[] = {
    {u'ж', "z"}, {u'х', "h"}, {u'ц', "c"}, {u'ч', "c"}, {u'ш', "s"}};
inline constexpr LatinLetter kMacedonianLetters[] = {{u'х', "h"}, {u'ц', "c"}, {u'џ', "dj"}};

struct LatinLanguage {
  std::string_view language;  // BCP 47, base
  std::span<const LatinLetter> letters;
};

inline constexpr LatinLanguage kLatinLanguages[] = {
    {"az", kAzerbaijaniLetters}, {"be", kBelarusianLetters}, {"bg", kBulgarianLetters},
    {"bs", kSerbianLetters},     {"da", kNordicLetters},     {"de", kGermanLetters},
    {"mk", kMacedonianLetters},  {"nb", kNordicLetters},     {"nn", kNordicLetters},
    {"no", kNordicLetters},      {"sr", kSerbianLetters},    {"uk", kUkrainianLetters},
};

}  // namespace recado::text
