// Grapheme clusters: what a reader calls one character (UAX #29, extended clusters, Unicode 15, with ICU 72's
// Indic conjuncts).
//
//   CountGraphemes("e\u0301 \U0001F1E7\U0001F1F7")  // 3: é, space, flag
//
// The SMS limit of 200 "characters" counts these (C-05). All functions are linear, allocate nothing but their
// answer and may be called from any thread. A malformed UTF-8 sequence counts as U+FFFD, that is as one
// character. Loops that decode a text anyway use grapheme_machine.h instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace recado::text {

size_t CountGraphemes(std::string_view utf8);

// Byte offsets of the ends of the clusters, ascending; the last is utf8.size(). Empty for an empty text.
std::vector<uint32_t> GraphemeEnds(std::string_view utf8);

// The longest prefix of at most `count` clusters.
std::string_view PrefixOfGraphemes(std::string_view utf8, size_t count);

}  // namespace recado::text
