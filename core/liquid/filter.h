// Filters: what stands behind the | in {{ name | upcase }}.
//
// A filter is a plain function over a FilterCall. The table of all filters is fixed; programs refer to its
// rows by index. Counts of arguments and names of keyword arguments are checked when a template is parsed,
// so a filter finds at least `min_arguments` and at most `max_arguments`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/liquid/value.h"

namespace recado::liquid {

class Renderer;
struct Name;

struct FilterCall {
  Renderer& renderer;  // memory, faults, language, zone, now
  std::string_view name;
  Value input;
  std::span<const Value> arguments;
  std::span<const Name> keyword_names;
  std::span<const Value> keyword_values;

  Value Argument(size_t i) const { return i < arguments.size() ? arguments[i] : Value(); }
  bool HasArgument(size_t i) const { return i < arguments.size(); }
  // Nil where the keyword is not given.
  Value Keyword(std::string_view keyword) const;
};

// The result. A fault is reported through the renderer (Renderer::Fail…), which then stops; what is returned
// beside it does not matter.
using FilterFunction = Value (*)(FilterCall& call);

struct Filter {
  std::string_view name;
  FilterFunction run = nullptr;
  uint8_t min_arguments = 0;
  uint8_t max_arguments = 0;
  std::array<std::string_view, 4> keywords{};  // "" ends the list; "*" allows any
};

std::span<const Filter> Filters();  // sorted by name
inline const Filter& FilterAt(uint16_t id) {
  return Filters()[id];
}
std::optional<uint16_t> FindFilter(std::string_view name);

}  // namespace recado::liquid
