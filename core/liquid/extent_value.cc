#include "core/liquid/extent_value.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/liquid/check_path.h"
#include "core/sms/alphabet.h"
#include "core/text/grapheme.h"

namespace recado::liquid {
namespace {

using TypeKind = Type::Kind;

constexpr uint32_t kNumberCharacters = kMaxAmountDigits + kMaxFractionDigits + 2;  // sign and point
constexpr uint32_t kGroupedCharacters = kNumberCharacters + kMaxAmountDigits / 3;
constexpr uint32_t kSymbolCharacters = 8;         // "US$", "zł", "EUR" and a space beside it
constexpr uint32_t kCurrencyNameCharacters = 40;  // "United Arab Emirates dirhams" and its like
constexpr uint32_t kComputedCharacters = 42;      // a decimal of 37 digits
constexpr uint32_t kInstantCharacters = 35;       // 2026-11-22T10:30:00.000000000+01:00
constexpr uint32_t kDateCharacters = 10;

// What a filter does to the length of a text. `worst` is a factor or a bound.
enum class Effect : uint8_t {
  kShrinks,    // never longer
  kStretches,  // each character becomes `worst` at most
  kAdds,       // `worst` more at most
  kBounded,    // at most `worst` characters, all of GSM 7-bit
  kMoney,      // at most `worst`, with a currency's symbol
  kOwn,        // a function of its own below
};
struct EffectRow {
  std::string_view name;
  Effect effect;
  uint32_t worst = 0;
};
// Full case mapping makes up to three letters of one (ﬃ). An entity has up to six characters, a line break
// made <br /> seven, a percent-encoded code point up to twelve.
constexpr EffectRow kEffects[] = {
    {"abs", Effect::kBounded, kComputedCharacters},
    {"append", Effect::kOwn},
    {"at_least", Effect::kBounded, kComputedCharacters},
    {"at_most", Effect::kBounded, kComputedCharacters},
    {"camelcase", Effect::kShrinks},
    {"capitalize", Effect::kAdds, 2},
    {"ceil", Effect::kBounded, kComputedCharacters},
    {"currency", Effect::kMoney, kGroupedCharacters + kSymbolCharacters},
    {"date", Effect::kOwn},
    {"datetime", Effect::kOwn},
    {"decimal", Effect::kOwn},
    {"default", Effect::kOwn},
    {"divided_by", Effect::kBounded, kComputedCharacters},
    {"downcase", Effect::kShrinks},
    {"escape", Effect::kStretches, 6},
    {"escape_once", Effect::kStretches, 6},
    {"floor", Effect::kBounded, kComputedCharacters},
    {"h", Effect::kStretches, 6},
    {"lstrip", Effect::kShrinks},
    {"minus", Effect::kBounded, kComputedCharacters},
    {"modulo", Effect::kBounded, kComputedCharacters},
    {"money", Effect::kMoney, kGroupedCharacters + kSymbolCharacters},
    {"money_with_currency", Effect::kMoney, kGroupedCharacters + kSymbolCharacters},
    {"money_without_currency", Effect::kBounded, kGroupedCharacters},
    {"money_without_trailing_zeros", Effect::kMoney, kGroupedCharacters + kSymbolCharacters},
    {"newline_to_br", Effect::kStretches, 7},
    {"ngettext", Effect::kOwn},
    {"phone", Effect::kAdds, 20},
    {"plural", Effect::kBounded, 5},
    {"plus", Effect::kBounded, kComputedCharacters},
    {"prepend", Effect::kOwn},
    {"raw", Effect::kShrinks},
    {"remove", Effect::kShrinks},
    {"remove_first", Effect::kShrinks},
    {"remove_last", Effect::kShrinks},
    {"replace", Effect::kOwn},
    {"replace_first", Effect::kOwn},
    {"replace_last", Effect::kOwn},
    {"round", Effect::kBounded, kComputedCharacters},
    {"rstrip", Effect::kShrinks},
    {"size", Effect::kBounded, 10},
    {"slice", Effect::kOwn},
    {"sms_safe", Effect::kStretches, 3},
    {"squish", Effect::kShrinks},
    {"strip", Effect::kShrinks},
    {"strip_html", Effect::kShrinks},
    {"strip_newlines", Effect::kShrinks},
    {"times", Effect::kBounded, kComputedCharacters},
    {"transliterate", Effect::kStretches, 4},
    {"truncate", Effect::kOwn},
    {"truncatewords", Effect::kOwn},
    {"upcase", Effect::kStretches, 3},
    {"url_encode", Effect::kStretches, 12},
};

// Longest texts of a date's and a time's styles over all languages of the data (a test renders them all).
struct StyleRow {
  std::string_view name;
  uint32_t date = 0;
  uint32_t time = 0;
};
constexpr StyleRow kStyles[] = {
    {"none", 0, 0}, {"short", 12, 14}, {"medium", 20, 18}, {"long", 32, 30}, {"full", 48, 72}};
constexpr uint32_t kBetweenDateAndTime = 8;

bool IsText(const Shape& shape) {
  const TypeKind kind = shape.type->kind;
  return shape.is_literal ? shape.literal.IsText() : kind != TypeKind::kList && kind != TypeKind::kAny;
}

Extent Shrunk(Extent extent) {
  extent.min_characters = extent.min_septets = extent.min_units = 0;
  extent.needs_ucs2 = false;
  return extent;
}

Extent Capped(const Extent& input, uint32_t characters) {
  Extent extent = Shrunk(input);
  extent.max_characters = std::min(extent.max_characters, characters);
  extent.max_septets = std::min(extent.max_septets, Multiply(characters, 2));
  extent.max_units = std::min(extent.max_units, Multiply(characters, 2));
  return extent;
}

// Code points, of which a literal's grapheme clusters may have several.
uint32_t PointsOf(const Extent& input) {
  const bool exact = input.min_units == input.max_units;
  return exact ? std::max(input.max_units, input.max_characters) : input.max_characters;
}

Extent Stretched(const Extent& input, uint32_t factor) {
  Extent extent = Repeated(Shrunk(input), 0, factor);
  extent.max_characters = Multiply(PointsOf(input), factor);
  extent.max_septets = std::max(extent.max_septets, Multiply(extent.max_characters, 2));
  return extent;
}

std::string_view LiteralText(const Shape& shape) {
  return shape.is_literal ? shape.literal.AsString() : std::string_view();
}

// A literal whole number from 0 on; kUnbounded where it is none.
uint32_t LiteralCount(const Shape& shape) {
  if (!shape.is_literal || shape.literal.kind() != Kind::kInteger) return kUnbounded;
  const int64_t value = shape.literal.AsInteger();
  return value < 0 || value >= kUnbounded ? kUnbounded : static_cast<uint32_t>(value);
}

const Shape* KeywordOf(const FilterUse& use, std::string_view name) {
  for (size_t i = 0; i < use.keyword_names.size(); ++i) {
    if (use.keyword_names[i].text == name) return &use.keyword_values[i];
  }
  return nullptr;
}

// Ruby's strftime in English; flags and widths are not followed.
Extent OfStrftime(std::string_view format) {
  uint32_t longest = 0;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      ++longest;
      continue;
    }
    if (++i == format.size()) return UnboundedExtent();
    if (format[i] == '-' && i + 1 < format.size()) ++i;  // without the leading zero
    constexpr std::string_view kTwo = "dmeHIklMSyCUWVg";
    constexpr std::string_view kLong = "ABabhYGFDTRrXxLNpPjuwsn%t";
    if (kTwo.find(format[i]) != std::string_view::npos) {
      longest += 2;
    } else if (kLong.find(format[i]) != std::string_view::npos) {
      longest += 12;
    } else {
      return UnboundedExtent();
    }
  }
  const Extent written = ExtentOfText(format);
  return UpTo(longest, !written.may_need_ucs2 && written.max_septets == written.max_characters);
}

