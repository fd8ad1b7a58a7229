// The first line is a request target, the rest header values: whatever they are, what comes out is valid
// UTF-8 without NUL, and reading twice gives the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/utf8.h"
// The server is not part of the fuzzing build; these files stand alone.
#include "native/server/http.cc"
#include "native/server/router.cc"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado;
  using namespace recado::server;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t newline = std::min(input.find('\n'), input.size());
  const std::string_view rest = input.substr(std::min(newline + 1, input.size()));
  Request request;
  if (ParseTarget(input.substr(0, newline), request)) {
    if (request.path.empty() || request.path[0] != '/') std::abort();
    if (request.path.find('\0') != std::string::npos || utf8::FindInvalid(request.path)) std::abort();
    for (const auto& [name, value] : request.query) {
      if (utf8::FindInvalid(name) || utf8::FindInvalid(value)) std::abort();
    }
    static const Router router(
        {{Method::kGet, "/a/{b}/{c*}", std::nullopt, 0, {}}, {Method::kPut, "/a/{b}", std::nullopt, 0, {}}});
    (void)router.Find(Method::kGet, request.path);
  }
  request.headers.emplace("Cookie", std::string(rest));
  request.headers.emplace("Content-Type", std::string(rest));
  if (request.Cookie("recado_session").size() > rest.size()) std::abort();
  (void)request.MediaType();
  return 0;
}
