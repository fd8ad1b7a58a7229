// The renderer: runs flat programs against data.
//
// One tight loop over instructions, a value stack, and explicit stacks for loops, case blocks, captures and
// partials; nothing recurses. Variables are shallowly bound: each name of the running template has one slot,
// read by index; a loop or an include saves the slot and restores it. All memory is in a Scratch that each
// thread keeps between messages, so a warm render allocates nothing but its output.
//
// Internal to the room, except that filters see it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/liquid/arena.h"
#include "core/liquid/program.h"
#include "core/liquid/template.h"
#include "core/text/format.h"

namespace recado::liquid {

// forloop and tablerowloop as a value.
struct LoopCell {
  const LoopCell* parent = nullptr;
  std::string_view name;
  int64_t length = 0;
  int64_t index0 = 0;
  int64_t cols = 0;  // 0: not a table
};

class Renderer {
 public:
  struct Scratch;

  // Everything referred to must outlive the renderer. `out` is appended to.
  Renderer(Scratch& scratch, std::string& out, const Value& data, const RenderOptions& options,
           Diagnostics& faults);
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  // False: `faults` got the reason.
  bool Run(const Template::Program& program);

  // --- for filters ---
  const RenderOptions& options() const { return options_; }
  Arena& arena() { return arena_; }
  text::Formatter& formatter();
  // The value as text: a view of it where it is one, else printed into the arena.
  std::string_view ToText(const Value& value);
  // Appends what {{ value }} prints, money in the message's language, without escaping.
  void AppendText(std::string& out, const Value& value);
  void AppendEscaped(std::string& out, std::string_view text) const;
  // Copies into the arena.
  Value MakeText(std::string_view text) { return Value::Text(arena_.Copy(text)); }
  Value MakeNumber(const Decimal& number, bool whole);
  // Room for `count` values; null (and a fault) where that is too much.
  Value* MakeValues(size_t count);
  // A buffer to build text in; cleared. One at a time.
  std::string& Buffer();
  // False (and a fault) once a text being built is larger than a render may be.
  bool Fits(size_t bytes);
  // Counts work that grows with the data, such as comparing every item with every other.
  void Charge(size_t steps);
  // The same for looking once at everything in a value: 64 bytes or 16 items are one more step.
  void ChargeFor(const Value& value) {
    const size_t steps = value.size() / (value.IsText() ? 64 : 16);
    if (steps > 0) Charge(steps);
  }
  // Stops the render. The first fault stays. Answers nil, so that a filter can return it.
  Value Fail(Diagnostic diagnostic);
  bool failed() const { return failed_; }

 private:
  enum class State : uint8_t { kUnset, kGlobal, kSet };
  struct Binding {
    Value value;
    State state = State::kUnset;
  };
  struct Symbol {
    Name name;
    Binding top;   // what is read
    Binding base;  // what assign writes while `shadows` loops or includes hide it
    uint32_t shadows = 0;
    bool counted = false;  // increment or decrement was here
    int64_t counter = 0;
  };
  struct Shadow {
    uint32_t symbol = 0;
    Binding saved;
  };
  struct Loop {
    enum class Source : uint8_t { kItems, kMembers, kRange, kSingle } source = Source::kItems;
    const LoopInfo* info = nullptr;
    const Value* items = nullptr;
    const Member* members = nullptr;
    Value single;
    int64_t first = 0;  // of the range, or offset into items
    bool reversed = false;
    LoopCell* cell = nullptr;
    const LoopCell* outer = nullptr;  // forloop.parentloop of what comes after
    size_t first_shadow = 0;
  };
  struct Case {
    Value subject;
    uint32_t due = 0;  // runs of the body still to come
    bool matched = false;
  };
  struct Activation {
    const Template::Program* program = nullptr;
    std::string_view name;  // of the partial; empty: the template itself
    uint32_t pc = 0;
    uint32_t map = 0;    // into map_
    uint32_t scope = 0;  // first symbol of the scope
    size_t first_shadow = 0;
    bool isolated = false;
    const LoopCell* outer_loop = nullptr;
    // A partial run once for each item.
    const PartialInfo* info = nullptr;
    const Value* arguments = nullptr;
    Loop items;
    bool each = false;
    Name subject_name;
  };
  struct CycleState {
    Value key;
    size_t next = 0;
    bool named = false;
  };
  struct LoopOffset {
    std::string_view name;
    int64_t next = 0;
  };

