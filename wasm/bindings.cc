// The language border: everything JavaScript can call, and nothing that decides. Texts are UTF-8 JSON both
// ways; each function parses, calls one function of the core, and prints. No exception leaves: the core has
// none, and what a standard library may throw (memory) ends the module, which the facade reports.
//
// Embind copies strings at the border; what is used many times stays behind a handle (handles.h) and crosses
// once, and what is called thousands of times a second has a border of its own without JSON (direct.cc).
#include <algorithm>
#include <cstdlib>
#include <emscripten/bind.h>
#include <optional>
#include <span>
#include <string>

#include "core/base/tables.h"
#include "core/liquid/render_json.h"
#include "core/phone/table.h"
#include "core/plan/coverage.h"
#include "core/plan/plan_json.h"
#include "core/plan/simulate_json.h"
#include "core/rule/check.h"
#include "core/sms/count.h"
#include "core/text/data.h"
#include "wasm/border.h"
#include "wasm/handles.h"

namespace recado::wasm {
namespace {

std::string CountSms(const std::string& request) {
  return DumpJson(sms::CountRequestLine(request, kUnit));
}

std::string Render(const std::string& request, const std::string& clock) {
  const Result<Json> json = ParseJson(request);
  if (!json.ok()) return DumpJson(Json{{"errors", ToJson(json.error(), kUnit)}});
  return DumpJson(liquid::RenderJson(*json, ParseInstant(clock).ValueOr({}), kUnit));
}

std::string ValidateRule(const std::string& rule, const std::string& context_text) {
  const Context& context = ReadContext(context_text);
  if (!context.faults.empty()) return Faults(context.faults, context.language);
  const Result<Json> json = ParseJson(rule);
  if (!json.ok()) return Faults(json.error(), context.language);
  return Faults(rule::CheckRule(*json, context.schema, context.workspace).diagnostics, context.language);
}

// Those that are no rules at all are left out, and of several with one id all but the first, as the commands
// do; faulty ones answer rule_invalid.
std::vector<rule::CompiledRulePtr> CompileAll(const Json& rules, const Context& context) {
  std::vector<rule::CompiledRulePtr> compiled;
  for (rule::Checked& checked : rule::CheckRules(rules, context.schema, context.workspace)) {
    if (!checked.rule) continue;
    const auto same = [&](const rule::CompiledRulePtr& other) {
      return other->rule.id == checked.rule->rule.id;
    };
    if (std::none_of(compiled.begin(), compiled.end(), same)) compiled.push_back(std::move(checked.rule));
  }
  return compiled;
}

std::string Plan(const std::string& rules, const std::string& event, const std::string& now,
                 const std::string& context_text) {
  const Context& context = ReadContext(context_text);
  if (!context.faults.empty()) return Error(context.faults, context.language);
  const Result<Json> rules_json = ParseJson(rules);
  if (!rules_json.ok()) return Error(rules_json.error(), context.language);
  const Result<Json> event_json = ParseJson(event);
  if (!event_json.ok()) return Error(event_json.error(), context.language);

  const std::vector<rule::CompiledRulePtr> compiled = CompileAll(*rules_json, context);
  plan::PlanInput input;
  input.rules = compiled;
  input.workspace = &context.workspace;
  input.language = context.language;
  if (!now.empty()) {
    const Result<Instant> instant = ParseInstant(now);
    if (!instant.ok()) return Error(instant.error(), context.language);
    input.now = *instant;
  }
  return DumpJson(plan::PlanEvent(*event_json, input, kUnit));
}

// {"entries":[…],"waiting":n}; `events` are NDJSON.
std::string Simulate(const std::string& rules, const std::string& events, const std::string& until,
                     const std::string& context_text) {
  const Context& context = ReadContext(context_text);
  if (!context.faults.empty()) return Error(context.faults, context.language);
  const Result<Json> rules_json = ParseJson(rules);
  if (!rules_json.ok()) return Error(rules_json.error(), context.language);
  std::vector<rule::CompiledRulePtr> compiled = CompileAll(*rules_json, context);
  plan::SimulationInput input;
  input.rules = compiled;
  input.workspace = &context.workspace;
  input.language = context.language;
  if (!until.empty()) {
    const Result<Instant> instant = ParseInstant(until);
    if (!instant.ok()) return Error(instant.error(), context.language);
    input.until = *instant;
  }
  std::string text = "{\"entries\":[";
  const plan::SimulationCounts counts = plan::Simulate(events, input, kUnit, [&text](const Json& entry) {
    if (text.back() == '}') text += ',';
    text += DumpJson(entry);
  });
  return text + "],\"waiting\":" + std::to_string(counts.waiting) + "}";
}

// A coverage that is counted portion by portion.
class CoverageHandle {
 public:
  CoverageHandle(const std::string& rule, const std::string& now, const std::string& context)
      : context_(ReadContext(context)), faults_(context_.faults) {
    if (!faults_.empty()) return;
    const Result<Json> json = ParseJson(rule);
    const Result<Instant> instant = ReadNow(now);
    if (!json.ok() || !instant.ok()) {
      faults_ = json.ok() ? instant.error() : json.error();
      return;
    }
    rule::Checked checked = rule::CheckRule(*json, context_.schema, context_.workspace);
    faults_ = std::move(checked.diagnostics);
    if (!checked.rule) return;
    coverage_ = std::make_unique<plan::Coverage>(plan::CoverageInput{
        std::move(checked.rule), &context_.workspace, *instant, {}, context_.language, kUnit});
  }

