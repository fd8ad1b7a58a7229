// Expressions: paths, texts, numbers, ranges, filters and conditions, without recursion. Brackets and ranges
// that are open stand in `nested_`; the path being read stands in `path_` until something ends it.
#include <charconv>

#include "core/base/limits.h"
#include "core/liquid/check.h"
#include "core/liquid/filter.h"
#include "core/liquid/number.h"
#include "core/liquid/parser.h"

namespace recado::liquid {
namespace {

struct Literal {
  std::string_view word;
  Value value;
};
constexpr Literal kLiterals[] = {{"nil", Value::Nil()},          {"null", Value::Nil()},
                                 {"true", Value::Boolean(true)}, {"false", Value::Boolean(false)},
                                 {"blank", Value::Blank()},      {"empty", Value::Empty()}};

std::optional<Comparison> ComparisonNamed(std::string_view word) {
  if (word == "==") return Comparison::kEq;
  if (word == "!=" || word == "<>") return Comparison::kNe;
  if (word == "<") return Comparison::kLt;
  if (word == "<=") return Comparison::kLe;
  if (word == ">") return Comparison::kGt;
  if (word == ">=") return Comparison::kGe;
  if (word == "contains") return Comparison::kContains;
  return std::nullopt;
}

std::string ExpectedCount(const Filter& filter) {
  std::string text = std::to_string(filter.min_arguments);
  if (filter.max_arguments != filter.min_arguments) text += "–" + std::to_string(filter.max_arguments);
  return text;
}

}  // namespace

bool Parser::Unexpected(ExpressionLexer& lexer, DiagnosticCode at_end) {
  const Token& token = lexer.current();
  if (token.kind == TokenKind::kUnclosedText) {
    Fault(DiagnosticCode::unclosed_quote, token.range);
  } else if (token.kind == TokenKind::kEnd) {
    Fault(at_end, token.range);
  } else {
    Fault(Diagnostic::Of(DiagnosticCode::unexpected_here).With("found", std::string(lexer.text())),
          token.range);
  }
  return false;
}

bool Parser::ExpectSymbol(ExpressionLexer& lexer, TokenKind kind, std::string_view symbol) {
  if (lexer.At(kind)) {
    lexer.Take();
    return true;
  }
  if (lexer.At(TokenKind::kUnclosedText)) return Unexpected(lexer);
  Fault(Diagnostic::Of(DiagnosticCode::symbol_missing).With("symbol", std::string(symbol)),
        lexer.current().range);
  return false;
}

bool Parser::AtEnd(ExpressionLexer& lexer) {
  return lexer.At(TokenKind::kEnd) || Unexpected(lexer);
}

// Alternates between reading a value, its lookups, and what closes around it, until nothing is open any more.
bool Parser::Expression(ExpressionLexer& lexer) {
  nested_.clear();
  path_open_ = false;
  bool value_next = true;
  for (;;) {
    const size_t open = nested_.size();
    if (value_next) {
      if (!Primary(lexer)) return false;
      value_next = nested_.size() > open;  // a bracket was opened: its inside comes first
    } else if (path_open_) {
      if (!Lookups(lexer)) return false;
      value_next = nested_.size() > open;
    } else if (nested_.empty()) {
      return true;
    } else {
      value_next = nested_.back().first == Nested::kRangeFirst;
      if (!CloseNested(lexer)) return false;
    }
  }
}

bool Parser::Primary(ExpressionLexer& lexer) {
  const Token token = lexer.current();
  switch (token.kind) {
    case TokenKind::kIdentifier: {
      const std::string_view word = lexer.text();
      const bool alone = lexer.next().kind != TokenKind::kDot && lexer.next().kind != TokenKind::kOpenSquare;
      lexer.Take();
      for (const Literal& literal : kLiterals) {
        if (!alone || literal.word != word) continue;
        Emit(Op::kPush, token.range, Constant(literal.value));
        Pushed();
        return true;
      }
      BeginPath(word, token.range);
      return true;
    }
    case TokenKind::kText: {
      const std::string_view quoted = lexer.text();
      lexer.Take();
      Emit(Op::kPush, token.range, Constant(Value::Text(quoted.substr(1, quoted.size() - 2))));
      Pushed();
      return true;
    }
    case TokenKind::kNumber:
      return Number(lexer);
    case TokenKind::kOpenSquare:
    case TokenKind::kOpenRound: {
      if (nested_.size() >= kMaxTemplateNesting) {
        Fault(Diagnostic::Of(DiagnosticCode::nesting_too_deep)
                  .With("limit", std::to_string(kMaxTemplateNesting)),
              token.range);
        return false;
      }
      lexer.Take();
      const bool range = token.kind == TokenKind::kOpenRound;
      if (!range && lexer.At(TokenKind::kText) && lexer.next().kind == TokenKind::kCloseSquare) {
        const std::string_view quoted = lexer.text();
        lexer.Take();
        lexer.Take();
        BeginPath(quoted.substr(1, quoted.size() - 2), {token.range.from, lexer.last_end()});
        return true;
      }
      nested_.emplace_back(range ? Nested::kRangeFirst : Nested::kRoot, token.range.from);
      return true;
    }
    default:
      return Unexpected(lexer);
  }
}

bool Parser::Number(ExpressionLexer& lexer) {
  const std::string_view text = lexer.text();
  const SourceRange range = lexer.Take().range;
  int64_t whole = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), whole);
  Value value = Value::Integer(whole);
  if (fault != std::errc() || end != text.data() + text.size()) {
    const auto number = Decimal::Parse(text);
    if (!number) {
      Fault(DiagnosticCode::number_too_large, range);
      return false;
    }
    const bool is_whole = text.find('.') == std::string_view::npos;
    value = Value::Number(new (program_.arena.Make<DecimalCell>())
                              DecimalCell{is_whole ? *number : RoundToDouble(*number), is_whole});
  }
  Emit(Op::kPush, range, Constant(value));
  Pushed();
  return true;
}

