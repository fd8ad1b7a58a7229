// Filters on lists that take them apart or put them together: first, join, map, concat, slice, default …
#include <algorithm>

#include "core/base/utf8.h"
#include "core/liquid/filters.h"
#include "core/liquid/number.h"
#include "core/liquid/property.h"

namespace recado::liquid {
namespace {

Value Pair(Renderer& renderer, const Member& member) {
  Value* pair = renderer.MakeValues(2);
  if (pair == nullptr) return {};
  pair[0] = Value::Text(member.name);
  pair[1] = member.value;
  return Value::Array(pair, 2);
}

Value MakeList(Renderer& renderer, const std::vector<Value>& items) {
  Value* copied = renderer.MakeValues(items.size());
  if (copied == nullptr) return {};
  std::copy(items.begin(), items.end(), copied);
  return Value::Array(copied, items.size());
}

std::string_view EndCharacter(std::string_view text, bool first) {
  if (text.empty()) return text;
  if (first) return text.substr(0, utf8::Decode(text, 0).length);
  size_t start = text.size() - 1;
  while (start > 0 && (text[start] & 0xC0) == 0x80) --start;
  return text.substr(start);
}

std::optional<int64_t> Position(FilterCall& call, const Value& value) {
  const auto position = ToInteger(value);
  if (!position) {
    call.renderer.Fail(Diagnostic::Of(DiagnosticCode::not_a_whole_number).With("value", value.Dump()));
  }
  return position;
}

}  // namespace

std::span<const Value> ListOf(FilterCall& call, const Value& value) {
  Renderer& renderer = call.renderer;
  if (value.IsNil()) return {};
  if (value.kind() == Kind::kRange) {
    const int64_t length = std::max<int64_t>(0, value.range().last - value.range().first + 1);
    Value* items = renderer.MakeValues(static_cast<size_t>(length));
    if (items == nullptr) return {};
    for (int64_t i = 0; i < length; ++i) items[i] = Value::Integer(value.range().first + i);
    return {items, static_cast<size_t>(length)};
  }
  if (!value.IsArray()) {
    Value* items = renderer.MakeValues(1);
    if (items == nullptr) return {};
    items[0] = value;
    return {items, 1};
  }
  const auto is_array = [](const Value& item) { return item.IsArray(); };
  if (std::none_of(value.items().begin(), value.items().end(), is_array)) return value.items();
  std::vector<Value> flat;
  std::vector<std::span<const Value>> open{value.items()};
  while (!open.empty()) {
    if (open.back().empty()) {
      open.pop_back();
      continue;
    }
    const Value item = open.back().front();
    open.back() = open.back().subspan(1);
    if (item.IsArray()) {
      open.push_back(item.items());
    } else {
      flat.push_back(item);
    }
    if (!renderer.Fits(flat.size() * sizeof(Value))) return {};
  }
  return MakeList(renderer, flat).items();
}

Value FilterFirst(FilterCall& call) {
  const Value& input = call.input;
  if (input.IsArray()) return input.At(0);
  if (input.IsText()) return Value::Text(EndCharacter(input.AsString(), true));
  if (input.IsObject() && input.size() > 0) return Pair(call.renderer, input.members()[0]);
  return input.kind() == Kind::kRange ? Value::Integer(input.range().first) : Value();
}

Value FilterLast(FilterCall& call) {
  const Value& input = call.input;
  if (input.IsArray() && input.size() > 0) return input.At(input.size() - 1);
  if (input.IsText()) return Value::Text(EndCharacter(input.AsString(), false));
  return input.kind() == Kind::kRange ? Value::Integer(input.range().last) : Value();
}

Value FilterSize(FilterCall& call) {
  const Value& input = call.input;
  if (input.IsText()) return Value::Integer(static_cast<int64_t>(utf8::CountCodePoints(input.AsString())));
  if (input.kind() == Kind::kRange) {
    return Value::Integer(std::max<int64_t>(0, input.range().last - input.range().first + 1));
  }
  return Value::Integer(static_cast<int64_t>(input.size()));
}

Value FilterJoin(FilterCall& call) {
  Renderer& renderer = call.renderer;
  const std::string_view glue = call.HasArgument(0) ? renderer.ToText(call.Argument(0)) : " ";
  const std::span<const Value> items = ListOf(call, call.input);
  std::string& buffer = renderer.Buffer();
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) buffer += glue;
    renderer.AppendText(buffer, items[i]);
    if (!renderer.Fits(buffer.size())) return {};
  }
  return renderer.MakeText(buffer);
}

