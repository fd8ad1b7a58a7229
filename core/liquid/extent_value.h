// Extents of single values and what filters do to them. Internal to the room; extent.h tells the idea.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/liquid/extent.h"
#include "core/liquid/program.h"

namespace recado::liquid {

// What is known of a value on the stack.
struct Shape {
  Extent extent;
  const Type* type = nullptr;  // never null once made
  bool is_literal = false;
  Value literal;
  int64_t count = -1;  // items of a list; −1: not known
  std::string name;    // of the field it comes from
};

Extent UnboundedExtent();
// Anything up to `characters`; `gsm`: and nothing but one-septet characters.
Extent UpTo(uint32_t characters, bool gsm);
// Exact but for what may melt with its neighbours into one grapheme.
Extent ExtentOfText(std::string_view text);
Extent ExtentOfType(const Type& type);
Shape ShapeOfLiteral(const Value& literal);
Shape ShapeOfType(const Type& type, std::string name);

Extent Joined(const Extent& a, const Extent& b);    // one or the other
Extent Followed(const Extent& a, const Extent& b);  // one after the other
Extent Repeated(const Extent& extent, uint32_t min, uint32_t max);

uint32_t Add(uint32_t a, uint32_t b);       // kUnbounded stays
uint32_t Multiply(uint32_t a, uint32_t b);  // nothing times anything is nothing

struct FilterUse {
  std::string_view name;
  const Shape& input;
  std::span<const Shape> arguments;
  std::span<const Name> keyword_names;
  std::span<const Shape> keyword_values;
};
Extent ExtentOfFilter(const FilterUse& use);

}  // namespace recado::liquid