  bool Execute();
  bool Step(const Instruction& in);
  bool StepBlock(const Instruction& in);

  // variables
  Value Load(uint32_t local) {
    Symbol& symbol = symbols_[map_[map_base_ + local]];
    if (symbol.top.state == State::kUnset) Resolve(symbol);
    return symbol.top.value;
  }
  void Resolve(Symbol& symbol);
  Value LoadNamed(const Value& name);
  Value LoadPath(const Path& path) {
    return Follow(Load(path.symbol), program_->steps.data() + path.first_step, path.step_count);
  }
  Value Follow(Value value, const liquid::Step* step, uint32_t count);
  Value FollowOne(const Value& value, const liquid::Step& step);
  Value Index(const Value& value, const Value& key);
  void Assign(uint32_t local, Value value);
  void Bind(uint32_t symbol, Value value);  // hides what was there until Unbind
  void Unbind(size_t down_to);
  void Count(uint32_t local, bool up);
  uint32_t FindSymbol(const Name& name);

  // output
  void Print(const Value& value);
  void EndCapture(uint32_t local);
  void EndIfChanged();

  // values
  void MakeRange();
  void Compare(Comparison comparison);
  void CallFilter(const Instruction& in);

  // blocks
  bool BeginLoop(const Instruction& in);
  bool SourceOf(const Value& list, int64_t from, std::optional<int64_t> limit, Loop& loop, int64_t& length);
  Value ItemOf(const Loop& loop, int64_t index);
  void NextItem(Loop& loop);
  bool Advance();
  void EndLoop();
  void OpenCell(const Loop& loop);
  void CloseCell(const Loop& loop, bool more);
  std::optional<int64_t> WholeNumber(const Value& value);
  std::optional<int64_t> LoopNumber(const LoopInfo& info, const Value& value);
  int64_t ContinueFrom(std::string_view name) const;
  void RememberOffset(std::string_view name, int64_t next);
  void Cycle(const CycleInfo& cycle);

  // partials
  void BeginPartial(const PartialInfo& info);
  void EnterScope(const Template::Program& program, bool isolated);
  void BindArguments(Activation& activation, const Value& subject);
  bool NextRun();  // another run of the partial that just ended, for its next item
  void LeavePartial();
  void Restore();  // program_, pc_ and map_base_ from the innermost activation

  Scratch& scratch_;
  Arena& arena_;
  std::string& out_;
  const Value data_;
  const RenderOptions& options_;
  Diagnostics& faults_;
  bool failed_ = false;
  const size_t out_start_;
  size_t steps_left_ = 0;
  uint8_t interrupt_ = 0;  // of a partial that ended by break (1) or continue (2)
  const Template::Program* program_ = nullptr;
  uint32_t pc_ = 0;
  uint32_t map_base_ = 0;
  const LoopCell* innermost_ = nullptr;
  Value* top_ = nullptr;  // one past the last value on the stack
  std::string_view if_changed_;

  std::vector<Value>& stack_;
  std::vector<Symbol>& symbols_;
  std::vector<uint32_t>& map_;
  std::vector<Shadow>& shadows_;
  std::vector<Loop>& loops_;
  std::vector<Case>& cases_;
  std::vector<size_t>& captures_;
  std::vector<Activation>& activations_;
  std::vector<CycleState>& cycles_;
  std::vector<LoopOffset>& offsets_;
};

// Memory a thread keeps between renders. Large leftovers are given back.
struct Renderer::Scratch {
  Arena arena;
  std::vector<Value> stack;
  std::vector<Symbol> symbols;
  std::vector<uint32_t> map;
  std::vector<Shadow> shadows;
  std::vector<Loop> loops;
  std::vector<std::unique_ptr<LoopCell>> cells;  // one a level, at a stable address
  std::vector<Case> cases;
  std::vector<size_t> captures;
  std::vector<Activation> activations;
  std::vector<CycleState> cycles;
  std::vector<LoopOffset> offsets;
  std::string buffer;
  std::string loaded_language;  // known to be loaded: data never goes away again
  std::string known_zone;
  std::string formatter_language;
  std::string formatter_zone;
  std::optional<text::Formatter> formatter;
};

// Liquid's order: numbers by value, texts byte by byte, money of one currency by amount. Nothing where two
// values have no order.
std::optional<std::strong_ordering> Order(const Value& left, const Value& right);
// `blank` and `empty` as properties.
bool IsBlank(const Value& value);
bool IsEmpty(const Value& value);

}  // namespace recado::liquid
