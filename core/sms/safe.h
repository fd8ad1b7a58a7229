// Safe: a text with the characters replaced that would make its SMS UCS-2 and have a stand-in in GSM-7.
//
// What a count's `suggestion` does to the whole message, for one value in a template: {{ deal.title |
// sms_safe }}. Characters without an entry in the table (other scripts, emoji) stay: leaving them out would
// change what was said. Letters with their accent behind them are composed where GSM-7 has the composed
// letter.
#pragma once

#include <string>
#include <string_view>

namespace recado::sms {

// “Olá” – José… → "Olá" - José... (á has no stand-in and stays). At most three times the characters.
// Malformed UTF-8 comes back as it is.
std::string Safe(std::string_view utf8);

// Whether the default alphabet or its extension table has the character (3GPP TS 23.038, 6.2.1).
bool IsInGsm7(char32_t code_point);

}  // namespace recado::sms
