// Value and Document: the data a template is filled in with.
//
// A Value is a view of 16 bytes (a kind and a pointer or a number), copied freely, owning nothing. What it
// points at lives in a Document, in a compiled template's constants, or in a renderer's scratch memory, and
// must outlive it. A Document owns a tree in an arena: built once from JSON or by a Builder, then immutable;
// copying a Document shares the tree.
//
//   Document document = Document::FromJson(json);
//   Value amount = document.root().Find("deal.amount");
//   if (std::optional<Money> money = amount.AsMoney()) …
//   for (const Member& member : document.root().members()) …      // in input order
//
// Adding to a tree that exists, without copying it:
//
//   Builder builder;
//   Value base = builder.Keep(document);                           // the new document shares the old one
//   Value first = base.Get("contacts").At(0);
//   Document more = std::move(builder).Finish(builder.With(base, {{"contact", first}}));
//
// Threads: Values and Documents may be read by many threads; a Builder belongs to one.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/liquid/arena.h"

namespace recado::liquid {

enum class Kind : uint8_t {
  kNil,  // null, and whatever is not there
  kBoolean,
  kInteger,  // 64 bits
  kDecimal,  // a number with a fraction, or a whole number of more than 64 bits
  kText,     // UTF-8
  kArray,
  kObject,
  kRange,  // (1..5): never in a Document
  kBlank,  // the words `blank` and `empty`: never in a Document
  kEmpty,
  kLoop,  // forloop, tablerowloop: never in a Document
};

struct Member;

// 32-bit FNV-1a: of member names, so that a look-up compares one number before it compares letters.
constexpr uint32_t HashName(std::string_view name) {
  uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

// The parts of values that do not fit into one word.
struct DecimalCell {
  Decimal number;
  bool whole = false;  // a big whole number, which prints without ".0"
};
struct RangeCell {
  int64_t first = 0;
  int64_t last = 0;  // inclusive; an empty range has last < first
};
struct ObjectCell {
  uint32_t count = 0;
  uint32_t buckets = 0;             // a power of two; 0: small, scan the hashes
  const Member* members = nullptr;  // in input order
  const uint32_t* hashes = nullptr;
  const uint32_t* table = nullptr;  // open addressing, member index + 1, 0 for free
};
struct LoopCell;  // renderer.h

class Value {
 public:
  constexpr Value() = default;
  static constexpr Value Nil() { return {}; }
  static constexpr Value Boolean(bool value) { return Value(Kind::kBoolean, value ? 1 : 0); }
  static constexpr Value Integer(int64_t value) { return Value(Kind::kInteger, value); }
  static constexpr Value Blank() { return Value(Kind::kBlank, 0); }
  static constexpr Value Empty() { return Value(Kind::kEmpty, 0); }
  // The rest point at memory of the caller.
  static constexpr Value Text(std::string_view text) {
    Value value(Kind::kText, 0);
    value.size_ = static_cast<uint32_t>(text.size());
    value.text_ = text.data();
    return value;
  }
  // Text that is markup already and is not escaped again.
  static constexpr Value SafeText(std::string_view text) {
    Value value = Text(text);
    value.flags_ = kSafe;
    return value;
  }
  static constexpr Value Number(const DecimalCell* cell) {
    Value value(Kind::kDecimal, 0);
    value.decimal_ = cell;
    return value;
  }
  static constexpr Value Array(const Value* items, size_t count) {
    Value value(Kind::kArray, 0);
    value.size_ = static_cast<uint32_t>(count);
    value.items_ = items;
    return value;
  }
  static constexpr Value Object(const ObjectCell* cell, bool money = false) {
    Value value(Kind::kObject, 0);
    value.size_ = cell->count;
    value.flags_ = money ? kMoney : 0;
    value.object_ = cell;
    return value;
  }
  static constexpr Value Range(const RangeCell* cell) {
    Value value(Kind::kRange, 0);
    value.range_ = cell;
    return value;
  }
  static constexpr Value Loop(const LoopCell* cell) {
    Value value(Kind::kLoop, 0);
    value.loop_ = cell;
    return value;
  }

  Kind kind() const { return kind_; }
  bool IsNil() const { return kind_ == Kind::kNil; }
  bool IsText() const { return kind_ == Kind::kText; }
  bool IsArray() const { return kind_ == Kind::kArray; }
  bool IsObject() const { return kind_ == Kind::kObject; }
  bool IsNumber() const { return kind_ == Kind::kInteger || kind_ == Kind::kDecimal; }
  // An object of exactly {"amount": decimal text, "currency": three capitals} (formats §6).
  bool IsMoney() const { return (flags_ & kMoney) != 0; }
  bool IsSafe() const { return (flags_ & kSafe) != 0; }
  // What Liquid takes for true: everything but nil and false.
  bool IsTruthy() const { return !(kind_ == Kind::kNil || (kind_ == Kind::kBoolean && integer_ == 0)); }

  // Each answers for its own kind and nothing (false, 0, "") for all others.
  bool AsBoolean() const { return kind_ == Kind::kBoolean && integer_ != 0; }
  int64_t AsInteger() const { return kind_ == Kind::kInteger ? integer_ : 0; }
  std::string_view AsString() const { return IsText() ? std::string_view(text_, size_) : std::string_view(); }
  // Integers and decimals; also text that is exactly one decimal number ("199.90").
  std::optional<Decimal> AsDecimal() const;
  std::optional<Money> AsMoney() const;

  // Members of an object, items of an array, bytes of a text; 0 for all others.
  size_t size() const { return size_; }
  // The i-th item of an array; nil where there is none.
  Value At(size_t index) const { return IsArray() && index < size_ ? items_[index] : Value(); }
  // The member of an object; nil where there is none. `Has` tells a null member from none.
  Value Get(std::string_view name) const { return Get(name, HashName(name)); }
  Value Get(std::string_view name, uint32_t hash) const {
    const Member* member = IsObject() ? FindMember(name, hash) : nullptr;
    return member == nullptr ? Value() : ValueOf(*member);
  }
  // The member itself; null where there is none. Only for objects.
  const Member* FindMember(std::string_view name, uint32_t hash) const;
  bool Has(std::string_view name) const { return IsObject() && FindMember(name, HashName(name)) != nullptr; }
  // Follows a dotted path of member names and list indices: "deal.amount", "contacts.0.first_name".
  Value Find(std::string_view path) const;

  // Items of an array, members of an object in input order; empty for all others.
  std::span<const Value> items() const {
    return IsArray() ? std::span<const Value>(items_, size_) : std::span<const Value>();
  }
  std::span<const Member> members() const;

  // What {{ value }} prints without a filter and without escaping (money apart: that needs a language).
  void AppendTo(std::string& out) const;
  std::string ToText() const;
  // One line for tests: JSON-like, with kinds that JSON lacks spelled out ("(1..5)", "blank").
  std::string Dump() const;

  // For the engine's own rooms.
  const DecimalCell& decimal() const { return *decimal_; }
  const RangeCell& range() const { return *range_; }
  const ObjectCell& object() const { return *object_; }
  const LoopCell& loop() const { return *loop_; }

 private:
  static constexpr uint8_t kMoney = 1;
  static constexpr uint8_t kSafe = 2;

  constexpr Value(Kind kind, int64_t integer) : kind_(kind), integer_(integer) {}
  static const Value& ValueOf(const Member& member);

  Kind kind_ = Kind::kNil;
  uint8_t flags_ = 0;
  uint32_t size_ = 0;
  union {
    int64_t integer_ = 0;
    const char* text_;
    const Value* items_;
    const DecimalCell* decimal_;
    const RangeCell* range_;
    const ObjectCell* object_;
    const LoopCell* loop_;
  };
};
static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);

struct Member {
  std::string_view name;
  Value value;
};

inline const Value& Value::ValueOf(const Member& member) {
  return member.value;
}
inline std::span<const Member> Value::members() const {
  return IsObject() ? std::span<const Member>(object_->members, object_->count) : std::span<const Member>();
}

// Lays an object out in the arena: members in their order, hashes beside them, a table where there are many.
// Members must have distinct names. The names and values are referred to, not copied; `members` is copied.
Value MakeObject(Arena& arena, std::span<const Member> members);

class Document {
 public:
  Document() = default;  // root is nil
  // Any JSON value; objects keep their order. Numbers with a fraction become the decimal they were written
  // as.
  static Document FromJson(const Json& json);

