// Two stacks, as Dijkstra's shunting yard has them: values that are complete, and operators, brackets and
// calls that wait for more.
#include "core/liquid/bitrix24_parser.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"

namespace recado::liquid::bitrix24 {
namespace {

struct BinaryRow {
  std::string_view symbol;
  Op op;
  int binding;
};
constexpr int kNotBinding = 3;
constexpr int kPowerBinding = 8;
constexpr int kSignBinding = 9;
constexpr BinaryRow kBinary[] = {
    {"or", Op::kOr, 1},       {"and", Op::kAnd, 2},        {"=", Op::kEqual, 4},
    {"<>", Op::kNotEqual, 4}, {"<=", Op::kLessOrEqual, 4}, {">=", Op::kGreaterOrEqual, 4},
    {"<", Op::kLess, 4},      {">", Op::kGreater, 4},      {"&", Op::kJoin, 5},
    {"+", Op::kPlus, 6},      {"-", Op::kMinus, 6},        {"*", Op::kTimes, 7},
    {"/", Op::kDivide, 7},    {"%", Op::kRemainder, 7},    {"^", Op::kPower, kPowerBinding},
};

bool SameWord(std::string_view word, std::string_view lower) {
  return std::equal(word.begin(), word.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  });
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  Tree Run() {
    while (!done_ && !tree_.fault) {
      if (tree_.nodes.size() + waiting_.size() > kMaxBitrix24Nodes) {
        Fault(Diagnostic::Of(DiagnosticCode::bitrix24_too_long)
                  .With("limit", std::to_string(kMaxBitrix24Nodes)));
      } else if (value_next_) {
        Value();
      } else {
        Operator();
      }
    }
    return std::move(tree_);
  }

 private:
  struct Waiting {
    enum class Kind : uint8_t { kOperator, kBracket, kCall } kind = Kind::kOperator;
    Op op = Op::kPlus;
    int binding = 0;
    size_t operands = 2;  // of an operator
    size_t floor = 0;     // of a call: values below are not its arguments
    Token token;
  };

  const Token& current() const { return tokens_[at_]; }
  std::string_view TextOf(const Token& token) const {
    return text_.substr(token.range.from, token.range.to - token.range.from);
  }
  bool AtSymbol(std::string_view symbol) const {
    return current().kind == TokenKind::kSymbol && TextOf(current()) == symbol;
  }
  bool AtWord(std::string_view word) const {
    return current().kind == TokenKind::kName && SameWord(TextOf(current()), word);
  }
  bool BracketFollows() const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == TokenKind::kSymbol &&
           TextOf(tokens_[at_ + 1]) == "(";
  }

  void Fault(Diagnostic fault) {
    tree_.fault = std::move(fault);
    tree_.place = current().range;
  }
  void Unexpected() {
    switch (current().kind) {
      case TokenKind::kUnclosedText:
        return Fault(Diagnostic::Of(DiagnosticCode::unclosed_quote));
      case TokenKind::kEnd:
        return Fault(Diagnostic::Of(DiagnosticCode::value_missing));
      default:
        return Fault(
            Diagnostic::Of(DiagnosticCode::unexpected_here).With("found", std::string(TextOf(current()))));
    }
  }

  void Push(Node node) {
    values_.push_back(static_cast<uint32_t>(tree_.nodes.size()));
    tree_.nodes.push_back(std::move(node));
  }
  void PushLeaf(Op op) {
    Node node;
    node.op = op;
    node.token = current();
    node.range = current().range;
    Push(std::move(node));
    ++at_;
    value_next_ = false;
  }

  // Makes one node of the last `count` values.
  void Join(Op op, const Token& token, size_t count, SourceRange range) {
    Node node;
    node.op = op;
    node.token = token;
    node.range = range;
    node.children.assign(values_.end() - static_cast<std::ptrdiff_t>(count), values_.end());
    for (const uint32_t child : node.children) {
      node.range.from = std::min(node.range.from, tree_.nodes[child].range.from);
      node.range.to = std::max(node.range.to, tree_.nodes[child].range.to);
    }
    values_.resize(values_.size() - count);
    Push(std::move(node));
  }

  // Completes the operators that bind at least as tightly as `binding`.
  void Reduce(int binding) {
    while (!waiting_.empty() && waiting_.back().kind == Waiting::Kind::kOperator &&
           waiting_.back().binding >= binding) {
      const Waiting top = waiting_.back();
      waiting_.pop_back();
      Join(top.op, top.token, top.operands, top.token.range);
    }
  }

  void Prefix(Op op, int binding) {
    waiting_.push_back({Waiting::Kind::kOperator, op, binding, 1, 0, current()});
    ++at_;
  }