void Parser::BeginPath(std::string_view name, SourceRange range) {
  path_open_ = true;
  path_rooted_ = true;
  path_from_ = range.from;
  path_ = {Symbol(name), static_cast<uint32_t>(program_.steps.size()), 0};
}

// Emits the path read so far. A path without a root continues the value on the stack.
void Parser::FlushPath(uint32_t end) {
  path_.step_count = static_cast<uint32_t>(program_.steps.size()) - path_.first_step;
  if (path_rooted_ || path_.step_count > 0) {
    if (!path_rooted_) path_.symbol = kNone;
    program_.paths.push_back(path_);
    Emit(path_rooted_ ? Op::kPath : Op::kFollow, {path_from_, end},
         static_cast<uint32_t>(program_.paths.size() - 1));
    if (path_rooted_) Pushed();
  }
  path_rooted_ = false;
  path_.first_step = static_cast<uint32_t>(program_.steps.size());
}

// .name and [key] behind a path. Ends with the path closed, or with a bracket open whose key comes next.
bool Parser::Lookups(ExpressionLexer& lexer) {
  for (;;) {
    if (lexer.At(TokenKind::kDot)) {
      lexer.Take();
      if (!lexer.At(TokenKind::kIdentifier)) return Unexpected(lexer, DiagnosticCode::name_missing);
      program_.steps.push_back(MakeStep(lexer.text()));
      lexer.Take();
      continue;
    }
    if (!lexer.At(TokenKind::kOpenSquare)) break;
    const uint32_t end = lexer.last_end();
    const SourceRange square = lexer.Take().range;
    if (lexer.At(TokenKind::kText) && lexer.next().kind == TokenKind::kCloseSquare) {
      const std::string_view quoted = lexer.text();
      Step step = MakeStep(quoted.substr(1, quoted.size() - 2));
      step.command = Command::kNone;  // a["size"] is a member only
      program_.steps.push_back(step);
    } else if (int64_t index = 0;
               lexer.At(TokenKind::kNumber) && lexer.next().kind == TokenKind::kCloseSquare &&
               std::from_chars(lexer.text().data(), lexer.text().data() + lexer.text().size(), index).ptr ==
                   lexer.text().data() + lexer.text().size()) {
      Step step;
      step.index = index;
      step.is_index = true;
      program_.steps.push_back(step);
    } else {
      if (nested_.size() >= kMaxTemplateNesting) {
        Fault(Diagnostic::Of(DiagnosticCode::nesting_too_deep)
                  .With("limit", std::to_string(kMaxTemplateNesting)),
              square);
        return false;
      }
      FlushPath(end);
      path_open_ = false;
      nested_.emplace_back(Nested::kIndex, path_from_);
      return true;
    }
    lexer.Take();
    lexer.Take();
  }
  FlushPath(lexer.last_end());
  path_open_ = false;
  return true;
}

