#include "core/sms/replace.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace recado::sms {
namespace {

#include "core/sms/smart_table.inc"

// Where the entries of each 64 characters begin: the search is asked for every foreign character.
constexpr unsigned kPageShift = 6;
constexpr size_t kPages = 0x10000 >> kPageShift;
constexpr std::array<uint16_t, kPages + 1> kFirst = [] {
  std::array<uint16_t, kPages + 1> first{};
  for (const Replacement& entry : kReplacements) ++first[(entry.character >> kPageShift) + 1];
  for (size_t i = 1; i <= kPages; ++i) first[i] = static_cast<uint16_t>(first[i] + first[i - 1]);
  return first;
}();

}  // namespace

std::optional<std::string_view> ReplacementFor(char32_t code_point) {
  const char32_t page = code_point >> kPageShift;
  if (page >= kPages) return std::nullopt;
  const Replacement* end = kReplacements + kFirst[page + 1];
  const Replacement* found =
      std::lower_bound(kReplacements + kFirst[page], end, code_point,
                       [](const Replacement& entry, char32_t wanted) { return entry.character < wanted; });
  if (found == end || found->character != code_point) return std::nullopt;
  return found->text;
}

}  // namespace recado::sms
