// What to write instead of a character that GSM-7 lacks: typographic quotes, dashes, ellipsis, full-width and
// mathematical letters, exotic spaces. A list that gateways use, not a transliteration: accents and other
// scripts have no entry, because leaving them out changes what was said.
#pragma once

#include <optional>
#include <string_view>

namespace recado::sms {

// ASCII of up to three characters, "" where the character can simply go. Nothing where there is no entry.
std::optional<std::string_view> ReplacementFor(char32_t code_point);

}  // namespace recado::sms
