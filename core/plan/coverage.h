// Coverage: whom a rule would reach among many records, why not the others, and what it would cost.
//
// Judges each record exactly as a preview of the rule on it does (PreviewRule of plan_json.h), so the figures
// equal a loop over previews. Grows with the variety of what it saw, not with the number of records. Add as
// many as there are, in portions of any size, and ask for the result whenever it is wanted: a page shows
// progress that way and stops when it likes.
//
//   Coverage coverage(rule, workspace, now);
//   coverage.Add(ndjson);  // and again
//   coverage.ToJson();     // {"records":3,"reached":2,"skipped":{"no_phone":1},…}
//
// Deterministic. Not for several threads.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan/distribution.h"
#include "core/plan/plan_json.h"
#include "core/plan/prices.h"

namespace recado::plan {

struct CoverageInput {
  rule::CompiledRulePtr rule;                 // one that is switched off is judged as if it were on
  const crm::Workspace* workspace = nullptr;  // never null; must outlive the coverage
  Instant now;                                // the moment the items enter the stage
  World world;
  std::string language = "en";
  OffsetUnit unit = OffsetUnit::kBytes;
};

class Coverage {
 public:
  explicit Coverage(CoverageInput input);

  // Snapshots, one a line; lines count on from call to call. Blank lines are passed over. A record that can't
  // be read is an error of its line and the rest goes on.
  void Add(std::string_view ndjson);

  // {"rule", "records", "reached", "skipped": {reason: n} in the order of formats §4,
  //  "unreached": [{"record","name","reason","message"}], the first kMaxCoverageUnreached,
  //  "unreadable": n, "errors": [{"line","error":{diagnostic}}], the first kMaxCoverageErrors}
  // records = reached + all skipped + unreadable. For SMS also "segments" {"p50","p95","max","total"} and
  // "encodings" {"gsm7","ucs2"}; for SMS, chats and spoken calls "characters" {"p50","p95","max"}; where the
  // provider has prices "cost" {"currency","p50","p95","max","total"} in exact decimals, with "unpriced": n
  // where some messages have no price, or one in another currency than the first.
  Json ToJson() const;

 private:
  void AddLine(std::string_view line, size_t number);
  void Reached(const Message& message);
  void Skipped(const crm::Snapshot& snapshot, const Diagnostic& reason);
  void CountCost(const Message& message);
  Json CostJson() const;

  CoverageInput input_;
  size_t lines_ = 0;  // read so far, blank ones too
  int64_t records_ = 0;
  int64_t reached_ = 0;
  int64_t unreadable_ = 0;
  std::map<DiagnosticCode, int64_t> skipped_;  // the enum stands in the order of formats §4
  Json unreached_ = Json::array();
  Json errors_ = Json::array();
  Distribution segments_;
  Distribution characters_;
  int64_t gsm7_ = 0;
  std::map<const crm::Provider*, Prices> prices_;  // looked up only, never walked
  Distribution cost_;
  std::string currency_;  // of the first message that has a price
  int64_t unpriced_ = 0;
};

}  // namespace recado::plan
