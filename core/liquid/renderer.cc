#include "core/liquid/renderer.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/liquid/filter.h"
#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

constexpr size_t kKeptBufferBytes = 64 * 1024;  // a scratch buffer grown beyond is given back

// Characters that mean something in HTML and XML, by index into kEntities; 0: nothing.
constexpr std::array<uint8_t, 256> kSpecial = [] {
  std::array<uint8_t, 256> special{};
  special['&'] = 1;
  special['<'] = 2;
  special['>'] = 3;
  special['"'] = 4;
  special['\''] = 5;
  return special;
}();
constexpr std::array<std::string_view, 6> kEntities = {"", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

}  // namespace

Renderer::Renderer(Scratch& scratch, std::string& out, const Value& data, const RenderOptions& options,
                   Diagnostics& faults)
    : scratch_(scratch),
      arena_(scratch.arena),
      out_(out),
      data_(data),
      options_(options),
      faults_(faults),
      out_start_(out.size()),
      steps_left_(options.max_steps),
      stack_(scratch.stack),
      symbols_(scratch.symbols),
      map_(scratch.map),
      shadows_(scratch.shadows),
      loops_(scratch.loops),
      cases_(scratch.cases),
      captures_(scratch.captures),
      activations_(scratch.activations),
      cycles_(scratch.cycles),
      offsets_(scratch.offsets) {
  arena_.set_limit(kMaxRenderMemoryBytes);
}

Renderer::~Renderer() {
  arena_.Reset();
  symbols_.clear();
  map_.clear();
  shadows_.clear();
  loops_.clear();
  cases_.clear();
  captures_.clear();
  activations_.clear();
  cycles_.clear();
  offsets_.clear();
  if (scratch_.buffer.capacity() > kKeptBufferBytes) std::string().swap(scratch_.buffer);
}

bool Renderer::Run(const Template::Program& program) {
  Activation& activation = activations_.emplace_back();
  activation.program = &program;
  EnterScope(program, true);
  if (stack_.size() < program.max_stack + 1) stack_.resize(program.max_stack + 1);
  top_ = stack_.data();
  Restore();
  return Execute() && !failed_;
}

bool Renderer::Execute() {
  const size_t max_size = out_start_ + options_.max_output_bytes;
  while (!failed_) {
    const Instruction& in = program_->code[pc_++];
    if (steps_left_ == 0) {
      Fail(Diagnostic::Of(DiagnosticCode::too_many_steps).With("limit", std::to_string(options_.max_steps)));
      return false;
    }
    --steps_left_;
    if (!Step(in)) return !failed_;
    if (out_.size() > max_size) {
      Fail(Diagnostic::Of(DiagnosticCode::output_too_large)
               .With("limit", std::to_string(options_.max_output_bytes)));
    }
  }
  return false;
}

// One instruction; false at the end of the template. Blocks, which are rarer, have their own switch.
inline bool Renderer::Step(const Instruction& in) {
  switch (in.op) {
    case Op::kNop:
      return true;
    case Op::kText:
      out_.append(program_->source.data() + in.c, in.d - in.c);
      return true;
    case Op::kOutputPath:
      Print(LoadPath(program_->paths[in.c]));
      return true;
    case Op::kPath:
      *top_++ = LoadPath(program_->paths[in.c]);
      return true;
    case Op::kPush:
      *top_++ = program_->constants[in.c];
      return true;
    case Op::kOutput:
      Print(*--top_);
      return true;
    case Op::kFilter:
      CallFilter(in);
      return true;
    case Op::kCompare:
      Compare(static_cast<Comparison>(in.a));
      return true;
    case Op::kJumpIfFalse:
      if (!(--top_)->IsTruthy()) pc_ = in.c;
      return true;
    case Op::kJumpIfTrue:
      if ((--top_)->IsTruthy()) pc_ = in.c;
      return true;
    case Op::kJump:
      pc_ = in.c;
      return true;
    case Op::kForNext:
      if (Advance()) pc_ = in.c;
      return true;
    case Op::kAssign:
      Assign(in.c, *--top_);
      return true;
    case Op::kFollow: {
      const Path& path = program_->paths[in.c];
      top_[-1] = Follow(top_[-1], program_->steps.data() + path.first_step, path.step_count);
      return true;
    }
    case Op::kIndex:
      --top_;
      top_[-1] = Index(top_[-1], *top_);
      return true;
    case Op::kLoadNamed:
      top_[-1] = LoadNamed(top_[-1]);
      return true;
    case Op::kRotate:
      std::rotate(top_ - in.c - 1, top_ - 1, top_);
      return true;
    case Op::kRange:
      MakeRange();
      return true;
    default:
      return StepBlock(in);
  }
}