Value FilterReverse(FilterCall& call) {
  const std::span<const Value> items = ListOf(call, call.input);
  Value* reversed = call.renderer.MakeValues(items.size());
  if (reversed == nullptr) return {};
  std::reverse_copy(items.begin(), items.end(), reversed);
  return Value::Array(reversed, items.size());
}

Value FilterConcat(FilterCall& call) {
  const Value more = call.Argument(0);
  if (!more.IsArray()) {
    return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::not_a_list)
                                  .With("name", std::string(call.name))
                                  .With("value", more.Dump()));
  }
  const std::span<const Value> items = ListOf(call, call.input);
  Value* joined = call.renderer.MakeValues(items.size() + more.size());
  if (joined == nullptr) return {};
  std::copy(items.begin(), items.end(), joined);
  std::copy(more.items().begin(), more.items().end(), joined + items.size());
  return Value::Array(joined, items.size() + more.size());
}

Value FilterMap(FilterCall& call) {
  const Value property = call.Argument(0);
  const std::span<const Value> items = ListOf(call, call.input);
  Value* mapped = call.renderer.MakeValues(items.size());
  if (mapped == nullptr) return {};
  for (size_t i = 0; i < items.size(); ++i) {
    const PropertyResult result = PropertyOf(items[i], property);
    if (result.status == PropertyResult::Status::kFault) return FailProperty(call, items[i], property);
    mapped[i] = result.value;
  }
  return Value::Array(mapped, items.size());
}

Value FilterCompact(FilterCall& call) {
  const std::span<const Value> items = ListOf(call, call.input);
  std::vector<Value> kept;
  for (const Value& item : items) {
    Value looked = item;
    if (call.HasArgument(0)) {
      const PropertyResult result = PropertyOf(item, call.Argument(0));
      if (result.status == PropertyResult::Status::kFault) return FailProperty(call, item, call.Argument(0));
      if (result.status == PropertyResult::Status::kNone) return {};
      looked = result.value;
    }
    if (!looked.IsNil()) kept.push_back(item);
  }
  return MakeList(call.renderer, kept);
}

Value FilterSum(FilterCall& call) {
  Number sum;
  const auto add = [&](const Value& item) {
    const auto number = ToNumber(item);
    const auto next = number ? sum.value.Plus(number->value) : std::nullopt;
    if (!next) return false;
    sum = {*next, sum.whole && number->whole};
    return true;
  };
  for (const Value& item : ListOf(call, call.input)) {
    Value looked = item;
    if (call.HasArgument(0) && !call.Argument(0).IsNil()) {
      const PropertyResult result = PropertyOf(item, call.Argument(0));
      if (result.status == PropertyResult::Status::kFault) return FailProperty(call, item, call.Argument(0));
      looked = result.value;
    }
    for (const Value& part : ListOf(call, looked)) {
      if (!add(part)) return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::number_too_large));
    }
    if (call.renderer.failed()) return {};
  }
  return call.renderer.MakeNumber(sum.value, sum.whole);
}

// Characters of a text or items of a list, from an offset that may count from the end.
Value FilterSlice(FilterCall& call) {
  const auto offset = Position(call, call.Argument(0));
  if (!offset) return {};
  int64_t length = 1;
  if (!call.Argument(1).IsNil()) {
    const auto given = Position(call, call.Argument(1));
    if (!given) return {};
    length = *given;
  }
  const bool list = call.input.IsArray();
  const std::string_view text = list ? std::string_view() : call.renderer.ToText(call.input);
  const auto size = static_cast<int64_t>(list ? call.input.size() : utf8::CountCodePoints(text));
  const int64_t start = *offset < 0 ? *offset + size : *offset;
  if (start < 0 || start > size || length < 0) return list ? Value::Array(nullptr, 0) : Value::Text("");
  length = std::min(length, size - start);
  if (list) return Value::Array(call.input.items().data() + start, static_cast<size_t>(length));
  size_t from = 0;
  for (int64_t i = 0; i < start; ++i) from += utf8::Decode(text, from).length;
  size_t to = from;
  for (int64_t i = 0; i < length; ++i) to += utf8::Decode(text, to).length;
  return Value::Text(text.substr(from, to - from));
}

Value FilterDefault(FilterCall& call) {
  const bool is_false = call.input.kind() == Kind::kBoolean && !call.input.AsBoolean();
  const bool absent = call.input.IsNil() || IsEmpty(call.input) || call.input.kind() == Kind::kEmpty;
  if (!absent && (!is_false || call.Keyword("allow_false").IsTruthy())) return call.input;
  return call.HasArgument(0) ? call.Argument(0) : Value::Text("");
}

}  // namespace recado::liquid
