// One walk over the flat program. What is printed is an interval for each open capture and loop; a jump
// carries it to its target, where the ways meet.
#include "core/liquid/extent.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "core/liquid/check_path.h"
#include "core/liquid/extent_value.h"
#include "core/liquid/filter.h"
#include "core/liquid/program.h"
#include "core/sms/alphabet.h"

namespace recado::liquid {
namespace {

constexpr uint32_t kCounterCharacters = 20;

class Measurer {
 public:
  Measurer(const Template::Program& program, const Type& globals, const ExtentOptions& options)
      : program_(program), globals_(globals), options_(options), variables_(program.symbols.size()) {}

  TemplateExtent Run() {
    Survey();
    for (at_ = 0; at_ < program_.code.size(); ++at_) {
      Arrive();
      live_ ? Visit(program_.code[at_]) : PassOver(program_.code[at_].op);
    }
    Arrive();
    result_.extent = given_up_ || !finished_ ? UnboundedExtent() : *finished_;
    if (!result_.widest.empty())
      result_.widest_span = LocateSpan(program_.source, widest_range_.from, widest_range_.to);
    return std::move(result_);
  }

 private:
  using Output = std::vector<Extent>;  // printed so far: outermost first

  struct Loop {
    uint32_t symbol = 0;
    uint32_t forloop = 0;
    Shape item;
    uint32_t min = 0;
    uint32_t max = kUnbounded;
    size_t depth = 0;      // levels of output around it
    bool is_over = false;  // its last instruction was passed; what still arrives left it by break
    Extent body;
  };
  struct Local {
    Shape shape;
    bool is_set = false;
    bool is_set_in_loop = false;
  };

  void Survey() {
    size_t loops = 0;
    for (const Instruction& in : program_.code) {
      if (in.op == Op::kFor) ++loops;
      if (in.op == Op::kForEnd && loops > 0) --loops;
      if ((in.op == Op::kAssign || in.op == Op::kEndCapture) && loops > 0)
        variables_[in.c].is_set_in_loop = true;
      // An include may set anything, and a partial's text is not known here.
      if (in.op == Op::kPartial) given_up_ = true;
    }
  }

  // Code that nothing reaches; only the loops it ends matter.
  void PassOver(Op op) {
    if (op == Op::kFor) ++dead_loops_;
    if (op == Op::kForNext && dead_loops_ == 0 && !loops_.empty()) loops_.back().is_over = true;
    if (op != Op::kForEnd) return;
    if (dead_loops_ > 0) {
      --dead_loops_;
    } else if (!loops_.empty()) {
      loops_.pop_back();
    }
  }

  // --- Ways that part and meet

  void Jump(uint32_t target) {
    if (target <= at_) {
      given_up_ = true;
      return;
    }
    furthest_ = std::max<size_t>(furthest_, target);
    const auto [there, is_new] = coming_.try_emplace(target, output_);
    if (is_new) return;
    if (there->second.size() != output_.size()) return Keep(there->second);
    for (size_t i = 0; i < output_.size(); ++i) there->second[i] = Joined(there->second[i], output_[i]);
  }

  // Two breaks out of different depths.
  void Keep(Output& there) {
    Output here = output_;
    if (!loops_.empty()) {
      Collapse(there);
      Collapse(here);
    }
    if (there.size() != here.size()) {
      given_up_ = true;
      return;
    }
    for (size_t i = 0; i < here.size(); ++i) there[i] = Joined(there[i], here[i]);
  }

  void Arrive() {
    const auto found = coming_.find(static_cast<uint32_t>(at_));
    if (found == coming_.end()) return;
    Output arriving = std::move(found->second);
    coming_.erase(found);
    if (!loops_.empty() && loops_.back().is_over) Collapse(arriving);
    for (Shape& shape : stack_) shape = ShapeOfType(TypeOf(Type::Kind::kAny), "");
    if (!live_) {
      output_ = std::move(arriving);
      live_ = true;
      return;
    }
    if (arriving.size() != output_.size()) {
      given_up_ = true;
      return;
    }
    for (size_t i = 0; i < output_.size(); ++i) output_[i] = Joined(output_[i], arriving[i]);
  }

  // A round left early: some whole rounds before it, and what it printed itself.
  void Collapse(Output& output) const {
    const Loop& loop = loops_.back();
    while (output.size() > loop.depth && output.size() > 1) {
      const Extent round = output.back();
      output.pop_back();
      Extent rounds = Repeated(Joined(loop.body, Extent{}), 0, loop.max);
      rounds = Followed(rounds, round);
      output.back() = Followed(output.back(), rounds);
    }
  }

  // --- Instructions

