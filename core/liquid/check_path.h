// Types of paths: what contact.first_name is, and what it should have been. Internal to the room.
#pragma once

#include <string>

#include "core/liquid/check.h"
#include "core/liquid/program.h"

namespace recado::liquid {

// What the checker knows of a value at one point of a template.
struct Known {
  const Type* type = nullptr;  // never null once made
  std::string name{};          // as written, for messages; "" for computed values
  bool may_be_empty = false;
  bool is_literal = false;
  Value literal{};
  int64_t count = 0;         // items of a range between two numbers; 0: not known
  bool blamed = false;       // a finding names it already
  bool is_positive = false;  // a number of over 0, whatever the data
};

const Type& TypeOf(Type::Kind kind);  // a shared one without members

struct PathResult {
  Known known;
  bool good = true;
  bool certain = true;     // false: the object is open, so the member may exist after all
  std::string suggestion;  // the whole path as it should probably read
};

// Follows the path's steps from `root`.
PathResult FollowTypes(const Template::Program& program, const Path& path, const Known& root);
// What may have been meant by a path whose variable does not exist.
std::string SuggestRoot(const Template::Program& program, const Path& path, const Type& globals,
                        const std::vector<std::string_view>& locals);
const Type* MemberOf(const Type& object, std::string_view name);

}  // namespace recado::liquid
