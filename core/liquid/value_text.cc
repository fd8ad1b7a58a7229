#include "core/liquid/value_text.h"

#include <vector>

#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

void AppendQuoted(std::string& out, std::string_view text) {
  constexpr std::string_view kNamed = "abtnvfr";  // 0x07 … 0x0D
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out.push_back('"');
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '"' || c == '\\' || (c == '#' && (next == '{' || next == '$' || next == '@'))) {
      out.push_back('\\');
      out.push_back(c);
    } else if (c >= 0x07 && c <= 0x0D) {
      out.push_back('\\');
      out.push_back(kNamed[static_cast<size_t>(c - 0x07)]);
    } else if (c == 0x1B) {
      out += "\\e";
    } else if ((c >= 0 && c < 0x20) || c == 0x7F) {
      out += "\\u00";
      out.push_back(kHex[static_cast<size_t>(c) >> 4]);
      out.push_back(kHex[static_cast<size_t>(c) & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void AppendScalar(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::kBoolean:
      out += value.AsBoolean() ? "true" : "false";
      return;
    case Kind::kInteger:
      AppendInteger(out, value.AsInteger());
      return;
    case Kind::kDecimal:
      AppendNumber(out, value.decimal().number, value.decimal().whole);
      return;
    case Kind::kText:
      out += value.AsString();
      return;
    case Kind::kRange:
      AppendInteger(out, value.range().first);
      out += "..";
      AppendInteger(out, value.range().last);
      return;
    default:
      return;
  }
}

struct Level {
  Value value;
  size_t next = 0;
};

// Shared by inspect and Dump, which differ in their marks only.
struct Marks {
  std::string_view nil;
  std::string_view comma;
  std::string_view arrow;
};

void AppendTree(std::string& out, const Value& root, const Marks& marks) {
  std::vector<Level> levels;
  const auto open = [&](const Value& value) {
    if (value.IsNil()) {
      out += marks.nil;
    } else if (value.IsText()) {
      AppendQuoted(out, value.AsString());
    } else if (value.IsArray() || value.IsObject()) {
      out.push_back(value.IsArray() ? '[' : '{');
      levels.push_back({value, 0});
    } else {
      AppendScalar(out, value);
    }
  };
  open(root);
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next == level.value.size()) {
      out.push_back(level.value.IsArray() ? ']' : '}');
      levels.pop_back();
      continue;
    }
    if (level.next > 0) out += marks.comma;
    const size_t i = level.next++;
    if (level.value.IsArray()) {
      open(level.value.items()[i]);
    } else {
      const Member& member = level.value.members()[i];
      AppendQuoted(out, member.name);
      out += marks.arrow;
      open(member.value);
    }
  }
}

struct Pair {
  Value left;
  Value right;
};

bool NumbersEqual(const Value& left, const Value& right) {
  if (left.kind() == Kind::kInteger && right.kind() == Kind::kInteger)
    return left.AsInteger() == right.AsInteger();
  return *left.AsDecimal() == *right.AsDecimal();
}

// Compares what can be compared at once and leaves the insides of lists and objects in `rest`.
bool EqualsHere(const Value& left, const Value& right, std::vector<Pair>& rest) {
  if (left.IsNumber() && right.IsNumber()) return NumbersEqual(left, right);
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case Kind::kNil:
      return true;
    case Kind::kBoolean:
      return left.AsBoolean() == right.AsBoolean();
    case Kind::kText:
      return left.AsString() == right.AsString();
    case Kind::kRange:
      return left.range().first == right.range().first && left.range().last == right.range().last;
    case Kind::kLoop:
      return &left.loop() == &right.loop();
    case Kind::kArray:
      if (left.size() != right.size()) return false;
      for (size_t i = 0; i < left.size(); ++i) rest.push_back({left.items()[i], right.items()[i]});
      return true;
    case Kind::kObject:
      if (left.IsMoney() && right.IsMoney()) return left.AsMoney() == right.AsMoney();
      if (left.size() != right.size()) return false;
      for (const Member& member : left.members()) {
        if (!right.Has(member.name)) return false;
        rest.push_back({member.value, right.Get(member.name)});
      }
      return true;
    default:
      return false;
  }
}

}  // namespace

bool Equals(const Value& left, const Value& right) {
  std::vector<Pair> rest;
  if (!EqualsHere(left, right, rest)) return false;
  while (!rest.empty()) {
    const Pair pair = rest.back();
    rest.pop_back();
    if (!EqualsHere(pair.left, pair.right, rest)) return false;
  }
  return true;
}

void AppendInspected(std::string& out, const Value& value) {
  AppendTree(out, value, {"nil", ", ", "=>"});
}

void Value::AppendTo(std::string& out) const {
  if (IsObject()) return AppendInspected(out, *this);
  if (!IsArray()) return AppendScalar(out, *this);
  // A list prints its items one after the other, lists inside it included.
  std::vector<Level> levels{{*this, 0}};
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next == level.value.size()) {
      levels.pop_back();
      continue;
    }
    const Value item = level.value.items()[level.next++];
    if (item.IsArray()) {
      levels.push_back({item, 0});
    } else if (item.IsObject()) {
      AppendInspected(out, item);
    } else {
      AppendScalar(out, item);
    }
  }
}

std::string Value::ToText() const {
  std::string text;
  AppendTo(text);
  return text;
}

std::string Value::Dump() const {
  std::string text;
  switch (kind_) {
    case Kind::kRange:
      text.push_back('(');
      AppendTo(text);
      text.push_back(')');
      return text;
    case Kind::kBlank:
      return "blank";
    case Kind::kEmpty:
      return "empty";
    case Kind::kLoop:
      return "forloop";
    default:
      AppendTree(text, *this, {"null", ", ", ": "});
      return text;
  }
}

}  // namespace recado::liquid
