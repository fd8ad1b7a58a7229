// Loops, tables and cycles.
#include <algorithm>

#include "core/liquid/number.h"
#include "core/liquid/renderer.h"
#include "core/liquid/value_text.h"

namespace recado::liquid {
namespace {

int64_t AddBounded(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return a < 0 ? INT64_MIN : INT64_MAX;
  return sum;
}

}  // namespace

std::optional<int64_t> Renderer::WholeNumber(const Value& value) {
  const auto number = ToInteger(value);
  if (!number) Fail(Diagnostic::Of(DiagnosticCode::not_a_whole_number).With("value", value.Dump()));
  return number;
}

// A for is strict; a tablerow reads numbers as arithmetic does ("2 columns" is 2), but no lists or objects.
std::optional<int64_t> Renderer::LoopNumber(const LoopInfo& info, const Value& value) {
  const bool number_like = value.IsNumber() || value.IsText() || value.IsNil();
  if (!info.table || !number_like) return WholeNumber(value);
  const auto number = ToNumber(value);
  const auto whole = number ? number->value.Rounded(0, Decimal::Rounding::kTruncate) : std::nullopt;
  const auto small = whole ? whole->ToInt64() : std::nullopt;
  if (!small) Fail(Diagnostic::Of(DiagnosticCode::number_too_large));
  return small;
}

// Which items a loop goes over, and how many.
bool Renderer::SourceOf(const Value& list, int64_t from, std::optional<int64_t> limit, Loop& loop,
                        int64_t& length) {
  int64_t size = 0;
  switch (list.kind()) {
    case Kind::kArray:
      loop.source = Loop::Source::kItems;
      loop.items = list.items().data();
      size = static_cast<int64_t>(list.size());
      break;
    case Kind::kObject:
      loop.source = Loop::Source::kMembers;
      loop.members = list.members().data();
      size = static_cast<int64_t>(list.size());
      break;
    case Kind::kRange:
      loop.source = Loop::Source::kRange;
      size = std::max<int64_t>(0, list.range().last - list.range().first + 1);
      break;
    case Kind::kText:  // a text is a list of one, whatever the offset
      loop.source = Loop::Source::kSingle;
      loop.single = list;
      loop.first = 0;
      length = list.size() == 0 ? 0 : 1;
      return true;
    default:
      return false;
  }
  const int64_t start = std::max<int64_t>(0, from);
  const int64_t end = limit ? std::min(size, AddBounded(from, *limit)) : size;
  length = std::max<int64_t>(0, end - start);
  loop.first = start + (list.kind() == Kind::kRange ? list.range().first : 0);
  return true;
}

Value Renderer::ItemOf(const Loop& loop, int64_t index) {
  const int64_t at = loop.first + (loop.reversed ? loop.cell->length - 1 - index : index);
  switch (loop.source) {
    case Loop::Source::kItems:
      return loop.items[at];
    case Loop::Source::kRange:
      return Value::Integer(at);
    case Loop::Source::kSingle:
      return loop.single;
    case Loop::Source::kMembers: {
      Value* pair = MakeValues(2);
      if (pair == nullptr) return {};
      pair[0] = Value::Text(loop.members[at].name);
      pair[1] = loop.members[at].value;
      return Value::Array(pair, 2);
    }
  }
  return {};
}

// False where there is nothing to loop over; then no loop was begun.
bool Renderer::BeginLoop(const Instruction& in) {
  const LoopInfo& info = program_->loops[in.c];
  Loop loop;
  loop.info = &info;
  loop.reversed = info.reversed;
  Value cols;
  std::optional<int64_t> limit;
  int64_t from = info.offset_continue ? ContinueFrom(info.name) : 0;
  if (info.has_cols) cols = *--top_;
  // Where a for passes over what is nil, a tablerow takes it for 0.
  if (info.has_limit && (info.table || !top_[-1].IsNil())) limit = LoopNumber(info, top_[-1]);
  if (info.has_limit) --top_;
  if (info.has_offset && (info.table || !top_[-1].IsNil())) from = LoopNumber(info, top_[-1]).value_or(0);
  if (info.has_offset) --top_;
  const Value list = *--top_;
  int64_t length = 0;
  if (failed_) return false;
  const bool iterable = SourceOf(list, from, limit, loop, length);
  if (activations_.front().program->uses_continue) RememberOffset(info.name, AddBounded(from, length));
  if (info.table ? !list.IsTruthy() : !iterable || length == 0) return false;
  const size_t depth = loops_.size();
  if (scratch_.cells.size() <= depth) scratch_.cells.push_back(std::make_unique<LoopCell>());
  loop.cell = scratch_.cells[depth].get();
  *loop.cell = {info.table ? nullptr : innermost_, info.name, length, 0, 0};
  if (info.table) {
    const auto given = info.has_cols ? LoopNumber(info, cols) : std::optional(length);
    if (!given) return false;
    // Rows without an end where there are no columns to count; never 0, which means "no table".
    loop.cell->cols = *given > 0 ? *given : INT64_MAX;
    out_ += "<tr class=\"row1\">\n";
    if (length == 0) {
      out_ += "</tr>\n";
      return false;
    }
  }
  loop.outer = innermost_;
  loop.first_shadow = shadows_.size();
  if (!info.table) innermost_ = loop.cell;
  const uint32_t* map = map_.data() + map_base_;
  Bind(map[info.forloop], Value::Loop(loop.cell));
  Bind(map[info.variable], Value());
  loops_.push_back(loop);
  NextItem(loops_.back());
  return !failed_;
}

void Renderer::NextItem(Loop& loop) {
  symbols_[map_[map_base_ + loop.info->variable]].top.value = ItemOf(loop, loop.cell->index0);
  if (loop.info->table) OpenCell(loop);
}

bool Renderer::Advance() {
  Loop& loop = loops_.back();
  const bool more = loop.cell->index0 + 1 < loop.cell->length;
  if (loop.info->table) CloseCell(loop, more);
  ++loop.cell->index0;
  if (!more) return false;
  NextItem(loop);
  return true;
}

void Renderer::EndLoop() {
  const Loop& loop = loops_.back();
  if (loop.info->table) out_ += "</tr>\n";
  innermost_ = loop.outer;
  Unbind(loop.first_shadow);
  loops_.pop_back();
}

void Renderer::OpenCell(const Loop& loop) {
  out_ += "<td class=\"col";
  AppendInteger(out_, loop.cell->index0 % loop.cell->cols + 1);
  out_ += "\">";
}

void Renderer::CloseCell(const Loop& loop, bool more) {
  out_ += "</td>";
  const LoopCell& cell = *loop.cell;
  if (!more || (cell.index0 + 1) % cell.cols != 0) return;
  out_ += "</tr>\n<tr class=\"row";
  AppendInteger(out_, cell.index0 / cell.cols + 2);
  out_ += "\">";
}

int64_t Renderer::ContinueFrom(std::string_view name) const {
  for (const LoopOffset& offset : offsets_) {
    if (offset.name == name) return offset.next;
  }
  return 0;
}

void Renderer::RememberOffset(std::string_view name, int64_t next) {
  for (LoopOffset& offset : offsets_) {
    if (offset.name != name) continue;
    offset.next = next;
    return;
  }
  offsets_.push_back({name, next});
}

// Groups are told apart by the value of their name, or by their items as written.
void Renderer::Cycle(const CycleInfo& cycle) {
  const Value key = cycle.named ? *--top_ : Value::Text(cycle.key);
  const auto same = [&](const CycleState& state) {
    return state.named == cycle.named && Equals(state.key, key);
  };
  auto state = std::find_if(cycles_.begin(), cycles_.end(), same);
  if (state == cycles_.end()) state = cycles_.insert(cycles_.end(), {key, 0, cycle.named});
  Charge(cycles_.size() / 8);
  pc_ = state->next < cycle.targets.size() ? cycle.targets[state->next] : cycle.end;
  state->next = state->next + 1 >= cycle.targets.size() ? 0 : state->next + 1;
}

}  // namespace recado::liquid
