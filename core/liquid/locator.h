// Spans for many places of one text in a single walk, where LocateSpan would walk from the start each time.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/liquid/program.h"

namespace recado::liquid {

// A fault with the stretch it points at, before lines and UTF-16 offsets are counted.
struct Found {
  Diagnostic diagnostic;
  SourceRange range;
};

// Sorts by place (those of one place stay in their order), fills in the spans and appends to `out`.
void Locate(std::string_view source, std::vector<Found> found, Diagnostics& out);

}  // namespace recado::liquid
