// Filters that choose, order or tell apart the items of a list: where, find, sort, uniq …
#include <algorithm>

#include "core/liquid/filters.h"
#include "core/liquid/number.h"
#include "core/liquid/property.h"
#include "core/liquid/text_search.h"
#include "core/liquid/value_text.h"

namespace recado::liquid {
namespace {

using Status = PropertyResult::Status;

enum class Wanted { kAll, kFirst, kIndex, kAny };

// where, reject, find, find_index, has: items whose property is truthy, or equals the second argument. An
// item without properties ends the search with nothing, as in Shopify's engine.
Value Select(FilterCall& call, Wanted wanted, bool keep) {
  const Value property = call.Argument(0);
  const Value target = call.Argument(1);
  const std::span<const Value> items = ListOf(call, call.input);
  Value* kept = wanted == Wanted::kAll ? call.renderer.MakeValues(items.size()) : nullptr;
  if (call.renderer.failed()) return {};
  size_t count = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    const PropertyResult result = PropertyOf(items[i], property);
    if (result.status == Status::kFault) return FailProperty(call, items[i], property);
    if (result.status == Status::kNone) return {};
    const bool matches = target.IsNil() ? result.value.IsTruthy() : Equals(result.value, target);
    if (matches != keep) continue;
    if (wanted == Wanted::kFirst) return items[i];
    if (wanted == Wanted::kIndex) return Value::Integer(static_cast<int64_t>(i));
    if (wanted == Wanted::kAny) return Value::Boolean(true);
    kept[count++] = items[i];
  }
  if (wanted == Wanted::kAll) return Value::Array(kept, count);
  return wanted == Wanted::kAny ? Value::Boolean(false) : Value();
}

// An item with what it is ordered by.
struct Keyed {
  Value key;
  Value item;
};

using Compare = std::optional<int> (*)(Renderer& renderer, const Value& left, const Value& right);

std::optional<int> CompareValues(Renderer&, const Value& left, const Value& right) {
  if (const auto order = Order(left, right)) return *order < 0 ? -1 : *order > 0 ? 1 : 0;
  if (Equals(left, right)) return 0;
  if (left.IsNil()) return 1;
  if (right.IsNil()) return -1;
  return std::nullopt;
}

std::optional<int> CompareWithoutCase(Renderer& renderer, const Value& left, const Value& right) {
  if (left.IsNil() || right.IsNil()) return static_cast<int>(left.IsNil()) - static_cast<int>(right.IsNil());
  const std::string_view a = renderer.ToText(left);
  const std::string_view b = renderer.ToText(right);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const int difference = static_cast<unsigned char>(lower(a[i])) - static_cast<unsigned char>(lower(b[i]));
    if (difference != 0) return difference;
  }
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

// Stable merge sort, bottom up. Our own because comparing may fail, and the standard algorithms promise
// nothing about a comparison that does.
bool Sort(FilterCall& call, std::vector<Keyed>& items, Compare compare) {
  std::vector<Keyed> merged(items.size());
  for (size_t width = 1; width < items.size(); width *= 2) {
    call.renderer.Charge(items.size() / 8);
    for (size_t from = 0; from < items.size(); from += 2 * width) {
      size_t left = from;
      const size_t middle = std::min(from + width, items.size());
      size_t right = middle;
      const size_t end = std::min(from + 2 * width, items.size());
      for (size_t to = from; to < end; ++to) {
        bool take_left = left < middle;
        if (take_left && right < end) {
          const auto order = compare(call.renderer, items[left].key, items[right].key);
          if (!order) {
            call.renderer.Fail(Diagnostic::Of(DiagnosticCode::not_comparable)
                                   .With("left", items[left].key.Dump())
                                   .With("right", items[right].key.Dump()));
          }
          if (call.renderer.failed()) return false;
          take_left = *order <= 0;
        }
        merged[to] = take_left ? items[left++] : items[right++];
      }
    }
    items.swap(merged);
  }
  return true;
}

Value Sorted(FilterCall& call, Compare compare) {
  const Value property = call.Argument(0);
  std::vector<Keyed> keyed;
  for (const Value& item : ListOf(call, call.input)) {
    Value key = item;
    if (!property.IsNil()) {
      const PropertyResult result = PropertyOf(item, property);
      if (result.status == Status::kFault) return FailProperty(call, item, property);
      if (result.status == Status::kNone) return {};
      key = result.value;
    }
    keyed.push_back({key, item});
  }
  if (call.renderer.failed() || !Sort(call, keyed, compare)) return {};
  Value* items = call.renderer.MakeValues(keyed.size());
  if (items == nullptr) return {};
  for (size_t i = 0; i < keyed.size(); ++i) items[i] = keyed[i].item;
  return Value::Array(items, keyed.size());
}

// Equal values have equal hashes; lists and objects share one of their size, which costs comparisons only.
uint32_t HashValue(const Value& value) {
  if (value.IsText()) return HashName(value.AsString());
  if (value.IsNumber()) {
    const auto whole = value.AsDecimal()->ToInt64();
    return whole ? static_cast<uint32_t>(*whole * 0x9E3779B1) : 1;
  }
  return static_cast<uint32_t>(value.kind()) * 31 + static_cast<uint32_t>(value.size());
}

}  // namespace

