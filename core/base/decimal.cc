#include "core/base/decimal.h"

#include <algorithm>
#include <array>

namespace recado {
namespace {

// 10^0 … 10^37; all fit into 127 bits (10^38 does too, which is why 37-digit sums cannot overflow).
constexpr std::array<Int128, 39> MakePowers() {
  std::array<Int128, 39> powers{};
  powers[0] = 1;
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr std::array<Int128, 39> kPowers = MakePowers();

Int128 Power(int exponent) {
  return kPowers[static_cast<size_t>(exponent)];
}

Int128 Magnitude(Int128 value) {
  return value < 0 ? -value : value;
}

bool Fits(Int128 coefficient) {
  return Magnitude(coefficient) < Power(Decimal::kMaxDigits);
}

int CountDigits(Int128 value) {
  value = Magnitude(value);
  int digits = 1;
  while (digits < 38 && value >= Power(digits)) ++digits;
  return digits;
}

std::optional<Int128> Multiply(Int128 a, Int128 b) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a, b, &product) || !Fits(product)) return std::nullopt;
  return product;
}

// Both coefficients at the larger of the two scales.
struct Aligned {
  Int128 a;
  Int128 b;
  int scale;
};

std::optional<Aligned> Align(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  const auto left = Multiply(a.coefficient(), Power(scale - a.scale()));
  const auto right = Multiply(b.coefficient(), Power(scale - b.scale()));
  if (!left || !right) return std::nullopt;
  return Aligned{*left, *right, scale};
}

// quotient and remainder have the sign of the dividend; decides whether the quotient's magnitude grows by
// one.
bool RoundsAway(Int128 quotient, Int128 remainder, Int128 divisor, Decimal::Rounding rounding,
                bool negative) {
  if (remainder == 0) return false;
  const Int128 left = Magnitude(divisor) - Magnitude(remainder);  // compare with half without doubling
  const bool above = Magnitude(remainder) > left;
  const bool half = Magnitude(remainder) == left;
  switch (rounding) {
    case Decimal::Rounding::kHalfEven:
      return above || (half && quotient % 2 != 0);
    case Decimal::Rounding::kHalfUp:
      return above || half;
    case Decimal::Rounding::kFloor:
      return negative;
    case Decimal::Rounding::kCeiling:
      return !negative;
    case Decimal::Rounding::kTruncate:
      return false;
  }
  return false;
}

Int128 DivideRounded(Int128 dividend, Int128 divisor, Decimal::Rounding rounding) {
  const Int128 quotient = dividend / divisor;
  const bool negative = (dividend < 0) != (divisor < 0);
  if (!RoundsAway(quotient, dividend % divisor, divisor, rounding, negative)) return quotient;
  return negative ? quotient - 1 : quotient + 1;
}

}  // namespace

std::optional<Decimal> Decimal::Of(Int128 coefficient, int scale) {
  while (scale < 0) {
    const auto grown = Multiply(coefficient, 10);
    if (!grown) return std::nullopt;
    coefficient = *grown;
    ++scale;
  }
  if (scale > kMaxScale || !Fits(coefficient)) return std::nullopt;
  Decimal decimal;
  decimal.coefficient_ = coefficient;
  decimal.scale_ = scale;
  return decimal;
}

std::optional<Decimal> Decimal::Parse(std::string_view text, bool exponent) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  Int128 coefficient = 0;
  int scale = 0;
  bool point = false;
  size_t digits = 0;
  size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    if (coefficient >= Power(kMaxDigits - 1)) return std::nullopt;
    coefficient = coefficient * 10 + (c - '0');
    if (point) ++scale;
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  if (i < text.size()) {
    if (!exponent || (text[i] != 'e' && text[i] != 'E')) return std::nullopt;
    const auto power = Parse(text.substr(i + 1));
    const auto whole = power ? power->ToInt64() : std::nullopt;
    if (!whole || power->scale() != 0 || *whole > 400 || *whole < -400) return std::nullopt;
    scale -= static_cast<int>(*whole);
  }
  return Of(negative ? -coefficient : coefficient, scale);
}

bool Decimal::IsInteger() const {
  return coefficient_ % Power(scale_) == 0;
}

std::optional<Decimal> Decimal::Plus(const Decimal& other) const {
  const auto aligned = Align(*this, other);
  if (!aligned) return std::nullopt;
  return Of(aligned->a + aligned->b, aligned->scale);
}

std::optional<Decimal> Decimal::Minus(const Decimal& other) const {
  return Plus(other.Negated());
}