  void Open(Waiting::Kind kind) {
    const auto open = std::count_if(waiting_.begin(), waiting_.end(), [](const Waiting& waiting) {
      return waiting.kind != Waiting::Kind::kOperator;
    });
    if (static_cast<size_t>(open) >= kMaxBitrix24Nesting) {
      return Fault(Diagnostic::Of(DiagnosticCode::nesting_too_deep)
                       .With("limit", std::to_string(kMaxBitrix24Nesting)));
    }
    waiting_.push_back({kind, Op::kCall, 0, 0, values_.size(), current()});
    at_ += kind == Waiting::Kind::kCall ? 2 : 1;
    if (kind == Waiting::Kind::kCall && AtSymbol(")")) Close();
  }

  void Value() {
    switch (current().kind) {
      case TokenKind::kNumber:
        return PushLeaf(Op::kNumber);
      case TokenKind::kText:
        return PushLeaf(Op::kText);
      case TokenKind::kReference:
        return PushLeaf(Op::kReference);
      case TokenKind::kName:
        if (BracketFollows()) return Open(Waiting::Kind::kCall);
        if (AtWord("true")) return PushLeaf(Op::kTrue);
        if (AtWord("false")) return PushLeaf(Op::kFalse);
        if (AtWord("not")) return Prefix(Op::kNot, kNotBinding);
        return Unexpected();
      case TokenKind::kSymbol:
        if (AtSymbol("(")) return Open(Waiting::Kind::kBracket);
        if (AtSymbol("-")) return Prefix(Op::kNegate, kSignBinding);
        return Unexpected();
      default:
        return Unexpected();
    }
  }

  // Whether the word behind a % is a value: then it is a remainder, else a percentage.
  bool ValueFollows() const {
    const Token& next = tokens_[at_ + 1];
    switch (next.kind) {
      case TokenKind::kNumber:
      case TokenKind::kText:
      case TokenKind::kReference:
        return true;
      case TokenKind::kName:
        return !SameWord(TextOf(next), "and") && !SameWord(TextOf(next), "or");
      default:
        return TextOf(next) == "(";
    }
  }

  void Operator() {
    if (current().kind == TokenKind::kEnd) return End();
    if (AtSymbol(")")) return Close();
    if (AtSymbol(",") || AtSymbol(";")) return NextArgument();
    if (AtSymbol("%") && !ValueFollows()) {
      Join(Op::kPercent, current(), 1, current().range);
      ++at_;
      return;
    }
    for (const BinaryRow& row : kBinary) {
      if (!AtSymbol(row.symbol) && !AtWord(row.symbol)) continue;
      Reduce(row.binding + (row.op == Op::kPower ? 1 : 0));
      waiting_.push_back({Waiting::Kind::kOperator, row.op, row.binding, 2, 0, current()});
      ++at_;
      value_next_ = true;
      return;
    }
    Unexpected();
  }

  void NextArgument() {
    Reduce(0);
    if (waiting_.empty() || waiting_.back().kind != Waiting::Kind::kCall) return Unexpected();
    if (values_.size() - waiting_.back().floor >= kMaxBitrix24Arguments) {
      return Fault(Diagnostic::Of(DiagnosticCode::too_many_arguments)
                       .With("limit", std::to_string(kMaxBitrix24Arguments)));
    }
    ++at_;
    value_next_ = true;
  }

  void Close() {
    Reduce(0);
    if (waiting_.empty()) return Unexpected();
    const Waiting open = waiting_.back();
    waiting_.pop_back();
    const SourceRange range = {open.token.range.from, current().range.to};
    if (open.kind == Waiting::Kind::kCall) {
      Join(Op::kCall, open.token, values_.size() - open.floor, range);
    } else {
      tree_.nodes[values_.back()].range = range;  // the brackets belong to the value
    }
    ++at_;
    value_next_ = false;
  }

  void End() {
    Reduce(0);
    done_ = true;
    if (!waiting_.empty()) Fault(Diagnostic::Of(DiagnosticCode::symbol_missing).With("symbol", ")"));
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  size_t at_ = 0;
  bool value_next_ = true;
  bool done_ = false;
  std::vector<uint32_t> values_;
  std::vector<Waiting> waiting_;
  Tree tree_;
};

}  // namespace

Tree ParseExpression(std::string_view text, const std::vector<Token>& tokens) {
  return Parser(text, tokens).Run();
}

std::string Dump(const Tree& tree, std::string_view text) {
  if (tree.fault) return recado::Dump(*tree.fault);
  std::vector<std::string> lines;
  for (const Node& node : tree.nodes) {
    const SourceRange word = node.token.range;
    std::string line(text.substr(word.from, word.to - word.from));
    if (node.op == Op::kPercent) line = "percent";
    if (node.op == Op::kNegate) line = "negate";
    for (const uint32_t child : node.children) line += " " + lines[child];
    lines.push_back(node.children.empty() && node.op != Op::kCall ? line : "(" + line + ")");
  }
  return lines.empty() ? "" : lines.back();
}

}  // namespace recado::liquid::bitrix24