PropertyResult PropertyOf(const Value& item, const Value& property) {
  switch (item.kind()) {
    case Kind::kObject:
      return {Status::kFound, property.IsText() ? item.Get(property.AsString()) : Value()};
    case Kind::kText:
      if (property.IsText()) {
        const bool contained = FindText(item.AsString(), property.AsString()) != std::string_view::npos;
        return {Status::kFound, contained ? property : Value()};
      }
      if (property.kind() == Kind::kInteger) {
        const auto index = property.AsInteger();
        const auto size = static_cast<int64_t>(item.size());
        const int64_t at = index < 0 ? index + size : index;
        const bool inside = at >= 0 && at < size;
        return {Status::kFound,
                inside ? Value::Text(item.AsString().substr(static_cast<size_t>(at), 1)) : Value()};
      }
      return {Status::kFault, {}};
    case Kind::kInteger:
      return {Status::kFault, {}};
    default:
      return {Status::kNone, {}};
  }
}

Value FailProperty(FilterCall& call, const Value& item, const Value& property) {
  return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::no_property)
                                .With("name", std::string(call.name))
                                .With("property", property.Dump())
                                .With("value", item.Dump()));
}

Value FilterWhere(FilterCall& call) {
  return Select(call, Wanted::kAll, true);
}
Value FilterReject(FilterCall& call) {
  return Select(call, Wanted::kAll, false);
}
Value FilterFind(FilterCall& call) {
  return Select(call, Wanted::kFirst, true);
}
Value FilterFindIndex(FilterCall& call) {
  return Select(call, Wanted::kIndex, true);
}
Value FilterHas(FilterCall& call) {
  return Select(call, Wanted::kAny, true);
}
Value FilterSort(FilterCall& call) {
  return Sorted(call, CompareValues);
}
Value FilterSortNatural(FilterCall& call) {
  return Sorted(call, CompareWithoutCase);
}

Value FilterUniq(FilterCall& call) {
  const Value property = call.Argument(0);
  const std::span<const Value> items = ListOf(call, call.input);
  Value* kept = call.renderer.MakeValues(items.size());
  if (kept == nullptr) return {};
  size_t buckets = 16;
  while (buckets < items.size() * 2) buckets *= 2;
  std::vector<const Value*> seen(buckets);
  std::vector<Value> keys(items.size());
  size_t count = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    keys[i] = items[i];
    if (!property.IsNil()) {
      const PropertyResult result = PropertyOf(items[i], property);
      if (result.status == Status::kFault) return FailProperty(call, items[i], property);
      if (result.status == Status::kNone) return {};
      keys[i] = result.value;
    }
    size_t at = HashValue(keys[i]) & (buckets - 1);
    size_t steps = 0;
    for (; seen[at] != nullptr && !Equals(*seen[at], keys[i]); at = (at + 1) & (buckets - 1)) ++steps;
    call.renderer.Charge(steps);
    if (call.renderer.failed()) return {};
    if (seen[at] != nullptr) continue;
    seen[at] = &keys[i];
    kept[count++] = items[i];
  }
  return Value::Array(kept, count);
}

}  // namespace recado::liquid
