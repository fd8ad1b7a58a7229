// The static checker: what in a template does not fit the CRM's fields, before any customer sees it.
//
// It is given the type of every variable (made of the CRM schema by crm/) and finds unknown variables and
// members with the nearest name, type faults, fields that may be empty, unreachable branches, unused
// assignments and the like. Parsing has already refused bad syntax and unknown filters.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/liquid/template.h"

namespace recado::liquid {

// What is known of a variable.
struct Type {
  enum class Kind : uint8_t {
    kAny,
    kText,
    kInteger,
    kDecimal,
    kMoney,
    kBoolean,
    kDate,
    kDateTime,
    kFile,
    kList,
    kObject
  };
  Kind kind = Kind::kAny;
  bool optional = true;  // may be absent or empty
  int max_length = 0;    // characters; 0: not known
  bool open = false;  // object: members that are not listed may exist (then an unknown one is only a warning)
  std::shared_ptr<const Type> element;  // of a list
  struct Member;
  std::vector<Member> members;  // of an object, in schema order
  std::string description;      // for completion and hover; may be empty
};
struct Type::Member {
  std::string name;
  Type type;
};

struct CheckOptions {
  // The whole text is short and seen first (a subject): a field that may be empty without `default` is worth
  // a warning. In other texts only what follows a greeting ("Dear {{ …") is worth a remark.
  bool greeting = false;
  // Whether there are text blocks that `render` and `include` may bring in. A rule has none.
  bool partials = true;
  // What the mend proposes instead of an empty name: "there", in the language of the messages.
  std::string_view fallback_name = "there";
};

// `globals` is an object type whose members are the variables. Spans are offsets in the source.
Diagnostics Check(const Template& program, const Type& globals, const CheckOptions& options = {});

// The name in `candidates` a person probably meant, or "" (Damerau–Levenshtein distance ≤ 2 and less than
// half the length).
std::string_view NearestName(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace recado::liquid
