// Diagnostic: one fault, remark or reason, with the place it points at.
//
// The same codes serve the rule editor, the command line, the delivery log ("skipped because") and the API,
// so "why was this customer not messaged?" has one answer everywhere. A diagnostic carries facts (code,
// place, arguments); the sentence a person reads is made from them by MessageOf() in one of five languages.
// Adding a code means adding one row in catalogue/: make_tables.py makes codes.inc of the names, which is all
// that is compiled, and puts the sentences into the tables (tables.h).
//
// Places: `path` is an RFC 6901 JSON pointer to the value at fault ("/action/text"); `span`, if any, is the
// stretch inside that string value. A span is kept in UTF-8 bytes and in UTF-16 units at once, because only
// the code that made it still holds the text: native answers print bytes, the JavaScript facade prints UTF-16
// (formats §5).
//
// Plain values, no ownership, safe to copy between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recado {

enum class Severity : uint8_t {
  kError,    // can't go live
  kWarning,  // goes live, but somebody should look
  kInfo,
};

// Every code of every room, in the order of the catalogue files.
enum class DiagnosticCode : uint16_t {
#define RECADO_CODE(code, severity) code,
#include "core/base/codes.inc"
#undef RECADO_CODE
};
size_t DiagnosticCodeCount();

// Half-open stretch [from, to) of a text, with the 1-based line and column (in characters, i.e. code points)
// of its start.
struct Span {
  uint32_t from = 0;  // UTF-8 bytes
  uint32_t to = 0;
  uint32_t from16 = 0;  // UTF-16 code units
  uint32_t to16 = 0;
  uint32_t line = 1;
  uint32_t column = 1;

  friend bool operator==(const Span&, const Span&) = default;
};

// Makes the whole span from byte offsets into `text`. Offsets past the end are clamped. Linear in `to`.
Span LocateSpan(std::string_view text, size_t from, size_t to);

// A change that would mend the fault: put `replacement` in the place of the diagnostic's span.
struct Fix {
  std::string
      title;  // filled by MessageOf's caller from the catalogue's wording "use_replacement" unless set
  std::string replacement;

  friend bool operator==(const Fix&, const Fix&) = default;
};

struct Diagnostic {
  DiagnosticCode code{};
  Severity severity = Severity::kError;
  std::string path;
  std::optional<Span> span;
  std::vector<std::pair<std::string, std::string>> arguments;  // name → value, in the order they were given
  std::optional<Fix> fix;

  // Builder style: Diagnostic::Of(kCode).At("/action/text").In(span).With("name", name).
  static Diagnostic Of(DiagnosticCode code);  // with the severity of the catalogue
  Diagnostic At(std::string json_pointer) &&;
  Diagnostic In(Span where) &&;
  Diagnostic With(std::string name, std::string value) &&;
  Diagnostic Fixed(std::string replacement) &&;  // adds the fix "Use <replacement>"

  // The value of an argument, or "" where there is none of that name.
  std::string_view Argument(std::string_view name) const;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

// "unknown_variable" and back. The text form is the contract of formats §4 and §5.
std::string_view CodeName(DiagnosticCode code);
std::optional<DiagnosticCode> CodeFromName(std::string_view name);
Severity DefaultSeverity(DiagnosticCode code);
std::string_view SeverityName(Severity severity);

bool HasErrors(const Diagnostics& diagnostics);

// The sentence for people. `language` is a BCP 47 tag; its base picks en, de, es, pl or pt (Brazilian
// wording), anything else means English. Placeholders {name} are replaced by the argument of that name; an
// argument that is missing leaves nothing. Before the tables are there it is the code and its arguments.
std::string MessageOf(const Diagnostic& diagnostic, std::string_view language = "en");
std::string FixTitleOf(const Diagnostic& diagnostic, std::string_view language = "en");

// One line for tests and logs: `error unknown_variable /action/text 6..24 1:7 name=contact.frist_name`.
std::string Dump(const Diagnostic& diagnostic);
std::string Dump(const Diagnostics& diagnostics);  // one line each, newline between

}  // namespace recado
