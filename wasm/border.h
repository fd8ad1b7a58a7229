// What all of the language border shares: answers as JSON, and the circumstances a call is made in.
//
// The module has one thread, and so have these.
#pragma once

#include <string>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/crm/schema.h"
#include "core/crm/workspace.h"

namespace recado::wasm {

inline constexpr OffsetUnit kUnit = OffsetUnit::kUtf16;

// [diagnostic…]
std::string Faults(const Diagnostics& diagnostics, std::string_view language = "en");
// {"error": the first of them}
Json ErrorJson(const Diagnostics& diagnostics, std::string_view language = "en");
std::string Error(const Diagnostics& diagnostics, std::string_view language = "en");

// The optional circumstances of a call: {"schema"?, "workspace"?, "language"?}.
struct Context {
  crm::Schema schema = crm::BuiltInSchema();
  crm::Workspace workspace;
  std::string language = "en";
  Diagnostics faults;
};

// Valid until the next call: a page calls with the same circumstances at every keystroke, so they are read
// only when they change.
const Context& ReadContext(const std::string& text);

// The instant of that text; JavaScript's clock where it is empty.
Result<Instant> ReadNow(const std::string& text);

}  // namespace recado::wasm
