// Blocks: if, unless, case, for, tablerow, ifchanged, capture, and leaving them by break and continue.
#include <algorithm>

#include "core/liquid/number.h"
#include "core/liquid/parser.h"

namespace recado::liquid {

void Parser::If(const TagHead& head, SourceRange whole) {
  ExpressionLexer lexer(source_, head.markup);
  std::vector<uint32_t> to_else;
  Condition(lexer, Slice(head.name) == "unless", whole, to_else);
  Open(BlockKind::kIf, head, whole).pending = std::move(to_else);
}

// Branches behind an else are read, but never run.
void Parser::Elsif(const TagHead& head, SourceRange whole) {
  Block& block = blocks_.back();
  block.exits.push_back(Emit(Op::kJump, whole));
  for (const uint32_t jump : block.pending) Patch(jump);
  block.pending.clear();
  if (block.seen_else) {
    if (block.dead_from == kNone) block.dead_from = Here();
    block.exits.push_back(Emit(Op::kJump, whole));
  }
  ExpressionLexer lexer(source_, head.markup);
  std::vector<uint32_t> to_else;
  Condition(lexer, false, whole, to_else);
  blocks_.back().pending = std::move(to_else);
}

void Parser::Else(const TagHead&, SourceRange whole) {
  Block& block = blocks_.back();
  if (block.kind == BlockKind::kLoop) {
    if (!block.seen_else) FinishLoop(block);
  } else {
    for (const uint32_t jump : block.pending) program_.code[jump].c = Here() + 1;
    block.pending.clear();
  }
  block.exits.push_back(Emit(Op::kJump, whole));
  if (block.seen_else) {
    if (block.dead_from == kNone) block.dead_from = Here();
    block.exits.push_back(Emit(Op::kJump, whole));
  } else if (block.kind == BlockKind::kLoop) {
    program_.code[block.body - 1].d = Here();
  }
  block.seen_else = true;
}

// case subject; jump over what stands before the first when; then for each when its candidates, a body that
// runs once for each candidate that matched, and a jump back to ask whether another run is due.
void Parser::Case(const TagHead& head, SourceRange whole) {
  ExpressionLexer lexer(source_, head.markup);
  if (Expression(lexer)) AtEnd(lexer);
  Emit(Op::kCase, whole);
  Popped(1);
  Block& block = Open(BlockKind::kCase, head, whole);
  block.pending.push_back(Emit(Op::kJump, whole));
  block.body = kNone;
}

// Ends the body of a when or else.
void Parser::FinishWhen() {
  Block& block = blocks_.back();
  if (block.body != kNone) {
    if (program_.code[block.body].op == Op::kCaseBody) Emit(Op::kJump, block.opening, block.body);
    program_.code[block.body].d = Here();
  }
  for (const uint32_t jump : block.pending) Patch(jump);
  block.pending.clear();
  block.body = kNone;
}

void Parser::When(const TagHead& head, SourceRange whole) {
  FinishWhen();
  ExpressionLexer lexer(source_, head.markup);
  for (;;) {
    const uint32_t from = lexer.current().range.from;
    if (!Expression(lexer)) break;
    Emit(Op::kWhen, {from, lexer.last_end()});
    Popped(1);
    if (!lexer.At(TokenKind::kComma) && !lexer.AtWord("or")) {
      AtEnd(lexer);
      break;
    }
    lexer.Take();
  }
  blocks_.back().body = Emit(Op::kCaseBody, whole);
}

void Parser::CaseElse(const TagHead& head, SourceRange whole) {
  FinishWhen();
  ExpressionLexer lexer(source_, head.markup);
  AtEnd(lexer);
  blocks_.back().body = Emit(Op::kCaseElse, whole);
}

void Parser::For(const TagHead& head, SourceRange whole) {
  LoopInfo loop;
  loop.table = Slice(head.name) == "tablerow";
  ExpressionLexer lexer(source_, head.markup);
  std::string_view variable;
  bool good = false;
  if (!lexer.At(TokenKind::kIdentifier)) {
    Unexpected(lexer, DiagnosticCode::name_missing);
  } else {
    variable = lexer.text();
    lexer.Take();
    if (!lexer.AtWord("in")) {
      Fault(Diagnostic::Of(DiagnosticCode::symbol_missing).With("symbol", "in"), lexer.current().range);
    } else {
      lexer.Take();
      const uint32_t from = lexer.current().range.from;
      good = Expression(lexer);
      // forloop.name: "item-list", the list without its spaces.
      std::string name = std::string(variable) + "-";
      for (const char c : Slice({from, std::max(from, lexer.last_end())})) {
        if (!IsSpace(c)) name.push_back(c);
      }
      loop.name = program_.arena.Copy(name);
    }
  }
  if (good && LoopAttributes(lexer, loop)) AtEnd(lexer);
  loop.variable = Symbol(variable);
  loop.forloop = Symbol(loop.table ? "tablerowloop" : "forloop");
  program_.loops.push_back(loop);
  program_.uses_continue = program_.uses_continue || loop.offset_continue;
  const auto index = static_cast<uint32_t>(program_.loops.size() - 1);
  Emit(Op::kFor, whole, index);
  Popped(4);
  Block& block = Open(BlockKind::kLoop, head, whole);
  block.index = index;
  block.body = Here();
}

// The values are pushed as they are written and must lie in one order for the renderer: list, offset, limit,
// cols. So each is pushed as nil first where it is missing; `places` remembers where the given ones stand.
bool Parser::LoopAttributes(ExpressionLexer& lexer, LoopInfo& loop) {
  SourceRange places[3] = {};
  while (!lexer.At(TokenKind::kEnd)) {
    if (lexer.At(TokenKind::kComma)) {
      lexer.Take();
      continue;
    }
    if (!LoopAttribute(lexer, loop, places)) return false;
  }
  // Read again in the order the renderer wants; each was good before.
  const bool given[3] = {loop.has_offset, loop.has_limit, loop.has_cols};
  for (size_t i = 0; i < 3; ++i) {
    if (!given[i]) continue;
    ExpressionLexer value(source_, places[i]);
    if (!Expression(value)) return false;
  }
  return true;
}

bool Parser::LoopAttribute(ExpressionLexer& lexer, LoopInfo& loop, SourceRange (&places)[3]) {
  if (lexer.AtWord("reversed") && lexer.next().kind != TokenKind::kColon && !loop.table) {
    loop.reversed = true;
    lexer.Take();
    return true;
  }
  if (!lexer.At(TokenKind::kIdentifier)) return Unexpected(lexer);
  const std::string_view name = lexer.text();
  const bool known = name == "offset" || name == "limit" || (name == "cols" && loop.table);
  if (!known) {
    Fault(Diagnostic::Of(DiagnosticCode::unknown_argument)
              .With("owner", loop.table ? "tablerow" : "for")
              .With("name", std::string(name)),
          lexer.current().range);
    return false;
  }
  lexer.Take();
  if (!ExpectSymbol(lexer, TokenKind::kColon, ":")) return false;
  if (name == "offset" && lexer.AtWord("continue") && !loop.table) {
    loop.offset_continue = true;
    loop.has_offset = false;
    lexer.Take();
    return true;
  }
  const uint32_t from = lexer.current().range.from;
  const uint32_t code = Here();
  const size_t steps = program_.steps.size();
  if (!Expression(lexer)) return false;
  // Only to find its end and its faults; LoopAttributes emits it in its place.
  program_.code.resize(code);
  program_.ranges.resize(code);
  program_.steps.resize(steps);
  Popped(1);
  const size_t slot = name == "offset" ? 0 : name == "limit" ? 1 : 2;
  places[slot] = {from, lexer.last_end()};
  (slot == 0 ? loop.has_offset : slot == 1 ? loop.has_limit : loop.has_cols) = true;
  if (slot == 0) loop.offset_continue = false;
  return true;
}

void Parser::FinishLoop(Block& block) {
  const SourceRange range = block.opening;
  const auto arrive = [this](uint32_t at, bool is_break) {
    Instruction& jump = program_.code[at];
    (is_break || jump.op == Op::kJump ? jump.c : jump.d) = Here();
  };
  for (const uint32_t at : block.continues) arrive(at, false);
  Emit(Op::kForNext, range, block.body);
  uint32_t over = kNone;
  if (program_.loops[block.index].table) over = Emit(Op::kJump, range);
  for (const uint32_t at : block.breaks) arrive(at, true);
  if (over != kNone) {
    Emit(Op::kForBreak, range);
    Patch(over);
  }
  Emit(Op::kForEnd, range);
  program_.code[block.body - 1].d = Here();
}

size_t Parser::InnermostLoop() const {
  size_t at = blocks_.size();
  while (at > 0 && (blocks_[at - 1].kind != BlockKind::kLoop || blocks_[at - 1].seen_else)) --at;
  return at == 0 ? SIZE_MAX : at - 1;
}

// What the blocks above `down_to` do at their end is done early.
void Parser::Unwind(size_t down_to, SourceRange whole) {
  for (size_t i = blocks_.size(); i > down_to; --i) {
    const Block& block = blocks_[i - 1];
    if (block.kind == BlockKind::kCapture) Emit(Op::kEndCapture, whole, block.index);
    if (block.kind == BlockKind::kIfChanged) Emit(Op::kEndIfChanged, whole);
    if (block.kind == BlockKind::kCase) Emit(Op::kEndCase, whole);
  }
}

void Parser::Interrupt(const TagHead& head, SourceRange whole) {
  ExpressionLexer lexer(source_, head.markup);
  AtEnd(lexer);
  NotBlank();
  InterruptTo(InnermostLoop(), whole, Slice(head.name) == "break" ? 1 : 2);
}

void Parser::InterruptTo(size_t loop, SourceRange whole, uint8_t kind) {
  if (loop == SIZE_MAX) {
    Unwind(0, whole);
    Emit(Op::kInterrupt, whole, 0, 0, kind);
    return;
  }
  Unwind(loop + 1, whole);
  const uint32_t jump = Emit(kind == 0 ? Op::kLoopInterrupt : Op::kJump, whole);
  if (kind != 2) blocks_[loop].breaks.push_back(jump);
  if (kind != 1) blocks_[loop].continues.push_back(jump);
}

// A partial brought in by include may have said break or continue.
void Parser::AfterPartial(SourceRange whole) {
  const uint32_t over = Emit(Op::kOnInterrupt, whole);
  InterruptTo(InnermostLoop(), whole, 0);
  Patch(over);
}

void Parser::IfChanged(const TagHead& head, SourceRange whole) {
  ExpressionLexer lexer(source_, head.markup);
  AtEnd(lexer);
  Emit(Op::kIfChanged, whole);
  Open(BlockKind::kIfChanged, head, whole);
}

void Parser::Capture(const TagHead& head, SourceRange whole) {
  ExpressionLexer lexer(source_, head.markup);
  std::string_view name;
  if (lexer.At(TokenKind::kText)) {  // {% capture 'name' %} is the same as {% capture name %}
    name = lexer.text().substr(1, lexer.text().size() - 2);
    lexer.Take();
    AtEnd(lexer);
  } else if (VariableName(lexer, name)) {
    AtEnd(lexer);
  }
  Emit(Op::kCapture, whole);
  Block& block = Open(BlockKind::kCapture, head, whole);
  block.index = Symbol(name);
  block.transparent = true;
}

}  // namespace recado::liquid
