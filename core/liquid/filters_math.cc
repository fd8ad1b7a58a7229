// Filters on numbers. Whole numbers stay whole and division floors; with a fraction on either side the result
// is what the nearest double prints (number.h).
#include <algorithm>

#include "core/liquid/filters.h"
#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

Value TooLarge(FilterCall& call) {
  return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::number_too_large));
}

struct Operands {
  Number left;
  Number right;
  bool whole() const { return left.whole && right.whole; }
};

std::optional<Operands> OperandsOf(FilterCall& call) {
  const auto left = ToNumber(call.input);
  const auto right = ToNumber(call.Argument(0));
  if (left && right) return Operands{*left, *right};
  TooLarge(call);
  return std::nullopt;
}

Value Made(FilterCall& call, const std::optional<Decimal>& number, bool whole) {
  return number ? call.renderer.MakeNumber(*number, whole) : TooLarge(call);
}

Value Rounded(FilterCall& call, Decimal::Rounding rounding) {
  const auto number = ToNumber(call.input);
  return Made(call, number ? number->value.Rounded(0, rounding) : std::nullopt, true);
}

// The larger (or smaller) of input and argument, which keeps its own kind.
Value Bounded(FilterCall& call, bool at_least) {
  const auto numbers = OperandsOf(call);
  if (!numbers) return {};
  const bool replace =
      at_least ? numbers->right.value > numbers->left.value : numbers->right.value < numbers->left.value;
  const Number& number = replace ? numbers->right : numbers->left;
  return call.renderer.MakeNumber(number.value, number.whole);
}

bool BothIntegers(const FilterCall& call) {
  return call.input.kind() == Kind::kInteger && call.arguments[0].kind() == Kind::kInteger;
}

}  // namespace

Value FilterAbs(FilterCall& call) {
  const auto number = ToNumber(call.input);
  return number ? call.renderer.MakeNumber(number->value.Abs(), number->whole) : TooLarge(call);
}

Value FilterPlus(FilterCall& call) {
  int64_t sum = 0;
  if (BothIntegers(call) &&
      !__builtin_add_overflow(call.input.AsInteger(), call.arguments[0].AsInteger(), &sum)) {
    return Value::Integer(sum);
  }
  const auto numbers = OperandsOf(call);
  return numbers ? Made(call, numbers->left.value.Plus(numbers->right.value), numbers->whole()) : Value();
}

Value FilterMinus(FilterCall& call) {
  int64_t difference = 0;
  if (BothIntegers(call) &&
      !__builtin_sub_overflow(call.input.AsInteger(), call.arguments[0].AsInteger(), &difference)) {
    return Value::Integer(difference);
  }
  const auto numbers = OperandsOf(call);
  return numbers ? Made(call, numbers->left.value.Minus(numbers->right.value), numbers->whole()) : Value();
}

Value FilterTimes(FilterCall& call) {
  int64_t product = 0;
  if (BothIntegers(call) &&
      !__builtin_mul_overflow(call.input.AsInteger(), call.arguments[0].AsInteger(), &product)) {
    return Value::Integer(product);
  }
  const auto numbers = OperandsOf(call);
  return numbers ? Made(call, numbers->left.value.Times(numbers->right.value), numbers->whole()) : Value();
}

Value FilterDividedBy(FilterCall& call) {
  const auto numbers = OperandsOf(call);
  if (!numbers) return {};
  const Decimal& left = numbers->left.value;
  const Decimal& right = numbers->right.value;
  if (right.IsZero()) return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::division_by_zero));
  if (!numbers->whole()) return Made(call, left.DividedBy(right), false);
  // Both are whole: (left - left mod right) / right is exact.
  const auto remainder = left.Modulo(right);
  const auto multiple = remainder ? left.Minus(*remainder) : std::nullopt;
  if (!multiple) return TooLarge(call);
  return Made(call, Decimal::Of(multiple->coefficient() / right.coefficient(), 0), true);
}

Value FilterModulo(FilterCall& call) {
  const auto numbers = OperandsOf(call);
  if (!numbers) return {};
  if (numbers->right.value.IsZero())
    return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::division_by_zero));
  return Made(call, numbers->left.value.Modulo(numbers->right.value), numbers->whole());
}

Value FilterAtLeast(FilterCall& call) {
  return Bounded(call, true);
}
Value FilterAtMost(FilterCall& call) {
  return Bounded(call, false);
}
Value FilterCeil(FilterCall& call) {
  return Rounded(call, Decimal::Rounding::kCeiling);
}
Value FilterFloor(FilterCall& call) {
  return Rounded(call, Decimal::Rounding::kFloor);
}

// To digits after the point; none or fewer give a whole number.
Value FilterRound(FilterCall& call) {
  const auto number = ToNumber(call.input);
  const auto digits = ToNumber(call.Argument(0));
  const auto whole_digits = digits ? digits->value.Rounded(0, Decimal::Rounding::kTruncate) : std::nullopt;
  const auto places = whole_digits ? whole_digits->ToInt64() : std::nullopt;
  if (!number || !places) return TooLarge(call);
  const int scale = static_cast<int>(std::clamp<int64_t>(*places, -Decimal::kMaxScale, Decimal::kMaxScale));
  return Made(call, number->value.Rounded(scale, Decimal::Rounding::kHalfUp), number->whole || *places <= 0);
}

}  // namespace recado::liquid
