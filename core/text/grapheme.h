// Grapheme clusters: what a reader calls one character (UAX #29, extended clusters, ICU 72's rules: Unicode
// 15).
//
// The SMS limit of 200 "characters" counts these (C-05). ASCII without CR LF never reaches ICU, so counting
// an ordinary message costs a scan.
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
