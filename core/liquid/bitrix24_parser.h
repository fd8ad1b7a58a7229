// The parser of Bitrix24's expressions: words into a flat tree.
//
// Operators bind, from tightest to loosest: the sign, ^ (from the right), * / %, + -, &, = <> < > <= >=, not,
// and, or. Internal to the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/liquid/bitrix24_lexer.h"

namespace recado::liquid::bitrix24 {

enum class Op : uint8_t {
  kNumber,
  kText,
  kReference,
  kTrue,
  kFalse,
  kNegate,
  kPercent,  // 10%: a hundredth
  kPower,
  kTimes,
  kDivide,
  kRemainder,
  kPlus,
  kMinus,
  kJoin,
  kEqual,
  kNotEqual,
  kLess,
  kGreater,
  kLessOrEqual,
  kGreaterOrEqual,
  kNot,
  kAnd,
  kOr,
  kCall,
};

struct Node {
  Op op = Op::kNumber;
  Token token;                     // the value, the operator's symbol, or the function's name
  SourceRange range;               // all of it
  std::vector<uint32_t> children;  // stand before their parent
};

struct Tree {
  std::vector<Node> nodes;          // the root is the last
  std::optional<Diagnostic> fault;  // with `place`; then the nodes mean nothing
  SourceRange place;
};

// `text` is what the tokens are views of.
Tree ParseExpression(std::string_view text, const std::vector<Token>& tokens);

// "(if (> {=Document:A} 1) "x" "y")": one line, for tests.
std::string Dump(const Tree& tree, std::string_view text);

}  // namespace recado::liquid::bitrix24
