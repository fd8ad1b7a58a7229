#include "core/phone/pattern.h"

#include <vector>

#include "core/base/limits.h"

namespace recado::phone {
namespace {

constexpr uint16_t kAnyDigit = 0x3FF;
constexpr size_t kMaxDigits = 64;

struct Instruction {
  enum class Kind : uint8_t { kDigit, kSplit, kJump, kSave, kEnd, kMatch } kind = Kind::kMatch;
  uint16_t digits = 0;  // kDigit: a bit for each digit allowed
  uint16_t slot = 0;    // kSave
  uint32_t first = 0;   // kSplit: tried first; kJump: the target
  uint32_t second = 0;  // kSplit: tried next
};
using Kind = Instruction::Kind;

// Compiles one pattern. Recursive over groups, which nest to a bound.
class Compiler {
 public:
  explicit Compiler(std::string_view pattern) : pattern_(pattern) {}

  bool Compile(bool whole) {
    Alternatives();
    if (at_ != pattern_.size()) return false;
    if (whole) Emit({Kind::kEnd});
    Emit({Kind::kMatch});
    return ok_;
  }

  std::vector<Instruction> program;
  size_t captures = 0;

 private:
  size_t Emit(Instruction instruction) {
    ok_ = ok_ && program.size() < kMaxPhoneProgram;
    program.push_back(instruction);
    return program.size() - 1;
  }
  uint32_t Here() const { return static_cast<uint32_t>(program.size()); }
  char Peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }

  void Alternatives() {
    ok_ = ok_ && ++nesting_ <= kMaxPhonePatternNesting;
    std::vector<size_t> jumps;
    while (true) {
      // Where another branch follows, begin with a split; whether one does is known only after the branch.
      const size_t split = Emit({Kind::kJump});
      program[split].first = Here();
      Sequence();
      if (!Take('|')) break;
      jumps.push_back(Emit({Kind::kJump}));
      program[split].kind = Kind::kSplit;
      program[split].second = Here();
    }
    for (const size_t jump : jumps) program[jump].first = Here();
    --nesting_;
  }

  void Sequence() {
    while (ok_ && at_ < pattern_.size() && Peek() != '|' && Peek() != ')' && Peek() != '>') Piece();
  }

  // One atom and how often it comes.
  void Piece() {
    const size_t from = at_;
    const size_t start = program.size();
    const size_t first_capture = captures;
    Atom();
    int least = 1;
    int most = 1;
    Quantifier(least, most);
    const size_t after = at_;
    if (least == 1 && most == 1) return;
    program.resize(start);
    for (int i = 0; i < most && ok_; ++i) {
      captures = first_capture;  // the same capture each time round
      at_ = from;
      const bool may_stop = i >= least;
      const size_t split = may_stop ? Emit({Kind::kSplit}) : 0;
      if (may_stop) program[split].first = Here();
      Atom();
      if (may_stop) stops_.push_back(split);
    }
    at_ = after;
    // Stopping early means going on behind the last repetition.
    while (!stops_.empty() && stops_.back() >= start) {
      if (program[stops_.back()].second == 0) program[stops_.back()].second = Here();
      stops_.pop_back();
    }
  }

  void Quantifier(int& least, int& most) {
    if (Take('?')) {
      least = 0;
      return;
    }
    if (!Take('{')) return;
    least = most = Number();
    if (Take(',')) most = Number();
    ok_ = ok_ && Take('}') && most >= least && most <= 32;
  }

  int Number() {
    int value = 0;
    while (Peek() >= '0' && Peek() <= '9' && value < 100) value = value * 10 + (pattern_[at_++] - '0');
    return value;
  }

  void Atom() {
    const char c = Peek();
    ++at_;
    if (c >= '0' && c <= '9') {
      Emit({Kind::kDigit, static_cast<uint16_t>(1U << (c - '0'))});
    } else if (c == 'd') {
      Emit({Kind::kDigit, kAnyDigit});
    } else if (c == '[') {
      Emit({Kind::kDigit, Class()});
    } else if (c == '(') {
      Alternatives();
      ok_ = ok_ && Take(')');
    } else if (c == '<') {
      const auto slot = static_cast<uint16_t>(captures++);
      ok_ = ok_ && slot < kMaxPhoneCaptures;
      Emit({Kind::kSave, 0, static_cast<uint16_t>(slot * 2)});
      Alternatives();
      ok_ = ok_ && Take('>');
      Emit({Kind::kSave, 0, static_cast<uint16_t>(slot * 2 + 1)});
    } else if (c == '$') {
      Emit({Kind::kEnd});
    } else {
      ok_ = false;
    }
  }

