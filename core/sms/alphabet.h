// The alphabets of SMS: GSM 7-bit default, its extension, and the national tables (3GPP TS 23.038, 6.2.1,
// annex A).
//
// Counting only asks which tables hold a character, not at which septet. Characters that stand in the same
// tables cost the same in every form of a message, so each code point has a class (some forty in all), and a
// form of a message is an array of costs by class. The septets themselves are here for showing and for tests.
//
// Constant data; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/sms/count.h"

namespace recado::sms {

inline constexpr size_t kNationals = 14;  // kNone (the default alphabet) and the thirteen languages
inline constexpr size_t kClasses = 38;

namespace alphabet_internal {

// Class tables: a block for each index. Here so that the look-up is inlined into the counting loops.
inline constexpr unsigned kBlockShift = 6;
inline constexpr size_t kBlockSize = size_t{1} << kBlockShift;
inline constexpr size_t kIndexed = 137;  // up to U+223F; what lies above is in no table
extern const std::array<uint8_t, kIndexed> kIndex;
extern const uint8_t kBlocks[][kBlockSize];

}  // namespace alphabet_internal

// Index into a form's costs; 0 is the class of characters that no table holds.
using CharacterClass = uint8_t;
inline CharacterClass ClassOf(char32_t code_point) {
  using namespace alphabet_internal;
  const char32_t block = code_point >> kBlockShift;
  return block < kIndexed ? kBlocks[kIndex[block]][code_point & (kBlockSize - 1)] : CharacterClass{0};
}

// Classes as bits.
using ClassSet = uint64_t;
static_assert(kClasses <= 64);
constexpr ClassSet SetOf(CharacterClass character_class) {
  return ClassSet{1} << character_class;
}

// The classes that neither the default alphabet nor its extension holds, and those of the extension.
// Constants, so that the loops that look for them need no table; alphabet.cc proves them against the tables.
inline constexpr ClassSet kOutsideDefault = 0x1FFFFF6621;
inline constexpr ClassSet kExtendedDefault = 0x2000000014;

// Where only the default alphabet matters, three classes tell all: one septet, two, none.
inline constexpr CharacterClass kOneSeptet = 1;
inline constexpr CharacterClass kTwoSeptets = 2;
constexpr CharacterClass DefaultClassOf(CharacterClass character_class) {
  const ClassSet set = SetOf(character_class);
  if ((set & (kOutsideDefault | kExtendedDefault)) == 0) return kOneSeptet;
  return (set & kExtendedDefault) != 0 ? kTwoSeptets : CharacterClass{0};
}

// Septets by class: 1, 2, or 0 where the character cannot be said.
using Costs = std::array<uint8_t, kClasses>;

// The costs where these tables are chosen. kNone means the default alphabet or its extension table.
Costs CostsOf(National locking, National single);

// The classes that cannot be said with these costs.
constexpr ClassSet UnsayableWith(const Costs& costs) {
  ClassSet classes = 0;
  for (size_t i = 0; i < kClasses; ++i) classes |= costs[i] == 0 ? ClassSet{1} << i : 0;
  return classes;
}

// Spanish has a single shift table alone.
bool HasLockingTable(National national);

// The character of a septet (0–127) in a locking table, or behind the escape in a single shift table. 0 where
// there is none.
char32_t LockingCharacter(National national, uint8_t septet);
char32_t SingleCharacter(National national, uint8_t septet);

// Units that one part of a message carries: 140 octets less the user data header (3GPP TS 23.040, 9.2.3.24),
// which holds `reference_bits` of concatenation (0 where the message is one part) and an element for each
// shift.
int CapacityOf(Encoding encoding, int reference_bits, int shifts);

}  // namespace recado::sms
