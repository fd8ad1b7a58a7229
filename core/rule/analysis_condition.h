// What can be proven of a rule's conditions without any record: that they never hold, always hold, or say a
// thing twice.
//
//   all: deal.amount < 50, deal.amount > 100          never
//   any: deal.amount empty, deal.amount not empty     always
//   all: deal.amount ≥ 100, deal.amount ≥ 50          the second is not needed
//
// How: each field's values are cut into finitely many stretches by the values the tests compare it with; a
// test is the set of stretches it accepts, a group the intersection or (field by field) the union of its
// children's. Each node has two such sets, both at least as large as the truth: where it may hold and where
// it may fail. So an empty set is a proof, and what is not found may still be so. Text is compared folded,
// times of day run over midnight, a date against a moment allows for every time zone, and an amount in
// another currency fails the whole rule anyway (currency_mismatch).
//
// Claims hold for records whose fields have the type the schema declares: plan's WhyNot() never answers
// "holds" for what is called never, nor condition_false for what is called always. The property test
// compares the two.
//
// Bounds: kMaxConditions nodes, kMaxAnalysedValues compared values; above the latter nothing is claimed. No
// recursion. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/liquid/check.h"
#include "core/rule/rule.h"

namespace recado::rule {

// A test, and the one it clashes with or that makes it superfluous.
struct ConditionPair {
  uint32_t node = 0;                // index into Conditions::nodes
  std::optional<uint32_t> other{};  // absent: by itself, or not to be told by one
};

struct ConditionFindings {
  bool never = false;                       // no record passes
  bool always = false;                      // every record passes (or meets a currency mismatch)
  std::vector<ConditionPair> clashes;       // why never, in document order
  std::vector<ConditionPair> alternatives;  // parts of an `any` that no record reaches
  std::vector<uint32_t> certain;            // topmost nodes that always hold
  std::vector<ConditionPair> redundant;     // tests that a neighbour decides already
};

// `variables`: the types of crm::VariablesOf.
ConditionFindings AnalyseConditions(const Conditions& conditions, const liquid::Type& variables);

// Whether no record passes both. The two must be judged in the same time zone.
bool AreDisjoint(const Conditions& a, const Conditions& b, const liquid::Type& variables);
// Whether what passes the conditions has nothing in `field`.
bool RequireEmpty(const Conditions& conditions, const std::string& field, const liquid::Type& variables);

// The type of a dotted path; null where it is not declared. Reports nothing.
const liquid::Type* FindType(const liquid::Type& variables, std::string_view field);

// "deal.amount < 50", for messages.
std::string Describe(const Conditions& conditions, uint32_t node);

}  // namespace recado::rule
