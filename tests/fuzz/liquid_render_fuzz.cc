// Rendering is bounded and deterministic: the same text twice, no more output than allowed, valid UTF-8 out
// of valid UTF-8, whatever the template does. The first byte picks the escaping; a NUL divides template and
// partial.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/utf8.h"
#include "core/liquid/template.h"

namespace {

constexpr std::string_view kData =
    R"({"a":[3,1,2,[4,"x"],{"k":"v"},null,1.5],"b":{"c":{"d":"deep"},"first":1},"s":"Größe <b>&amp; 10","n":-7,)"
    R"("f":2.5,"t":true,"z":null,"m":{"amount":"199.90","currency":"EUR"},"d":"2026-12-01","i":"2026-12-01T10:00:00Z",)"
    R"("list":[{"k":"b","n":2},{"k":"a","n":1},{"k":"c"}],"long":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado;
  if (size == 0) return 0;
  std::string_view source(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const size_t divider = source.find('\0');
  static const liquid::Document data = liquid::Document::FromJson(*ParseJson(kData));
  liquid::Partials partials;
  if (divider != std::string_view::npos) {
    partials["p"] = liquid::Template::Parse(source.substr(divider + 1)).program;
    source = source.substr(0, divider);
  }
  const liquid::ParseResult parsed = liquid::Template::Parse(source);
  if (parsed.program == nullptr) return 0;
  liquid::RenderOptions options;
  options.escape = static_cast<liquid::Escape>(bytes[0] % 3);
  options.partials = &partials;
  options.max_steps = 20'000;
  options.max_output_bytes = 64 * 1024;
  options.now = {1'795'339'800'000};
  const Result<std::string> once = parsed.program->Render(data.root(), options);
  const Result<std::string> again = parsed.program->Render(data.root(), options);
  if (once.ok() != again.ok()) std::abort();
  if (!once.ok()) {
    if (once.error() != again.error() || once.error().empty()) std::abort();
    return 0;
  }
  if (*once != *again || once->size() > options.max_output_bytes || utf8::FindInvalid(*once)) std::abort();
  return 0;
}
