#include "core/liquid/value.h"

#include <algorithm>
#include <charconv>

#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

// Objects up to this size are searched by scanning their hashes, which are 4 bytes each and lie side by side.
constexpr size_t kScannedMembers = 16;

bool IsCurrency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool IsAmount(std::string_view text) {
  return Decimal::Parse(text).has_value();
}

bool LooksLikeMoney(std::span<const Member> members) {
  if (members.size() != 2) return false;
  const bool amount_first = members[0].name == "amount";
  const Member& amount = members[amount_first ? 0 : 1];
  const Member& currency = members[amount_first ? 1 : 0];
  return amount.name == "amount" && currency.name == "currency" && IsCurrency(currency.value.AsString()) &&
         IsAmount(amount.value.AsString());
}

}  // namespace

Value MakeObject(Arena& arena, std::span<const Member> members) {
  auto* cell = arena.Make<ObjectCell>();
  auto* copied = arena.Make<Member>(members.size());
  auto* hashes = arena.Make<uint32_t>(members.size());
  if (cell == nullptr || copied == nullptr || hashes == nullptr) return {};
  std::copy(members.begin(), members.end(), copied);
  for (size_t i = 0; i < members.size(); ++i) hashes[i] = HashName(members[i].name);
  *cell = {static_cast<uint32_t>(members.size()), 0, copied, hashes, nullptr};
  if (members.size() > kScannedMembers) {
    uint32_t buckets = 64;
    while (buckets < members.size() * 2) buckets *= 2;
    auto* table = arena.Make<uint32_t>(buckets);
    if (table == nullptr) return {};
    std::fill(table, table + buckets, 0U);
    for (uint32_t i = 0; i < cell->count; ++i) {
      uint32_t at = hashes[i] & (buckets - 1);
      while (table[at] != 0) at = (at + 1) & (buckets - 1);
      table[at] = i + 1;
    }
    cell->buckets = buckets;
    cell->table = table;
  }
  return Value::Object(cell, LooksLikeMoney(members));
}

const Member* Value::FindMember(std::string_view name, uint32_t hash) const {
  const ObjectCell& cell = *object_;
  if (cell.buckets != 0) {
    for (uint32_t at = hash & (cell.buckets - 1); cell.table[at] != 0; at = (at + 1) & (cell.buckets - 1)) {
      const uint32_t i = cell.table[at] - 1;
      if (cell.hashes[i] == hash && cell.members[i].name == name) return &cell.members[i];
    }
    return nullptr;
  }
  for (uint32_t i = 0; i < cell.count; ++i) {
    if (cell.hashes[i] == hash && cell.members[i].name == name) return &cell.members[i];
  }
  return nullptr;
}

std::optional<Decimal> Value::AsDecimal() const {
  if (kind_ == Kind::kInteger) return Decimal(integer_);
  if (kind_ == Kind::kDecimal) return decimal_->number;
  if (IsText()) return Decimal::Parse(AsString());
  return std::nullopt;
}

std::optional<Money> Value::AsMoney() const {
  if (!IsMoney()) return std::nullopt;
  return Money{*Decimal::Parse(Get("amount").AsString()), std::string(Get("currency").AsString())};
}

Value Value::Find(std::string_view path) const {
  Value value = *this;
  while (!path.empty() && !value.IsNil()) {
    const std::string_view name = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    if (value.IsArray()) {
      size_t index = 0;
      const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), index);
      value = fault == std::errc() && end == name.data() + name.size() ? value.At(index) : Value();
    } else {
      value = value.Get(name);
    }
  }
  return value;
}

Document Document::FromJson(const Json& json) {
  Builder builder;
  const Value root = builder.FromJson(json);
  return std::move(builder).Finish(root);
}

Builder::Builder() : store_(std::make_shared<Document::Store>()) {}

Value Builder::Text(std::string_view text) {
  return Value::Text(store_->arena.Copy(text));
}

Value Builder::Number(const Decimal& number) {
  if (number.scale() == 0) {
    if (const auto whole = number.ToInt64()) return Value::Integer(*whole);
  }
  auto* cell = new (store_->arena.Make<DecimalCell>()) DecimalCell{number, number.scale() == 0};
  return Value::Number(cell);
}