// The value inside the innermost bracket or range is complete.
bool Parser::CloseNested(ExpressionLexer& lexer) {
  const auto [kind, from] = nested_.back();
  switch (kind) {
    case Nested::kRangeFirst:
      if (!ExpectSymbol(lexer, TokenKind::kDotDot, "..")) return false;
      nested_.back().first = Nested::kRangeLast;
      return true;
    case Nested::kRangeLast:
      if (!ExpectSymbol(lexer, TokenKind::kCloseRound, ")")) return false;
      nested_.pop_back();
      Emit(Op::kRange, {from, lexer.last_end()});
      Popped(1);
      return true;
    case Nested::kRoot:
    case Nested::kIndex:
      if (!ExpectSymbol(lexer, TokenKind::kCloseSquare, "]")) return false;
      nested_.pop_back();
      Emit(kind == Nested::kRoot ? Op::kLoadNamed : Op::kIndex, {from, lexer.last_end()});
      if (kind == Nested::kIndex) Popped(1);
      path_open_ = true;
      path_rooted_ = false;
      path_from_ = from;
      path_.first_step = static_cast<uint32_t>(program_.steps.size());
      return true;
  }
  return false;
}

bool Parser::Pipeline(ExpressionLexer& lexer) {
  if (!Expression(lexer)) return false;
  while (lexer.At(TokenKind::kPipe)) {
    lexer.Take();
    if (!FilterCallOf(lexer)) return false;
  }
  return AtEnd(lexer);
}

bool Parser::FilterCallOf(ExpressionLexer& lexer) {
  if (!lexer.At(TokenKind::kIdentifier)) return Unexpected(lexer, DiagnosticCode::name_missing);
  const std::string_view name = lexer.text();
  const SourceRange name_range = lexer.Take().range;
  size_t positional = 0;
  std::vector<Name> names;
  std::vector<SourceRange> places;
  if (lexer.At(TokenKind::kColon)) {
    lexer.Take();
    if (!Arguments(lexer, positional, names, places)) return false;
  }
  const auto id = FindFilter(name);
  if (!id) {
    std::vector<std::string_view> known;
    for (const Filter& filter : Filters()) known.push_back(filter.name);
    const std::string_view suggestion = NearestName(name, known);
    Diagnostic fault = Diagnostic::Of(DiagnosticCode::unknown_filter).With("name", std::string(name));
    if (!suggestion.empty()) {
      fault = std::move(fault).With("suggestion", std::string(suggestion)).Fixed(std::string(suggestion));
    }
    Fault(std::move(fault), name_range);
    return true;  // the rest of the line is read as if the filter were there
  }
  const Filter& filter = FilterAt(*id);
  if (positional < filter.min_arguments || positional > filter.max_arguments) {
    Fault(Diagnostic::Of(DiagnosticCode::wrong_argument_count)
              .With("name", std::string(name))
              .With("expected", ExpectedCount(filter))
              .With("actual", std::to_string(positional)),
          name_range);
  }
  for (size_t i = 0; i < names.size(); ++i) {
    bool known = filter.keywords[0] == "*";
    for (const std::string_view keyword : filter.keywords) known = known || keyword == names[i].text;
    if (known) continue;
    const std::vector<std::string_view> candidates(filter.keywords.begin(), filter.keywords.end());
    Diagnostic fault = Diagnostic::Of(DiagnosticCode::unknown_argument)
                           .With("owner", std::string(name))
                           .With("name", std::string(names[i].text));
    const std::string_view suggestion = NearestName(names[i].text, candidates);
    if (!suggestion.empty()) {
      fault = std::move(fault).With("suggestion", std::string(suggestion)).Fixed(std::string(suggestion));
    }
    Fault(std::move(fault), places[i]);
  }
  const auto first_name = static_cast<uint32_t>(program_.argument_names.size());
  program_.argument_names.insert(program_.argument_names.end(), names.begin(), names.end());
  Emit(Op::kFilter, {name_range.from, lexer.last_end()}, first_name, static_cast<uint32_t>(names.size()),
       static_cast<uint8_t>(positional), *id);
  Popped(positional + names.size());
  return true;
}