bool Renderer::StepBlock(const Instruction& in) {
  switch (in.op) {
    case Op::kFor:
      if (!BeginLoop(in)) pc_ = in.d;
      return true;
    case Op::kForBreak:
      CloseCell(loops_.back(), false);
      return true;
    case Op::kForEnd:
      EndLoop();
      return true;
    case Op::kCapture:
    case Op::kIfChanged:
      captures_.push_back(out_.size());
      return true;
    case Op::kEndCapture:
      EndCapture(in.c);
      return true;
    case Op::kEndIfChanged:
      EndIfChanged();
      return true;
    case Op::kIncrement:
    case Op::kDecrement:
      Count(in.c, in.op == Op::kIncrement);
      return true;
    case Op::kCase:
      cases_.push_back({*--top_, 0, false});
      return true;
    case Op::kWhen: {
      top_ += 1;
      top_[-1] = cases_.back().subject;
      Compare(Comparison::kEq);
      if ((--top_)->IsTruthy()) ++cases_.back().due;
      return true;
    }
    case Op::kCaseBody:
      if (cases_.back().due == 0) {
        pc_ = in.d;
      } else {
        --cases_.back().due;
        cases_.back().matched = true;
      }
      return true;
    case Op::kCaseElse:
      if (cases_.back().matched) pc_ = in.d;
      return true;
    case Op::kEndCase:
      cases_.pop_back();
      return true;
    case Op::kCycle:
      Cycle(program_->cycles[in.c]);
      return true;
    case Op::kPartial:
      BeginPartial(program_->partials[in.c]);
      return true;
    case Op::kOnInterrupt:
      if (interrupt_ == 0) pc_ = in.c;
      return true;
    case Op::kLoopInterrupt:
      pc_ = interrupt_ == 1 ? in.c : in.d;
      interrupt_ = 0;
      return true;
    case Op::kInterrupt:
      if (in.a != 0) interrupt_ = in.a;
      [[fallthrough]];
    default:  // kEnd
      if (activations_.size() == 1) return false;
      if (!NextRun()) LeavePartial();
      return true;
  }
}

void Renderer::Print(const Value& value) {
  if (value.IsText()) {
    if (options_.escape == Escape::kNone || value.IsSafe()) {
      out_.append(value.AsString());
    } else {
      AppendEscaped(out_, value.AsString());
    }
    return;
  }
  if (value.IsNil()) return;
  if (value.kind() == Kind::kInteger) return AppendInteger(out_, value.AsInteger());
  if (options_.escape == Escape::kNone) return AppendText(out_, value);
  std::string& buffer = Buffer();
  AppendText(buffer, value);
  AppendEscaped(out_, buffer);
}

void Renderer::AppendEscaped(std::string& out, std::string_view text) const {
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t special = kSpecial[static_cast<unsigned char>(text[i])];
    if (special == 0) continue;
    out.append(text, start, i - start);
    out.append(kEntities[special]);
    start = i + 1;
  }
  out.append(text, start, text.size() - start);
}

void Renderer::AppendText(std::string& out, const Value& value) {
  if (value.IsMoney()) {
    out += formatter().Money(*value.AsMoney());
    return;
  }
  if (!value.IsArray()) return value.AppendTo(out);
  std::vector<std::span<const Value>> lists{value.items()};
  while (!lists.empty() && !failed_) {
    if (lists.back().empty()) {
      lists.pop_back();
      continue;
    }
    const Value item = lists.back().front();
    lists.back() = lists.back().subspan(1);
    if (item.IsArray()) {
      lists.push_back(item.items());
    } else if (item.IsMoney()) {
      out += formatter().Money(*item.AsMoney());
    } else {
      item.AppendTo(out);
    }
    if (!Fits(out.size())) return;
  }
}

