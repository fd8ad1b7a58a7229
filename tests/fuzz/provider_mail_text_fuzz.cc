// The first line is a name, the rest a text: no header made of them has a line that is not ours, none is
// longer than mail allows, and a form reads back as it was written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// The network's room is not part of the fuzzing build; these files stand alone.
#include "native/net/encode.cc"
#include "native/net/mail_text.cc"

namespace {

void Check(bool fact) {
  if (!fact) std::abort();
}

// Every CR LF is a fold, there is no other control character, all is ASCII.
void CheckHeader(const std::string& header, size_t longest_line) {
  size_t line = 0;  // characters of this line so far
  for (size_t i = 0; i < header.size(); ++i) {
    if (header[i] == '\r') {
      Check(header.compare(i, 3, "\r\n ") == 0);
      ++i;
      line = 0;
      continue;
    }
    Check(header[i] >= 0x20 && header[i] < 0x7F);
    Check(++line <= longest_line);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado::net;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t newline = std::min(input.find('\n'), input.size());
  const std::string_view name = input.substr(0, newline);
  const std::string_view text = input.substr(std::min(newline + 1, input.size()));
  CheckHeader(TextHeader("Subject", text), kMaxHeaderLine);
  CheckHeader(AddressHeader("From", text, "eva@shop.example"), kMaxHeaderLine);
  CheckHeader(DispositionHeader(text), kMaxHeaderLine);
  CheckHeader(MessageId(text, "eva@shop.example"), text.size() + 20);
  Check(OneLine(OneLine(text)) == OneLine(text));
  Check(WithCrlf(WithCrlf(text)) == WithCrlf(text));
  if (IsMailAddress(name)) CheckHeader(AddressHeader("To", "", name), kMaxAddressBytes + 4);
  const Fields fields = {{"a" + std::string(name), std::string(text)}};
  Check(FormDecode(FormEncode(fields)) == fields);
  (void)FormDecode(text);
  return 0;
}
