// Where each node of a condition tree may hold and may fail, as sets of stretches of its fields' values.
// Private to the room; analysis_condition.h tells the idea.
//
// A set is a row of bits over all variables, each beginning at a whole word: one bit for "nothing in the
// field", one for a value that no comparison understands, then one for each stretch. Where the set of one
// variable is empty the whole is, and is then all zero.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/liquid/check.h"
#include "core/rule/rule.h"

namespace recado::rule {

using Words = std::vector<uint64_t>;

// What is looked at of a field. A moment has two: its place in time and its time of day.
enum class Aspect : uint8_t { kPresence, kLine, kTimeOfDay, kText, kTruth };

struct Variable {
  std::string_view field;
  liquid::Type::Kind kind = liquid::Type::Kind::kAny;
  Aspect aspect = Aspect::kPresence;
  // kLine: numbers, days, or milliseconds; kTimeOfDay: minutes. Sorted. The stretches lie before, at and
  // between the points.
  std::vector<Decimal> points;
  std::vector<std::string> texts;  // kText: folded, sorted; a stretch each and one for all other texts
  size_t first_bit = 0;            // of the row; a multiple of 64
  size_t stretches = 0;
};

class ConditionSets {
 public:
  // Both must outlive it.
  ConditionSets(const Conditions& conditions, const liquid::Type& variables);

  // False: more is compared than is looked at (kMaxAnalysedValues); then nothing else may be asked.
  bool usable() const { return usable_; }
  const Words& MayHold(uint32_t node) const { return may_hold_[node]; }
  const Words& MayFail(uint32_t node) const { return may_fail_[node]; }
  const Words& Everything() const { return everything_; }
  // a ∩ b, all zero where that is empty.
  Words Meet(const Words& a, const Words& b) const;
  static bool IsEmpty(const Words& words);
  // Whether `words` leaves a field nothing but being empty.
  bool OnlyEmpty(const Words& words, std::string_view field) const;

 private:
  void Declare(const ConditionNode& test, const liquid::Type& variables);
  Variable* Find(std::string_view field, Aspect aspect);
  void Layout();
  void RuleOut(const Variable& variable);
  void JudgeTest(uint32_t node);
  void JudgeGroup(uint32_t node);
  void Fill(const Variable& variable, size_t from, size_t to, Words& words) const;

  const Conditions& conditions_;
  std::vector<Variable> variables_;
  std::vector<Words> may_hold_;  // by node
  std::vector<Words> may_fail_;
  Words everything_;
  bool usable_ = true;
};

}  // namespace recado::rule
