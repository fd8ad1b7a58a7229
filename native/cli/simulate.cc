#include "core/plan/simulate_json.h"
#include "native/cli/batch.h"
#include "native/cli/commands.h"

namespace recado::cli {
namespace {

namespace fs = std::filesystem;

std::string Count(size_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

// What a person wants to know who does not read the lines.
std::string Summary(const plan::SimulationCounts& counts) {
  std::string text = "recado: " + Count(counts.sent, "message", "messages") + ", " +
                     std::to_string(counts.skipped) + " not sent";
  if (counts.duplicates > 0) text += ", " + Count(counts.duplicates, "duplicate", "duplicates");
  if (counts.waiting > 0) text += ", " + std::to_string(counts.waiting) + " still to come";
  if (counts.faulty > 0) text += ", " + Count(counts.faulty, "faulty line", "faulty lines");
  return text;
}

}  // namespace

int RunSimulate(const Io& io, const SimulateOptions& options) {
  Inputs inputs;
  inputs.ReadSurroundings(options.surroundings);
  const bool surroundings_fine = !inputs.has_errors();
  inputs.ReadRules(options.rules);
  for (const Finding& finding : inputs.findings()) {
    if (finding.diagnostic.severity == Severity::kError)
      Print(io.err, TextOf(finding, options.language, false));
  }
  if (inputs.has_unreadable()) return kWrongUsage;
  if (!surroundings_fine) return kInputHasErrors;
  const Result<std::string> events = ReadFile(options.events);
  if (!events.ok()) return Complain(io, MessageOf(events.error().front(), options.language));

  std::error_code error;
  const fs::path path(options.rules);
  const fs::path folder = fs::is_directory(path, error) ? path : path.parent_path();
  plan::SimulationInput input;
  input.rules = inputs.rules();
  input.workspace = &inputs.workspace();
  input.until = options.until;
  input.language = options.language;
  input.world.has_file = [folder](std::string_view file) { return FileIsBeside(folder, file); };
  const plan::SimulationCounts counts = plan::Simulate(
      *events, input, OffsetUnit::kBytes, [&io](const Json& entry) { PrintLine(io.out, DumpJson(entry)); });
  PrintLine(io.err, Summary(counts));
  return counts.skipped == 0 && counts.faulty == 0 && !inputs.has_errors() ? kFine : kInputHasErrors;
}

}  // namespace recado::cli
