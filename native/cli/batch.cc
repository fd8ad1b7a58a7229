#include "native/cli/batch.h"

#include <string>

namespace recado::cli {

Json ErrorAnswer(const Diagnostics& diagnostics, std::string_view language) {
  Json error =
      diagnostics.empty() ? Json::object() : ToJson(diagnostics.front(), OffsetUnit::kBytes, language);
  return {{"error", std::move(error)}};
}

bool IsFaulty(const Json& answer) {
  return answer.is_object() && (answer.contains("error") || answer.contains("errors"));
}

int RunBatch(const Io& io, const std::function<Json(std::string_view line)>& answer) {
  bool faulty = false;
  const bool read = ForEachLine(io, [&](const Line& line) {
    const Json out = line.too_long ? ErrorAnswer({Diagnostic::Of(DiagnosticCode::json_too_large)
                                                      .With("limit", std::to_string(kMaxLineBytes))
                                                      .With("unit", "bytes")})
                                   : answer(line.text);
    faulty = faulty || IsFaulty(out);
    PrintLine(io.out, DumpJson(out));
  });
  std::fflush(io.out);
  if (!read) PrintLine(io.err, "recado: the input could not be read to its end");
  return faulty || !read ? kInputHasErrors : kFine;
}

}  // namespace recado::cli
