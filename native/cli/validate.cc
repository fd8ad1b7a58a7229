#include <algorithm>

#include "native/cli/commands.h"

namespace recado::cli {
namespace {

std::string Counted(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

void PrintFindings(const Io& io, const Inputs& inputs, const ValidateOptions& options) {
  switch (options.format) {
    case ValidateFormat::kJson: {
      Json list = Json::array();
      for (const Finding& finding : inputs.findings()) list.push_back(JsonOf(finding, options.language));
      PrintLine(io.out, DumpJson(list));
      return;
    }
    case ValidateFormat::kSarif:
      PrintLine(io.out, DumpJson(SarifOf(inputs.findings(), options.language)));
      return;
    case ValidateFormat::kText:
      for (const Finding& finding : inputs.findings()) {
        Print(io.out, TextOf(finding, options.language, io.colour));
      }
      return;
  }
}

void PrintSummary(const Io& io, const Inputs& inputs) {
  const auto count = [&inputs](Severity severity) {
    return static_cast<size_t>(
        std::count_if(inputs.findings().begin(), inputs.findings().end(),
                      [severity](const Finding& f) { return f.diagnostic.severity == severity; }));
  };
  const size_t errors = count(Severity::kError);
  const size_t warnings = count(Severity::kWarning);
  std::string line = Counted(inputs.rules().size(), "rule") + " checked: ";
  line += errors == 0 ? "no errors" : Counted(errors, "error");
  if (warnings > 0) line += ", " + Counted(warnings, "warning");
  PrintLine(io.err, line);
}

}  // namespace

int RunValidate(const Io& io, const ValidateOptions& options) {
  Inputs inputs;
  inputs.ReadSurroundings(options.surroundings);
  for (const std::string& path : options.paths) inputs.ReadRules(path);
  inputs.CheckTogether();
  PrintFindings(io, inputs, options);
  if (options.format == ValidateFormat::kText) PrintSummary(io, inputs);
  if (inputs.has_unreadable()) return kWrongUsage;
  return inputs.has_errors() ? kInputHasErrors : kFine;
}

}  // namespace recado::cli
