// The commands of `recado`, one function each: options in, exit code out. What they print is fixed by formats
// §6.
//
// The functions take parsed options and streams and nothing else from the process, so a test calls them
// directly. The commands that need the service (serve, token) stand in service.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "native/cli/inputs.h"
#include "native/cli/io.h"

namespace recado::cli {

// recado render [--batch]: render requests in, {"text"} or {"errors"} out. `clock` is the `now` of requests
// without one.
int RunRender(const Io& io, bool batch, Instant clock);

struct SmsOptions {
  bool batch = false;
  std::optional<std::string> text;    // given as an argument instead of a request on stdin
  std::vector<std::string> national;  // with `text`
};
// recado sms [--batch] [TEXT]
int RunSms(const Io& io, const SmsOptions& options);

enum class ValidateFormat { kText, kJson, kSarif };
struct ValidateOptions {
  std::vector<std::string> paths;
  Surroundings surroundings;
  ValidateFormat format = ValidateFormat::kText;
  std::string language = "en";
};
// recado validate PATH…
int RunValidate(const Io& io, const ValidateOptions& options);

enum class PreviewFormat { kText, kJson, kHtml, kEml };
struct PreviewOptions {
  std::string rule;
  std::string record;
  Surroundings surroundings;
  std::optional<Instant> now;  // absent: `clock`
  PreviewFormat format = PreviewFormat::kText;
  std::string language = "en";
};
// recado preview RULE --record SNAPSHOT
int RunPreview(const Io& io, const PreviewOptions& options, Instant clock);

struct PlanOptions {
  std::string rules;
  Surroundings surroundings;
  std::optional<Instant> now;  // absent: each event's own `at`
  std::string language = "en";
};
// recado plan --rules PATH: events in, plan objects out.
int RunPlan(const Io& io, const PlanOptions& options);

struct SimulateOptions {
  std::string rules;
  std::string events;
  std::optional<Instant> until;  // absent: to the end
  Surroundings surroundings;
  std::string language = "en";
};
// recado simulate --rules PATH --events FILE: what happens, one line a delivery or skip.
int RunSimulate(const Io& io, const SimulateOptions& options);

enum class CoverageFormat { kJson, kText };
struct CoverageOptions {
  std::string rule;
  std::string records;
  Surroundings surroundings;
  std::optional<Instant> now;  // absent: `clock`
  CoverageFormat format = CoverageFormat::kJson;
  std::string language = "en";
};
// recado coverage --rule FILE --records FILE: one object.
int RunCoverage(const Io& io, const CoverageOptions& options, Instant clock);

// recado version
int RunVersion(const Io& io);

}  // namespace recado::cli
