// UTF-8: decoding, checking, counting. RFC 3629; no overlong forms, no surrogates, nothing above U+10FFFF.
//
// Malformed input never stops a walk: Decode() answers U+FFFD with the length of the maximal subpart (Unicode
// 15, §3.9), so a caller's loop always advances. Pure functions over views; nothing is owned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recado::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point = kReplacement;
  uint8_t length = 1;  // bytes consumed, ≥ 1
  bool valid = false;
};

// The code point at byte `at`; `at` must be less than text.size().
Decoded DecodeSlow(std::string_view text, size_t at);
inline Decoded Decode(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, 1, true};
  return DecodeSlow(text, at);
}

// Byte offset of the first malformed sequence, or nothing where the text is well formed.
std::optional<size_t> FindInvalid(std::string_view text);

// Appends the code point; a surrogate or a value above U+10FFFF becomes U+FFFD.
void Append(std::string& out, char32_t code_point);

// Number of code points (malformed subparts count one each).
size_t CountCodePoints(std::string_view text);

}  // namespace recado::utf8