  void Visit(const Instruction& in) {
    switch (in.op) {
      case Op::kText:
        return Print(ExtentOfText(std::string_view(program_.source).substr(in.c, in.d - in.c)));
      case Op::kPush:
        return Push(ShapeOfLiteral(program_.constants[in.c]));
      case Op::kPath:
        return Push(Load(program_.paths[in.c]));
      case Op::kOutputPath:
        return PrintValue(Load(program_.paths[in.c]));
      case Op::kOutput:
        return PrintValue(Pop());
      case Op::kFollow: {
        const Shape root = Pop();
        return Push(Follow(program_.paths[in.c], root));
      }
      case Op::kIndex: {
        Pop();
        const Shape list = Pop();
        return Push(ShapeOfType(ElementOf(*list.type), list.name));
      }
      case Op::kLoadNamed:
        Pop();
        return Push(ShapeOfType(TypeOf(Type::Kind::kAny), ""));
      case Op::kRotate:
        if (stack_.size() > in.c) {
          std::rotate(stack_.end() - static_cast<std::ptrdiff_t>(in.c) - 1, stack_.end() - 1, stack_.end());
        }
        return;
      case Op::kRange:
        return Range();
      case Op::kFilter:
        return Filter(in);
      case Op::kCompare:
        Pop();
        Pop();
        return Push(ShapeOfType(TypeOf(Type::Kind::kBoolean), ""));
      case Op::kJumpIfFalse:
      case Op::kJumpIfTrue:
        Pop();
        return Jump(in.c);
      case Op::kJump:
        return JumpAlways(in.c);
      case Op::kAssign:
        return Set(in.c, Pop());
      default:
        VisitBlock(in);
    }
  }

  void VisitBlock(const Instruction& in) {
    switch (in.op) {
      case Op::kCapture:
      case Op::kIfChanged:
        output_.emplace_back();
        return;
      case Op::kEndCapture: {
        Shape shape = ShapeOfType(TypeOf(Type::Kind::kText), "");
        shape.extent = TakeLevel();
        return Set(in.c, std::move(shape));
      }
      case Op::kEndIfChanged:
        return Print(Joined(TakeLevel(), Extent{}));
      case Op::kIncrement:
      case Op::kDecrement:
        return Print(UpTo(kCounterCharacters, true));
      case Op::kFor:
        return BeginLoop(in);
      case Op::kForNext:
        return EndRounds();
      case Op::kForEnd:
        if (!loops_.empty()) loops_.pop_back();
        return;
      case Op::kCase:
        Pop();
        candidates_.clear();
        return;
      case Op::kWhen:
        candidates_.push_back(Pop());
        return;
      case Op::kCaseBody:
        // Of different literals one matches at most; else the body may run more than once.
        if (!AreDistinct(candidates_)) given_up_ = true;
        candidates_.clear();
        return Jump(in.d);
      case Op::kCaseElse:
      case Op::kLoopInterrupt:
        Jump(in.d);
        if (in.op == Op::kLoopInterrupt) JumpAlways(in.c);
        return;
      case Op::kOnInterrupt:
        return Jump(in.c);
      case Op::kCycle:
        if (program_.cycles[in.c].named) Pop();
        for (const uint32_t target : program_.cycles[in.c].targets) Jump(target);
        live_ = false;
        return;
      case Op::kPartial:
        for (size_t i = 0; i < program_.partials[in.c].arguments.size() + 2; ++i) Pop();
        return;
      case Op::kInterrupt:
      case Op::kEnd:
        return Finish();
      default:
        return;
    }
  }

  // The body of a when jumps back to ask whether it is due again, which it is not.
  void JumpAlways(uint32_t target) {
    const bool back = target <= at_;
    if (back && program_.code[target].op == Op::kCaseBody) target = program_.code[target].d;
    Jump(target);
    live_ = false;
  }

  void Finish() {
    Output output = output_;
    while (output.size() > 1) {  // a break outside of any loop ends the text, captures and all
      output[output.size() - 2] = Followed(output[output.size() - 2], Joined(output.back(), Extent{}));
      output.pop_back();
    }
    finished_ = finished_ ? Joined(*finished_, output[0]) : output[0];
    live_ = false;
  }

  static bool AreDistinct(const std::vector<Shape>& candidates) {
    for (size_t i = 0; i < candidates.size(); ++i) {
      if (candidates.size() > 1 && !candidates[i].is_literal) return false;
      for (size_t j = 0; j < i; ++j) {
        if (candidates[i].literal.Dump() == candidates[j].literal.Dump()) return false;
      }
    }
    return true;
  }

