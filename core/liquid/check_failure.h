// What may go wrong with a filter or a comparison while a text is filled in, told before it does: each
// warning here is a rule that would otherwise be skipped with template_error for some customers only.
//
//   {{ deal.title | truncate: deal.pieces }}   deal.pieces may be empty
//   {{ deal.amount | divided_by: deal.pieces }}  a division by zero where deal.pieces is 0 or empty
//
// The promise: what is not warned of cannot fail, whatever values of their types the fields have. Not judged:
// sizes (numbers of over 30 digits, loops of millions of rounds, texts of megabytes), which have their own
// bounds. Internal to the room.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/liquid/check_path.h"

namespace recado::liquid {

// The arguments of a filter as the checker knows them.
struct KnownArguments {
  std::span<const Known> positional;
  std::span<const Name> keyword_names;
  std::span<const Known> keyword_values;

  const Known* At(size_t i) const { return i < positional.size() ? &positional[i] : nullptr; }
  const Known* Keyword(std::string_view name) const;
  const Known* AtOr(size_t i, std::string_view keyword) const;
};

// Why the filter may fail, as a warning; nothing where it cannot. What `input` is blamed for already is not
// said again.
std::optional<Diagnostic> FilterMayFail(std::string_view filter, const Known& input,
                                        const KnownArguments& arguments);

// The same for < <= > >=.
std::optional<Diagnostic> OrderMayFail(const Known& left, const Known& right);

// A number that `limit` or `offset` of a for can use.
std::optional<Diagnostic> CountMayFail(const Known& count);

}  // namespace recado::liquid
