// Report: diagnostics of files, shown to a person like a good compiler shows them, as JSON, or as
// SARIF 2.1.0.
//
//   rules/paid.json:7:52: error: There is no contact.frist_name. Did you mean contact.first_name?
//   [unknown_variable]
//      7 |   "action": {"type": "send_sms", "text": "Hi {{ contact.frist_name }}"}
//        |                                                 ^~~~~~~~~~~~~~~~~~
//        = Use contact.first_name
//
// Lines and columns here are the file's (a diagnostic's own line and column count inside the value it points
// at).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace recado::cli {

// A file that was read. `text` is as it stands on disk.
struct Source {
  std::string name;
  std::string text;
};

struct Finding {
  const Source* source = nullptr;  // not owned
  Diagnostic diagnostic;
};

// Half-open stretch of bytes in a source, and the line and column (characters, from 1) of its two ends.
struct FilePlace {
  size_t from = 0;
  size_t to = 0;
  size_t line = 1;
  size_t column = 1;
  size_t end_line = 1;
  size_t end_column = 1;
};
FilePlace PlaceOf(const Source& source, const Diagnostic& diagnostic);

std::string TextOf(const Finding& finding, std::string_view language, bool colour);
// The object of formats §5 with `file`, and `place`: {"line","column"} in that file.
Json JsonOf(const Finding& finding, std::string_view language);
Json SarifOf(const std::vector<Finding>& findings, std::string_view language);

}  // namespace recado::cli
