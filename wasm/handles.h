// What stays inside the module between calls: a snapshot that was read once, a template that was compiled
// once. JavaScript owns them and ends them with close().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/crm/snapshot.h"
#include "core/liquid/template.h"
#include "core/rule/check.h"
#include "wasm/border.h"

namespace recado::wasm {

class SnapshotHandle {
 public:
  // Both JSON; where the snapshot cannot be read the handle says so at every call.
  SnapshotHandle(const std::string& snapshot, const std::string& context);

  std::string DiagnosticsText() const;
  // What this rule would send now; `now` is an instant, or empty for the clock.
  std::string Preview(const std::string& rule, const std::string& now);
  // Everything a page shows of a rule while it is being typed, in one call: {"diagnostics", "plan"}.
  std::string Analyse(const std::string& rule, const std::string& now);
  // {"text"} or {"errors"}; `options`: {"language"?, "time_zone"?, "region"?, "now"?, "escape"?, "spaces"?}.
  std::string RenderText(const std::string& source, const std::string& options) const;
  std::string RenderProgram(const liquid::Template& program, const std::string& options) const;
  // The text itself with no options, as the direct border wants it. False: there is none, ask RenderProgram
  // why.
  bool RenderInto(std::string& out, const liquid::Template& program, Instant now);
  uintptr_t Address() const { return reinterpret_cast<uintptr_t>(this); }

 private:
  std::optional<Diagnostics> Compile(const std::string& rule);
  Json PreviewJson(const std::string& now) const;

  Context context_;
  Json json_;
  std::unique_ptr<crm::Snapshot> snapshot_;  // null where the snapshot could not be read
  Diagnostics diagnostics_;
  std::string checked_text_;
  rule::Checked checked_;
  std::optional<liquid::Document> variables_;  // of RenderInto, which puts its own `now` before theirs
};

class TemplateHandle {
 public:
  explicit TemplateHandle(const std::string& source);
  bool Ok() const { return parsed_.program != nullptr; }
  const liquid::Template* program() const { return parsed_.program.get(); }
  std::string DiagnosticsText() const;
  std::string Render(const SnapshotHandle& snapshot, const std::string& options) const;
  uintptr_t Address() const { return reinterpret_cast<uintptr_t>(this); }

 private:
  liquid::ParseResult parsed_;
};

}  // namespace recado::wasm
