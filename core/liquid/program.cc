#include "core/liquid/program.h"

#include <array>
#include <utility>

#include "core/liquid/filter.h"
#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

constexpr std::array<std::string_view, 37> kOpNames = {
    "nop",         "text",       "push",           "path",         "follow",       "index",
    "load_named",  "rotate",     "range",          "output",       "output_path",  "filter",
    "compare",     "jump",       "jump_if_false",  "jump_if_true", "assign",       "capture",
    "end_capture", "increment",  "decrement",      "for",          "for_next",     "for_break",
    "for_end",     "case",       "when",           "case_body",    "case_else",    "end_case",
    "cycle",       "if_changed", "end_if_changed", "partial",      "on_interrupt", "loop_interrupt",
    "interrupt"};
constexpr std::array<std::string_view, 7> kComparisons = {"==", "!=", "<", "<=", ">", ">=", "contains"};

constexpr std::array<std::pair<std::string_view, LoopField>, 15> kLoopFields = {{
    {"name", LoopField::kName},
    {"length", LoopField::kLength},
    {"index", LoopField::kIndex},
    {"index0", LoopField::kIndex0},
    {"rindex", LoopField::kRindex},
    {"rindex0", LoopField::kRindex0},
    {"first", LoopField::kFirst},
    {"last", LoopField::kLast},
    {"parentloop", LoopField::kParent},
    {"col", LoopField::kCol},
    {"col0", LoopField::kCol0},
    {"col_first", LoopField::kColFirst},
    {"col_last", LoopField::kColLast},
    {"row", LoopField::kRow},
    {"", LoopField::kNone},
}};

std::string OperandsOf(const Template::Program& program, const Instruction& in) {
  const auto number = [](uint32_t n) { return std::to_string(n); };
  switch (in.op) {
    case Op::kText:
      return Value::Text(std::string_view(program.source).substr(in.c, in.d - in.c)).Dump();
    case Op::kPush:
      return program.constants[in.c].Dump();
    case Op::kPath:
    case Op::kFollow:
    case Op::kOutputPath:
      return PathText(program, program.paths[in.c]);
    case Op::kFilter: {
      std::string text(FilterAt(in.b).name);
      text += " " + number(in.a);
      for (uint32_t i = 0; i < in.d; ++i) text.append(" ").append(program.argument_names[in.c + i].text);
      return text;
    }
    case Op::kCompare:
      return std::string(kComparisons[in.a]);
    case Op::kAssign:
    case Op::kEndCapture:
    case Op::kIncrement:
    case Op::kDecrement:
      return std::string(program.symbols[in.c].text);
    case Op::kFor:
      return std::string(program.loops[in.c].name) + " " + number(in.d);
    case Op::kJump:
    case Op::kJumpIfFalse:
    case Op::kJumpIfTrue:
    case Op::kForNext:
    case Op::kOnInterrupt:
      return number(in.c);
    case Op::kCaseBody:
    case Op::kCaseElse:
      return number(in.d);
    case Op::kRotate:
    case Op::kCycle:
    case Op::kPartial:
      return number(in.c);
    case Op::kLoopInterrupt:
      return number(in.c) + " " + number(in.d);
    case Op::kInterrupt:
      return number(in.a);
    default:
      return "";
  }
}

}  // namespace

Step MakeStep(std::string_view name) {
  Step step;
  step.name = {name, HashName(name)};
  if (name == "size") step.command = Command::kSize;
  if (name == "first") step.command = Command::kFirst;
  if (name == "last") step.command = Command::kLast;
  for (const auto& [text, field] : kLoopFields) {
    if (text == name) step.field = field;
  }
  return step;
}

std::string PathText(const Template::Program& program, const Path& path) {
  std::string text(path.symbol < program.symbols.size() ? program.symbols[path.symbol].text : "");
  for (uint32_t i = 0; i < path.step_count; ++i) {
    const Step& step = program.steps[path.first_step + i];
    if (step.is_index) {
      text += "[" + std::to_string(step.index) + "]";
    } else {
      text.append(".").append(step.name.text);
    }
  }
  return text;
}

std::string Template::Dump() const {
  std::string text;
  for (size_t i = 0; i < program_->code.size(); ++i) {
    const Instruction& in = program_->code[i];
    if (in.op == Op::kEnd) break;
    const std::string operands = OperandsOf(*program_, in);
    text += std::to_string(i) + " " + std::string(kOpNames[static_cast<size_t>(in.op)]);
    if (!operands.empty()) text += " " + operands;
    text += "\n";
  }
  return text;
}

}  // namespace recado::liquid
