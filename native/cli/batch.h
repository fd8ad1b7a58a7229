// The loop behind every command that reads NDJSON: one answer line for each input line, in order; a bad line
// gets
// {"error":{…}} and the next one is read (formats §6).
#pragma once

#include <functional>
#include <string_view>

#include "core/base/json.h"
#include "native/cli/io.h"

namespace recado::cli {

// `answer` makes the answer of one line. Answers kInputHasErrors where any answer has a member `error` or
// `errors`.
int RunBatch(const Io& io, const std::function<Json(std::string_view line)>& answer);

// {"error": the first diagnostic}.
Json ErrorAnswer(const Diagnostics& diagnostics, std::string_view language = "en");

// Whether an answer says that its input has faults.
bool IsFaulty(const Json& answer);

}  // namespace recado::cli
