// The two lexers of a template: Scanner cuts the text into stretches of text, {{ outputs }} and {% tags %};
// ExpressionLexer reads the words inside one of those.
//
// Both are views over the source and own nothing. As in Shopify's engine the first }} or %} ends a
// placeholder, whatever quotation marks stand around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/liquid/program.h"

namespace recado::liquid {

struct Piece {
  enum class Kind : uint8_t { kText, kOutput, kTag, kUnclosedOutput, kUnclosedTag } kind = Kind::kText;
  SourceRange whole;         // with the braces
  SourceRange inner;         // without braces and whitespace-control hyphens
  bool trim_before = false;  // {{- or {%-
  bool trim_after = false;   // -}} or -%}
};

class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {}
  // The next piece; nothing at the end.
  std::optional<Piece> Next();
  // From here to the tag {% <name> %}, whatever stands between: for raw and doc. The tag itself is the
  // answer; the text before it is [start, whole.from). Nothing where there is none.
  std::optional<Piece> FindTag(std::string_view name);
  uint32_t position() const { return position_; }
  void MoveTo(uint32_t position) { position_ = position; }

 private:
  Piece ReadTag(uint32_t start);
  Piece ReadOutput(uint32_t start);

  std::string_view source_;
  uint32_t position_ = 0;
};

enum class TokenKind : uint8_t {
  kEnd,
  kIdentifier,
  kText,    // with its quotation marks
  kNumber,  // 12, -3, 1.5
  kDot,
  kDotDot,
  kComma,
  kColon,
  kPipe,
  kOpenSquare,
  kCloseSquare,
  kOpenRound,
  kCloseRound,
  kAssign,      // =
  kComparison,  // == != <> < <= > >= contains
  kUnclosedText,
  kUnknown,  // any other character
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  SourceRange range;
};

class ExpressionLexer {
 public:
  ExpressionLexer(std::string_view source, SourceRange range)
      : source_(source), position_(range.from), end_(range.to) {
    Advance();
    Advance();
  }

  const Token& current() const { return current_; }
  const Token& next() const { return next_; }
  std::string_view text() const { return TextOf(current_); }
  std::string_view TextOf(const Token& token) const {
    return source_.substr(token.range.from, token.range.to - token.range.from);
  }
  Token Take() {
    const Token taken = current_;
    Advance();
    return taken;
  }
  bool At(TokenKind kind) const { return current_.kind == kind; }
  bool AtWord(std::string_view word) const { return At(TokenKind::kIdentifier) && text() == word; }
  // End of the last token taken; for spans.
  uint32_t last_end() const { return last_end_; }

 private:
  void Advance();
  Token Read();

  std::string_view source_;
  uint32_t position_ = 0;
  uint32_t end_ = 0;
  uint32_t last_end_ = 0;
  Token current_;
  Token next_;
};

// Splits "name markup" as a tag's inside begins: the word (\w+ or #) and the rest behind spaces.
struct TagHead {
  SourceRange name;
  SourceRange markup;
};
TagHead SplitTag(std::string_view source, SourceRange inner);

}  // namespace recado::liquid
