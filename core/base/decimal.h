// Decimal and Money: exact decimal arithmetic for everything that is printed, priced, hashed or compared.
//
// A Decimal is coefficient × 10^-scale with up to 37 significant digits; 0.10 and 0.1 are equal but remember
// how they were written (scale 2 and 1). Results that do not fit are no value, never a wrong one. Binary
// floating point is not involved.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace recado {

__extension__ typedef __int128 Int128;

class Decimal {
 public:
  static constexpr int kMaxDigits = 37;
  static constexpr int kMaxScale = 37;

  constexpr Decimal() = default;
  constexpr Decimal(int64_t value) : coefficient_(value) {}  // NOLINT: a whole number is a decimal
  // Coefficient × 10^-scale; nothing where the digits or the scale are out of bounds.
  static std::optional<Decimal> Of(Int128 coefficient, int scale);

  // "-12.50", "+3", ".5", "7."; with `exponent` also "1e3". Nothing else: no spaces, no grouping. Nothing
  // where it is not a number or has too many digits.
  static std::optional<Decimal> Parse(std::string_view text, bool exponent = false);

  Int128 coefficient() const { return coefficient_; }
  int scale() const { return scale_; }
  bool IsZero() const { return coefficient_ == 0; }
  bool IsNegative() const { return coefficient_ < 0; }
  bool IsInteger() const;

  // Exact; nothing on overflow.
  std::optional<Decimal> Plus(const Decimal& other) const;
  std::optional<Decimal> Minus(const Decimal& other) const;
  std::optional<Decimal> Times(const Decimal& other) const;
  // Rounded half to even at `digits` significant digits, trailing zeros removed. Nothing for a zero divisor.
  std::optional<Decimal> DividedBy(const Decimal& other, int digits = 34) const;
  // Remainder with the sign of the divisor, as Ruby's % (and so Liquid's modulo). Nothing for a zero divisor.
  std::optional<Decimal> Modulo(const Decimal& other) const;
  Decimal Negated() const;
  Decimal Abs() const { return IsNegative() ? Negated() : *this; }

  enum class Rounding {
    kHalfEven,
    kHalfUp,
    kFloor,
    kCeiling,
    kTruncate
  };  // kHalfUp: away from zero at a half
  // To `scale` digits after the point (may be negative: to tens, hundreds …). Nothing on overflow.
  std::optional<Decimal> Rounded(int scale, Rounding rounding) const;
  // Without trailing zeros after the point: 1.50 → 1.5, 2.00 → 2.
  Decimal Normalized() const;
  // The whole number, where it is one and fits.
  std::optional<int64_t> ToInt64() const;

  // Plain notation with exactly `scale` digits after the point: "199.90", "-0.5".
  std::string ToString() const;

  // By value: 0.10 == 0.1.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) {
    return (a <=> b) == std::strong_ordering::equal;
  }

 private:
  Int128 coefficient_ = 0;
  int32_t scale_ = 0;
};

// An amount in a currency (ISO 4217, three capitals): {"amount":"199.90","currency":"EUR"}.
struct Money {
  Decimal amount;
  std::string currency;
  friend bool operator==(const Money&, const Money&) = default;
};

}  // namespace recado
