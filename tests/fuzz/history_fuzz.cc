// Any text as a history that `simulate` runs, and as records that `coverage` counts: never crashes, tells
// everything in order, and says the same again.
//
// The first line chooses the rules of the run; the rest is NDJSON.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan/coverage.h"
#include "core/plan/simulate_json.h"

namespace recado::plan {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view kRules = R"({"rules":[
  {"id":"now","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_sms","text":"Hi {{ contact.first_name }}","provider":"p"}},
  {"id":"later","position":1,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"after","delay":"P1D","zone":"client"},
   "conditions":{"any":[{"field":"deal.amount","op":"ge","value":"10"},{"field":"deal.title","op":"empty"}]},
   "action":{"type":"send_email","from":"a@shop.example","subject":"{{ deal.title }}","text":"{{ deal.amount | money }}",
   "attachments":[{"field":"deal.contract"}]}},
  {"id":"before","position":2,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"before","delay":"PT3H","field":"deal.delivery_date"},
   "action":{"type":"send_chat_message","text":"{{ now | datetime }}"}},
  {"id":"waits","position":3,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"immediately","wait_for_previous":true},
   "action":{"type":"make_call","line":"l","say":{"text":"{{ client.name }}"}}}]})";

const std::vector<rule::CompiledRulePtr>& Rules() {
  static const std::vector<rule::CompiledRulePtr> rules = [] {
    std::vector<rule::CompiledRulePtr> compiled;
    for (rule::Checked& checked : rule::CheckRules(*ParseJson(kRules), crm::BuiltInSchema(), {})) {
      Require(checked.rule != nullptr && checked.rule->valid);
      compiled.push_back(std::move(checked.rule));
    }
    return compiled;
  }();
  return rules;
}

struct Told {
  std::vector<std::string> entries;
  SimulationCounts counts;
};

Told Run(std::string_view history, const SimulationInput& input) {
  Told told;
  std::string last;
  told.counts = Simulate(history, input, OffsetUnit::kUtf16, [&](const Json& entry) {
    told.entries.push_back(DumpJson(entry));
    if (!entry.contains("at")) return;
    const std::string at = entry["at"];
    // Moments of years with four digits sort as their texts.
    Require(at.size() != last.size() || at >= last);
    last = at;
  });
  return told;
}

void CheckSimulation(std::string_view history, std::span<const rule::CompiledRulePtr> rules) {
  static const crm::Workspace workspace;
  SimulationInput input;
  input.rules = rules;
  input.workspace = &workspace;
  const Told told = Run(history, input);
  const SimulationCounts& counts = told.counts;
  Require(told.entries.size() == counts.sent + counts.skipped + counts.duplicates + counts.faulty);
  Require(counts.waiting == 0);
  Require(Run(history, input).entries == told.entries);
  input.until = Instant{1'795'000'000'000};  // 2026-11-18
  Require(Run(history, input).entries.size() <= told.entries.size());
}

void CheckCoverage(std::string_view records, const rule::CompiledRulePtr& rule) {
  static const crm::Workspace workspace;
  const CoverageInput input{rule, &workspace, Instant{1'795'000'000'000}, {}, "en", OffsetUnit::kBytes};
  Coverage whole(input);
  whole.Add(records);
  const Json json = whole.ToJson();
  int64_t skipped = 0;
  for (const Json& count : json["skipped"]) skipped += count.get<int64_t>();
  Require(json["records"] == json["reached"].get<int64_t>() + skipped + json["unreadable"].get<int64_t>());
  // Portions that end with a line give the same.
  const size_t cut = records.find('\n') + 1;
  Coverage portions(input);
  portions.Add(records.substr(0, cut));
  portions.Add(records.substr(cut));
  if (cut > 0) Require(DumpJson(portions.ToJson()) == DumpJson(json));
}

}  // namespace
}  // namespace recado::plan

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace recado::plan;  // NOLINT: one function
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto& rules = Rules();
  const size_t choice = end == 0 ? 0 : static_cast<unsigned char>(text[0]) % rules.size();
  CheckSimulation(text.substr(end + 1), std::span(rules).subspan(end % 2 == 0 ? 0 : choice));
  CheckCoverage(text.substr(end + 1), rules[choice]);
  return 0;
}
