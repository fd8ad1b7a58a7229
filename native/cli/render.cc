#include "core/liquid/render_json.h"
#include "native/cli/batch.h"
#include "native/cli/commands.h"

namespace recado::cli {

int RunRender(const Io& io, bool batch, Instant clock) {
  const auto answer = [clock](std::string_view line) -> Json {
    const Result<Json> request = ParseJson(line);
    if (!request.ok()) return ErrorAnswer(request.error());
    return liquid::RenderJson(*request, clock, OffsetUnit::kBytes);
  };
  if (batch) return RunBatch(io, answer);

  std::string text;
  if (!ReadAll(io, text)) return Complain(io, "one render request is expected on the standard input");
  const Json out = answer(text);
  PrintLine(io.out, DumpJson(out));
  return IsFaulty(out) ? kInputHasErrors : kFine;
}

}  // namespace recado::cli
