// Reading a phone number out of what a person typed: which characters are digits, which only separate, and
// where an extension begins. Private to the room; the facts are those of libphonenumber's PhoneNumberUtil.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace recado::phone {

struct PhoneText {
  bool plus = false;   // written internationally
  std::string digits;  // 0–9 only, extension cut off
};

// Nothing where the text does not look like a phone number: fewer than two digits, letters between them, more
// than kMaxPhoneBytes bytes. What stands before the first digit or plus, and behind the last digit, is
// ignored
// ("Tel.: +49 30 1234567 (office)").
std::optional<PhoneText> ReadPhoneText(std::string_view text);

}  // namespace recado::phone
