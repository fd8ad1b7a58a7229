// Any text must parse to a program or to faults whose places lie in it, quickly and without recursion; what
// parses must be checkable and dumpable.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/liquid/check.h"
#include "core/liquid/template.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace recado;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const liquid::ParseResult parsed = liquid::Template::Parse(source);
  if ((parsed.program == nullptr) != HasErrors(parsed.diagnostics)) std::abort();
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    if (diagnostic.span && (diagnostic.span->from > diagnostic.span->to || diagnostic.span->to > size))
      std::abort();
    if (MessageOf(diagnostic, "de").empty()) std::abort();
  }
  if (parsed.program == nullptr) return 0;
  static const liquid::Type kVariables = [] {
    liquid::Type text;
    text.kind = liquid::Type::Kind::kText;
    liquid::Type contact;
    contact.kind = liquid::Type::Kind::kObject;
    contact.members = {{"name", text}};
    liquid::Type globals = contact;
    globals.members = {{"contact", contact}, {"a", text}};
    return globals;
  }();
  liquid::CheckOptions options;
  options.greeting = true;
  liquid::Check(*parsed.program, kVariables, options);
  parsed.program->Dump();
  return 0;
}
