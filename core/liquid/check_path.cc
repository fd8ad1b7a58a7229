#include "core/liquid/check_path.h"

#include <array>

namespace recado::liquid {
namespace {

constexpr size_t kKinds = static_cast<size_t>(Type::Kind::kObject) + 1;

std::string StepText(const Step& step) {
  return step.is_index ? "[" + std::to_string(step.index) + "]" : "." + std::string(step.name.text);
}

std::string RestOf(const Template::Program& program, const Path& path, uint32_t from) {
  std::string text;
  for (uint32_t i = from; i < path.step_count; ++i) text += StepText(program.steps[path.first_step + i]);
  return text;
}

std::vector<std::string_view> NamesOf(const Type& object) {
  std::vector<std::string_view> names;
  for (const Type::Member& member : object.members) names.push_back(member.name);
  return names;
}

// The type one step further; null where there is no such member. `certain` as in PathResult.
const Type* StepType(const Type& type, const Step& step, bool& certain) {
  switch (type.kind) {
    case Type::Kind::kAny:
      return &TypeOf(Type::Kind::kAny);
    case Type::Kind::kList: {
      const Type* element = type.element == nullptr ? &TypeOf(Type::Kind::kAny) : type.element.get();
      if (step.is_index || step.command == Command::kFirst || step.command == Command::kLast) return element;
      return step.command == Command::kSize ? &TypeOf(Type::Kind::kInteger) : nullptr;
    }
    case Type::Kind::kText:
      if (step.command == Command::kSize) return &TypeOf(Type::Kind::kInteger);
      return step.command == Command::kNone ? nullptr : &TypeOf(Type::Kind::kText);
    case Type::Kind::kMoney:
      return step.name.text == "amount" || step.name.text == "currency" ? &TypeOf(Type::Kind::kText)
                                                                        : nullptr;
    case Type::Kind::kFile:
      return &TypeOf(Type::Kind::kAny);
    case Type::Kind::kObject: {
      if (const Type* member = MemberOf(type, step.name.text)) return member;
      if (step.command == Command::kSize) return &TypeOf(Type::Kind::kInteger);
      if (step.command == Command::kFirst) return &TypeOf(Type::Kind::kAny);
      certain = !type.open;
      return nullptr;
    }
    default:
      return nullptr;
  }
}

}  // namespace

const Type& TypeOf(Type::Kind kind) {
  static const std::array<Type, kKinds> kTypes = [] {
    std::array<Type, kKinds> types;
    for (size_t i = 0; i < kKinds; ++i) types[i].kind = static_cast<Type::Kind>(i);
    return types;
  }();
  return kTypes[static_cast<size_t>(kind)];
}

const Type* MemberOf(const Type& object, std::string_view name) {
  for (const Type::Member& member : object.members) {
    if (member.name == name) return &member.type;
  }
  return nullptr;
}

PathResult FollowTypes(const Template::Program& program, const Path& path, const Known& root) {
  PathResult result;
  result.known = root;
  result.known.is_literal = false;
  for (uint32_t i = 0; i < path.step_count; ++i) {
    const Step& step = program.steps[path.first_step + i];
    const Type& type = *result.known.type;
    const Type* next = StepType(type, step, result.certain);
    if (next == nullptr) {
      const std::string_view nearest = NearestName(step.name.text, NamesOf(type));
      if (!nearest.empty()) {
        result.suggestion = result.known.name + "." + std::string(nearest) + RestOf(program, path, i + 1);
      }
      result.good = false;
      result.known.name += RestOf(program, path, i);
      result.known.type = &TypeOf(Type::Kind::kAny);
      return result;
    }
    result.known.type = next;
    result.known.name += StepText(step);
    // A size is there wherever what has it is.
    const bool size = step.command == Command::kSize && next == &TypeOf(Type::Kind::kInteger);
    result.known.may_be_empty = result.known.may_be_empty || (next->optional && !size);
  }
  return result;
}

std::string SuggestRoot(const Template::Program& program, const Path& path, const Type& globals,
                        const std::vector<std::string_view>& locals) {
  const std::string_view name = program.symbols[path.symbol].text;
  const std::string rest = RestOf(program, path, 0);
  std::vector<std::string_view> names = NamesOf(globals);
  names.insert(names.end(), locals.begin(), locals.end());
  if (const std::string_view nearest = NearestName(name, names); !nearest.empty())
    return std::string(nearest) + rest;
  // {{ first_name }} for {{ contact.first_name }}
  for (const Type::Member& member : globals.members) {
    if (member.type.kind == Type::Kind::kObject && MemberOf(member.type, name) != nullptr) {
      return member.name + "." + std::string(name) + rest;
    }
  }
  return {};
}

}  // namespace recado::liquid
