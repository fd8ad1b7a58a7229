// Where in a JSON text a value stands: from the JSON pointers and string offsets of diagnostics to the file's
// own lines and columns, for the caret under the fault and for SARIF.
//
// The text must be valid JSON (it has been parsed before). Works on the text itself, without a document tree
// and without recursion. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace recado::cli {

// Byte offsets in the JSON text; for a string the quotes are included.
struct JsonPlace {
  size_t from = 0;
  size_t to = 0;
  bool exact =
      true;  // false: the pointer leads to a member that is not there, this is the nearest value around it
};

// Of a member given twice, the last, as the parser takes it. Nothing only for a pointer that is not one.
std::optional<JsonPlace> FindInJson(std::string_view json, std::string_view pointer);

// Offset in `json` of byte `offset` of the string value at `place`, escapes counted as what they stand for.
// Clamped to the closing quote; `place.from` where the value is not a string.
size_t OffsetInString(std::string_view json, const JsonPlace& place, size_t offset);

}  // namespace recado::cli
