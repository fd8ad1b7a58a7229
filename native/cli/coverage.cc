#include "core/plan/coverage.h"

#include "native/cli/commands.h"

namespace recado::cli {
namespace {

namespace fs = std::filesystem;

std::string Member(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return "";
  return found->is_string() ? found->get<std::string>() : DumpJson(*found);
}

// "half 1, 95 of 100 at most 2, largest 3", with what all come to.
std::string SpreadText(const Json& spread) {
  std::string text = "half at most " + Member(spread, "p50") + ", 95 of 100 at most " +
                     Member(spread, "p95") + ", largest " + Member(spread, "max");
  if (spread.contains("total")) text += ", together " + Member(spread, "total");
  return text;
}

void PrintText(const Io& io, const Json& json) {
  const auto row = [&io](const std::string& label, const std::string& value) {
    Print(io.out, "  " + label + std::string(label.size() < 11 ? 11 - label.size() : 1, ' ') + value + "\n");
  };
  Print(io.out, Member(json, "rule") + ": reaches " + Member(json, "reached") + " of " +
                    Member(json, "records") + "\n");
  for (const auto& [reason, count] : json["skipped"].items()) row("not sent", DumpJson(count) + " " + reason);
  if (json["unreadable"] != 0) row("unreadable", Member(json, "unreadable"));
  if (json.contains("segments")) row("segments", SpreadText(json["segments"]));
  if (json.contains("encodings")) {
    row("encoding",
        Member(json["encodings"], "gsm7") + " gsm7, " + Member(json["encodings"], "ucs2") + " ucs2");
  }
  if (json.contains("characters")) row("characters", SpreadText(json["characters"]));
  if (json.contains("cost")) {
    row("cost", SpreadText(json["cost"]) + " " + Member(json["cost"], "currency"));
    if (json["cost"].contains("unpriced")) row("no price", Member(json["cost"], "unpriced"));
  }
}

}  // namespace

int RunCoverage(const Io& io, const CoverageOptions& options, Instant clock) {
  Inputs inputs;
  inputs.ReadSurroundings(options.surroundings);
  inputs.ReadRules(options.rule);
  for (const Finding& finding : inputs.findings()) {
    if (finding.diagnostic.severity == Severity::kError)
      Print(io.err, TextOf(finding, options.language, false));
  }
  if (inputs.has_unreadable()) return kWrongUsage;
  if (inputs.rules().empty()) return kInputHasErrors;
  if (inputs.rules().size() > 1) return Complain(io, "coverage takes a file of one rule");
  const Result<std::string> records = ReadFile(options.records);
  if (!records.ok()) return Complain(io, MessageOf(records.error().front(), options.language));

  const fs::path folder = fs::path(options.rule).parent_path();
  plan::CoverageInput input;
  input.rule = inputs.rules().front();
  input.workspace = &inputs.workspace();
  input.now = options.now.value_or(clock);
  input.language = options.language;
  input.world.has_file = [folder](std::string_view file) { return FileIsBeside(folder, file); };
  plan::Coverage coverage(std::move(input));
  coverage.Add(*records);
  const Json json = coverage.ToJson();
  if (options.format == CoverageFormat::kJson) {
    PrintLine(io.out, DumpJson(json));
  } else {
    PrintText(io, json);
  }
  return json["reached"] == json["records"] && !inputs.has_errors() ? kFine : kInputHasErrors;
}

}  // namespace recado::cli
