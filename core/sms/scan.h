// Reading a text for counting: one face over UTF-8 and UTF-16, and the block scan that makes plain text
// cheap.
//
// The counting loops (segment.h, count.cc) are templates over Utf8Text and Utf16Text, so that a text is
// counted in the form it comes in: the service has UTF-8, a browser UTF-16. Offsets named `at` are in the
// text's own units.
//
// "Simple" characters are those of ASCII that cost one unit in every encoding and are a character each
// whatever stands beside them, marks excepted: LF, space … Z, _, a … z. Runs of them are skipped eight at a
// time by arithmetic on 64-bit words.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/utf8.h"

namespace recado::sms {

// One code point where it stands.
struct Point {
  char32_t code_point = 0;
  uint8_t length = 1;   // in the text's own units
  uint8_t bytes = 1;    // in UTF-8; a lone surrogate counts three, as it would take
  uint8_t units16 = 1;  // in UTF-16
  bool valid = true;
};

namespace scan_internal {

inline constexpr uint64_t kOnes = 0x0101010101010101ULL;
inline constexpr uint64_t kHighs = kOnes * 0x80;

// The high bit of each byte that lies in [low, high]; all bytes below 0x80.
constexpr uint64_t Within(uint64_t block, unsigned low, unsigned high) {
  return (block + kOnes * (0x80 - low)) & ~(block + kOnes * (0x7F - high));
}

// A bit in each byte that is no simple character. Right up to the first such byte, counted from the low end:
// sums of what is not ASCII carry over into the bytes above.
constexpr uint64_t NotSimple(uint64_t block) {
  const uint64_t simple =
      Within(block, ' ', 'Z') | Within(block, 'a', 'z') | Within(block, '_', '_') | Within(block, '\n', '\n');
  return (block | ~simple) & kHighs;
}

// The same for four UTF-16 units, with 'a' in their empty upper bytes.
inline constexpr uint64_t kLows16 = 0x00FF00FF00FF00FFULL;
constexpr uint64_t NotSimple16(uint64_t block) {
  constexpr uint64_t kFill = 0x6100610061006100ULL;
  return (block & ~kLows16) | NotSimple((block & kLows16) | kFill);
}

}  // namespace scan_internal

class Utf8Text {
 public:
  explicit Utf8Text(std::string_view text) : text_(text) {}

  size_t size() const { return text_.size(); }
  char32_t Unit(size_t at) const { return static_cast<unsigned char>(text_[at]); }

  Point At(size_t at) const {
    const auto first = static_cast<unsigned char>(text_[at]);
    if (first < 0x80) return {first, 1, 1, 1, true};
    // Two bytes are Latin letters with accents, Greek, Cyrillic, Arabic: most of what is not ASCII in a
    // message.
    if (first >= 0xC2 && first <= 0xDF && at + 1 < text_.size()) {
      const auto second = static_cast<unsigned char>(text_[at + 1]);
      if ((second & 0xC0) == 0x80) return {(first & 0x1FU) << 6 | (second & 0x3FU), 2, 2, 1, true};
    }
    const utf8::Decoded decoded = utf8::DecodeSlow(text_, at);
    const auto units = static_cast<uint8_t>(decoded.code_point > 0xFFFF ? 2 : 1);
    return {decoded.code_point, decoded.length, decoded.length, units, decoded.valid};
  }

  // Number of simple characters from `at` on, as far as whole blocks before `end` tell: 0 says nothing about
  // the next character.
  size_t SimpleRun(size_t at, size_t end) const {
    const size_t start = at;
    uint64_t block = 0;
    for (; at + sizeof(block) <= end; at += sizeof(block)) {
      std::memcpy(&block, text_.data() + at, sizeof(block));
      if (const uint64_t other = scan_internal::NotSimple(block)) {
        at += static_cast<size_t>(std::countr_zero(other)) / 8;
        break;
      }
    }
    return at - start;
  }

 private:
  std::string_view text_;
};

class Utf16Text {
 public:
  explicit Utf16Text(std::u16string_view text) : text_(text) {}

  size_t size() const { return text_.size(); }
  char32_t Unit(size_t at) const { return text_[at]; }

  Point At(size_t at) const {
    const char32_t unit = text_[at];
    if (unit < 0x80) return {unit, 1, 1, 1, true};
    if (unit < 0x800) return {unit, 1, 2, 1, true};
    if ((unit & 0xF800) != 0xD800) return {unit, 1, 3, 1, true};
    const bool pair = unit < 0xDC00 && at + 1 < text_.size() && (text_[at + 1] & 0xFC00) == 0xDC00;
    if (!pair) return {unit, 1, 3, 1, false};
    const char32_t low = text_[at + 1];
    return {0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 2, 4, 2, true};
  }

  size_t SimpleRun(size_t at, size_t end) const {
    const size_t start = at;
    // Eight small units fit in the halves of four.
    for (; at + 8 <= end; at += 8) {
      const uint64_t first = Block(at);
      const uint64_t second = Block(at + 4);
      if (((first | second) & ~scan_internal::kLows16) != 0) break;
      if (scan_internal::NotSimple(first | (second << 8)) != 0) break;
    }
    for (; at + 4 <= end; at += 4) {
      if (const uint64_t other = scan_internal::NotSimple16(Block(at))) {
        at += static_cast<size_t>(std::countr_zero(other)) / 16;
        break;
      }
    }
    return at - start;
  }

  // Whether `at` lies between the two halves of a character, in a text that is valid.
  bool SplitsPair(size_t at) const { return at < text_.size() && (text_[at] & 0xFC00) == 0xDC00; }

  std::u16string_view From(size_t at) const { return text_.substr(at); }

 private:
  uint64_t Block(size_t at) const {
    uint64_t block = 0;
    std::memcpy(&block, text_.data() + at, sizeof(block));
    return block;
  }

  std::u16string_view text_;
};

}  // namespace recado::sms
