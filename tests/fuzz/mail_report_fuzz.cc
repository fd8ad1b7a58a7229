// Whatever comes as a mail server's report: what is read of it is one line, as long as the mail at most, and
// the text of an envelope's id reads back as it was written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "native/net/mail_report.h"

namespace {

void Check(bool fact) {
  if (!fact) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado::net;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  Check(DecodeXtext(EncodeXtext(input)) == input);
  const std::optional<MailReport> report = ReadMailReport(input);
  if (!report) return 0;
  Check(report->envelope_id.size() + report->message_id.size() + report->status.size() <= 3 * size);
  for (const std::string* text : {&report->message_id, &report->status, &report->diagnostic}) {
    Check(text->find('\n') == std::string::npos);
  }
  return 0;
}