// A CLDR pattern ("dd.MM.yyyy") or skeleton ("yMMMd"), by its runs of letters.
Extent OfPattern(std::string_view pattern) {
  uint32_t longest = 0;
  bool gsm = true;
  bool skeleton = true;
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    size_t run = 1;
    while (i + run < pattern.size() && pattern[i + run] == c) ++run;
    i += run;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    skeleton = skeleton && letter;
    const bool digits = letter && run <= 2 && std::string_view("dMHhKkms").find(c) != std::string_view::npos;
    const bool year = c == 'y';
    gsm = gsm && (digits || year || (!letter && static_cast<unsigned char>(c) < 0x80));
    longest += !letter ? static_cast<uint32_t>(run) : digits ? 2 : year ? 6 : c == 'z' ? 60 : 24;
    if (letter) longest += 6;  // what a language puts beside it: "de", "r.", a comma
  }
  return UpTo(longest, gsm && !skeleton);
}

Extent OfDatetime(const FilterUse& use) {
  const Shape* date = KeywordOf(use, "date");
  const Shape* time = KeywordOf(use, "time");
  const auto row = [](const Shape* shape) -> const StyleRow* {
    for (const StyleRow& style : kStyles) {
      if (LiteralText(*shape) == style.name) return &style;
    }
    return nullptr;
  };
  uint32_t longest = 0;
  if (date != nullptr || time != nullptr) {
    const StyleRow* date_style = date == nullptr ? &kStyles[0] : row(date);
    const StyleRow* time_style = time == nullptr ? &kStyles[0] : row(time);
    if (date_style == nullptr || time_style == nullptr) return UnboundedExtent();
    longest = date_style->date + time_style->time + kBetweenDateAndTime;
  } else {
    const Shape* format = use.arguments.empty() ? KeywordOf(use, "format") : &use.arguments[0];
    const StyleRow* style = format == nullptr ? &kStyles[2] : row(format);
    if (style == nullptr) {
      const std::string_view pattern = LiteralText(*format);
      return pattern.empty() ? UnboundedExtent() : OfPattern(pattern);
    }
    longest = style->date + style->time + kBetweenDateAndTime;
  }
  return UpTo(longest, false);
}