Value Builder::Array(std::span<const Value> items) {
  auto* copied = store_->arena.Make<Value>(items.size());
  std::copy(items.begin(), items.end(), copied);
  return Value::Array(copied, items.size());
}

Value Builder::Object(std::span<const Member> members) {
  std::vector<Member> distinct;
  distinct.reserve(members.size());
  for (const Member& member : members) {
    const auto same = std::find_if(distinct.begin(), distinct.end(),
                                   [&member](const Member& other) { return other.name == member.name; });
    if (same != distinct.end()) {
      same->value = member.value;
    } else {
      distinct.push_back({store_->arena.Copy(member.name), member.value});
    }
  }
  return MakeObject(store_->arena, distinct);
}

Value Builder::With(Value base, std::initializer_list<Member> more) {
  return With(base, std::span<const Member>(more.begin(), more.size()));
}

Value Builder::With(Value base, std::span<const Member> more) {
  std::vector<Member> members(base.members().begin(), base.members().end());
  members.insert(members.end(), more.begin(), more.end());
  return Object(members);
}

Value Builder::Keep(const Document& document) {
  if (document.store_ != nullptr) store_->kept.push_back(document.store_);
  return document.root_;
}

void Builder::BeginObject() {
  frames_.push_back({true, pending_.size(), {}});
}

void Builder::BeginArray() {
  frames_.push_back({false, pending_.size(), {}});
}

void Builder::Key(std::string_view name) {
  if (!frames_.empty()) frames_.back().key = store_->arena.Copy(name);
}

void Builder::Add(Value value) {
  if (frames_.empty()) {
    built_ = value;
    return;
  }
  pending_.push_back({frames_.back().key, value});
}

void Builder::End() {
  if (frames_.empty()) return;
  const Frame frame = frames_.back();
  frames_.pop_back();
  const std::span<const Member> members(pending_.data() + frame.start, pending_.size() - frame.start);
  Value value;
  if (frame.object) {
    // ParseJson and nlohmann's parser leave no name twice, so the costly search of Object() is not needed.
    value = MakeObject(store_->arena, members);
  } else {
    auto* items = store_->arena.Make<Value>(members.size());
    for (size_t i = 0; i < members.size(); ++i) items[i] = members[i].value;
    value = Value::Array(items, members.size());
  }
  pending_.resize(frame.start);
  Add(value);
}

Value Builder::FromJson(const Json& json) {
  const auto scalar = [this](const Json& value) -> Value {
    switch (value.type()) {
      case Json::value_t::boolean:
        return Value::Boolean(value.get<bool>());
      case Json::value_t::number_integer:
        return Value::Integer(value.get<int64_t>());
      case Json::value_t::number_unsigned:
        return Number(*Decimal::Of(static_cast<Int128>(value.get<uint64_t>()), 0));
      case Json::value_t::number_float: {
        const auto number = DecimalOfDouble(value.get<double>());
        if (!number) return Text(value.dump());  // beyond what is counted with; still prints as it is
        auto* cell = new (store_->arena.Make<DecimalCell>()) DecimalCell{*number, false};
        return Value::Number(cell);
      }
      case Json::value_t::string:
        return Text(value.get_ref<const std::string&>());
      default:
        return {};
    }
  };
  // A frame of its own for each level, because input may be nested deeply.
  struct Level {
    Json::const_iterator next;
    Json::const_iterator end;
    bool object;
  };
  std::vector<Level> levels;
  const size_t base = frames_.size();
  const Value outer = built_;
  BeginArray();  // collects the one value
  const auto open = [&](const Json& value) {
    if (!value.is_structured()) {
      Add(scalar(value));
      return;
    }
    value.is_object() ? BeginObject() : BeginArray();
    levels.push_back({value.cbegin(), value.cend(), value.is_object()});
  };
  open(json);
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next == level.end) {
      levels.pop_back();
      End();
      continue;
    }
    const Json::const_iterator item = level.next++;
    if (level.object) Key(item.key());
    open(*item);
  }
  const Value value = pending_.back().value;
  pending_.resize(frames_.back().start);
  frames_.resize(base);
  built_ = outer;
  return value;
}

Document Builder::Finish(Value root) && {
  Document document;
  document.store_ = std::move(store_);
  document.root_ = root;
  return document;
}

Document Builder::Finish() && {
  while (!frames_.empty()) End();
  return std::move(*this).Finish(built_);
}

}  // namespace recado::liquid
