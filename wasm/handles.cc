#include "wasm/handles.h"

#include "core/plan/plan_json.h"
#include "core/plan/settings.h"
#include "core/plan/variables.h"

namespace recado::wasm {
namespace {

// What a render through a handle may be told: {"language"?, "time_zone"?, "region"?, "now"?, "escape"?,
// "spaces"?}. The answer is that of formats §6, so the request is made from these and handed to the same
// function.
struct RenderSettings {
  std::string language;
  std::string time_zone;
  std::string region;
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
  settings.region = member("region", circumstances.region());
  settings.options.region = settings.region;
  settings.options.escape = member("escape") == "html" ? liquid::Escape::kHtml : liquid::Escape::kNone;
  settings.options.plain_spaces = member("spaces") == "plain";
  const Result<Instant> instant = ReadNow(member("now"));
  if (instant.ok())
    settings.options.now = *instant;
  else
    settings.faults = instant.error();
}

// `now` as a variable, made once for all messages of the moment: the other variables of a snapshot never
// change.
const liquid::Document& MomentOf(Instant now) {
  static std::optional<Instant> made_for;
  static liquid::Document moment;
  if (made_for != now) {
    liquid::Builder builder;
    const liquid::Member members[] = {{"now", builder.Text(FormatInstant(now))}};
    const liquid::Value root = builder.Object(members);
    moment = std::move(builder).Finish(root);
    made_for = now;
  }
  return moment;
}

}  // namespace

SnapshotHandle::SnapshotHandle(const std::string& snapshot, const std::string& context)
    : context_(ReadContext(context)) {
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

std::string SnapshotHandle::DiagnosticsText() const {
  return Faults(diagnostics_, context_.language);
}

std::string SnapshotHandle::Preview(const std::string& rule, const std::string& now) {
  if (const std::optional<Diagnostics> faults = Compile(rule)) return Error(*faults, context_.language);
  return DumpJson(PreviewJson(now));
}

std::string SnapshotHandle::Analyse(const std::string& rule, const std::string& now) {
  if (const std::optional<Diagnostics> faults = Compile(rule)) {
    return DumpJson(Json{{"diagnostics", ToJson(*faults, kUnit, context_.language)},
                         {"plan", ErrorJson(*faults, context_.language)}});
  }
  Json answer = Json::object();
  answer["diagnostics"] = ToJson(checked_.diagnostics, kUnit, context_.language);
  answer["plan"] = PreviewJson(now);
  return DumpJson(answer);
}

std::string SnapshotHandle::RenderText(const std::string& source, const std::string& options) const {
  const liquid::ParseResult parsed = liquid::Template::Parse(source);
  if (!parsed.program)
    return DumpJson(Json{{"errors", ToJson(parsed.diagnostics, kUnit, context_.language)}});
  return RenderProgram(*parsed.program, options);
}

std::string SnapshotHandle::RenderProgram(const liquid::Template& program, const std::string& options) const {
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

bool SnapshotHandle::RenderInto(std::string& out, const liquid::Template& program, Instant now) {
  if (!snapshot_) return false;
  const plan::Settings circumstances(context_.workspace, *snapshot_);
  if (!variables_) variables_ = plan::Variables(*snapshot_, circumstances, now, {});
  liquid::RenderOptions options;
  options.extra = MomentOf(now).root();
  options.language = circumstances.language();
  options.time_zone = circumstances.client_zone();
  options.region = circumstances.region();
  options.now = now;
  Diagnostics faults;
  return program.RenderTo(out, variables_->root(), options, faults);
}

// Checks the rule unless it is the one checked last: typing in one rule, looking at many customers. Faults
// only where there is nothing to check: no readable snapshot, no JSON.
std::optional<Diagnostics> SnapshotHandle::Compile(const std::string& rule) {
  if (!snapshot_) return diagnostics_;
  if (rule == checked_text_) return std::nullopt;
  const Result<Json> json = ParseJson(rule);
  if (!json.ok()) return json.error();
  checked_ = rule::CheckRule(*json, context_.schema, context_.workspace);
  checked_text_ = rule;
  return std::nullopt;
}

Json SnapshotHandle::PreviewJson(const std::string& now) const {
  if (!checked_.rule) return ErrorJson(checked_.diagnostics, context_.language);
  const Result<Instant> instant = ReadNow(now);
  if (!instant.ok()) return ErrorJson(instant.error(), context_.language);
  plan::PlanInput input;
  input.workspace = &context_.workspace;
  input.now = *instant;
  input.language = context_.language;
  return plan::PreviewRule(checked_.rule, json_, input, *instant, kUnit);
}

TemplateHandle::TemplateHandle(const std::string& source) : parsed_(liquid::Template::Parse(source)) {}

std::string TemplateHandle::DiagnosticsText() const {
  return Faults(parsed_.diagnostics);
}

std::string TemplateHandle::Render(const SnapshotHandle& snapshot, const std::string& options) const {
  if (!Ok()) return DumpJson(Json{{"errors", ToJson(parsed_.diagnostics, kUnit)}});
  return snapshot.RenderProgram(*parsed_.program, options);
}

}  // namespace recado::wasm
