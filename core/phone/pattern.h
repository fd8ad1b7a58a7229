// PhonePattern: matches digits against one pattern of the numbering plans. Private to the room.
//
// The patterns are those of plans.json: 0–9, d for any digit, [2-57], ( ), < > for a capture, |, ? ,
// {n}, {n,m} and $ for the end. Alternatives are tried left to right and repetitions as long as possible
// first, as JavaScript's and Java's engines do; each pair of (instruction, position) is tried at most once,
// so a match takes time proportional to pattern × digits whatever they are. Bounds: kMaxPhonePatternNesting,
// kMaxPhoneProgram (limits.h); a pattern beyond them is a malformed one.
//
//   std::optional<PhoneMatch> match = MatchPhone("0?<11>15", "01115223344");
//   match->length  // 5
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace recado::phone {

inline constexpr size_t kMaxPhoneCaptures = 10;  // the longest format has six

struct PhoneMatch {
  size_t length = 0;  // digits matched, from the first
  size_t captures = 0;
  // Of each capture; no data where it took no part.
  std::array<std::string_view, kMaxPhoneCaptures> capture;
};

// The preferred match at the beginning of `digits` (0–9 only, at most 64). A malformed pattern matches
// nothing.
std::optional<PhoneMatch> MatchPhone(std::string_view pattern, std::string_view digits);

// Whether the whole of `digits` matches. An empty pattern matches nothing.
bool MatchesWhole(std::string_view pattern, std::string_view digits);
// As MatchPhone, with the match reaching to the end of `digits`.
std::optional<PhoneMatch> MatchWhole(std::string_view pattern, std::string_view digits);

}  // namespace recado::phone
