#include "core/base/utf8.h"

#include <cstring>

namespace recado::utf8 {
namespace {

bool IsContinuation(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

// What a lead byte promises: total length and the allowed range of the second byte (table 3-7 of the Unicode
// Standard).
struct Lead {
  uint8_t length;
  unsigned char second_min;
  unsigned char second_max;
};

Lead LeadOf(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {1, 0, 0};
}

}  // namespace

Decoded DecodeSlow(std::string_view text, size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = LeadOf(first);
  if (lead.length == 1) return {};
  char32_t value = first & (0x7FU >> lead.length);
  for (uint8_t i = 1; i < lead.length; ++i) {
    if (at + i >= text.size()) return {kReplacement, i, false};
    const auto byte = static_cast<unsigned char>(text[at + i]);
    const bool fits = i == 1 ? byte >= lead.second_min && byte <= lead.second_max : IsContinuation(byte);
    if (!fits) return {kReplacement, i, false};
    value = (value << 6) | (byte & 0x3FU);
  }
  return {value, lead.length, true};
}

std::optional<size_t> FindInvalid(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    // ASCII goes by eight bytes at a time; almost all text that is checked is ASCII.
    while (at + 8 <= text.size()) {
      uint64_t block = 0;
      std::memcpy(&block, text.data() + at, 8);
      if ((block & 0x8080808080808080ULL) != 0) break;
      at += 8;
    }
    if (at >= text.size()) break;
    const Decoded decoded = Decode(text, at);
    if (!decoded.valid) return at;
    at += decoded.length;
  }
  return std::nullopt;
}

void Append(std::string& out, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
  const auto byte = [&out](char32_t value) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
  };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    byte(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xF0 | (code_point >> 18));
    byte(0x80 | ((code_point >> 12) & 0x3F));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += Decode(text, at).length) ++count;
  return count;
}

}  // namespace recado::utf8
