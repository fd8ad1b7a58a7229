// Letter case by language (Turkish i, German ß, Greek sigma); Unicode full case mapping.
#pragma once

#include <string>
#include <string_view>

namespace recado::text {

// `language` is a BCP 47 tag; only tr, az, lt and el differ from the root rules. Never fails: malformed
// UTF-8 comes back as U+FFFD.
std::string ToUpper(std::string_view utf8, std::string_view language = "");
std::string ToLower(std::string_view utf8, std::string_view language = "");
// First grapheme in upper (title) case, the rest in lower case, as Liquid's capitalize does.
std::string Capitalize(std::string_view utf8, std::string_view language = "");
// For comparing without regard to case: default case folding and NFC. Not for showing.
std::string FoldCase(std::string_view utf8);
// Normalization form C: letter and accent as one code point where there is one.
std::string Compose(std::string_view utf8);

}  // namespace recado::text