// Values are pushed in the order they are written; the filter finds the named ones last, so one without a
// name behind them is moved before them.
bool Parser::Arguments(ExpressionLexer& lexer, size_t& positional, std::vector<Name>& names,
                       std::vector<SourceRange>& places) {
  for (;;) {
    if (positional + names.size() == kMaxTagArguments) {
      Fault(
          Diagnostic::Of(DiagnosticCode::too_many_arguments).With("limit", std::to_string(kMaxTagArguments)),
          lexer.current().range);
      return false;
    }
    const bool named = lexer.At(TokenKind::kIdentifier) && lexer.next().kind == TokenKind::kColon;
    if (named) {
      names.push_back({lexer.text(), HashName(lexer.text())});
      places.push_back(lexer.Take().range);
      lexer.Take();
    } else {
      ++positional;
    }
    const SourceRange range = lexer.current().range;
    if (!Expression(lexer)) return false;
    if (!named && !names.empty()) Emit(Op::kRotate, range, static_cast<uint32_t>(names.size()));
    if (!lexer.At(TokenKind::kComma)) return true;
    lexer.Take();
  }
}

bool Parser::ComparisonOf(ExpressionLexer& lexer) {
  const uint32_t from = lexer.current().range.from;
  if (!Expression(lexer)) return false;
  const bool symbol = lexer.At(TokenKind::kComparison) || lexer.AtWord("contains");
  const auto comparison = symbol ? ComparisonNamed(lexer.text()) : std::nullopt;
  if (!comparison) return true;
  lexer.Take();
  if (!Expression(lexer)) return false;
  Emit(Op::kCompare, {from, lexer.last_end()}, 0, 0, static_cast<uint8_t>(*comparison));
  Popped(1);
  return true;
}

// Comparisons joined by `and` and `or`, which bind equally and from the right: `a and b or c` is
// `a and (b or c)`. That makes a chain in which each link either decides or leaves it to the next. The jumps
// to be taken where the condition does not hold are added to `to_else`.
bool Parser::Condition(ExpressionLexer& lexer, bool negated, SourceRange whole,
                       std::vector<uint32_t>& to_else) {
  std::vector<uint32_t> to_body;
  for (;;) {
    if (!ComparisonOf(lexer)) return false;
    Popped(1);
    if (lexer.At(TokenKind::kEnd)) break;
    const bool is_or = lexer.AtWord("or");
    if (!is_or && !lexer.AtWord("and")) return Unexpected(lexer);
    lexer.Take();
    (is_or != negated ? to_body : to_else).push_back(Emit(is_or ? Op::kJumpIfTrue : Op::kJumpIfFalse, whole));
  }
  to_else.push_back(Emit(negated ? Op::kJumpIfTrue : Op::kJumpIfFalse, whole));
  for (const uint32_t jump : to_body) Patch(jump);
  return true;
}

}  // namespace recado::liquid
