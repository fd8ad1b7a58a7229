#include "core/sms/alphabet.h"

#include <algorithm>
#include <iterator>

namespace recado::sms {
namespace alphabet_internal {

#include "core/sms/national_tables.inc"

}  // namespace alphabet_internal

namespace {

using namespace alphabet_internal;

static_assert(std::size(kClassMasks) == kClasses);
static_assert(std::size(kLocking) == kNationals && std::size(kSingle) == kNationals);

constexpr std::array<std::string_view, kNationals> kTags = {"",   "tr", "es", "pt", "bn", "gu", "hi",
                                                            "kn", "ml", "or", "pa", "ta", "te", "ur"};

constexpr int kOctets = 140;            // user data of one message
constexpr int kConcatenation8 = 5;      // element 0x00 with its two leading octets and three of data
constexpr int kConcatenation16 = 6;     // element 0x08
constexpr int kShift = 3;               // element 0x24 or 0x25
constexpr int kHeaderLengthOctets = 1;  // once, where there is a header at all

constexpr Costs MakeCosts(unsigned locking, unsigned single) {
  Costs costs{};
  for (size_t i = 0; i < kClasses; ++i) {
    if (((kClassMasks[i].locking >> locking) & 1) != 0) {
      costs[i] = 1;
    } else if (((kClassMasks[i].single >> single) & 1) != 0) {
      costs[i] = 2;
    }
  }
  return costs;
}

constexpr Costs kDefaultCosts = MakeCosts(0, 0);

constexpr ClassSet ClassesOfCost(const Costs& costs, uint8_t cost) {
  ClassSet classes = 0;
  for (size_t i = 0; i < kClasses; ++i) classes |= costs[i] == cost ? ClassSet{1} << i : 0;
  return classes;
}
static_assert(ClassesOfCost(kDefaultCosts, 0) == kOutsideDefault);
static_assert(ClassesOfCost(kDefaultCosts, 2) == kExtendedDefault);
static_assert(kDefaultCosts[kOneSeptet] == 1 && kDefaultCosts[kTwoSeptets] == 2 && kDefaultCosts[0] == 0);

}  // namespace

std::string_view NationalTag(National national) {
  return kTags[static_cast<size_t>(national)];
}

std::optional<National> NationalFromTag(std::string_view tag) {
  const auto found = std::find(kTags.begin() + 1, kTags.end(), tag);
  if (found == kTags.end()) return std::nullopt;
  return static_cast<National>(found - kTags.begin());
}

Costs CostsOf(National locking, National single) {
  // Almost every message: no need to work it out.
  if (locking == National::kNone && single == National::kNone) return kDefaultCosts;
  return MakeCosts(static_cast<unsigned>(locking), static_cast<unsigned>(single));
}

bool HasLockingTable(National national) {
  return national != National::kSpanish;
}

char32_t LockingCharacter(National national, uint8_t septet) {
  return kLocking[static_cast<size_t>(national)][septet & 0x7F];
}

char32_t SingleCharacter(National national, uint8_t septet) {
  for (const SingleEntry& entry : kSingle[static_cast<size_t>(national)]) {
    if (entry.septet == septet) return entry.character;
  }
  return 0;
}

int CapacityOf(Encoding encoding, int reference_bits, int shifts) {
  int header = shifts * kShift;
  if (reference_bits == 8) header += kConcatenation8;
  if (reference_bits == 16) header += kConcatenation16;
  if (header > 0) header += kHeaderLengthOctets;
  const int octets = kOctets - header;
  return encoding == Encoding::kGsm7 ? octets * 8 / 7 : octets / 2;
}

}  // namespace recado::sms