Extent OfReplace(const FilterUse& use) {
  const std::string_view from = LiteralText(use.arguments[0]);
  if (from.empty()) return UnboundedExtent();
  static const Shape kNothing = ShapeOfLiteral(Value::Text(""));
  const Extent& to = (use.arguments.size() > 1 ? use.arguments[1] : kNothing).extent;
  if (use.name != "replace") return Followed(Shrunk(use.input.extent), Shrunk(to));
  if (to.max_characters == 0) return Shrunk(use.input.extent);
  Extent extent = Repeated(Shrunk(use.input.extent), 0, std::max<uint32_t>(1, to.max_units));
  extent.max_characters = Multiply(PointsOf(use.input.extent), std::max<uint32_t>(1, to.max_units));
  extent.max_septets =
      std::max(extent.max_septets, Multiply(use.input.extent.max_characters, to.max_septets));
  extent.may_need_ucs2 = extent.may_need_ucs2 || to.may_need_ucs2;
  return extent;
}

Extent OfTruncate(const FilterUse& use) {
  static const Shape kDots = ShapeOfLiteral(Value::Text("..."));
  const Extent& dots = (use.arguments.size() > 1 ? use.arguments[1] : kDots).extent;
  Extent extent;
  if (use.name == "truncatewords") {
    extent = Followed(Shrunk(use.input.extent), Shrunk(dots));
  } else {
    const uint32_t length = use.arguments.empty() ? 50 : LiteralCount(use.arguments[0]);
    if (length == kUnbounded) return Followed(Shrunk(use.input.extent), Shrunk(dots));
    extent = Capped(use.input.extent, std::max(length, dots.max_units));
    extent.may_need_ucs2 = extent.may_need_ucs2 || dots.may_need_ucs2;
  }
  return extent;
}

Extent OfDecimal(const FilterUse& use) {
  const Shape* digits = use.arguments.empty() ? KeywordOf(use, "digits") : &use.arguments[0];
  const uint32_t count = digits == nullptr ? kMaxFractionDigits : std::min(20U, LiteralCount(*digits));
  return UpTo(kGroupedCharacters + count, true);
}

