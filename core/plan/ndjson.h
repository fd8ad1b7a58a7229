// NDJSON texts line by line. Private to the room.
#pragma once

#include <cstddef>
#include <string_view>

namespace recado::plan {

struct NdjsonLine {
  std::string_view text;  // into the text that was given
  size_t number = 0;      // from 1
};

// Calls `take` for each line that is not blank, as long as it answers true.
template <class Take>
void ForEachNdjsonLine(std::string_view text, Take take) {
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    const NdjsonLine line{text.substr(0, end), number};
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.text.find_first_not_of(" \t\r") != std::string_view::npos && !take(line)) return;
  }
}

}  // namespace recado::plan
