// Any text is converted, quickly and without recursion: what comes out parses as Liquid, whether there were
// faults or not, and every fault lies in the text. Converting again what was clean changes nothing that a
// customer would see, so it must parse as well.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/limits.h"
#include "core/crm/bitrix24_names.h"
#include "core/liquid/template.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace recado;
  static const liquid::bitrix24::Names kNames = crm::Bitrix24Names(crm::BuiltInSchema(), "deal");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const liquid::bitrix24::Converted converted = liquid::bitrix24::FromBitrix24(text, kNames);
  for (const Diagnostic& diagnostic : converted.diagnostics) {
    if (!diagnostic.span || diagnostic.span->from > diagnostic.span->to || diagnostic.span->to > size)
      std::abort();
    if (MessageOf(diagnostic, "de").empty()) std::abort();
  }
  if (converted.diagnostics.size() > kMaxTemplateFaults + 1) std::abort();
  // Text with faults keeps the forms as they were; only its size may be more than a template's.
  const liquid::ParseResult parsed = liquid::Template::Parse(converted.text);
  if (parsed.program == nullptr && converted.text.size() <= kMaxTemplateBytes) std::abort();
  return 0;
}