// What an input that is no date comes back as is no longer than it was.
Extent OfDate(const FilterUse& use) {
  const Extent formatted = OfStrftime(LiteralText(use.arguments[0]));
  const TypeKind kind = use.input.type->kind;
  const bool moment = kind == TypeKind::kDate || kind == TypeKind::kDateTime || use.input.is_literal;
  if (LiteralText(use.arguments[0]).empty()) return UnboundedExtent();
  return moment ? Joined(formatted, Extent{}) : Joined(formatted, use.input.extent);
}

Extent OfOwn(const FilterUse& use) {
  const std::string_view name = use.name;
  if (name == "append") return Followed(use.input.extent, use.arguments[0].extent);
  if (name == "prepend") return Followed(use.arguments[0].extent, use.input.extent);
  if (name == "date") return OfDate(use);
  if (name == "datetime") return OfDatetime(use);
  if (name == "decimal") return OfDecimal(use);
  if (name == "default") {
    return use.arguments.empty() ? use.input.extent : Joined(use.input.extent, use.arguments[0].extent);
  }
  if (name == "ngettext") {
    Extent extent = use.arguments[0].extent;
    for (const Shape& form : use.arguments) extent = Joined(extent, form.extent);
    return extent;
  }
  if (name == "slice") {
    const uint32_t length = use.arguments.size() < 2 ? 1 : LiteralCount(use.arguments[1]);
    return length == kUnbounded ? Shrunk(use.input.extent) : Capped(use.input.extent, length);
  }
  return name.starts_with("replace") ? OfReplace(use) : OfTruncate(use);
}

}  // namespace

uint32_t Add(uint32_t a, uint32_t b) {
  return b > kUnbounded - a ? kUnbounded : a + b;
}

uint32_t Multiply(uint32_t a, uint32_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kUnbounded / b ? kUnbounded : a * b;
}

Extent UnboundedExtent() {
  Extent extent;
  extent.max_characters = extent.max_septets = extent.max_units = kUnbounded;
  extent.may_need_ucs2 = true;
  return extent;
}

Extent UpTo(uint32_t characters, bool gsm) {
  Extent extent;
  extent.max_characters = characters;
  extent.max_septets = gsm ? characters : Multiply(characters, 2);
  extent.max_units = gsm ? characters : Multiply(characters, 2);
  extent.may_need_ucs2 = !gsm;
  return extent;
}

Extent ExtentOfText(std::string_view text) {
  static const sms::Costs kCosts = sms::CostsOf(sms::National::kNone, sms::National::kNone);
  Extent extent;
  const auto characters = static_cast<uint32_t>(text::CountGraphemes(text));
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    at += decoded.length;
    const uint8_t cost = kCosts[sms::ClassOf(decoded.code_point)];
    extent.needs_ucs2 = extent.needs_ucs2 || cost == 0;
    extent.max_septets += cost;
    extent.max_units += decoded.code_point > 0xFFFF ? 2 : 1;
  }
  extent.max_characters = characters;
  // A combining mark or the second half of a line break may belong to what was printed before.
  const bool melts =
      !text.empty() && (static_cast<unsigned char>(text.front()) >= 0x80 || text.front() == '\n');
  extent.min_characters = characters - (melts ? 1 : 0);
  extent.min_septets = extent.max_septets;
  extent.min_units = extent.max_units;
  extent.may_need_ucs2 = extent.needs_ucs2;
  return extent;
}

Extent ExtentOfType(const Type& type) {
  const auto limit = static_cast<uint32_t>(std::max(0, type.max_length));
  switch (type.kind) {
    case TypeKind::kText:
      return limit > 0 ? UpTo(limit, false) : UnboundedExtent();
    case TypeKind::kInteger:
      return UpTo(limit > 0 ? limit + 1 : kMaxAmountDigits + 1, true);
    case TypeKind::kDecimal:
      return UpTo(kNumberCharacters, true);
    case TypeKind::kMoney:
      return UpTo(kGroupedCharacters + kSymbolCharacters, false);
    case TypeKind::kBoolean:
      return UpTo(5, true);
    case TypeKind::kDate:
      return UpTo(kDateCharacters, true);
    case TypeKind::kDateTime:
      return UpTo(kInstantCharacters, true);
    default:
      return UnboundedExtent();
  }
}