std::string_view Renderer::ToText(const Value& value) {
  if (value.IsText()) return value.AsString();
  if (value.IsNil()) return {};
  std::string text;
  AppendText(text, value);
  return arena_.Copy(text);
}

Value Renderer::MakeNumber(const Decimal& number, bool whole) {
  if (whole) {
    if (const auto small = number.ToInt64()) return Value::Integer(*small);
  }
  auto* cell = arena_.Make<DecimalCell>();
  if (cell == nullptr) return {};
  return Value::Number(new (cell) DecimalCell{whole ? number : RoundToDouble(number), whole});
}

Value* Renderer::MakeValues(size_t count) {
  auto* values = arena_.Make<Value>(count);
  if (values == nullptr || arena_.exhausted()) {
    Fits(SIZE_MAX);
    return nullptr;
  }
  return values;
}

std::string& Renderer::Buffer() {
  scratch_.buffer.clear();
  return scratch_.buffer;
}

bool Renderer::Fits(size_t bytes) {
  if (bytes <= kMaxRenderMemoryBytes) return true;
  Fail(Diagnostic::Of(DiagnosticCode::too_much_memory).With("limit", std::to_string(kMaxRenderMemoryBytes)));
  return false;
}

void Renderer::Charge(size_t steps) {
  if (steps <= steps_left_) {
    steps_left_ -= steps;
    return;
  }
  steps_left_ = 0;
  Fail(Diagnostic::Of(DiagnosticCode::too_many_steps).With("limit", std::to_string(options_.max_steps)));
}

Value Renderer::Fail(Diagnostic diagnostic) {
  if (failed_) return {};
  failed_ = true;
  if (!activations_.empty() && program_ != nullptr && pc_ > 0) {
    const SourceRange range = program_->ranges[pc_ - 1];
    diagnostic.span = LocateSpan(program_->source, range.from, range.to);
    const std::string_view partial = activations_.back().name;
    if (!partial.empty()) diagnostic = std::move(diagnostic).With("partial", std::string(partial));
  }
  faults_.push_back(std::move(diagnostic));
  return {};
}

text::Formatter& Renderer::formatter() {
  if (!scratch_.formatter || scratch_.formatter_language != options_.language ||
      scratch_.formatter_zone != options_.time_zone) {
    scratch_.formatter_language = options_.language;
    scratch_.formatter_zone = options_.time_zone;
    scratch_.formatter.emplace(options_.language, options_.time_zone);
  }
  scratch_.formatter->UsePlainSpaces(options_.plain_spaces);
  return *scratch_.formatter;
}

void Renderer::EndCapture(uint32_t local) {
  const size_t start = captures_.back();
  captures_.pop_back();
  const std::string_view text = arena_.Copy(std::string_view(out_).substr(start));
  out_.resize(start);
  // What was printed is markup already where the message is: it is not escaped a second time.
  Assign(local, options_.escape == Escape::kNone ? Value::Text(text) : Value::SafeText(text));
  if (arena_.exhausted()) Fits(SIZE_MAX);
}

void Renderer::EndIfChanged() {
  const size_t start = captures_.back();
  captures_.pop_back();
  const std::string_view text = std::string_view(out_).substr(start);
  if (text == if_changed_) {
    out_.resize(start);
  } else {
    if_changed_ = arena_.Copy(text);
    if (arena_.exhausted()) Fits(SIZE_MAX);
  }
}

void Renderer::CallFilter(const Instruction& in) {
  const Filter& filter = FilterAt(in.b);
  const size_t given = in.a + in.d;
  top_ -= given;
  FilterCall call{*this,
                  filter.name,
                  top_[-1],
                  std::span<const Value>(top_, in.a),
                  std::span<const Name>(program_->argument_names.data() + in.c, in.d),
                  std::span<const Value>(top_ + in.a, in.d)};
  ChargeFor(call.input);
  if (failed_) return;
  top_[-1] = filter.run(call);
  if (arena_.exhausted()) Fits(SIZE_MAX);
}

}  // namespace recado::liquid
