#include "core/liquid/check_failure.h"

#include <algorithm>

#include "core/liquid/date.h"
#include "core/liquid/number.h"
#include "core/text/format.h"

namespace recado::liquid {
namespace {

using Kind = Type::Kind;
using Finding = std::optional<Diagnostic>;

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string NameOf(const Known& known) {
  return known.name.empty() ? "this value" : known.name;
}

Diagnostic Warn(DiagnosticCode code, const Known& culprit, std::string_view argument,
                std::string_view filter = {}) {
  Diagnostic finding = Diagnostic::Of(code).With(std::string(argument), NameOf(culprit));
  if (!filter.empty()) finding = std::move(finding).With("name", std::string(filter));
  finding.severity = Severity::kWarning;
  return finding;
}

bool IsNumber(const Known& known) {
  return known.type->kind == Kind::kInteger || known.type->kind == Kind::kDecimal;
}

bool IsNil(const Known& known) {
  return known.is_literal && known.literal.IsNil();
}

// An argument that must be a whole number, of at least `least` and at most `most` where it is written out.
Finding NotWhole(const Known* argument, bool nil_is_fine = false, int64_t least = INT64_MIN,
                 int64_t most = INT64_MAX) {
  if (argument == nullptr || argument->blamed) return {};
  if (argument->is_literal) {
    if (argument->literal.IsNil() && nil_is_fine) return {};
    const auto number = ToInteger(argument->literal);
    if (number && *number >= least && *number <= most) return {};
    return Warn(DiagnosticCode::not_a_whole_number, *argument, "value");
  }
  if (argument->type->kind != Kind::kInteger || least != INT64_MIN)
    return Warn(DiagnosticCode::not_a_whole_number, *argument, "value");
  if (argument->may_be_empty && !nil_is_fine) return Warn(DiagnosticCode::may_be_empty, *argument, "name");
  return {};
}

Finding DividesByZero(const Known& divisor) {
  if (divisor.blamed || divisor.is_positive) return {};
  const auto number = divisor.is_literal ? ToNumber(divisor.literal) : std::nullopt;
  if (number && !number->value.IsZero()) return {};
  return Warn(DiagnosticCode::division_by_zero, divisor, "name");
}

// What money, decimal and plural can write: a number, an amount, or a text that is one.
Finding NotANumber(std::string_view filter, const Known& input) {
  if (input.blamed || IsNumber(input) || input.type->kind == Kind::kMoney) return {};
  const std::string_view text = input.literal.AsString();
  if (input.is_literal && (input.literal.IsNumber() || Decimal::Parse(text))) return {};
  return Warn(DiagnosticCode::not_a_number, input, "value", filter);
}

Finding NoCurrency(std::string_view filter, const Known& input, const Known* currency) {
  if (input.blamed || input.type->kind == Kind::kMoney || currency == nullptr || currency->blamed) return {};
  const std::string_view code = currency->literal.AsString();
  const bool good = currency->is_literal && code.size() == 3 &&
                    std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return good ? Finding() : Warn(DiagnosticCode::currency_missing, input, "value", filter);
}

Finding LocaleMayFail(std::string_view filter, const Known& input, const KnownArguments& arguments) {
  const bool empty_is_fine = filter != "plural" && filter != "ngettext";
  if (IsNil(input) && empty_is_fine) return {};
  if (Finding fault = NotANumber(filter, input)) return fault;
  if (!empty_is_fine && input.may_be_empty && !input.blamed)
    return Warn(DiagnosticCode::may_be_empty, input, "name");
  if (filter == "decimal") return NotWhole(arguments.AtOr(0, "digits"), true, 0, 20);
  if (!empty_is_fine || filter == "money_without_currency") return {};
  const Known* currency = arguments.AtOr(0, "currency");
  // A number of the CRM without any is an error of its own.
  if (currency == nullptr && !IsNumber(input) && input.type->kind != Kind::kMoney && !input.blamed)
    return Warn(DiagnosticCode::currency_missing, input, "value", filter);
  return NoCurrency(filter, input, currency);
}

bool IsStyle(std::string_view name) {
  return IsOneOf(name, {"none", "short", "medium", "long", "full"});
}

Finding DateMayFail(const Known& input, const KnownArguments& arguments) {
  if (IsNil(input)) return {};
  const Kind kind = input.type->kind;
  const bool dated = kind == Kind::kDate || kind == Kind::kDateTime || kind == Kind::kInteger;
  const std::string_view text = input.literal.AsString();
  const bool written = input.is_literal && (text.empty() || ParseMoment(text, "UTC", {}).has_value());
  if (!input.blamed && !dated && !written) return Warn(DiagnosticCode::not_a_date, input, "value");
  for (const std::string_view keyword : {"date", "time"}) {
    const Known* style = arguments.Keyword(keyword);
    if (style == nullptr || style->blamed || IsNil(*style)) continue;
    if (!style->is_literal || !IsStyle(style->literal.AsString()))
      return Warn(DiagnosticCode::invalid_date_format, *style, "value");
  }
  const Known* format = arguments.AtOr(0, "format");
  if (format == nullptr || format->blamed || IsNil(*format)) return {};
  const std::string_view pattern = format->literal.AsString();
  const bool good = format->is_literal && (IsStyle(pattern) || text::IsDateFormat(pattern));
  return good ? Finding() : Warn(DiagnosticCode::invalid_date_format, *format, "value");
}

// A value whose members or characters can't be looked at: whole numbers, and texts by anything but a text.
bool HasNoProperty(const Type& type, bool text_property) {
  switch (type.kind) {
    case Kind::kInteger:
    case Kind::kDecimal:  // "7" is one as well
    case Kind::kAny:
      return true;
    case Kind::kText:
    case Kind::kDate:
    case Kind::kDateTime:
      return !text_property;
    case Kind::kList:  // a multi-value field of the CRM holds texts
      return type.element != nullptr ? HasNoProperty(*type.element, text_property) : !text_property;
    default:
      return false;
  }
}

Finding PropertyMayFail(std::string_view filter, const Known& input, const Known* property) {
  if (property == nullptr || input.blamed || property->blamed || IsNil(input)) return {};
  if (IsNil(*property) && IsOneOf(filter, {"sum", "sort", "sort_natural", "uniq"})) return {};
  const bool text = property->is_literal && property->literal.IsText();
  if (!HasNoProperty(*input.type, text)) return {};
  return Warn(DiagnosticCode::no_property, input, "value", filter).With("property", NameOf(*property));
}

// Objects have no order of their own.
Finding SortMayFail(const Known& input, const Known* property) {
  if (property != nullptr && !IsNil(*property)) {
    // Items may differ in the kind of what they are sorted by, where that is not known.
    const Type* item = input.type->kind == Kind::kList ? input.type->element.get() : input.type;
    const Type* member = item == nullptr ? nullptr : MemberOf(*item, property->literal.AsString());
    if (input.blamed || (member != nullptr && member->kind != Kind::kAny && member->kind != Kind::kMoney))
      return {};
    return Warn(DiagnosticCode::not_comparable, input, "left").With("right", NameOf(input));
  }
  const bool objects = input.type->kind == Kind::kList && input.type->element != nullptr &&
                       input.type->element->kind != Kind::kText;
  if (input.blamed || (!objects && input.type->kind != Kind::kFile && input.type->kind != Kind::kAny))
    return {};
  return Warn(DiagnosticCode::not_comparable, input, "left").With("right", NameOf(input));
}

Finding ConcatMayFail(std::string_view filter, const Known& more) {
  if (more.blamed) return {};
  if (more.type->kind != Kind::kList) return Warn(DiagnosticCode::not_a_list, more, "value", filter);
  return more.may_be_empty ? Warn(DiagnosticCode::may_be_empty, more, "name") : Finding();
}

// A form that is written out has been judged.
Finding PhoneMayFail(const Known* form) {
  if (form == nullptr || form->is_literal || form->blamed) return {};
  return Warn(DiagnosticCode::invalid_value, *form, "value")
      .With("what", "phone")
      .With("allowed", "international, national, e164");
}

enum class OrderClass { kNumber, kText, kMoney, kNone, kUnknown };

OrderClass OrderClassOf(const Known& known) {
  switch (known.type->kind) {
    case Kind::kInteger:
    case Kind::kDecimal:
      return OrderClass::kNumber;
    case Kind::kText:
    case Kind::kDate:
    case Kind::kDateTime:
      return OrderClass::kText;
    case Kind::kMoney:
      return OrderClass::kMoney;
    case Kind::kAny:
    case Kind::kFile:
      return known.is_literal ? OrderClass::kNone : OrderClass::kUnknown;
    default:
      return OrderClass::kNone;  // nothing compares, and that is no fault
  }
}

}  // namespace

const Known* KnownArguments::Keyword(std::string_view name) const {
  for (size_t i = 0; i < keyword_names.size(); ++i) {
    if (keyword_names[i].text == name) return &keyword_values[i];
  }
  return nullptr;
}

const Known* KnownArguments::AtOr(size_t i, std::string_view keyword) const {
  return i < positional.size() ? &positional[i] : Keyword(keyword);
}

std::optional<Diagnostic> FilterMayFail(std::string_view filter, const Known& input,
                                        const KnownArguments& arguments) {
  if (IsOneOf(filter, {"truncate", "truncatewords"})) return NotWhole(arguments.At(0));
  if (filter == "slice") {
    Finding fault = NotWhole(arguments.At(0));
    return fault ? fault : NotWhole(arguments.At(1), true);
  }
  if (IsOneOf(filter, {"divided_by", "modulo"})) return DividesByZero(arguments.positional[0]);
  if (filter == "datetime") return DateMayFail(input, arguments);
  if (filter == "phone") return PhoneMayFail(arguments.At(0));
  if (filter == "concat") return ConcatMayFail(filter, arguments.positional[0]);
  if (IsOneOf(filter, {"base64_decode", "base64_url_safe_decode", "url_decode"}))
    return input.blamed || IsNil(input) ? Finding()
                                        : Warn(DiagnosticCode::invalid_encoding, input, "value", filter);
  if (IsOneOf(filter, {"money", "currency", "money_with_currency", "money_without_currency",
                       "money_without_trailing_zeros", "decimal", "plural", "ngettext"}))
    return LocaleMayFail(filter, input, arguments);
  if (IsOneOf(filter, {"map", "where", "reject", "find", "find_index", "has", "sum", "sort", "sort_natural",
                       "uniq", "compact"})) {
    Finding fault = PropertyMayFail(filter, input, arguments.At(0));
    return fault || filter != "sort" ? fault : SortMayFail(input, arguments.At(0));
  }
  return {};
}

std::optional<Diagnostic> OrderMayFail(const Known& left, const Known& right) {
  const OrderClass a = OrderClassOf(left);
  const OrderClass b = OrderClassOf(right);
  if (a == OrderClass::kNone || b == OrderClass::kNone || left.blamed || right.blamed) return {};
  // A text beside a number is an error of its own; amounts differ in currency.
  if (a != OrderClass::kUnknown && b != OrderClass::kUnknown && a != OrderClass::kMoney) return {};
  if (a == OrderClass::kMoney && b == OrderClass::kNumber) return {};
  return Warn(DiagnosticCode::not_comparable, left, "left").With("right", NameOf(right));
}

std::optional<Diagnostic> CountMayFail(const Known& count) {
  return NotWhole(&count, true);
}

}  // namespace recado::liquid
