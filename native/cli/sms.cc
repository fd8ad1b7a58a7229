#include "core/sms/count.h"
#include "native/cli/batch.h"
#include "native/cli/broken_text.h"
#include "native/cli/commands.h"

namespace recado::cli {
namespace {

Json Answer(std::string_view line) {
  const Result<Json> request = ParseJsonKeepingBrokenText(line);
  if (!request.ok()) return ErrorAnswer(request.error());
  return sms::CountJson(*request, OffsetUnit::kBytes);
}

int PrintOne(const Io& io, const Json& answer) {
  PrintLine(io.out, DumpJson(answer));
  return IsFaulty(answer) ? kInputHasErrors : kFine;
}

}  // namespace

int RunSms(const Io& io, const SmsOptions& options) {
  if (options.text) {
    Json request = {{"text", *options.text}};
    if (!options.national.empty()) request["national"] = options.national;
    return PrintOne(io, sms::CountJson(request, OffsetUnit::kBytes));
  }
  if (options.batch) return RunBatch(io, Answer);
  std::string text;
  if (!ReadAll(io, text)) return Complain(io, "one request {\"text\": …} is expected on the standard input");
  return PrintOne(io, Answer(text));
}

}  // namespace recado::cli
