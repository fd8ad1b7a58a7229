// Transliteration: Latin with marks, Cyrillic and Greek in plain ASCII letters, as names are written in
// passports, on parcels and in SMS that shall stay cheap.
//
// A table of our own: ICU's rules are not in the trimmed data. Letters of other scripts, emoji and
// punctuation stay as they are (sms::Safe replaces punctuation). Not reversible. Pure; any thread.
//
//   ToLatin("Жанна Щукина", "ru")   // "Zhanna Shchukina"
//   ToLatin("Згурський", "uk")      // "Zghurskyi"
//   ToLatin("Müller", "de")         // "Mueller", with any other language "Muller"
//   ToLatin("Ευαγγελία", "el")      // "Evangelia"
//
// Sources: Ukrainian by the Cabinet of Ministers' resolution 55 of 2010, Bulgarian by the Transliteration Act
// of 2009, Greek by ELOT 743 (ISO 843, transcription), Serbian as the Latin alphabet of the language without
// its marks, Macedonian as in its passports, Russian, Belarusian and Kazakh by BGN/PCGN without its marks.
#pragma once

#include <string>
#include <string_view>

namespace recado::text {

// `language` (BCP 47; its base counts) is that of the text: the same letter is spoken, and so written,
// otherwise in Ukrainian than in Russian. Characters for which `keep` is true stay as they are; null: only
// ASCII stays. Capitals stay capitals: "Щ" is "Shch" in "Щукин" and "SHCH" in "ЩУКИН". The text grows to at
// most four times its characters. Malformed UTF-8 becomes U+FFFD.
std::string ToLatin(std::string_view utf8, std::string_view language, bool (*keep)(char32_t) = nullptr);

}  // namespace recado::text
