#include "wasm/border.h"

#include <emscripten/val.h>
#include <memory>

namespace recado::wasm {
namespace {

Context ReadContextAnew(const std::string& text) {
  Context context;
  const Result<Json> json = ParseJson(text);
  if (!json.ok()) {
    context.faults = json.error();
    return context;
  }
  Diagnostics remarks;
  if (const auto language = json->find("language"); language != json->end() && language->is_string()) {
    context.language = language->get<std::string>();
  }
  if (const auto schema = json->find("schema"); schema != json->end()) {
    Result<crm::Schema> parsed = crm::ParseSchema(*schema, remarks);
    if (parsed.ok())
      context.schema = std::move(*parsed);
    else
      context.faults = parsed.TakeError();
  }
  if (const auto workspace = json->find("workspace"); workspace != json->end()) {
    Result<crm::Workspace> parsed = crm::ParseWorkspace(*workspace, remarks);
    if (parsed.ok()) {
      context.workspace = std::move(*parsed);
      context.workspace.closed = true;
    } else {
      context.faults = parsed.TakeError();
    }
  }
  return context;
}

Instant Clock() {
  const double ms = emscripten::val::global("Date").call<double>("now");
  return Instant{static_cast<int64_t>(ms)};
}

}  // namespace

std::string Faults(const Diagnostics& diagnostics, std::string_view language) {
  return DumpJson(ToJson(diagnostics, kUnit, language));
}

Json ErrorJson(const Diagnostics& diagnostics, std::string_view language) {
  return Json{{"error", ToJson(diagnostics.front(), kUnit, language)}};
}

std::string Error(const Diagnostics& diagnostics, std::string_view language) {
  return DumpJson(ErrorJson(diagnostics, language));
}

const Context& ReadContext(const std::string& text) {
  static std::string last_text;
  static std::unique_ptr<const Context> last;
  if (!last || text != last_text) {
    last = std::make_unique<const Context>(ReadContextAnew(text));
    last_text = text;
  }
  return *last;
}

Result<Instant> ReadNow(const std::string& text) {
  return text.empty() ? Result<Instant>(Clock()) : ParseInstant(text);
}

}  // namespace recado::wasm