  uint16_t Class() {
    unsigned digits = 0;
    while (Peek() != ']' && at_ < pattern_.size()) {
      const char from = pattern_[at_++];
      char to = from;
      if (from == 'd') {
        digits |= kAnyDigit;
        continue;
      }
      if (Take('-')) to = at_ < pattern_.size() ? pattern_[at_++] : from;
      for (char c = from; c <= to && c >= '0' && c <= '9'; ++c) digits |= 1U << (c - '0');
    }
    ok_ = ok_ && Take(']');
    return static_cast<uint16_t>(digits);
  }

  std::string_view pattern_;
  size_t at_ = 0;
  size_t nesting_ = 0;
  bool ok_ = true;
  std::vector<size_t> stops_;  // splits that lead out of the repetition being compiled
};

// A thread of the search, or a capture to put back when the search returns to here.
struct Job {
  uint32_t instruction = 0;
  uint32_t position = 0;
  int restore = -1;  // slot to restore to `position`
};

class Search {
 public:
  Search(const std::vector<Instruction>& program, std::string_view digits)
      : program_(program), digits_(digits), visited_(program.size() * (digits.size() + 1), false) {
    slots_.fill(kNone);
  }

  // Depth first in order of preference; the first match found is the preferred one.
  bool Run() {
    todo_.push_back({0, 0, -1});
    while (!todo_.empty()) {
      const Job job = todo_.back();
      todo_.pop_back();
      if (job.restore >= 0) {
        slots_[static_cast<size_t>(job.restore)] = job.position;
      } else if (Follow(job.instruction, job.position)) {
        return true;
      }
    }
    return false;
  }

  size_t end = 0;

  std::string_view Capture(size_t i) const {
    if (slots_[2 * i] == kNone || slots_[2 * i + 1] == kNone) return {};
    return digits_.substr(slots_[2 * i], slots_[2 * i + 1] - slots_[2 * i]);
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // Walks one thread until it fails or matches; other branches are left on the stack.
  bool Follow(uint32_t at, uint32_t position) {
    while (true) {
      const size_t state = at * (digits_.size() + 1) + position;
      if (visited_[state]) return false;
      visited_[state] = true;
      const Instruction& now = program_[at];
      switch (now.kind) {
        case Kind::kDigit:
          if (position >= digits_.size()) return false;
          if ((now.digits >> (digits_[position] - '0') & 1U) == 0) return false;
          ++position;
          ++at;
          break;
        case Kind::kSplit:
          todo_.push_back({now.second, position, -1});
          at = now.first;
          break;
        case Kind::kJump:
          at = now.first;
          break;
        case Kind::kSave:
          todo_.push_back({0, slots_[now.slot], now.slot});
          slots_[now.slot] = position;
          ++at;
          break;
        case Kind::kEnd:
          if (position != digits_.size()) return false;
          ++at;
          break;
        case Kind::kMatch:
          end = position;
          return true;
      }
    }
  }

  const std::vector<Instruction>& program_;
  std::string_view digits_;
  std::vector<bool> visited_;
  std::vector<Job> todo_;
  std::array<uint32_t, 2 * kMaxPhoneCaptures> slots_{};
};

std::optional<PhoneMatch> Match(std::string_view pattern, std::string_view digits, bool whole) {
  if (pattern.empty() || digits.size() > kMaxDigits) return std::nullopt;
  Compiler compiler(pattern);
  if (!compiler.Compile(whole)) return std::nullopt;
  Search search(compiler.program, digits);
  if (!search.Run()) return std::nullopt;
  PhoneMatch match;
  match.length = search.end;
  match.captures = compiler.captures;
  for (size_t i = 0; i < compiler.captures; ++i) match.capture[i] = search.Capture(i);
  return match;
}

}  // namespace

std::optional<PhoneMatch> MatchPhone(std::string_view pattern, std::string_view digits) {
  return Match(pattern, digits, false);
}

std::optional<PhoneMatch> MatchWhole(std::string_view pattern, std::string_view digits) {
  return Match(pattern, digits, true);
}

bool MatchesWhole(std::string_view pattern, std::string_view digits) {
  return MatchWhole(pattern, digits).has_value();
}

}  // namespace recado::phone
