// Tags that are no blocks: assign, echo, counters, cycle, partials, raw, doc, comments, liquid.
#include <algorithm>

#include "core/base/limits.h"
#include "core/liquid/number.h"
#include "core/liquid/parser.h"

namespace recado::liquid {

// A letter first (and no ? at the end), or digits only, which can be set but never read.
bool Parser::VariableName(ExpressionLexer& lexer, std::string_view& name) {
  name = lexer.text();
  const bool digits = lexer.At(TokenKind::kNumber) && std::all_of(name.begin(), name.end(), IsDigit);
  if (!digits && (!lexer.At(TokenKind::kIdentifier) || name.back() == '?')) {
    if (!lexer.At(TokenKind::kIdentifier)) return Unexpected(lexer, DiagnosticCode::name_missing);
    Fault(Diagnostic::Of(DiagnosticCode::name_not_allowed).With("name", std::string(name)),
          lexer.current().range);
    return false;
  }
  lexer.Take();
  return true;
}

void Parser::Assign(const TagHead& head, SourceRange) {
  ExpressionLexer lexer(source_, head.markup);
  const SourceRange name_range = lexer.current().range;
  std::string_view name;
  if (!VariableName(lexer, name)) return;
  if (!ExpectSymbol(lexer, TokenKind::kAssign, "=")) return;
  if (!Pipeline(lexer)) return;
  Emit(Op::kAssign, name_range, Symbol(name));
  Popped(1);
}

void Parser::Counter(const TagHead& head, SourceRange whole) {
  NotBlank();
  ExpressionLexer lexer(source_, head.markup);
  std::string_view name;
  if (!VariableName(lexer, name) || !AtEnd(lexer)) return;
  Emit(Slice(head.name) == "increment" ? Op::kIncrement : Op::kDecrement, whole, Symbol(name));
}

void Parser::Echo(const TagHead& head, SourceRange whole) {
  Piece piece;
  piece.whole = whole;
  piece.inner = head.markup;
  const bool trim_after = trim_next_;
  Output(piece);
  trim_next_ = trim_after;
}

void Parser::Cycle(const TagHead& head, SourceRange whole) {
  NotBlank();
  ExpressionLexer ahead(source_, head.markup);
  while (!ahead.At(TokenKind::kEnd) && !ahead.At(TokenKind::kColon) && !ahead.At(TokenKind::kComma))
    ahead.Take();
  CycleInfo cycle;
  cycle.named = ahead.At(TokenKind::kColon);
  ExpressionLexer lexer(source_, head.markup);
  if (lexer.At(TokenKind::kEnd)) return Fault(DiagnosticCode::value_missing, head.markup);
  if (cycle.named) {
    if (!Expression(lexer) || !ExpectSymbol(lexer, TokenKind::kColon, ":")) return;
  }
  const uint32_t instruction = Emit(Op::kCycle, whole, static_cast<uint32_t>(program_.cycles.size()));
  if (cycle.named) Popped(1);
  std::string key;
  std::vector<uint32_t> exits;
  while (!lexer.At(TokenKind::kEnd)) {
    const uint32_t from = lexer.current().range.from;
    cycle.targets.push_back(Here());
    if (!Expression(lexer)) return;
    Emit(Op::kOutput, {from, lexer.last_end()});
    Popped(1);
    exits.push_back(Emit(Op::kJump, whole));
    key.append(Slice({from, lexer.last_end()})).push_back(',');
    if (!lexer.At(TokenKind::kComma)) break;
    lexer.Take();
  }
  if (!AtEnd(lexer)) return;
  for (const uint32_t exit : exits) Patch(exit);
  cycle.end = Here();
  cycle.key = program_.arena.Copy(key);
  program_.code[instruction].c = static_cast<uint32_t>(program_.cycles.size());
  program_.cycles.push_back(std::move(cycle));
}

// include <name> and render "name", with subject, alias and arguments.
void Parser::Partial(const TagHead& head, SourceRange whole) {
  NotBlank();
  PartialInfo partial;
  partial.isolated = Slice(head.name) == "render";
  ExpressionLexer lexer(source_, head.markup);
  if (partial.isolated && !lexer.At(TokenKind::kText)) {
    Unexpected(lexer);
    return;
  }
  const SourceRange name_range = lexer.current().range;
  if (!Expression(lexer)) return;
  if (lexer.AtWord("with") || lexer.AtWord("for")) {
    partial.for_each = lexer.AtWord("for");
    partial.has_subject = true;
    lexer.Take();
    if (!Expression(lexer)) return;
  }
  if (lexer.AtWord("as")) {
    lexer.Take();
    if (!lexer.At(TokenKind::kIdentifier)) {
      Unexpected(lexer, DiagnosticCode::name_missing);
      return;
    }
    partial.alias = lexer.text();
    lexer.Take();
  }
  if (!PartialArguments(lexer, partial) || !AtEnd(lexer)) return;
  Popped(1 + (partial.has_subject ? 1 : 0) + partial.arguments.size());
  program_.partials.push_back(std::move(partial));
  const bool isolated = program_.partials.back().isolated;
  Emit(Op::kPartial, name_range, static_cast<uint32_t>(program_.partials.size() - 1));
  program_.uses_continue = true;  // the partial may continue one of our loops
  if (!isolated) AfterPartial(whole);
}

bool Parser::PartialArguments(ExpressionLexer& lexer, PartialInfo& partial) {
  while (!lexer.At(TokenKind::kEnd)) {
    if (lexer.At(TokenKind::kComma)) {
      lexer.Take();
      continue;
    }
    if (!lexer.At(TokenKind::kIdentifier)) return Unexpected(lexer);
    if (partial.arguments.size() == kMaxTagArguments) {
      Fault(
          Diagnostic::Of(DiagnosticCode::too_many_arguments).With("limit", std::to_string(kMaxTagArguments)),
          lexer.current().range);
      return false;
    }
    partial.arguments.push_back({lexer.text(), HashName(lexer.text())});
    lexer.Take();
    if (!ExpectSymbol(lexer, TokenKind::kColon, ":") || !Expression(lexer)) return false;
  }
  return true;
}

void Parser::Raw(const TagHead& head, SourceRange whole) {
  if (in_liquid_) {
    return Fault(
        Diagnostic::Of(DiagnosticCode::tag_not_in_liquid).With("name", std::string(Slice(head.name))),
        head.name);
  }
  if (head.markup.from != head.markup.to) {
    Fault(Diagnostic::Of(DiagnosticCode::tag_takes_nothing).With("name", std::string(Slice(head.name))),
          head.markup);
  }
  const bool shown = Slice(head.name) == "raw";
  const uint32_t from = scanner_.position();
  const auto end = scanner_.FindTag(shown ? "endraw" : "enddoc");
  if (!end) {
    const std::string name(Slice(head.name));
    Fault(Diagnostic::Of(DiagnosticCode::unclosed_block).With("name", name).With("closing", "end" + name),
          whole);
    scanner_.MoveTo(static_cast<uint32_t>(source_.size()));
    return;
  }
  trim_next_ = end->trim_after;
  if (!shown || end->whole.from == from) return;
  Emit(Op::kText, {from, end->whole.from}, from, end->whole.from);
  NotBlank();
}

void Parser::Doc(const TagHead& head, SourceRange whole) {
  Raw(head, whole);
}

// Comments nest, and a raw inside hides even an endcomment.
void Parser::Comment(const TagHead& head, SourceRange whole) {
  if (in_liquid_) return CommentInLiquid();
  size_t depth = 1;
  while (const auto piece = scanner_.Next()) {
    if (piece->kind != Piece::Kind::kTag) continue;
    const std::string_view name = Slice(SplitTag(source_, piece->inner).name);
    if (name == "raw") scanner_.FindTag("endraw");
    if (name == "comment") ++depth;
    if (name == "endcomment" && --depth == 0) {
      trim_next_ = piece->trim_after;
      return;
    }
  }
  const std::string name(Slice(head.name));
  Fault(Diagnostic::Of(DiagnosticCode::unclosed_block).With("name", name).With("closing", "end" + name),
        whole);
}

void Parser::CommentInLiquid() {
  const SourceRange opening = lines_;
  size_t depth = 1;
  SourceRange line;
  while (NextLine(line)) {
    const std::string_view name = Slice(SplitTag(source_, line).name);
    if (name == "comment") ++depth;
    if (name == "endcomment" && --depth == 0) return;
  }
  Fault(Diagnostic::Of(DiagnosticCode::unclosed_block).With("name", "comment").With("closing", "endcomment"),
        {opening.from, opening.from});
}

void Parser::InlineComment(const TagHead& head, SourceRange whole) {
  const std::string_view text = Slice({head.name.to, head.markup.to});
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    size_t next = at + 1;
    while (next < text.size() && IsSpace(text[next])) ++next;
    if (next < text.size() && text[next] != '#') return Fault(DiagnosticCode::comment_needs_hash, whole);
  }
}

