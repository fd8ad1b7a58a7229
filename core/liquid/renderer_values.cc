// Variables, members, ranges and comparisons.
#include <algorithm>

#include "core/base/utf8.h"
#include "core/liquid/number.h"
#include "core/liquid/renderer.h"
#include "core/liquid/text_search.h"
#include "core/liquid/value_text.h"

namespace recado::liquid {
namespace {

Value LoopMember(const LoopCell& loop, LoopField field) {
  switch (field) {
    case LoopField::kNone:
      return {};
    case LoopField::kName:
      return loop.cols == 0 ? Value::Text(loop.name) : Value();
    case LoopField::kLength:
      return Value::Integer(loop.length);
    case LoopField::kIndex:
      return Value::Integer(loop.index0 + 1);
    case LoopField::kIndex0:
      return Value::Integer(loop.index0);
    case LoopField::kRindex:
      return Value::Integer(loop.length - loop.index0);
    case LoopField::kRindex0:
      return Value::Integer(loop.length - loop.index0 - 1);
    case LoopField::kFirst:
      return Value::Boolean(loop.index0 == 0);
    case LoopField::kLast:
      return Value::Boolean(loop.index0 + 1 == loop.length);
    case LoopField::kParent:
      return loop.parent == nullptr ? Value() : Value::Loop(loop.parent);
    default:
      break;
  }
  if (loop.cols == 0) return {};
  const int64_t col0 = loop.index0 % loop.cols;
  switch (field) {
    case LoopField::kCol:
      return Value::Integer(col0 + 1);
    case LoopField::kCol0:
      return Value::Integer(col0);
    case LoopField::kColFirst:
      return Value::Boolean(col0 == 0);
    case LoopField::kColLast:
      return Value::Boolean(col0 + 1 == loop.cols);
    default:  // kRow
      return Value::Integer(loop.index0 / loop.cols + 1);
  }
}

Value EndOfText(std::string_view text, bool first) {
  if (text.empty()) return {};
  if (first) return Value::Text(text.substr(0, utf8::Decode(text, 0).length));
  size_t start = text.size() - 1;
  while (start > 0 && text.size() - start < 4 && (text[start] & 0xC0) == 0x80) --start;
  return Value::Text(text.substr(start));
}

Value ItemAt(const Value& array, int64_t index) {
  const auto size = static_cast<int64_t>(array.size());
  if (index < 0) index += size;
  return index < 0 || index >= size ? Value() : array.items()[static_cast<size_t>(index)];
}

bool Contains(const Value& left, const Value& right, std::string_view right_text) {
  switch (left.kind()) {
    case Kind::kText:
      return FindText(left.AsString(), right_text) != std::string_view::npos;
    case Kind::kArray:
      return std::any_of(left.items().begin(), left.items().end(),
                         [&right](const Value& item) { return Equals(item, right); });
    case Kind::kObject:
      return right.IsText() && left.Has(right.AsString());
    case Kind::kRange:
      return right.kind() == Kind::kInteger && right.AsInteger() >= left.range().first &&
             right.AsInteger() <= left.range().last;
    default:
      return false;
  }
}

bool EqualsOrIs(const Value& left, const Value& right) {
  const auto is_word = [](const Value& value) {
    return value.kind() == Kind::kBlank || value.kind() == Kind::kEmpty;
  };
  if (is_word(left))
    return !is_word(right) && (left.kind() == Kind::kBlank ? IsBlank(right) : IsEmpty(right));
  if (is_word(right)) return right.kind() == Kind::kBlank ? IsBlank(left) : IsEmpty(left);
  return Equals(left, right);
}

bool HasOrder(const Value& value) {
  return value.IsNumber() || value.IsText() || value.IsMoney();
}

}  // namespace

bool IsEmpty(const Value& value) {
  return (value.IsText() || value.IsArray() || value.IsObject()) && value.size() == 0;
}

bool IsBlank(const Value& value) {
  if (!value.IsTruthy() || IsEmpty(value)) return true;
  const std::string_view text = value.AsString();
  return value.IsText() && std::all_of(text.begin(), text.end(), IsSpace);
}

std::optional<std::strong_ordering> Order(const Value& left, const Value& right) {
  if (left.kind() == Kind::kInteger && right.kind() == Kind::kInteger)
    return left.AsInteger() <=> right.AsInteger();
  if (left.IsNumber() && right.IsNumber()) return *left.AsDecimal() <=> *right.AsDecimal();
  if (left.IsText() && right.IsText()) return left.AsString().compare(right.AsString()) <=> 0;
  const auto left_money = left.AsMoney();
  const auto right_money = right.AsMoney();
  if (left_money && right_money) {
    if (left_money->currency != right_money->currency) return std::nullopt;
    return left_money->amount <=> right_money->amount;
  }
  if (left_money && right.IsNumber()) return left_money->amount <=> *right.AsDecimal();
  if (right_money && left.IsNumber()) return *left.AsDecimal() <=> right_money->amount;
  return std::nullopt;
}

// Counters stand behind what is assigned and before the data, which is looked up once and then remembered.
void Renderer::Resolve(Symbol& symbol) {
  symbol.top.state = State::kGlobal;
  if (symbol.counted) {
    symbol.top.value = Value::Integer(symbol.counter);
    return;
  }
  if (options_.extra.IsObject()) {
    if (const Member* member = options_.extra.FindMember(symbol.name.text, symbol.name.hash)) {
      symbol.top.value = member->value;
      return;
    }
  }
  symbol.top.value = data_.Get(symbol.name.text, symbol.name.hash);
}

uint32_t Renderer::FindSymbol(const Name& name) {
  for (uint32_t i = activations_.back().scope; i < symbols_.size(); ++i) {
    if (symbols_[i].name.hash == name.hash && symbols_[i].name.text == name.text) return i;
  }
  symbols_.emplace_back().name = name;
  return static_cast<uint32_t>(symbols_.size() - 1);
}

Value Renderer::LoadNamed(const Value& name) {
  if (!name.IsText()) return {};
  Charge(symbols_.size() / 16);
  const std::string_view text = name.AsString();
  Symbol& symbol = symbols_[FindSymbol({text, HashName(text)})];
  if (symbol.top.state == State::kUnset) Resolve(symbol);
  return symbol.top.value;
}

Value Renderer::Follow(Value value, const liquid::Step* step, uint32_t count) {
  for (const liquid::Step* end = step + count; step != end; ++step) {
    if (value.IsObject()) {
      if (const Member* member = value.FindMember(step->name.text, step->name.hash);
          member != nullptr && !step->is_index) {
        value = member->value;
        continue;
      }
    }
    value = FollowOne(value, *step);
    if (value.IsNil()) return value;
  }
  return value;
}

// What a member means on anything but an object that has it.
Value Renderer::FollowOne(const Value& value, const liquid::Step& step) {
  if (step.is_index) return value.IsArray() ? ItemAt(value, step.index) : Value();
  const bool first = step.command == Command::kFirst;
  const bool size = step.command == Command::kSize;
  switch (value.kind()) {
    case Kind::kLoop:
      return LoopMember(value.loop(), step.field);
    case Kind::kArray:
      if (size) return Value::Integer(static_cast<int64_t>(value.size()));
      if (step.command == Command::kNone) return {};
      return ItemAt(value, first ? 0 : -1);
    case Kind::kText:
      ChargeFor(value);
      if (size) return Value::Integer(static_cast<int64_t>(utf8::CountCodePoints(value.AsString())));
      return step.command == Command::kNone ? Value() : EndOfText(value.AsString(), first);
    case Kind::kRange:
      if (size) return Value::Integer(std::max<int64_t>(0, value.range().last - value.range().first + 1));
      return step.command == Command::kNone
                 ? Value()
                 : Value::Integer(first ? value.range().first : value.range().last);
    case Kind::kObject: {
      if (size) return Value::Integer(static_cast<int64_t>(value.size()));
      if (!first || value.size() == 0) return {};
      Value* pair = MakeValues(2);
      if (pair == nullptr) return {};
      pair[0] = Value::Text(value.members()[0].name);
      pair[1] = value.members()[0].value;
      return Value::Array(pair, 2);
    }
    default:
      return {};
  }
}

Value Renderer::Index(const Value& value, const Value& key) {
  if (value.IsArray() && key.kind() == Kind::kInteger) return ItemAt(value, key.AsInteger());
  if (value.IsObject() && key.IsText()) return value.Get(key.AsString());
  if (value.kind() == Kind::kLoop && key.IsText())
    return LoopMember(value.loop(), MakeStep(key.AsString()).field);
  return {};
}

// Writes below whatever loops and includes hide the name, as Liquid's outermost scope. Bound loop objects
// change as their loop goes on, so what is assigned is a copy.
void Renderer::Assign(uint32_t local, Value value) {
  if (value.kind() == Kind::kLoop) {
    auto* copy = arena_.Make<LoopCell>();
    if (copy == nullptr) return;
    value = Value::Loop(new (copy) LoopCell(value.loop()));
  }
  Symbol& symbol = symbols_[map_[map_base_ + local]];
  (symbol.shadows == 0 ? symbol.top : symbol.base) = {value, State::kSet};
}

void Renderer::Bind(uint32_t index, Value value) {
  Symbol& symbol = symbols_[index];
  shadows_.push_back({index, symbol.top});
  if (symbol.shadows++ == 0) symbol.base = symbol.top;
  symbol.top = {value, State::kSet};
}

void Renderer::Unbind(size_t down_to) {
  while (shadows_.size() > down_to) {
    const Shadow shadow = shadows_.back();
    shadows_.pop_back();
    Symbol& symbol = symbols_[shadow.symbol];
    symbol.top = --symbol.shadows == 0 ? symbol.base : shadow.saved;
  }
}

void Renderer::Count(uint32_t local, bool up) {
  Symbol& symbol = symbols_[map_[map_base_ + local]];
  if (!symbol.counted) {
    symbol.counter = data_.Get(symbol.name.text, symbol.name.hash).AsInteger();
    symbol.counted = true;
  }
  Binding& binding = symbol.shadows == 0 ? symbol.top : symbol.base;
  if (binding.state == State::kGlobal) binding.state = State::kUnset;
  const auto counter = static_cast<uint64_t>(symbol.counter);
  if (!up) symbol.counter = static_cast<int64_t>(counter - 1);
  AppendInteger(out_, symbol.counter);
  if (up) symbol.counter = static_cast<int64_t>(counter + 1);
}

void Renderer::MakeRange() {
  --top_;
  const auto bound = [this](const Value& value) -> int64_t {
    const auto number = ToNumber(value);
    const auto whole = number ? number->value.Rounded(0, Decimal::Rounding::kTruncate) : std::nullopt;
    const auto small = whole ? whole->ToInt64() : std::nullopt;
    if (!small) Fail(Diagnostic::Of(DiagnosticCode::number_too_large));
    return small.value_or(0);
  };
  auto* cell = arena_.Make<RangeCell>();
  *cell = {bound(top_[-1]), bound(*top_)};
  // Lengths are counted in 64 bits.
  int64_t length = 0;
  if (__builtin_sub_overflow(cell->last, cell->first, &length) || length == INT64_MAX) {
    Fail(Diagnostic::Of(DiagnosticCode::number_too_large));
  }
  top_[-1] = Value::Range(cell);
  if (arena_.exhausted()) Fits(SIZE_MAX);
}

void Renderer::Compare(Comparison comparison) {
  --top_;
  const Value left = top_[-1];
  const Value right = *top_;
  Value& result = top_[-1];
  ChargeFor(left);
  switch (comparison) {
    case Comparison::kEq:
      result = Value::Boolean(EqualsOrIs(left, right));
      return;
    case Comparison::kNe:
      result = Value::Boolean(!EqualsOrIs(left, right));
      return;
    case Comparison::kContains:
      result = Value::Boolean(left.IsTruthy() && right.IsTruthy() &&
                              Contains(left, right, left.IsText() ? ToText(right) : std::string_view()));
      return;
    default:
      break;
  }
  result = Value::Boolean(false);
  if (!HasOrder(left) || !HasOrder(right)) return;
  const auto order = Order(left, right);
  if (!order) {
    Fail(
        Diagnostic::Of(DiagnosticCode::not_comparable).With("left", left.Dump()).With("right", right.Dump()));
    return;
  }
  const bool less = comparison == Comparison::kLt || comparison == Comparison::kLe;
  const bool equal = comparison == Comparison::kLe || comparison == Comparison::kGe;
  result = Value::Boolean(*order == 0 ? equal : (*order < 0) == less);
}

}  // namespace recado::liquid
