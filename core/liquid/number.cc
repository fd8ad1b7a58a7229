#include "core/liquid/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace recado::liquid {
namespace {

// Unsigned whole number of up to 1024 bits, for the few results that need more than 15 digits. Operands stay
// below 2^420 (37 digits, 10^54, 53 bits), so nothing overflows.
class Big {
 public:
  explicit Big(unsigned __int128 value = 0) {
    for (size_t i = 0; i < 4; ++i) limbs_[i] = static_cast<uint32_t>(value >> (32 * i));
  }

  void TimesPowerOfTen(int exponent) {
    for (; exponent > 0; --exponent) TimesSmall(10);
  }
  void TimesSmall(uint32_t factor) {
    uint64_t carry = 0;
    for (uint32_t& limb : limbs_) {
      carry += uint64_t{limb} * factor;
      limb = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }
  void ShiftLeft(int bits) {
    for (; bits >= 31; bits -= 31) TimesSmall(uint32_t{1} << 31);
    if (bits > 0) TimesSmall(uint32_t{1} << bits);
  }
  void Halve() {
    for (size_t i = 0; i < kLimbs; ++i) {
      limbs_[i] >>= 1;
      if (i + 1 < kLimbs && (limbs_[i + 1] & 1) != 0) limbs_[i] |= uint32_t{1} << 31;
    }
  }
  int BitLength() const {
    for (size_t i = kLimbs; i-- > 0;) {
      if (limbs_[i] != 0) return static_cast<int>(32 * i) + 32 - __builtin_clz(limbs_[i]);
    }
    return 0;
  }
  int Compare(const Big& other) const {
    for (size_t i = kLimbs; i-- > 0;) {
      if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
    }
    return 0;
  }
  // other ≤ *this
  void Subtract(const Big& other) {
    int64_t borrow = 0;
    for (size_t i = 0; i < kLimbs; ++i) {
      borrow += int64_t{limbs_[i]} - int64_t{other.limbs_[i]};
      limbs_[i] = static_cast<uint32_t>(borrow);
      borrow >>= 32;
    }
  }
  // Leaves the remainder; the quotient must fit into 64 bits.
  uint64_t DivideBy(const Big& divisor) {
    const int shift = BitLength() - divisor.BitLength();
    if (shift < 0) return 0;
    Big shifted = divisor;
    shifted.ShiftLeft(shift);
    uint64_t quotient = 0;
    for (int i = shift; i >= 0; --i) {
      quotient <<= 1;
      if (Compare(shifted) >= 0) {
        Subtract(shifted);
        quotient |= 1;
      }
      shifted.Halve();
    }
    return quotient;
  }

 private:
  static constexpr size_t kLimbs = 32;
  std::array<uint32_t, kLimbs> limbs_{};
};

// A positive double: mantissa × 2^exponent with 2^52 ≤ mantissa < 2^53.
struct Parts {
  uint64_t mantissa = 0;
  int exponent = 0;
};

bool RoundsUp(uint64_t quotient, Big remainder, const Big& divisor) {
  remainder.TimesSmall(2);
  const int half = remainder.Compare(divisor);
  return half > 0 || (half == 0 && (quotient & 1) != 0);
}

// Nearest double of coefficient / 10^scale, ties to even.
Parts NearestParts(unsigned __int128 coefficient, int scale) {
  Big divisor(1);
  divisor.TimesPowerOfTen(scale);
  int exponent = Big(coefficient).BitLength() - divisor.BitLength() - 53;
  for (;; ++exponent) {
    Big dividend(coefficient);
    Big scaled = divisor;
    if (exponent < 0) dividend.ShiftLeft(-exponent);
    if (exponent > 0) scaled.ShiftLeft(exponent);
    uint64_t mantissa = dividend.DivideBy(scaled);
    if (mantissa >= (uint64_t{1} << 53)) continue;
    if (RoundsUp(mantissa, dividend, scaled)) ++mantissa;
    if (mantissa == (uint64_t{1} << 53)) return {mantissa >> 1, exponent + 1};
    return {mantissa, exponent};
  }
}

// The decimal of `digits` significant digits nearest to the double, if it finds the double again.
std::optional<Decimal> TryDigits(const Parts& parts, int digits) {
  Int128 top = 1;
  for (int i = 0; i < digits; ++i) top *= 10;
  const int bits = parts.exponent + 52;
  int exponent10 = static_cast<int>((int64_t{bits} * 30103) / 100000) - (bits < 0 ? 1 : 0);
  for (int attempt = 0; attempt < 4; ++attempt) {
    const int scale = digits - 1 - exponent10;
    Big value(parts.mantissa);
    Big divisor(1);
    Big ulp(1);
    (parts.exponent < 0 ? divisor : value).ShiftLeft(std::abs(parts.exponent));
    (scale < 0 ? divisor : value).TimesPowerOfTen(std::abs(scale));
    ulp.ShiftLeft(std::max(0, parts.exponent));
    ulp.TimesPowerOfTen(std::max(0, scale));
    Big rest = value;
    uint64_t quotient = rest.DivideBy(divisor);
    if (static_cast<Int128>(quotient) >= top) {
      ++exponent10;
      continue;
    }
    if (static_cast<Int128>(quotient) * 10 < top) {
      --exponent10;
      continue;
    }
    Big away = rest;  // distance between the candidate and the double, in units of 1/divisor
    const bool up = RoundsUp(quotient, rest, divisor);
    if (up) {
      ++quotient;
      away = divisor;
      away.Subtract(rest);
    }
    // Half the gap to the neighbour; below a power of two the gap is half as wide.
    away.TimesSmall(!up && parts.mantissa == (uint64_t{1} << 52) ? 4 : 2);
    const int within = away.Compare(ulp);
    if (within > 0 || (within == 0 && (parts.mantissa & 1) != 0)) return std::nullopt;
    return Decimal::Of(static_cast<Int128>(quotient), scale);
  }
  return std::nullopt;
}

Decimal Shortest(const Parts& parts, const Decimal& fallback) {
  for (int digits = 15; digits <= 17; ++digits) {
    if (const auto decimal = TryDigits(parts, digits)) return decimal->Normalized();
  }
  return fallback;
}

constexpr Int128 kFifteenDigits = 1'000'000'000'000'000;

std::optional<Number> NumberOfText(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const size_t start = at;
  while (at < text.size() && IsDigit(text[at])) ++at;
  const size_t whole_end = at;
  if (at > start && at + 1 < text.size() && text[at] == '.' && text[0] != '+') {
    ++at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    if (at == text.size() && at > whole_end + 1) {
      const auto number = Decimal::Parse(text);
      if (!number) return std::nullopt;
      return Number{*number, false};
    }
  }
  if (whole_end == start) return Number{};
  const auto number = Decimal::Parse(text.substr(0, whole_end));
  if (!number) return std::nullopt;
  return Number{*number, true};
}

}  // namespace

std::optional<Number> ToNumber(const Value& value) {
  switch (value.kind()) {
    case Kind::kInteger:
      return Number{Decimal(value.AsInteger()), true};
    case Kind::kDecimal:
      return Number{value.decimal().number, value.decimal().whole};
    case Kind::kText:
      return NumberOfText(value.AsString());
    case Kind::kObject:
      if (const auto money = value.AsMoney()) return Number{money->amount, false};
      return Number{};
    default:
      return Number{};
  }
}

std::optional<int64_t> ToInteger(const Value& value) {
  if (value.kind() == Kind::kInteger) return value.AsInteger();
  std::string_view text = value.AsString();
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  if (!text.empty() && text.front() == '+' && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
  int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Decimal RoundToDouble(const Decimal& exact) {
  const Int128 coefficient = exact.coefficient();
  const bool negative = coefficient < 0;
  const Int128 magnitude = negative ? -coefficient : coefficient;
  if (magnitude < kFifteenDigits) return exact.Normalized();
  const Decimal positive = exact.Abs().Normalized();
  if (positive.coefficient() < kFifteenDigits) return negative ? positive.Negated() : positive;
  const Decimal shortest = Shortest(
      NearestParts(static_cast<unsigned __int128>(positive.coefficient()), positive.scale()), positive);
  return negative ? shortest.Negated() : shortest;
}

std::optional<Decimal> DecimalOfDouble(double number) {
  if (number == 0) return Decimal();
  const double magnitude = std::fabs(number);
  if (!(magnitude >= 1e-20 && magnitude <= 1e36)) return std::nullopt;  // 17 digits still have a scale ≤ 37
  const bool negative = number < 0;
  // Almost every number people write: a few digits, and the division below is exact by IEEE 754 because both
  // operands are.
  double power = 1;
  for (int scale = 0; scale <= 15; ++scale, power *= 10) {
    const double scaled = std::nearbyint(magnitude * power);
    if (scaled >= 1e15) break;
    if (scaled / power == magnitude) {
      const auto whole = static_cast<int64_t>(scaled);
      return Decimal::Of(negative ? -whole : whole, scale);
    }
  }
  int exponent = 0;
  const auto mantissa = static_cast<uint64_t>(std::ldexp(std::frexp(magnitude, &exponent), 53));
  const Decimal shortest = Shortest({mantissa, exponent - 53}, Decimal());
  return negative ? shortest.Negated() : shortest;
}

void AppendInteger(std::string& out, int64_t number) {
  std::array<char, 24> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), static_cast<size_t>(result.ptr - digits.data()));
}

void AppendNumber(std::string& out, const Decimal& number, bool whole) {
  const Decimal normal = number.Normalized();
  if (whole) {
    out += normal.Rounded(0, Decimal::Rounding::kTruncate)->ToString();
    return;
  }
  const std::string text = normal.ToString();
  std::string digits;  // significant ones
  int point = 0;       // the value is 0.digits × 10^point
  bool seen_point = false;
  for (const char c : text) {
    if (c == '.') seen_point = true;
    if (!IsDigit(c)) continue;
    if (digits.empty() && c == '0') {
      if (seen_point) --point;
      continue;
    }
    digits.push_back(c);
    if (!seen_point) ++point;
  }
  if (digits.empty() || (point > -4 && point <= 16)) {
    out += text;
    if (!seen_point) out += ".0";
    return;
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (number.IsNegative()) out.push_back('-');
  out.push_back(digits[0]);
  out.push_back('.');
  out += digits.size() > 1 ? digits.substr(1) : "0";
  const int exponent = point - 1;
  out += exponent < 0 ? "e-" : "e+";
  if (std::abs(exponent) < 10) out.push_back('0');
  AppendInteger(out, std::abs(exponent));
}

}  // namespace recado::liquid