bool Parser::NextLine(SourceRange& line) {
  if (lines_.from >= lines_.to) return false;
  const size_t end = std::min<size_t>(source_.find('\n', lines_.from), lines_.to);
  line = {lines_.from, static_cast<uint32_t>(end)};
  lines_.from = static_cast<uint32_t>(end + 1);
  return true;
}

// Each line is a tag. Blocks opened here are closed here, and none that stands outside.
void Parser::Liquid(const TagHead& head, SourceRange whole) {
  if (in_liquid_) {
    // "liquid echo x" inside a liquid tag: the rest of the line goes first.
    lines_.from = head.markup.from;
    return;
  }
  const bool trim_after = trim_next_;
  const size_t outer_floor = floor_;
  floor_ = blocks_.size();
  in_liquid_ = true;
  lines_ = head.markup;
  SourceRange line;
  while (NextLine(line)) {
    TagHead inner = SplitTag(source_, line);
    if (inner.name.from == line.to || inner.name.from >= inner.markup.to) continue;
    if (inner.name.from == inner.name.to) {
      Fault(Diagnostic::Of(DiagnosticCode::unexpected_here).With("found", std::string(Slice(inner.markup))),
            inner.markup);
      continue;
    }
    Dispatch(inner, {inner.name.from, inner.markup.to});
  }
  ReportUnclosed(floor_);
  in_liquid_ = false;
  floor_ = outer_floor;
  trim_next_ = trim_after;
  last_text_ = kNone;
  (void)whole;
}

}  // namespace recado::liquid