  void Add(const std::string& ndjson) {
    if (coverage_) coverage_->Add(ndjson);
  }

  std::string ResultText() const {
    return coverage_ ? DumpJson(coverage_->ToJson()) : Error(faults_, context_.language);
  }

 private:
  Context context_;
  Diagnostics faults_;
  std::unique_ptr<plan::Coverage> coverage_;  // null where there is nothing to judge with
};

uintptr_t AllocateData(size_t bytes) {
  // ICU reads its data in place and wants 16-byte alignment.
  return reinterpret_cast<uintptr_t>(std::aligned_alloc(16, (bytes + 15) / 16 * 16));
}

std::span<const std::byte> Bytes(uintptr_t address, size_t bytes) {
  return {reinterpret_cast<const std::byte*>(address), bytes};
}

std::string LoadTablesFile(uintptr_t address, size_t bytes) {
  const Result<bool> loaded = LoadTables(Bytes(address, bytes));
  if (!loaded.ok()) return Faults(loaded.error());
  const Result<phone::PhoneTable> phones = phone::ReadPhoneTable();
  return Faults(phones.ok() ? Diagnostics{} : phones.error());
}

std::string LoadBaseData(uintptr_t address, size_t bytes) {
  const Result<bool> loaded = text::LoadBaseData(Bytes(address, bytes));
  return Faults(loaded.ok() ? Diagnostics{} : loaded.error());
}

std::string LoadLanguageData(const std::string& base, uintptr_t address, size_t bytes) {
  const Result<bool> loaded = text::LoadLanguageData(base, Bytes(address, bytes));
  return Faults(loaded.ok() ? Diagnostics{} : loaded.error());
}

std::string VersionsText() {
  const text::Versions versions = text::DataVersions();
  return DumpJson(Json{{"recado", RECADO_VERSION},
                       {"icu", versions.icu},
                       {"unicode", versions.unicode},
                       {"zones", versions.zones}});
}

}  // namespace

EMSCRIPTEN_BINDINGS(recado) {
  using emscripten::class_;
  using emscripten::function;
  function("allocateData", &AllocateData);
  function("loadTables", &LoadTablesFile);
  function("loadBaseData", &LoadBaseData);
  function("loadLanguageData", &LoadLanguageData);
  function("versions", &VersionsText);
  function("countSms", &CountSms);
  function("render", &Render);
  function("validateRule", &ValidateRule);
  function("plan", &Plan);
  function("simulate", &Simulate);
  class_<SnapshotHandle>("Snapshot")
      .constructor<const std::string&, const std::string&>()
      .function("diagnostics", &SnapshotHandle::DiagnosticsText)
      .function("preview", &SnapshotHandle::Preview)
      .function("analyse", &SnapshotHandle::Analyse)
      .function("address", &SnapshotHandle::Address)
      .function("render", &SnapshotHandle::RenderText);
  class_<CoverageHandle>("Coverage")
      .constructor<const std::string&, const std::string&, const std::string&>()
      .function("add", &CoverageHandle::Add)
      .function("result", &CoverageHandle::ResultText);
  class_<TemplateHandle>("Template")
      .constructor<const std::string&>()
      .function("ok", &TemplateHandle::Ok)
      .function("address", &TemplateHandle::Address)
      .function("diagnostics", &TemplateHandle::DiagnosticsText)
      .function("render", &TemplateHandle::Render);
}

}  // namespace recado::wasm
