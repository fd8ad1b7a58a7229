#include "core/liquid/lexer.h"

#include <algorithm>

#include "core/liquid/number.h"

namespace recado::liquid {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool IsWord(char c) {
  return IsLetter(c) || IsDigit(c);
}

TokenKind SymbolKind(char c) {
  switch (c) {
    case '.':
      return TokenKind::kDot;
    case ',':
      return TokenKind::kComma;
    case ':':
      return TokenKind::kColon;
    case '|':
      return TokenKind::kPipe;
    case '[':
      return TokenKind::kOpenSquare;
    case ']':
      return TokenKind::kCloseSquare;
    case '(':
      return TokenKind::kOpenRound;
    case ')':
      return TokenKind::kCloseRound;
    case '=':
      return TokenKind::kAssign;
    case '<':
    case '>':
      return TokenKind::kComparison;
    default:
      return TokenKind::kUnknown;
  }
}

}  // namespace

std::optional<Piece> Scanner::Next() {
  if (position_ >= source_.size()) return std::nullopt;
  const uint32_t start = position_;
  uint32_t at = start;
  for (;;) {
    const size_t brace = source_.find('{', at);
    if (brace == std::string_view::npos || brace + 1 >= source_.size()) {
      position_ = static_cast<uint32_t>(source_.size());
      break;
    }
    const char second = source_[brace + 1];
    if (second == '{' || second == '%') {
      position_ = static_cast<uint32_t>(brace);
      if (brace > start) break;
      return second == '{' ? ReadOutput(start) : ReadTag(start);
    }
    at = static_cast<uint32_t>(brace + 1);
  }
  Piece piece;
  piece.whole = piece.inner = {start, position_};
  return piece;
}

Piece Scanner::ReadTag(uint32_t start) {
  Piece piece;
  const size_t end = source_.find("%}", start + 2);
  if (end == std::string_view::npos) {
    position_ = static_cast<uint32_t>(source_.size());
    piece.kind = Piece::Kind::kUnclosedTag;
    piece.whole = piece.inner = {start, position_};
    return piece;
  }
  position_ = static_cast<uint32_t>(end + 2);
  piece.kind = Piece::Kind::kTag;
  piece.whole = {start, position_};
  piece.inner = {start + 2, static_cast<uint32_t>(end)};
  piece.trim_before = source_[start + 2] == '-';
  piece.trim_after = source_[end - 1] == '-';
  if (piece.trim_before) ++piece.inner.from;
  if (piece.trim_after && piece.inner.to > piece.inner.from) --piece.inner.to;
  return piece;
}

Piece Scanner::ReadOutput(uint32_t start) {
  Piece piece;
  for (size_t at = start + 2; at + 1 < source_.size(); ++at) {
    const char c = source_[at];
    if (c == '{' && source_[at + 1] == '%') break;  // a tag begins before the output ends
    if (c != '}' || source_[at + 1] != '}') continue;
    position_ = static_cast<uint32_t>(at + 2);
    piece.kind = Piece::Kind::kOutput;
    piece.whole = {start, position_};
    piece.inner = {start + 2, static_cast<uint32_t>(at)};
    piece.trim_before = source_[start + 2] == '-';
    piece.trim_after = source_[at - 1] == '-';
    if (piece.trim_before) ++piece.inner.from;
    if (piece.trim_after && piece.inner.to > piece.inner.from) --piece.inner.to;
    return piece;
  }
  // The tag that begins inside belongs to this piece, so that comments skip it as one token.
  const Piece tag = ReadTag(start);
  piece.kind = Piece::Kind::kUnclosedOutput;
  piece.whole = piece.inner = tag.whole;
  return piece;
}

std::optional<Piece> Scanner::FindTag(std::string_view name) {
  for (size_t open = source_.find("{%", position_); open != std::string_view::npos;
       open = source_.find("{%", open + 1)) {
    size_t at = open + 2;
    if (at < source_.size() && source_[at] == '-') ++at;
    while (at < source_.size() && IsSpace(source_[at])) ++at;
    if (source_.substr(at, name.size()) != name) continue;
    if (at + name.size() < source_.size() && IsWord(source_[at + name.size()])) continue;
    const Piece piece = ReadTag(static_cast<uint32_t>(open));
    if (piece.kind != Piece::Kind::kTag) return std::nullopt;
    return piece;
  }
  return std::nullopt;
}

void ExpressionLexer::Advance() {
  last_end_ = current_.range.to;
  current_ = next_;
  next_ = Read();
}

Token ExpressionLexer::Read() {
  while (position_ < end_ && IsSpace(source_[position_])) ++position_;
  Token token;
  token.range = {position_, position_};
  if (position_ >= end_) return token;
  const char c = source_[position_];
  const char after = position_ + 1 < end_ ? source_[position_ + 1] : '\0';
  uint32_t at = position_ + 1;
  if (IsLetter(c)) {
    while (at < end_ && (IsWord(source_[at]) || source_[at] == '-')) ++at;
    if (at < end_ && source_[at] == '?') ++at;
    token.kind = TokenKind::kIdentifier;
  } else if (IsDigit(c) || (c == '-' && IsDigit(after))) {
    while (at < end_ && IsDigit(source_[at])) ++at;
    if (at + 1 < end_ && source_[at] == '.' && IsDigit(source_[at + 1])) {
      ++at;
      while (at < end_ && IsDigit(source_[at])) ++at;
    }
    token.kind = TokenKind::kNumber;
  } else if (c == '"' || c == '\'') {
    const size_t close = source_.substr(0, end_).find(c, at);
    token.kind = close == std::string_view::npos ? TokenKind::kUnclosedText : TokenKind::kText;
    at = close == std::string_view::npos ? end_ : static_cast<uint32_t>(close + 1);
  } else if (c == '.' && after == '.') {
    token.kind = TokenKind::kDotDot;
    ++at;
  } else if (((c == '=' || c == '!' || c == '<' || c == '>') && after == '=') || (c == '<' && after == '>')) {
    token.kind = TokenKind::kComparison;
    ++at;
  } else {
    token.kind = SymbolKind(c);
    while (at < end_ && (source_[at] & 0xC0) == 0x80) ++at;  // the rest of one character
  }
  token.range.to = at;
  position_ = at;
  return token;
}

TagHead SplitTag(std::string_view source, SourceRange inner) {
  uint32_t at = inner.from;
  while (at < inner.to && IsSpace(source[at])) ++at;
  TagHead head;
  head.name.from = at;
  if (at < inner.to && source[at] == '#') {
    ++at;
  } else {
    while (at < inner.to && IsWord(source[at])) ++at;
  }
  head.name.to = at;
  while (at < inner.to && IsSpace(source[at])) ++at;
  uint32_t end = inner.to;
  while (end > at && IsSpace(source[end - 1])) --end;
  head.markup = {at, end};
  return head;
}

}  // namespace recado::liquid
