// The lexer of Bitrix24's forms: where in a text one begins and ends, and the words of an expression.
//
// Views over the text, owning nothing; linear in its length. Internal to the room.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/liquid/program.h"

namespace recado::liquid::bitrix24 {

// {=Document:FIELD > modifier} or {{Field title}}, taken apart.
struct Reference {
  std::string_view prefix;    // "Document", "Variable", "A1_2_3_4"; empty: by title
  std::string_view name;      // code or title, without spaces around it
  std::string_view modifier;  // "printable"; may be empty
};

enum class TokenKind : uint8_t {
  kEnd,
  kNumber,
  kText,  // with its quotation marks
  kReference,
  kName,    // a function, and or not true false
  kSymbol,  // + - * / ^ % & = <> < > <= >= ( ) , ;
  kUnclosedText,
  kUnknown,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  SourceRange range;
  Reference reference;  // of kReference
};

// A reference that begins at `at`; its length in bytes, 0 where there is none.
size_t ReadReference(std::string_view text, size_t at, Reference& reference);

struct Expression {
  std::vector<Token> tokens;  // the last is kEnd
  size_t end = 0;             // behind the closing braces, or the end of the text
  bool closed = true;         // false: the braces never close
};
// The words from `from` on: to the }} that closes the expression if `embedded`, else to the end of the text.
Expression ReadExpression(std::string_view text, size_t from, bool embedded);

struct Form {
  enum class Kind : uint8_t { kReference, kExpression, kUnclosed } kind = Kind::kReference;
  size_t from = 0;
  size_t to = 0;
  Reference reference;
  Expression expression;
};
// The next form at or behind `from`.
std::optional<Form> NextForm(std::string_view text, size_t from);

}  // namespace recado::liquid::bitrix24
