// The html scanner never fails, never stands still and never reads outside: each piece lies behind the one
// before, and text and tags together are no longer than the html.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/rule/html_scan.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  recado::rule::HtmlScanner scanner(html);
  size_t end = 0;
  while (scanner.Next()) {
    const std::string_view piece = scanner.is_text() ? scanner.text() : scanner.whole();
    const size_t from = scanner.OffsetOf(piece);
    Require(!piece.empty() && from >= end && from + piece.size() <= size);
    end = from + piece.size();
    if (scanner.is_text()) continue;
    for (const auto& attribute : scanner.attributes()) {
      const size_t at = scanner.OffsetOf(attribute.value);
      Require(attribute.value.empty() || (at > from && at + attribute.value.size() <= end));
    }
  }
  recado::rule::LiteralScanner literals(html);
  size_t total = 0;
  for (std::string_view literal; literals.Next(literal);) total += literal.size();
  Require(total <= size);
  return 0;
}
