// The file of settings and the header of proxies: whatever stands in them is taken or refused with a line.
#include <cstdlib>
#include <string_view>

// The command line and the server are not part of the fuzzing build; these files stand alone.
#include "native/cli/config.cc"
#include "native/server/http.cc"
#include "native/server/proxies.cc"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const recado::cli::Config config = recado::cli::ParseConfig(text);
  for (const auto& fault : config.faults) {
    if (fault.line < 1 || fault.sentence.empty()) std::abort();
  }
  for (const auto& item : config.items) {
    if (item.line < 1 || item.name.empty()) std::abort();
  }
  const auto proxies = recado::server::TrustedProxies::Parse(text);
  recado::server::Request request;
  request.remote = "127.0.0.1";
  request.headers.emplace("X-Forwarded-For", std::string(text));
  if (proxies && proxies->ClientOf(request).empty()) std::abort();
  const auto everybody = recado::server::TrustedProxies::Parse("0.0.0.0/0 ::/0");
  if (everybody->ClientOf(request).empty()) std::abort();
  return 0;
}
