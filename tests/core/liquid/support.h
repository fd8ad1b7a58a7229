// What the tests of the room share: one call from template and JSON to text, or to the fault's one line.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/liquid/check.h"
#include "core/liquid/template.h"

#include "gtest/gtest.h"

namespace recado::liquid {

struct Row {
  std::string_view source;
  std::string_view expected;
  std::string_view data = "{}";
};

inline RenderOptions TestOptions() {
  RenderOptions options;
  options.now = *ParseInstant("2026-11-22T09:30:00Z");
  return options;
}

// The text, or Dump of the faults.
inline std::string Rendered(std::string_view source, std::string_view data = "{}",
                            const RenderOptions& options = TestOptions()) {
  const ParseResult parsed = Template::Parse(source);
  if (parsed.program == nullptr) return Dump(parsed.diagnostics);
  const Result<Json> json = ParseJson(data);
  if (!json.ok()) return "bad test data: " + Dump(json.error());
  const Document document = Document::FromJson(*json);
  const Result<std::string> text = parsed.program->Render(document.root(), options);
  return text.ok() ? *text : Dump(text.error());
}

inline void ExpectRows(const std::vector<Row>& rows, const RenderOptions& options = TestOptions()) {
  for (const Row& row : rows) EXPECT_EQ(Rendered(row.source, row.data, options), row.expected) << row.source;
}

inline std::string Faults(std::string_view source) {
  return Dump(Template::Parse(source).diagnostics);
}

inline std::string Repeat(std::string_view text, size_t count) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace recado::liquid
