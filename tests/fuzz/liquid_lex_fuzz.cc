// The two lexers: the pieces of any text lie one behind the other and cover all of it, and the tokens of a
// piece lie inside it, in order, none of them empty.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/liquid/lexer.h"

namespace {

using namespace recado::liquid;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool Inside(SourceRange inner, SourceRange outer) {
  return inner.from <= inner.to && inner.from >= outer.from && inner.to <= outer.to;
}

void ReadTokens(std::string_view source, SourceRange range) {
  ExpressionLexer lexer(source, range);
  uint32_t end = range.from;
  while (!lexer.At(TokenKind::kEnd)) {
    const Token token = lexer.Take();
    Require(Inside(token.range, range) && token.range.from >= end && token.range.to > token.range.from);
    Require(lexer.last_end() == token.range.to);
    end = token.range.to;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  Scanner scanner(source);
  uint32_t end = 0;
  while (const auto piece = scanner.Next()) {
    Require(piece->whole.from == end && piece->whole.to > end && Inside(piece->inner, piece->whole));
    end = piece->whole.to;
    Require(scanner.position() == end);
    if (piece->kind == Piece::Kind::kOutput) ReadTokens(source, piece->inner);
    if (piece->kind != Piece::Kind::kTag) continue;
    const TagHead head = SplitTag(source, piece->inner);
    Require(Inside(head.name, piece->inner) && Inside(head.markup, piece->inner));
    ReadTokens(source, head.markup);
  }
  Require(end == size);
  return 0;
}
