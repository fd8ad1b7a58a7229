// The parser: one pass over a template's source that emits the flat program as it goes.
//
// There is no syntax tree and no recursion: open blocks stand on a stack, jumps are patched when their target
// is known, nested brackets of an expression stand on a stack of their own. A fault is recorded and reading
// goes on behind the placeholder at fault, so that one pass lists them all.
//
// Internal to the room: used through Template::Parse.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/liquid/lexer.h"
#include "core/liquid/locator.h"
#include "core/liquid/program.h"

namespace recado::liquid {

class Parser {
 public:
  Parser(Template::Program& program, Diagnostics& faults);
  void Run();

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  enum class BlockKind : uint8_t { kIf, kCase, kLoop, kCapture, kIfChanged };
  struct Block {
    BlockKind kind = BlockKind::kIf;
    std::string_view name;  // of the opening tag
    SourceRange opening;
    bool blank = true;         // prints nothing but spaces so far: then it prints nothing at all
    bool transparent = false;  // prints nothing itself, whatever stands in it (capture)
    bool seen_else = false;
    size_t first_space = 0;         // into spaces_
    uint32_t body = 0;              // first instruction of a loop's body
    uint32_t index = 0;             // of the loop or the captured symbol
    uint32_t dead_from = kNone;     // start of code that cannot run
    std::vector<uint32_t> pending;  // jumps to the next branch
    std::vector<uint32_t> exits;    // jumps to the block's end
    std::vector<uint32_t> breaks;
    std::vector<uint32_t> continues;
  };
  using TagParser = void (Parser::*)(const TagHead&, SourceRange);
  struct TagRow {
    std::string_view name;
    TagParser parse;
  };

  // parser.cc: the document, blocks, emitting
  static std::span<const TagRow> Tags();
  void Text(SourceRange range);
  void Output(const Piece& piece);
  void Tag(const Piece& piece);
  void Dispatch(const TagHead& head, SourceRange whole);
  void Branch(std::string_view name, const TagHead& head, SourceRange whole);
  void EndBlock(std::string_view name, SourceRange whole);
  void UnknownTag(std::string_view name, SourceRange range);
  void UnclosedPlaceholder(SourceRange opening, std::string_view braces, std::string_view closing);
  Block& Open(BlockKind kind, const TagHead& head, SourceRange whole);
  void Close();
  void ReportUnclosed(size_t floor);
  void NotBlank();
  uint32_t Here() const { return static_cast<uint32_t>(program_.code.size()); }
  uint32_t Emit(Op op, SourceRange range, uint32_t c = 0, uint32_t d = 0, uint8_t a = 0, uint16_t b = 0);
  void Patch(uint32_t at) { program_.code[at].c = Here(); }
  void Pushed(size_t count = 1);
  void Popped(size_t count) { depth_ -= count < depth_ ? count : depth_; }
  uint32_t Symbol(std::string_view name);
  uint32_t Constant(Value value);
  void Fault(Diagnostic diagnostic, SourceRange range);
  void Fault(DiagnosticCode code, SourceRange range) { Fault(Diagnostic::Of(code), range); }
  std::string_view Slice(SourceRange range) const {
    return source_.substr(range.from, range.to - range.from);
  }

  // parser_expression.cc: each emits code that pushes one value; false after a fault
  bool Expression(ExpressionLexer& lexer);
  bool Primary(ExpressionLexer& lexer);
  bool Number(ExpressionLexer& lexer);
  bool Lookups(ExpressionLexer& lexer);
  bool CloseNested(ExpressionLexer& lexer);
  void BeginPath(std::string_view name, SourceRange range);
  void FlushPath(uint32_t end);
  bool Pipeline(ExpressionLexer& lexer);
  bool FilterCallOf(ExpressionLexer& lexer);
  bool Arguments(ExpressionLexer& lexer, size_t& positional, std::vector<Name>& names,
                 std::vector<SourceRange>& places);
  bool Condition(ExpressionLexer& lexer, bool negated, SourceRange whole, std::vector<uint32_t>& to_else);
  bool ComparisonOf(ExpressionLexer& lexer);
  bool AtEnd(ExpressionLexer& lexer);
  bool Unexpected(ExpressionLexer& lexer, DiagnosticCode at_end = DiagnosticCode::value_missing);
  bool ExpectSymbol(ExpressionLexer& lexer, TokenKind kind, std::string_view symbol);

  // parser_tags.cc, parser_blocks.cc
  void Assign(const TagHead& head, SourceRange whole);
  void Capture(const TagHead& head, SourceRange whole);
  void Counter(const TagHead& head, SourceRange whole);
  void Echo(const TagHead& head, SourceRange whole);
  void If(const TagHead& head, SourceRange whole);
  void Elsif(const TagHead& head, SourceRange whole);
  void Else(const TagHead& head, SourceRange whole);
  void CaseElse(const TagHead& head, SourceRange whole);
  void Case(const TagHead& head, SourceRange whole);
  void When(const TagHead& head, SourceRange whole);
  void FinishWhen();
  void For(const TagHead& head, SourceRange whole);
  bool LoopAttributes(ExpressionLexer& lexer, LoopInfo& loop);
  bool LoopAttribute(ExpressionLexer& lexer, LoopInfo& loop, SourceRange (&places)[3]);
  void FinishLoop(Block& block);
  void Interrupt(const TagHead& head, SourceRange whole);
  void Unwind(size_t down_to, SourceRange whole);
  void InterruptTo(size_t loop, SourceRange whole, uint8_t kind);
  void Cycle(const TagHead& head, SourceRange whole);
  void IfChanged(const TagHead& head, SourceRange whole);
  void Partial(const TagHead& head, SourceRange whole);
  bool PartialArguments(ExpressionLexer& lexer, PartialInfo& partial);
  void AfterPartial(SourceRange whole);
  void Raw(const TagHead& head, SourceRange whole);
  void Doc(const TagHead& head, SourceRange whole);
  void Comment(const TagHead& head, SourceRange whole);
  void CommentInLiquid();
  void InlineComment(const TagHead& head, SourceRange whole);
  void Liquid(const TagHead& head, SourceRange whole);
  bool NextLine(SourceRange& line);
  bool VariableName(ExpressionLexer& lexer, std::string_view& name);
  size_t InnermostLoop() const;

  Template::Program& program_;
  Diagnostics& faults_;
  std::vector<Found> found_;  // located at the end
  std::string_view source_;
  Scanner scanner_;
  std::vector<Block> blocks_;
  std::vector<uint32_t> spaces_;  // text instructions of spaces only, of all open blocks
  std::unordered_map<std::string_view, uint32_t> symbols_;
  size_t depth_ = 0;            // values on the stack at this point
  uint32_t last_text_ = kNone;  // the text just before, which {%- shortens
  bool trim_next_ = false;
  size_t floor_ = 0;  // blocks below are not to be closed from inside a liquid tag
  bool in_liquid_ = false;
  SourceRange lines_;  // what is left of the liquid tag
  bool deep_reported_ = false;
  bool full_ = false;

  // The expression being read.
  enum class Nested : uint8_t { kIndex, kRoot, kRangeFirst, kRangeLast };
  std::vector<std::pair<Nested, uint32_t>> nested_;  // with the offset where it began
  bool path_open_ = false;
  bool path_rooted_ = false;
  uint32_t path_from_ = 0;
  Path path_;
};

}  // namespace recado::liquid