  void Push(Shape shape) { stack_.push_back(std::move(shape)); }
  Shape Pop() {
    if (stack_.empty()) return ShapeOfType(TypeOf(Type::Kind::kAny), "");
    Shape shape = std::move(stack_.back());
    stack_.pop_back();
    return shape;
  }

  // --- Variables

  static const Type& ElementOf(const Type& type) {
    return type.kind == Type::Kind::kList && type.element ? *type.element : TypeOf(Type::Kind::kAny);
  }

  Shape Load(const Path& path) {
    for (auto loop = loops_.rbegin(); loop != loops_.rend(); ++loop) {
      if (loop->symbol == path.symbol) return path.step_count == 0 ? loop->item : Follow(path, loop->item);
      if (loop->forloop == path.symbol) {
        Shape shape = ShapeOfType(TypeOf(Type::Kind::kAny), "");
        if (path.step_count == 1 && program_.steps[path.first_step].field != LoopField::kName &&
            program_.steps[path.first_step].field != LoopField::kParent) {
          shape.extent = UpTo(kCounterCharacters, true);
        }
        return shape;
      }
    }
    const Local& local = variables_[path.symbol];
    if (local.is_set_in_loop) return ShapeOfType(TypeOf(Type::Kind::kAny), NameOf(path));
    if (local.is_set) return path.step_count == 0 ? local.shape : Follow(path, local.shape);
    const Type* global = MemberOf(globals_, program_.symbols[path.symbol].text);
    if (global == nullptr) return ShapeOfType(TypeOf(Type::Kind::kAny), NameOf(path));
    return Follow(path, ShapeOfType(*global, std::string(program_.symbols[path.symbol].text)));
  }

  std::string NameOf(const Path& path) const { return PathText(program_, path); }

  Shape Follow(const Path& path, const Shape& root) const {
    Known known{root.type, root.name, false, false, {}, 0};
    PathResult result = FollowTypes(program_, path, known);
    return ShapeOfType(*result.known.type, std::move(result.known.name));
  }

  void Set(uint32_t symbol, Shape shape) {
    Local& local = variables_[symbol];
    // Behind every jump over this place the variable surely has the new value; else it may have the old one.
    const bool certain = at_ >= furthest_;
    if (!certain) {
      const Type* global = MemberOf(globals_, program_.symbols[symbol].text);
      const Extent before = local.is_set        ? local.shape.extent
                            : global == nullptr ? Extent{}
                                                : ExtentOfType(*global);
      if (local.is_set && local.shape.type != shape.type) shape.type = &TypeOf(Type::Kind::kAny);
      shape.extent = Joined(shape.extent, before);
      shape.is_literal = false;
    }
    local.shape = std::move(shape);
    local.is_set = true;
  }

  // --- Values

  void Print(const Extent& extent) { output_.back() = Followed(output_.back(), extent); }

  void PrintValue(const Shape& shape) {
    Extent extent = shape.extent;
    if (options_.html && !shape.is_literal) extent = Repeated(extent, 1, 6);
    Print(extent);
    if (shape.name.empty()) return;
    const SourceRange range = program_.ranges[at_];
    if (!extent.bounded()) {
      if (result_.unbounded.empty()) result_.unbounded = shape.name;
    } else if (extent.max_characters > widest_) {
      widest_ = extent.max_characters;
      result_.widest = shape.name;
      widest_range_ = range;
    }
  }

  void Range() {
    const Shape last = Pop();
    const Shape first = Pop();
    Shape range = ShapeOfType(TypeOf(Type::Kind::kList), "");
    range.extent = UpTo(2 * kCounterCharacters + 2, true);
    if (first.is_literal && last.is_literal) {
      int64_t length = 0;
      if (!__builtin_sub_overflow(last.literal.AsInteger(), first.literal.AsInteger(), &length))
        range.count = std::max<int64_t>(0, length + 1);
    }
    Push(std::move(range));
  }

  void Filter(const Instruction& in) {
    const size_t given = size_t{in.a} + in.d;
    if (stack_.size() < given + 1) {
      given_up_ = true;
      return;
    }
    const std::span<const Shape> values(stack_.data() + (stack_.size() - given), given);
    const Shape& input = stack_[stack_.size() - given - 1];
    const std::span<const Name> keywords(program_.argument_names.data() + in.c, in.d);
    const std::string_view name = FilterAt(in.b).name;
    Shape result = ShapeOfType(TypeOf(Type::Kind::kText), input.name);
    result.extent =
        ExtentOfFilter({name, input, values.subspan(0, in.a), keywords, values.subspan(in.a, in.d)});
    if (!result.extent.bounded()) result.type = &TypeOf(Type::Kind::kAny);
    stack_.resize(stack_.size() - given - 1);
    Push(std::move(result));
  }

