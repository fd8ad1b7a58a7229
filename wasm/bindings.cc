// The language border: everything JavaScript can call, and nothing that decides. Texts are UTF-8 JSON both
// ways; each function parses, calls one function of the core, and prints. No exception leaves: the core has
// none, and what a standard library may throw (memory) ends the module, which the facade reports.
//
// Embind copies strings at the border; what is used many times stays behind a handle (Template, Snapshot) and
// crosses once.
#include <cstdlib>
#include <emscripten/bind.h>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/base/tables.h"
#include "core/crm/phone_table.h"
#include "core/crm/snapshot.h"
#include "core/liquid/render_json.h"
#include "core/plan/coverage.h"
#include "core/plan/plan_json.h"
#include "core/plan/settings.h"
#include "core/plan/simulate_json.h"
#include "core/plan/variables.h"
#include "core/rule/check.h"
#include "core/sms/count.h"
#include "core/text/data.h"

namespace recado {
namespace {

constexpr OffsetUnit kUnit = OffsetUnit::kUtf16;

std::string Faults(const Diagnostics& diagnostics, std::string_view language = "en") {
  return DumpJson(ToJson(diagnostics, kUnit, language));
}

Json ErrorJson(const Diagnostics& diagnostics, std::string_view language) {
  return Json{{"error", ToJson(diagnostics.front(), kUnit, language)}};
}

std::string Error(const Diagnostics& diagnostics, std::string_view language = "en") {
  return DumpJson(ErrorJson(diagnostics, language));
}

// The optional circumstances of a call: {"schema"?, "workspace"?, "language"?}.
struct Context {
  crm::Schema schema = crm::BuiltInSchema();
  crm::Workspace workspace;
  std::string language = "en";
  Diagnostics faults;
};

Context ReadContextAnew(const std::string& text) {
  Context context;
  const Result<Json> json = ParseJson(text);
  if (!json.ok()) {
    context.faults = json.error();
    return context;
  }
  Diagnostics remarks;
  if (const auto language = json->find("language"); language != json->end() && language->is_string()) {
    context.language = language->get<std::string>();
  }
  if (const auto schema = json->find("schema"); schema != json->end()) {
    Result<crm::Schema> parsed = crm::ParseSchema(*schema, remarks);
    if (parsed.ok())
      context.schema = std::move(*parsed);
    else
      context.faults = parsed.TakeError();
  }
  if (const auto workspace = json->find("workspace"); workspace != json->end()) {
    Result<crm::Workspace> parsed = crm::ParseWorkspace(*workspace, remarks);
    if (parsed.ok()) {
      context.workspace = std::move(*parsed);
      context.workspace.closed = true;
    } else {
      context.faults = parsed.TakeError();
    }
  }
  return context;
}

// A page calls with the same circumstances at every keystroke; they are read when they change.
const Context& ReadContext(const std::string& text) {
  static std::string last_text;
  static std::unique_ptr<const Context> last;
  if (!last || text != last_text) {
    last = std::make_unique<const Context>(ReadContextAnew(text));
    last_text = text;
  }
  return *last;
}

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

// Those that are no rules at all are left out; faulty ones answer rule_invalid.
std::vector<rule::CompiledRulePtr> CompileAll(const Json& rules, const Context& context) {
  std::vector<rule::CompiledRulePtr> compiled;
  for (rule::Checked& checked : rule::CheckRules(rules, context.schema, context.workspace)) {
    if (checked.rule) compiled.push_back(std::move(checked.rule));
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

Instant Clock() {
  const double ms = emscripten::val::global("Date").call<double>("now");
  return Instant{static_cast<int64_t>(ms)};
}

Result<Instant> ReadNow(const std::string& text) {
  return text.empty() ? Result<Instant>(Clock()) : ParseInstant(text);
}

// What a render through a handle may be told: {"language"?, "time_zone"?, "now"?, "escape"?, "spaces"?}. The
// answer is that of formats §6, so the request is made from these and handed to the same function.
struct RenderSettings {
  std::string language;
  std::string time_zone;
  liquid::RenderOptions options;
  Diagnostics faults;
};

void ReadRenderSettings(const std::string& text, const plan::Settings& circumstances,
                        RenderSettings& settings) {
  const Result<Json> json = ParseJson(text);
  if (!json.ok()) {
    settings.faults = json.error();
    return;
  }
  const auto member = [&](const char* name, std::string_view fallback = {}) {
    const auto found = json->find(name);
    const bool given =
        found != json->end() && found->is_string() && !found->get_ref<const std::string&>().empty();
    return given ? found->get<std::string>() : std::string(fallback);
  };
  settings.language = member("language", circumstances.language());
  settings.time_zone = member("time_zone", circumstances.client_zone());
  settings.options.language = settings.language;
  settings.options.time_zone = settings.time_zone;
  settings.options.escape = member("escape") == "html" ? liquid::Escape::kHtml : liquid::Escape::kNone;
  settings.options.plain_spaces = member("spaces") == "plain";
  const Result<Instant> instant = ReadNow(member("now"));
  if (instant.ok())
    settings.options.now = *instant;
  else
    settings.faults = instant.error();
}

class SnapshotHandle {
 public:
  SnapshotHandle(const std::string& snapshot, const std::string& context) : context_(ReadContext(context)) {
    diagnostics_ = context_.faults;
    Result<Json> json = ParseJson(snapshot);
    if (!json.ok()) {
      diagnostics_ = json.TakeError();
      return;
    }
    json_ = std::move(*json);
    Diagnostics remarks;
    Result<crm::Snapshot> parsed = crm::ParseSnapshot(json_, "", remarks);
    if (parsed.ok())
      snapshot_ = std::make_unique<crm::Snapshot>(std::move(*parsed));
    else
      diagnostics_ = parsed.TakeError();
    diagnostics_.insert(diagnostics_.end(), remarks.begin(), remarks.end());
  }

  std::string DiagnosticsText() const { return Faults(diagnostics_, context_.language); }

  std::string Preview(const std::string& rule, const std::string& now) {
    if (const std::optional<Diagnostics> faults = Compile(rule)) return Error(*faults, context_.language);
    return DumpJson(PreviewJson(now));
  }

  // Everything a page shows of a rule while it is being typed, in one call: {"diagnostics", "plan"}.
  std::string Analyse(const std::string& rule, const std::string& now) {
    if (const std::optional<Diagnostics> faults = Compile(rule)) {
      return DumpJson(Json{{"diagnostics", ToJson(*faults, kUnit, context_.language)},
                           {"plan", ErrorJson(*faults, context_.language)}});
    }
    Json answer = Json::object();
    answer["diagnostics"] = ToJson(checked_.diagnostics, kUnit, context_.language);
    answer["plan"] = PreviewJson(now);
    return DumpJson(answer);
  }

  std::string RenderText(const std::string& source, const std::string& options) const {
    const liquid::ParseResult parsed = liquid::Template::Parse(source);
    if (!parsed.program)
      return DumpJson(Json{{"errors", ToJson(parsed.diagnostics, kUnit, context_.language)}});
    return RenderProgram(*parsed.program, options);
  }

  std::string RenderProgram(const liquid::Template& program, const std::string& options) const {
    const auto failed = [&](const Diagnostics& faults) {
      return DumpJson(Json{{"errors", ToJson(faults, kUnit, context_.language)}});
    };
    if (!snapshot_) return failed(diagnostics_);
    const plan::Settings circumstances(context_.workspace, *snapshot_);
    RenderSettings settings;
    ReadRenderSettings(options, circumstances, settings);
    if (!settings.faults.empty()) return failed(settings.faults);
    const liquid::Document data = plan::Variables(*snapshot_, circumstances, settings.options.now, {});
    const Result<std::string> text = program.Render(data.root(), settings.options);
    if (!text.ok()) return failed(text.error());
    return DumpJson(Json{{"text", *text}});
  }

 private:
  // Checks the rule unless it is the one checked last: typing in one rule, looking at many customers. Faults
  // only where there is nothing to check: no readable snapshot, no JSON.
  std::optional<Diagnostics> Compile(const std::string& rule) {
    if (!snapshot_) return diagnostics_;
    if (rule == checked_text_) return std::nullopt;
    const Result<Json> json = ParseJson(rule);
    if (!json.ok()) return json.error();
    checked_ = rule::CheckRule(*json, context_.schema, context_.workspace);
    checked_text_ = rule;
    return std::nullopt;
  }

  Json PreviewJson(const std::string& now) const {
    if (!checked_.rule) return ErrorJson(checked_.diagnostics, context_.language);
    const Result<Instant> instant = ReadNow(now);
    if (!instant.ok()) return ErrorJson(instant.error(), context_.language);
    plan::PlanInput input;
    input.workspace = &context_.workspace;
    input.now = *instant;
    input.language = context_.language;
    return plan::PreviewRule(checked_.rule, json_, input, *instant, kUnit);
  }

  Context context_;
  Json json_;
  std::unique_ptr<crm::Snapshot> snapshot_;  // null where the snapshot could not be read
  Diagnostics diagnostics_;
  std::string checked_text_;
  rule::Checked checked_;
};

class TemplateHandle {
 public:
  explicit TemplateHandle(const std::string& source) : parsed_(liquid::Template::Parse(source)) {}
  bool Ok() const { return parsed_.program != nullptr; }
  std::string DiagnosticsText() const { return Faults(parsed_.diagnostics); }
  std::string Render(const SnapshotHandle& snapshot, const std::string& options) const {
    if (!Ok()) return DumpJson(Json{{"errors", ToJson(parsed_.diagnostics, kUnit)}});
    return snapshot.RenderProgram(*parsed_.program, options);
  }

 private:
  liquid::ParseResult parsed_;
};

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
  const Result<crm::PhoneTable> phones = crm::ReadPhoneTable();
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
      .function("render", &SnapshotHandle::RenderText);
  class_<CoverageHandle>("Coverage")
      .constructor<const std::string&, const std::string&, const std::string&>()
      .function("add", &CoverageHandle::Add)
      .function("result", &CoverageHandle::ResultText);
  class_<TemplateHandle>("Template")
      .constructor<const std::string&>()
      .function("ok", &TemplateHandle::Ok)
      .function("diagnostics", &TemplateHandle::DiagnosticsText)
      .function("render", &TemplateHandle::Render);
}

}  // namespace recado
