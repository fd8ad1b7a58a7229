#include "core/sms/surrogates.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace recado::sms {
namespace {

constexpr size_t kLanes = 8;
using Units = uint16_t __attribute__((vector_size(kLanes * sizeof(uint16_t))));
using Marks = int16_t __attribute__((vector_size(kLanes * sizeof(int16_t))));  // all bits of a lane or none

Units Load(const char16_t* from) {
  Units units;
  std::memcpy(&units, from, sizeof(units));
  return units;
}

bool IsAnySet(const Marks& marks) {
  uint64_t halves[2];
  std::memcpy(halves, &marks, sizeof(halves));
  return (halves[0] | halves[1]) != 0;
}

constexpr bool IsHigh(char16_t unit) {
  return (unit & 0xFC00) == 0xD800;
}
constexpr bool IsLow(char16_t unit) {
  return (unit & 0xFC00) == 0xDC00;
}

}  // namespace

Surrogates SurrogatesOf(std::u16string_view text) {
  if (text.empty()) return {};
  Surrogates found;
  found.paired = !IsLow(text.front()) && !IsHigh(text.back());
  Marks any = {};
  Marks torn = {};
  size_t at = 0;
  // Each unit beside the one behind it: a high one there must be a low one here, and no other may.
  for (; at + kLanes < text.size(); at += kLanes) {
    const Marks high = (Load(text.data() + at) & 0xFC00) == 0xD800;
    const Marks low = (Load(text.data() + at + 1) & 0xFC00) == 0xDC00;
    any |= high;
    torn |= high ^ low;
  }
  found.any = IsAnySet(any) || !found.paired;
  found.paired = found.paired && !IsAnySet(torn);
  for (; at + 1 < text.size(); ++at) {
    found.any |= IsHigh(text[at]);
    found.paired &= IsHigh(text[at]) == IsLow(text[at + 1]);
  }
  return found;
}

}  // namespace recado::sms