Shape ShapeOfLiteral(const Value& literal) {
  Shape shape;
  shape.is_literal = true;
  shape.literal = literal;
  shape.extent = ExtentOfText(literal.IsText() ? literal.AsString() : literal.ToText());
  shape.type = &TypeOf(literal.IsText()                   ? TypeKind::kText
                       : literal.kind() == Kind::kInteger ? TypeKind::kInteger
                                                          : TypeKind::kAny);
  return shape;
}

Shape ShapeOfType(const Type& type, std::string name) {
  Shape shape;
  shape.extent = ExtentOfType(type);
  shape.type = &type;
  shape.name = std::move(name);
  return shape;
}

Extent Joined(const Extent& a, const Extent& b) {
  Extent joined;
  joined.min_characters = std::min(a.min_characters, b.min_characters);
  joined.max_characters = std::max(a.max_characters, b.max_characters);
  joined.min_septets = std::min(a.min_septets, b.min_septets);
  joined.max_septets = std::max(a.max_septets, b.max_septets);
  joined.min_units = std::min(a.min_units, b.min_units);
  joined.max_units = std::max(a.max_units, b.max_units);
  joined.needs_ucs2 = a.needs_ucs2 && b.needs_ucs2;
  joined.may_need_ucs2 = a.may_need_ucs2 || b.may_need_ucs2;
  return joined;
}

Extent Followed(const Extent& a, const Extent& b) {
  Extent sum;
  sum.min_characters = Add(a.min_characters, b.min_characters);
  sum.max_characters = Add(a.max_characters, b.max_characters);
  sum.min_septets = Add(a.min_septets, b.min_septets);
  sum.max_septets = Add(a.max_septets, b.max_septets);
  sum.min_units = Add(a.min_units, b.min_units);
  sum.max_units = Add(a.max_units, b.max_units);
  sum.needs_ucs2 = a.needs_ucs2 || b.needs_ucs2;
  sum.may_need_ucs2 = a.may_need_ucs2 || b.may_need_ucs2;
  return sum;
}

Extent Repeated(const Extent& extent, uint32_t min, uint32_t max) {
  Extent repeated = extent;
  repeated.min_characters = Multiply(extent.min_characters, min);
  repeated.max_characters = Multiply(extent.max_characters, max);
  repeated.min_septets = Multiply(extent.min_septets, min);
  repeated.max_septets = Multiply(extent.max_septets, max);
  repeated.min_units = Multiply(extent.min_units, min);
  repeated.max_units = Multiply(extent.max_units, max);
  repeated.needs_ucs2 = extent.needs_ucs2 && min > 0;
  return repeated;
}

Extent ExtentOfFilter(const FilterUse& use) {
  const auto* row = std::lower_bound(std::begin(kEffects), std::end(kEffects), use.name,
                                     [](const EffectRow& a, std::string_view name) { return a.name < name; });
  if (row == std::end(kEffects) || row->name != use.name) return UnboundedExtent();
  const bool list = !IsText(use.input) && use.input.type->kind == TypeKind::kList;
  switch (row->effect) {
    case Effect::kShrinks: {
      Extent extent = use.name == "raw" ? use.input.extent : Shrunk(use.input.extent);
      if (use.name == "downcase") {
        extent.max_units = Multiply(extent.max_units, 2);  // İ
        extent.may_need_ucs2 = extent.max_units > 0;       // Ç is in GSM 7-bit, ç is not
      }
      return extent;
    }
    case Effect::kStretches: {
      Extent extent = Stretched(use.input.extent, row->worst);
      if (use.name == "upcase") extent.may_need_ucs2 = extent.max_units > 0;
      return extent;
    }
    case Effect::kAdds:
      return Followed(Shrunk(use.input.extent), UpTo(row->worst, false));
    case Effect::kBounded:
      return UpTo(row->worst, true);
    case Effect::kMoney: {
      const Shape* width = KeywordOf(use, "width");
      const bool words = width != nullptr && LiteralText(*width) != "code" && LiteralText(*width) != "symbol";
      return UpTo(row->worst + (words ? kCurrencyNameCharacters : 0), false);
    }
    case Effect::kOwn:
      return list ? UnboundedExtent() : OfOwn(use);
  }
  return UnboundedExtent();
}

}  // namespace recado::liquid
