// Numbers by Liquid's rule: whole numbers and "floats", as Shopify's engine has them, without its hardware.
//
// Whole numbers stay whole (division floors). A number with a fraction is computed exactly in decimals and
// then rounded to what the nearest IEEE double would print: 0.1 + 0.2 is 0.3, 20 / 7.0 is 2.857142857142857.
// All of it is integer arithmetic, so both builds print the same digits. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/decimal.h"
#include "core/liquid/value.h"

namespace recado::liquid {

struct Number {
  Decimal value;
  bool whole = true;  // prints without a point
};

// What arithmetic takes a value for: numbers as they are, a money value's amount, text that starts with a
// number ("12 pieces" is 12, "1.5" is 1.5), everything else 0. Nothing where there are too many digits.
std::optional<Number> ToNumber(const Value& value);

// What counts and positions take a value for: whole numbers, and text that is exactly one ("2", " -3 ").
std::optional<int64_t> ToInteger(const Value& value);

// The decimal that the double nearest to `exact` prints as: at most 17 significant digits, the fewest that
// find the same double again.
Decimal RoundToDouble(const Decimal& exact);
// The shortest decimal that reads back as this double; nothing outside of 1e-20 … 1e36, nor for NaN and
// infinities.
std::optional<Decimal> DecimalOfDouble(double number);

// As Ruby prints floats: "4.0", "0.0001", "1.0e-05", "1.0e+16"; `whole` prints plain digits.
void AppendNumber(std::string& out, const Decimal& number, bool whole);
void AppendInteger(std::string& out, int64_t number);

// Spaces as Ruby's strip, split and number parsing know them: tab, line feed, vertical tab, form feed,
// carriage return, space.
constexpr bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace recado::liquid
