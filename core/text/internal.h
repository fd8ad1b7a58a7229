// What the sources of core/text share; nobody outside the room includes this.
//
// ICU is told its default locale once, explicitly: the root. Otherwise it takes the operating system's
// (natively) or the first package's (WebAssembly) for whatever it cannot find, and the two builds disagree.
#pragma once

#include <string>
#include <string_view>
#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace recado::text {

// Sets the default locale, once in the life of the process. Every road into ICU that knows locales starts
// here. Must come after the data was handed over, hence not a static initialiser.
void PrepareIcu();

inline std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

inline icu::UnicodeString FromUtf8(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

// Whether every byte is below 0x80; eight bytes at a time.
bool IsAscii(std::string_view text);

}  // namespace recado::text