  // --- Loops

  void BeginLoop(const Instruction& in) {
    const LoopInfo& info = program_.loops[in.c];
    if (info.has_cols) Pop();
    Shape limit = ShapeOfType(TypeOf(Type::Kind::kAny), "");
    if (info.has_limit) limit = Pop();
    if (info.has_offset) Pop();
    const Shape list = Pop();
    Loop loop;
    loop.symbol = info.variable;
    loop.forloop = info.forloop;
    loop.depth = output_.size();
    loop.item = list.count >= 0 ? ShapeOfType(TypeOf(Type::Kind::kInteger), "")
                                : ShapeOfType(ElementOf(*list.type), list.name);
    const bool counted = list.count >= 0 && list.count < kUnbounded;
    if (counted) loop.max = static_cast<uint32_t>(list.count);
    if (counted && !info.has_limit && !info.has_offset && !info.offset_continue) loop.min = loop.max;
    if (limit.is_literal && limit.literal.kind() == Kind::kInteger) {
      const int64_t most = std::clamp<int64_t>(limit.literal.AsInteger(), 0, kUnbounded);
      loop.max = std::min(loop.max, static_cast<uint32_t>(most));
    }
    if (loop.min == 0) Jump(in.d);
    loops_.push_back(std::move(loop));
    output_.emplace_back();
    if (info.table) Print(UnboundedExtent());  // the markup of rows and cells
  }

  void EndRounds() {
    if (loops_.empty()) return;
    Loop& loop = loops_.back();
    loop.body = TakeLevel();
    loop.is_over = true;
    Print(Repeated(loop.body, loop.min, loop.max));
  }

  Extent TakeLevel() {
    if (output_.size() < 2) {
      given_up_ = true;
      return {};
    }
    const Extent extent = output_.back();
    output_.pop_back();
    return extent;
  }

  const Template::Program& program_;
  const Type& globals_;
  const ExtentOptions& options_;
  size_t at_ = 0;
  bool live_ = true;
  bool given_up_ = false;
  size_t dead_loops_ = 0;
  size_t furthest_ = 0;  // target of the longest jump so far
  Output output_ = Output(1);
  std::map<uint32_t, Output> coming_;
  std::vector<Shape> stack_;
  std::vector<Shape> candidates_;
  std::vector<Loop> loops_;
  std::vector<Local> variables_;
  std::optional<Extent> finished_;
  uint32_t widest_ = 0;
  SourceRange widest_range_;
  TemplateExtent result_;
};

std::string Interval(uint32_t min, uint32_t max) {
  return std::to_string(min) + ".." + (max == kUnbounded ? "inf" : std::to_string(max));
}

uint32_t Parts(uint32_t units, uint32_t one, uint32_t each) {
  if (units == 0) return 0;
  return units <= one ? 1 : static_cast<uint32_t>((uint64_t{units} + each - 1) / each);
}

}  // namespace

TemplateExtent MeasureTemplate(const Template& program, const Type& globals, const ExtentOptions& options) {
  return Measurer(program.program(), globals, options).Run();
}

SegmentRange SegmentsOf(const Extent& extent) {
  using sms::CapacityOf;
  using sms::Encoding;
  const auto capacity = [](Encoding encoding, int bits) {
    return static_cast<uint32_t>(CapacityOf(encoding, bits, 0));
  };
  const uint32_t gsm = capacity(Encoding::kGsm7, 0);
  const uint32_t gsm_part = capacity(Encoding::kGsm7, 8);
  const uint32_t ucs2 = capacity(Encoding::kUcs2, 0);
  const uint32_t ucs2_part = capacity(Encoding::kUcs2, 8);
  SegmentRange range;
  range.min =
      extent.needs_ucs2 ? Parts(extent.min_units, ucs2, ucs2_part) : Parts(extent.min_septets, gsm, gsm_part);
  // A character of two units is not cut, so each part may lose one.
  if (!extent.needs_ucs2) range.max = Parts(extent.max_septets, gsm, gsm_part - 1);
  if (extent.may_need_ucs2) range.max = std::max(range.max, Parts(extent.max_units, ucs2, ucs2_part - 1));
  return range;
}

std::string Dump(const Extent& extent) {
  return Interval(extent.min_characters, extent.max_characters) + " characters, " +
         Interval(extent.min_septets, extent.max_septets) + " septets, " +
         Interval(extent.min_units, extent.max_units) + " units, " +
         (extent.needs_ucs2      ? "ucs2"
          : extent.may_need_ucs2 ? "gsm|ucs2"
                                 : "gsm");
}

}  // namespace recado::liquid
