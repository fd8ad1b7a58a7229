// How short and how long a template's text can become, before any data is known.
//
// An interval for every value: literals are exact, a field is as long as the schema allows, filters stretch
// and cut, branches join, loops multiply. Both ends are safe: no data of the declared types renders outside
// of them. What has no bound (a text without max_length, a list, a filter whose effect is not known) is
// kUnbounded. For the page's meter ("worst case beside the current one") and for checks before a rule goes
// live.
//
//   TemplateExtent reach = MeasureTemplate(*program, variables);
//   reach.extent.max_characters   // 37, or kUnbounded
//   reach.widest                  // "deal.title": the field that contributes most
//
// Assumptions about data, said here because they are not proven: a field's max_length counts code points, of
// which each takes at most two 16-bit units; whole numbers and amounts stay below kMaxAmountDigits digits
// before the point and have at most kMaxFractionDigits behind it; dates are as formats §2 writes them.
//
// Minima take nothing for granted: a field may be empty, also one that is required. One pass, linear in the
// template but for nested captures; no recursion. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "core/liquid/check.h"
#include "core/liquid/template.h"

namespace recado::liquid {

inline constexpr uint32_t kUnbounded = UINT32_MAX;
inline constexpr uint32_t kMaxAmountDigits = 12;  // 999,999,999,999: CRMs' own columns end about there
inline constexpr uint32_t kMaxFractionDigits = 4;

// Sizes of all renderings. Characters are grapheme clusters; septets are of the GSM 7-bit default alphabet,
// for the renderings that have nothing else in them; units are UTF-16.
struct Extent {
  uint32_t min_characters = 0;
  uint32_t max_characters = 0;
  uint32_t min_septets = 0;
  uint32_t max_septets = 0;
  uint32_t min_units = 0;
  uint32_t max_units = 0;
  bool needs_ucs2 = false;     // every rendering has a character outside of GSM 7-bit
  bool may_need_ucs2 = false;  // some rendering has
  bool bounded() const { return max_characters != kUnbounded; }
  friend bool operator==(const Extent&, const Extent&) = default;
};

struct TemplateExtent {
  Extent extent;
  std::string widest;     // the field that can take most room; "" where the text has none
  std::string unbounded;  // the first field without a bound; "" where all have one
  Span widest_span;       // of its placeholder, in the source
};

struct ExtentOptions {
  bool html = false;  // what is filled in is escaped for html
};

// `globals` as for Check().
TemplateExtent MeasureTemplate(const Template& program, const Type& globals,
                               const ExtentOptions& options = {});

// SMS a text of this extent takes: fewest and most. Bounded extents only.
struct SegmentRange {
  uint32_t min = 0;
  uint32_t max = 0;
};
SegmentRange SegmentsOf(const Extent& extent);

// "12..37 characters, 12..41 septets, 12..37 units, gsm" for tests; "inf" for no bound; "ucs2" where every
// rendering needs it, "gsm|ucs2" where some do.
std::string Dump(const Extent& extent);

}  // namespace recado::liquid