  const Value& root() const { return root_; }

 private:
  friend class Builder;
  struct Store {
    Arena arena;
    std::vector<std::shared_ptr<const Store>> kept;
  };
  std::shared_ptr<const Store> store_;
  Value root_;
};

// Makes a Document: values one by one, whole JSON trees, or events in document order (Begin…, Key, Add,
// End…).
class Builder {
 public:
  Builder();

  // Values for this document; text is copied into it.
  Value Text(std::string_view text);
  Value Number(const Decimal& number);  // a whole one that fits becomes kInteger
  Value FromJson(const Json& json);
  Value Array(std::span<const Value> items);
  // Of two members of one name the first place and the last value stay, as in ParseJson.
  Value Object(std::span<const Member> members);
  // `base`'s members with `more` put over them (same place) or behind them. A base that is no object counts
  // as empty.
  Value With(Value base, std::initializer_list<Member> more);
  Value With(Value base, std::span<const Member> more);
  // Makes the finished document keep `document` alive, so that its values may be used here.
  Value Keep(const Document& document);

  // Events. Begin and End must pair; within an object each value follows its Key.
  void BeginObject();
  void BeginArray();
  void Key(std::string_view name);
  void Add(Value value);
  void End();

  // The document with that root; without one, what the events built (nil where none were given).
  Document Finish(Value root) &&;
  Document Finish() &&;

 private:
  struct Frame {
    bool object = false;
    size_t start = 0;  // into pending_
    std::string_view key;
  };
  std::shared_ptr<Document::Store> store_;
  std::vector<Frame> frames_;
  std::vector<Member> pending_;
  Value built_;
};

}  // namespace recado::liquid