std::optional<Decimal> Decimal::Times(const Decimal& other) const {
  const auto product = Multiply(coefficient_, other.coefficient_);
  if (!product) return std::nullopt;
  return Of(*product, scale_ + other.scale_);
}

std::optional<Decimal> Decimal::DividedBy(const Decimal& other, int digits) const {
  if (other.IsZero()) return std::nullopt;
  if (IsZero()) return Decimal();
  digits = std::min(digits, kMaxDigits - 1);
  // Long division, a digit at a time: the remainder times ten always fits because the divisor has at most 37
  // digits.
  const Int128 divisor = Magnitude(other.coefficient_);
  Int128 remainder = Magnitude(coefficient_);
  Int128 quotient = remainder / divisor;
  remainder %= divisor;
  int scale = scale_ - other.scale_;
  while (remainder != 0 && CountDigits(quotient) < digits + (quotient == 0 ? 1 : 0) && scale < kMaxScale) {
    quotient = quotient * 10 + remainder * 10 / divisor;
    remainder = remainder * 10 % divisor;
    ++scale;
  }
  if (RoundsAway(quotient, remainder, divisor, Rounding::kHalfEven, false)) ++quotient;
  const bool negative = IsNegative() != other.IsNegative();
  const auto result = Of(negative ? -quotient : quotient, scale);
  return result ? std::optional<Decimal>(result->Normalized()) : std::nullopt;
}

std::optional<Decimal> Decimal::Modulo(const Decimal& other) const {
  if (other.IsZero()) return std::nullopt;
  const auto aligned = Align(*this, other);
  if (!aligned) return std::nullopt;
  Int128 remainder = aligned->a % aligned->b;
  if (remainder != 0 && (remainder < 0) != (aligned->b < 0)) remainder += aligned->b;
  return Of(remainder, aligned->scale);
}

Decimal Decimal::Negated() const {
  Decimal negated = *this;
  negated.coefficient_ = -coefficient_;
  return negated;
}

std::optional<Decimal> Decimal::Rounded(int scale, Rounding rounding) const {
  if (scale >= scale_) return Of(coefficient_, scale_);
  const int drop = scale_ - scale;
  if (drop > 38) return Decimal();
  return Of(DivideRounded(coefficient_, Power(drop), rounding), scale);
}

Decimal Decimal::Normalized() const {
  Decimal normal = *this;
  while (normal.scale_ > 0 && normal.coefficient_ % 10 == 0) {
    normal.coefficient_ /= 10;
    --normal.scale_;
  }
  return normal;
}

std::optional<int64_t> Decimal::ToInt64() const {
  if (!IsInteger()) return std::nullopt;
  const Int128 whole = coefficient_ / Power(scale_);
  if (whole > INT64_MAX || whole < INT64_MIN) return std::nullopt;
  return static_cast<int64_t>(whole);
}

std::string Decimal::ToString() const {
  Int128 rest = Magnitude(coefficient_);
  std::string reversed;
  int written = 0;
  while (rest != 0 || written <= scale_) {
    if (written == scale_ && scale_ > 0) reversed.push_back('.');
    reversed.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
    ++written;
  }
  if (IsNegative()) reversed.push_back('-');
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (const auto aligned = Align(a, b)) {
    return aligned->a < aligned->b   ? std::strong_ordering::less
           : aligned->a > aligned->b ? std::strong_ordering::greater
                                     : std::strong_ordering::equal;
  }
  // Too far apart to align: signs first, then the place of the leading digit decides.
  if (a.IsNegative() != b.IsNegative())
    return a.IsNegative() ? std::strong_ordering::less : std::strong_ordering::greater;
  const int lead_a = a.IsZero() ? INT32_MIN : CountDigits(a.coefficient_) - a.scale_;
  const int lead_b = b.IsZero() ? INT32_MIN : CountDigits(b.coefficient_) - b.scale_;
  if (lead_a == lead_b) {
    // Same magnitude, so one has digits the other lacks; drop both to whole leading digits at the coarser
    // scale.
    const int scale = std::min(a.scale_, b.scale_);
    const Decimal cut_a = a.Rounded(scale, Decimal::Rounding::kFloor).value_or(a);
    const Decimal cut_b = b.Rounded(scale, Decimal::Rounding::kFloor).value_or(b);
    if (cut_a.coefficient_ != cut_b.coefficient_) return cut_a.coefficient_ <=> cut_b.coefficient_;
    return a.scale_ > b.scale_ ? std::strong_ordering::greater : std::strong_ordering::less;
  }
  const bool a_larger = (lead_a > lead_b) != a.IsNegative();
  return a_larger ? std::strong_ordering::greater : std::strong_ordering::less;
}

}  // namespace recado
