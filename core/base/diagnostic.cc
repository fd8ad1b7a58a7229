#include "core/base/diagnostic.h"

#include <algorithm>
#include <iterator>

#include "core/base/tables.h"
#include "core/base/utf8.h"

namespace recado {
namespace {

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;
constexpr auto kInfo = Severity::kInfo;

struct Row {
  std::string_view name;
  Severity severity;
};

constexpr Row kRows[] = {
#define RECADO_CODE(code, severity) {#code, severity},
#include "core/base/codes.inc"
#undef RECADO_CODE
};

const Row& RowOf(DiagnosticCode code) {
  return kRows[static_cast<size_t>(code)];
}

std::string_view TextOf(DiagnosticCode code, std::string_view section) {
  return TextList(TableSection(section))[static_cast<size_t>(code)];
}

// The catalogue's wording in the language of a tag. "" only where there are no tables.
std::string_view Wording(DiagnosticCode code, std::string_view tag) {
  constexpr std::string_view kTranslations[] = {"text.de", "text.es", "text.pl", "text.pt"};
  const std::string_view base = tag.substr(0, tag.find_first_of("-_"));
  for (const std::string_view section : kTranslations) {
    if (section.substr(section.size() - 2) != base) continue;
    if (const std::string_view text = TextOf(code, section); !text.empty()) return text;
  }
  return TextOf(code, "text.en");
}

// What can be said while there are no sentences, above all that there are none.
std::string WithoutTables(const Diagnostic& diagnostic) {
  if (diagnostic.code == DiagnosticCode::tables_refused)
    return "Recado's tables could not be loaded: " + std::string(diagnostic.Argument("detail")) + ".";
  std::string out(CodeName(diagnostic.code));
  for (const auto& [name, value] : diagnostic.arguments)
    out.append(" ").append(name).append("=").append(value);
  return out;
}

// Replaces {name} by the argument of that name. Arguments are not expanded again. A stretch in square
// brackets is left out where an argument in it is missing: "There is no {name}.[ Did you mean
// {suggestion}?]".
std::string Expand(std::string_view text, const Diagnostic& diagnostic) {
  std::string out;
  if (const size_t open = text.find('['); open != std::string_view::npos) {
    const size_t close = std::min(text.find(']', open), text.size() - 1);
    const std::string_view optional = text.substr(open + 1, close - open - 1);
    const size_t brace = optional.find('{');
    const size_t end = std::min(optional.find('}', brace), optional.size());
    const bool kept = brace == std::string_view::npos ||
                      !diagnostic.Argument(optional.substr(brace + 1, end - brace - 1)).empty();
    out = Expand(text.substr(0, open), diagnostic);
    if (kept) out += Expand(optional, diagnostic);
    return out + Expand(text.substr(close + 1), diagnostic);
  }
  out.reserve(text.size() + 32);
  while (!text.empty()) {
    const size_t open = text.find('{');
    out.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
      out.append(text.substr(open));
      break;
    }
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (name == "replacement" && diagnostic.fix) {
      out.append(diagnostic.fix->replacement);
    } else {
      out.append(diagnostic.Argument(name));
    }
    text.remove_prefix(close + 1);
  }
  return out;
}

std::string Text(DiagnosticCode code, const Diagnostic& diagnostic, std::string_view language) {
  const std::string_view wording = Wording(code, language);
  return wording.empty() ? WithoutTables(diagnostic) : Expand(wording, diagnostic);
}

}  // namespace

Span LocateSpan(std::string_view text, size_t from, size_t to) {
  Span span;
  from = std::min(from, text.size());
  to = std::min(std::max(to, from), text.size());
  size_t at = 0;
  uint32_t units = 0;
  while (at < to) {
    if (at == from) span.from16 = units;
    const utf8::Decoded decoded = utf8::Decode(text, at);
    if (at < from) {
      if (decoded.code_point == '\n') {
        ++span.line;
        span.column = 1;
      } else {
        ++span.column;
      }
    }
    units += decoded.code_point > 0xFFFF ? 2 : 1;
    at += decoded.length;
  }
  if (from >= to) span.from16 = units;
  span.from = static_cast<uint32_t>(from);
  span.to = static_cast<uint32_t>(to);
  span.to16 = units;
  return span;
}

Diagnostic Diagnostic::Of(DiagnosticCode code) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = DefaultSeverity(code);
  return diagnostic;
}

Diagnostic Diagnostic::At(std::string json_pointer) && {
  path = std::move(json_pointer);
  return std::move(*this);
}

Diagnostic Diagnostic::In(Span where) && {
  span = where;
  return std::move(*this);
}

Diagnostic Diagnostic::With(std::string name, std::string value) && {
  arguments.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Diagnostic Diagnostic::Fixed(std::string replacement) && {
  fix = Fix{"", std::move(replacement)};
  return std::move(*this);
}

std::string_view Diagnostic::Argument(std::string_view name) const {
  for (const auto& [key, value] : arguments) {
    if (key == name) return value;
  }
  return {};
}

size_t DiagnosticCodeCount() {
  return std::size(kRows);
}

std::string_view CodeName(DiagnosticCode code) {
  return RowOf(code).name;
}

std::optional<DiagnosticCode> CodeFromName(std::string_view name) {
  for (size_t i = 0; i < std::size(kRows); ++i) {
    if (kRows[i].name == name) return static_cast<DiagnosticCode>(i);
  }
  return std::nullopt;
}

Severity DefaultSeverity(DiagnosticCode code) {
  return RowOf(code).severity;
}

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      return "info";
  }
  return "error";
}

bool HasErrors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

std::string MessageOf(const Diagnostic& diagnostic, std::string_view language) {
  return Text(diagnostic.code, diagnostic, language);
}

std::string FixTitleOf(const Diagnostic& diagnostic, std::string_view language) {
  if (!diagnostic.fix) return {};
  if (!diagnostic.fix->title.empty()) return diagnostic.fix->title;
  return Text(DiagnosticCode::use_replacement, diagnostic, language);
}

std::string Dump(const Diagnostic& diagnostic) {
  std::string out(SeverityName(diagnostic.severity));
  out.append(" ").append(CodeName(diagnostic.code));
  if (!diagnostic.path.empty()) out.append(" ").append(diagnostic.path);
  if (diagnostic.span) {
    const Span& s = *diagnostic.span;
    out += " " + std::to_string(s.from) + ".." + std::to_string(s.to);
    out += " " + std::to_string(s.line) + ":" + std::to_string(s.column);
  }
  for (const auto& [name, value] : diagnostic.arguments)
    out.append(" ").append(name).append("=").append(value);
  if (diagnostic.fix) out.append(" fix=").append(diagnostic.fix->replacement);
  return out;
}

std::string Dump(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    out += Dump(diagnostic);
  }
  return out;
}

}  // namespace recado
