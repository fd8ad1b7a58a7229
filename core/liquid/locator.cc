#include "core/liquid/locator.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace recado::liquid {

void Locate(std::string_view source, std::vector<Found> found, Diagnostics& out) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.range.from < b.range.from; });
  Span at;  // the place the walk has reached, as an empty span
  for (Found& one : found) {
    while (at.from < one.range.from) {
      const utf8::Decoded decoded = utf8::Decode(source, at.from);
      if (decoded.code_point == '\n') {
        ++at.line;
        at.column = 1;
      } else {
        ++at.column;
      }
      at.from16 += decoded.code_point > 0xFFFF ? 2 : 1;
      at.from += decoded.length;
    }
    // The stretch itself is short, but for blocks' openings of many lines.
    const Span inside = LocateSpan(source.substr(at.from, one.range.to - one.range.from), 0, source.size());
    Span span = at;
    span.to = one.range.to;
    span.to16 = at.from16 + inside.to16;
    out.push_back(std::move(one.diagnostic).In(span));
  }
}

}  // namespace recado::liquid
