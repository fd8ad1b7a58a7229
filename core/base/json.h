// JSON in and out: nlohmann's ordered_json behind bounds and without exceptions.
//
// Objects keep the order of their members (formats §6: "Objects keep their input order"). A member given
// twice keeps its first place and its last value. Strings are checked UTF-8. Numbers with a fraction are
// doubles that print as they were written up to 15 digits; amounts of money are texts and never pass through
// one.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace recado {

using Json = nlohmann::ordered_json;

// Reads one document. Errors: json_too_large, json_too_deep, invalid_utf8, invalid_json, each with the span
// in `text`. Bounds: kMaxJsonBytes, kMaxJsonDepth, kMaxJsonMembers (limits.h).
Result<Json> ParseJson(std::string_view text);

// One line, UTF-8 as it is (no \u escapes but where JSON demands them). Never throws: malformed UTF-8 in a
// string becomes U+FFFD.
std::string DumpJson(const Json& json);

// "/a/b~1c": appends one reference token, escaped as RFC 6901 says.
std::string Child(std::string_view pointer, std::string_view token);
std::string Child(std::string_view pointer, size_t index);

// "a text", "a number", "a list", "an object", "true or false", "nothing (null)": for wrong_type's arguments.
std::string_view TypeWord(const Json& json);

// Which unit the offsets of a diagnostic are printed in: bytes natively, UTF-16 for JavaScript (formats §5).
enum class OffsetUnit { kBytes, kUtf16 };

// The object of formats §5, with the message in `language`.
Json ToJson(const Diagnostic& diagnostic, OffsetUnit unit, std::string_view language = "en");
Json ToJson(const Diagnostics& diagnostics, OffsetUnit unit, std::string_view language = "en");

}  // namespace recado
