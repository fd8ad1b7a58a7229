// Program: a template as the renderer runs it. Flat vectors, no tree: instructions in the order they run,
// jumps by index, operands on a value stack whose depth is known beforehand.
//
//   Hi {{ contact.first_name | default: "there" }}!
//
//   text "Hi "
//   path contact.first_name
//   push "there"
//   filter default 1
//   output
//   text "!"
//   end
//
// Names of variables are numbered per program (symbols); member names carry their hash. Views point into
// `source`, which never moves. Made by the parser, immutable afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/liquid/arena.h"
#include "core/liquid/template.h"
#include "core/liquid/value.h"

namespace recado::liquid {

enum class Op : uint8_t {
  kNop,
  kText,         // source[c, d): print it
  kPush,         // constants[c]
  kPath,         // paths[c]: push the variable and follow its members
  kFollow,       // paths[c]: follow the members of the value on top (no variable)
  kIndex,        // pop a key; replace the value below by its member
  kLoadNamed,    // replace the name on top by the variable of that name
  kRotate,       // move the top value below the c values under it
  kRange,        // pop last and first, push (first..last)
  kOutput,       // pop and print
  kOutputPath,   // kPath and kOutput in one: most placeholders are just this
  kFilter,       // filters[b] with a positional arguments and the d names from argument_names[c]
  kCompare,      // pop right and left, push left <a> right (Comparison)
  kJump,         // to c
  kJumpIfFalse,  // pop; to c unless truthy
  kJumpIfTrue,
  kAssign,      // pop into the symbol c
  kCapture,     // from here on output is collected …
  kEndCapture,  // … into the symbol c
  kIncrement,   // print the counter c, then add one
  kDecrement,   // take one off the counter c, then print it
  kFor,         // loops[c]: pop limit, offset, cols and list; to d where there is nothing to loop over
  kForNext,     // to c while there is a next item
  kForBreak,    // closes the cell of a table that is left early
  kForEnd,
  kCase,      // pop the subject
  kWhen,      // pop a candidate: one more run of the body where it equals the subject
  kCaseBody,  // to d unless a run of the body is due
  kCaseElse,  // to d where a candidate matched already
  kEndCase,
  kCycle,          // cycles[c]: (pop the group's name,) to the target whose turn it is
  kIfChanged,      // output is collected …
  kEndIfChanged,   // … and printed where it differs from last time
  kPartial,        // partials[c]: pop arguments, subject and name; run the partial
  kOnInterrupt,    // to c unless the partial ended by break or continue
  kLoopInterrupt,  // that break or continue arrives at its loop: to c for break, d for continue
  kInterrupt,  // leave the partial by break (a = 1) or continue (a = 2), or by the one that is pending (0)
  kEnd,
};

enum class Comparison : uint8_t { kEq, kNe, kLt, kLe, kGt, kGe, kContains };

struct Instruction {
  Op op = Op::kNop;
  uint8_t a = 0;
  uint16_t b = 0;
  uint32_t c = 0;
  uint32_t d = 0;
};

// Half-open stretch of the source that an instruction came from.
struct SourceRange {
  uint32_t from = 0;
  uint32_t to = 0;
};

struct Name {
  std::string_view text;
  uint32_t hash = 0;
};

// What a member name means on values that are no objects: {{ list.size }}, {{ forloop.index }}.
enum class Command : uint8_t { kNone, kSize, kFirst, kLast };
enum class LoopField : uint8_t {
  kNone,
  kName,
  kLength,
  kIndex,
  kIndex0,
  kRindex,
  kRindex0,
  kFirst,
  kLast,
  kParent,
  kCol,
  kCol0,
  kColFirst,
  kColLast,
  kRow
};

struct Step {
  Name name;
  int64_t index = 0;  // for a[0]; then the name is empty
  bool is_index = false;
  Command command = Command::kNone;
  LoopField field = LoopField::kNone;
};

struct Path {
  uint32_t symbol = 0;
  uint32_t first_step = 0;
  uint32_t step_count = 0;
};

struct LoopInfo {
  uint32_t variable = 0;  // symbols
  uint32_t forloop = 0;
  std::string_view name;  // "item-list": forloop.name, and the key of offset: continue
  bool table = false;
  bool reversed = false;
  bool has_offset = false;
  bool offset_continue = false;
  bool has_limit = false;
  bool has_cols = false;
};

struct CycleInfo {
  std::string_view key;  // of a group without a name: its source text
  bool named = false;
  uint32_t end = 0;               // after the last item
  std::vector<uint32_t> targets;  // one an item
};

struct PartialInfo {
  bool isolated = false;  // render; else include
  bool has_subject = false;
  bool for_each = false;   // render … for
  std::string_view alias;  // as …; empty: the last part of the partial's name
  std::vector<Name> arguments;
};

struct Template::Program {
  std::string source;
  std::vector<Instruction> code;
  std::vector<SourceRange> ranges;  // one an instruction
  std::vector<Value> constants;
  std::vector<Name> symbols;
  std::vector<Path> paths;
  std::vector<Step> steps;
  std::vector<Name> argument_names;
  std::vector<LoopInfo> loops;
  std::vector<CycleInfo> cycles;
  std::vector<PartialInfo> partials;
  Arena arena;                    // of constants
  uint32_t max_stack = 0;         // values on the stack at once
  bool uses_continue = false;     // offset: continue, or a partial that may
  std::vector<SourceRange> dead;  // code of branches behind an else
};

Step MakeStep(std::string_view name);
// "contact.first_name" for messages and Dump.
std::string PathText(const Template::Program& program, const Path& path);

}  // namespace recado::liquid
