#include "core/sms/replace.h"

#include <algorithm>
#include <iterator>

namespace recado::sms {
namespace {

#include "core/sms/smart_table.inc"

}  // namespace

std::optional<std::string_view> ReplacementFor(char32_t code_point) {
  const auto* found =
      std::lower_bound(std::begin(kReplacements), std::end(kReplacements), code_point,
                       [](const Replacement& entry, char32_t wanted) { return entry.character < wanted; });
  if (found == std::end(kReplacements) || found->character != code_point) return std::nullopt;
  return found->text;
}

}  // namespace recado::sms
