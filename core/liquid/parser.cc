#include "core/liquid/parser.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/liquid/check.h"
#include "core/liquid/number.h"

namespace recado::liquid {

Parser::Parser(Template::Program& program, Diagnostics& faults)
    : program_(program), faults_(faults), source_(program.source), scanner_(program.source) {
  program_.code.reserve(source_.size() / 16 + 8);
  program_.ranges.reserve(source_.size() / 16 + 8);
}

std::span<const Parser::TagRow> Parser::Tags() {
  static constexpr std::array<TagRow, 21> kTags = {{
      {"#", &Parser::InlineComment},
      {"assign", &Parser::Assign},
      {"break", &Parser::Interrupt},
      {"capture", &Parser::Capture},
      {"case", &Parser::Case},
      {"comment", &Parser::Comment},
      {"continue", &Parser::Interrupt},
      {"cycle", &Parser::Cycle},
      {"decrement", &Parser::Counter},
      {"doc", &Parser::Doc},
      {"echo", &Parser::Echo},
      {"for", &Parser::For},
      {"if", &Parser::If},
      {"ifchanged", &Parser::IfChanged},
      {"include", &Parser::Partial},
      {"increment", &Parser::Counter},
      {"liquid", &Parser::Liquid},
      {"raw", &Parser::Raw},
      {"render", &Parser::Partial},
      {"tablerow", &Parser::For},
      {"unless", &Parser::If},
  }};
  return kTags;
}

void Parser::Run() {
  while (const auto piece = scanner_.Next()) {
    switch (piece->kind) {
      case Piece::Kind::kText:
        Text(piece->whole);
        break;
      case Piece::Kind::kOutput:
        Output(*piece);
        break;
      case Piece::Kind::kTag:
        Tag(*piece);
        break;
      case Piece::Kind::kUnclosedOutput:
        UnclosedPlaceholder(piece->whole, "{{", "}}");
        break;
      case Piece::Kind::kUnclosedTag:
        UnclosedPlaceholder(piece->whole, "{%", "%}");
        break;
    }
  }
  ReportUnclosed(0);
  Emit(Op::kEnd, {static_cast<uint32_t>(source_.size()), static_cast<uint32_t>(source_.size())});
  Locate(source_, std::move(found_), faults_);
  if (full_) {
    faults_.push_back(
        Diagnostic::Of(DiagnosticCode::too_many_faults).With("limit", std::to_string(kMaxTemplateFaults)));
  }
}

void Parser::UnclosedPlaceholder(SourceRange piece, std::string_view braces, std::string_view closing) {
  Fault(Diagnostic::Of(DiagnosticCode::unclosed_placeholder)
            .With("opening", std::string(braces))
            .With("closing", std::string(closing)),
        {piece.from, piece.from + 2});
  // What follows is read as text, so that the faults behind are found too.
  scanner_.MoveTo(piece.from + 2);
  last_text_ = kNone;
  trim_next_ = false;
}

void Parser::Text(SourceRange range) {
  if (trim_next_) {
    while (range.from < range.to && IsSpace(source_[range.from])) ++range.from;
  }
  trim_next_ = false;
  last_text_ = kNone;
  if (range.from == range.to) return;
  last_text_ = Emit(Op::kText, range, range.from, range.to);
  const std::string_view text = Slice(range);
  if (std::all_of(text.begin(), text.end(), IsSpace)) {
    spaces_.push_back(last_text_);
  } else {
    NotBlank();
  }
}

void Parser::Output(const Piece& piece) {
  if (piece.trim_before && last_text_ != kNone) {
    Instruction& text = program_.code[last_text_];
    while (text.d > text.c && IsSpace(source_[text.d - 1])) --text.d;
  }
  trim_next_ = piece.trim_after;
  last_text_ = kNone;
  NotBlank();
  ExpressionLexer lexer(source_, piece.inner);
  if (lexer.At(TokenKind::kEnd)) return;
  const uint32_t start = Here();
  if (!Pipeline(lexer)) return;
  if (Here() == start + 1 && program_.code[start].op == Op::kPath) {
    program_.code[start].op = Op::kOutputPath;
  } else {
    Emit(Op::kOutput, program_.ranges[start]);
  }
  Popped(1);
}

void Parser::Tag(const Piece& piece) {
  if (piece.trim_before && last_text_ != kNone) {
    Instruction& text = program_.code[last_text_];
    while (text.d > text.c && IsSpace(source_[text.d - 1])) --text.d;
  }
  trim_next_ = piece.trim_after;
  last_text_ = kNone;
  Dispatch(SplitTag(source_, piece.inner), piece.whole);
}

void Parser::Dispatch(const TagHead& head, SourceRange whole) {
  const std::string_view name = Slice(head.name);
  depth_ = 0;
  if (name.empty()) return Fault(DiagnosticCode::name_missing, {whole.from, whole.to});
  for (const TagRow& row : Tags()) {
    if (row.name == name) return (this->*row.parse)(head, whole);
  }
  if (name == "else" || name == "elsif" || name == "when") return Branch(name, head, whole);
  if (name.starts_with("end")) return EndBlock(name.substr(3), head.name);
  UnknownTag(name, head.name);
}

void Parser::Branch(std::string_view name, const TagHead& head, SourceRange whole) {
  const bool inside = blocks_.size() > floor_;
  const BlockKind kind = inside ? blocks_.back().kind : BlockKind::kCapture;
  if (name == "when" && kind == BlockKind::kCase) return When(head, whole);
  if (name == "elsif" && kind == BlockKind::kIf) return Elsif(head, whole);
  if (name == "else" && kind == BlockKind::kCase) return CaseElse(head, whole);
  const bool loop_else = inside && kind == BlockKind::kLoop && blocks_.back().name == "for";
  if (name == "else" && (kind == BlockKind::kIf || loop_else)) return Else(head, whole);
  Fault(Diagnostic::Of(DiagnosticCode::unexpected_tag).With("name", std::string(name)), head.name);
}

void Parser::UnknownTag(std::string_view name, SourceRange range) {
  std::vector<std::string_view> names;
  for (const TagRow& row : Tags()) names.push_back(row.name);
  for (const std::string_view more : {"else", "elsif", "when"}) names.push_back(more);
  Diagnostic fault = Diagnostic::Of(DiagnosticCode::unknown_tag).With("name", std::string(name));
  const std::string_view suggestion = NearestName(name, names);
  if (!suggestion.empty()) {
    fault = std::move(fault).With("suggestion", std::string(suggestion)).Fixed(std::string(suggestion));
  }
  Fault(std::move(fault), range);
}

void Parser::EndBlock(std::string_view name, SourceRange range) {
  size_t at = blocks_.size();
  while (at > floor_ && blocks_[at - 1].name != name) --at;
  if (at == floor_) {
    const auto known = Tags();
    const bool real =
        std::any_of(known.begin(), known.end(), [name](const TagRow& row) { return row.name == name; });
    const std::string whole_name = "end" + std::string(name);
    if (!real) return UnknownTag(whole_name, range);
    return Fault(Diagnostic::Of(DiagnosticCode::unexpected_tag).With("name", whole_name), range);
  }
  ReportUnclosed(at);
  Close();
}

void Parser::ReportUnclosed(size_t floor) {
  while (blocks_.size() > floor) {
    const std::string name(blocks_.back().name);
    Fault(Diagnostic::Of(DiagnosticCode::unclosed_block).With("name", name).With("closing", "end" + name),
          blocks_.back().opening);
    Close();
  }
}

Parser::Block& Parser::Open(BlockKind kind, const TagHead& head, SourceRange whole) {
  if (blocks_.size() >= kMaxTemplateNesting && !deep_reported_) {
    deep_reported_ = true;
    Fault(Diagnostic::Of(DiagnosticCode::nesting_too_deep).With("limit", std::to_string(kMaxTemplateNesting)),
          whole);
  }
  Block& block = blocks_.emplace_back();
  block.kind = kind;
  block.name = Slice(head.name);
  block.opening = whole;
  block.first_space = spaces_.size();
  return block;
}

void Parser::Close() {
  Block& block = blocks_.back();
  const SourceRange range = block.opening;
  switch (block.kind) {
    case BlockKind::kIf:
      for (const uint32_t jump : block.pending) Patch(jump);
      break;
    case BlockKind::kCase:
      FinishWhen();
      break;
    case BlockKind::kLoop:
      if (!block.seen_else) FinishLoop(block);
      break;
    case BlockKind::kCapture:
      Emit(Op::kEndCapture, range, block.index);
      break;
    case BlockKind::kIfChanged:
      Emit(Op::kEndIfChanged, range);
      break;
  }
  for (const uint32_t exit : block.exits) Patch(exit);
  if (block.kind == BlockKind::kCase) Emit(Op::kEndCase, range);
  if (block.dead_from != kNone) program_.dead.push_back({block.dead_from, Here()});
  if (block.blank && !block.transparent) {
    for (size_t i = block.first_space; i < spaces_.size(); ++i) program_.code[spaces_[i]].op = Op::kNop;
  }
  spaces_.resize(block.first_space);
  const bool blank = block.transparent || (block.blank && block.name != "tablerow");
  blocks_.pop_back();
  if (!blank) NotBlank();
}

void Parser::NotBlank() {
  if (!blocks_.empty()) blocks_.back().blank = false;
}

uint32_t Parser::Emit(Op op, SourceRange range, uint32_t c, uint32_t d, uint8_t a, uint16_t b) {
  program_.code.push_back({op, a, b, c, d});
  program_.ranges.push_back(range);
  return Here() - 1;
}

void Parser::Pushed(size_t count) {
  depth_ += count;
  program_.max_stack = std::max(program_.max_stack, static_cast<uint32_t>(depth_));
}

uint32_t Parser::Symbol(std::string_view name) {
  const auto [found, added] = symbols_.try_emplace(name, static_cast<uint32_t>(program_.symbols.size()));
  if (added) program_.symbols.push_back({name, HashName(name)});
  return found->second;
}

uint32_t Parser::Constant(Value value) {
  program_.constants.push_back(value);
  return static_cast<uint32_t>(program_.constants.size() - 1);
}

void Parser::Fault(Diagnostic diagnostic, SourceRange range) {
  full_ = full_ || found_.size() == kMaxTemplateFaults;
  if (!full_) found_.push_back({std::move(diagnostic), range});
}

}  // namespace recado::liquid
