#include "core/plan/plan.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/sha256.h"
#include "core/plan/plan_json.h"
#include "native/cli/batch.h"
#include "native/cli/commands.h"

namespace recado::cli {
namespace {

namespace fs = std::filesystem;

// Events whose ids are remembered, so that a second one of the same id is known (formats §3). Beyond it the
// stream is read on without that check: some 100 bytes an event.
constexpr size_t kMaxRememberedEvents = 4'000'000;

// What the first event of an id was, and which rules answered it.
struct Seen {
  std::string digest;
  std::vector<std::string> rules;
};

std::vector<std::string> RulesIn(const Json& plan) {
  std::vector<std::string> rules;
  for (const char* list : {"deliveries", "skipped"}) {
    if (!plan.contains(list)) continue;
    for (const Json& entry : plan[list]) rules.push_back(entry.value("rule", ""));
  }
  return rules;
}

Json Duplicate(const std::string& id, const Seen& first, std::string_view language) {
  Json skipped = Json::array();
  for (const std::string& rule : first.rules) {
    skipped.push_back(plan::SkipJson({rule, Diagnostic::Of(DiagnosticCode::duplicate_event)}, language));
  }
  return {{"event", id}, {"deliveries", Json::array()}, {"skipped", std::move(skipped)}};
}

class Planner {
 public:
  Planner(plan::PlanInput input) : input_(std::move(input)) {}

  Json Answer(std::string_view line) {
    const Result<Json> event = ParseJson(line);
    if (!event.ok()) return ErrorAnswer(event.error(), input_.language);
    const std::string id = IdOf(*event);
    if (id.empty()) return Plan(*event);
    std::string digest = Sha256Hex(crm::CanonicalJson(*event));
    if (const auto seen = seen_.find(id); seen != seen_.end()) {
      if (seen->second.digest == digest) return Duplicate(id, seen->second, input_.language);
      return ErrorAnswer({Diagnostic::Of(DiagnosticCode::event_conflict).At("/id").With("id", id)},
                         input_.language);
    }
    Json plan = Plan(*event);
    if (!IsFaulty(plan) && seen_.size() < kMaxRememberedEvents) {
      seen_.emplace(id, Seen{std::move(digest), RulesIn(plan)});
    }
    return plan;
  }

  bool anything_skipped() const { return anything_skipped_; }

 private:
  static std::string IdOf(const Json& event) {
    const auto id = event.is_object() ? event.find("id") : event.end();
    return event.is_object() && id != event.end() && id->is_string() ? id->get<std::string>() : std::string();
  }

  Json Plan(const Json& event) {
    Json plan = plan::PlanEvent(event, input_, OffsetUnit::kBytes);
    anything_skipped_ = anything_skipped_ || (plan.contains("skipped") && !plan["skipped"].empty());
    return plan;
  }

  plan::PlanInput input_;
  std::unordered_map<std::string, Seen> seen_;  // looked up only, never walked
  bool anything_skipped_ = false;
};

}  // namespace

int RunPlan(const Io& io, const PlanOptions& options) {
  Inputs inputs;
  inputs.ReadSurroundings(options.surroundings);
  const bool surroundings_fine = !inputs.has_errors();
  inputs.ReadRules(options.rules);
  for (const Finding& finding : inputs.findings()) {
    if (finding.diagnostic.severity == Severity::kError)
      Print(io.err, TextOf(finding, options.language, false));
  }
  // A faulty rule is planned as rule_invalid; without the schema or workspace that was asked for every answer
  // would lie.
  if (inputs.has_unreadable()) return kWrongUsage;
  if (!surroundings_fine) return kInputHasErrors;

  const fs::path path(options.rules);
  std::error_code error;
  const fs::path folder = fs::is_directory(path, error) ? path : path.parent_path();
  plan::PlanInput input;
  input.rules = inputs.rules();
  input.workspace = &inputs.workspace();
  input.now = options.now;
  input.language = options.language;
  input.world.has_file = [folder](std::string_view file) { return FileIsBeside(folder, file); };
  Planner planner(std::move(input));
  const int code = RunBatch(io, [&planner](std::string_view line) { return planner.Answer(line); });
  return code == kFine && (planner.anything_skipped() || inputs.has_errors()) ? kInputHasErrors : code;
}

}  // namespace recado::cli
