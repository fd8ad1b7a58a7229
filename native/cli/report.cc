#include "native/cli/report.h"

#include <algorithm>
#include <set>

#include "core/base/utf8.h"
#include "native/cli/json_place.h"
#include "native/cli/version.h"

namespace recado::cli {
namespace {

// What is shown of a long line: this many characters around the fault.
constexpr size_t kExcerptCharacters = 100;

struct Colours {
  const char* bold = "";
  const char* error = "";
  const char* warning = "";
  const char* info = "";
  const char* dim = "";
  const char* off = "";
};

Colours ColoursFor(bool colour) {
  if (!colour) return {};
  return {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[2m", "\033[0m"};
}

const char* ColourOf(const Colours& colours, Severity severity) {
  switch (severity) {
    case Severity::kError:
      return colours.error;
    case Severity::kWarning:
      return colours.warning;
    default:
      return colours.info;
  }
}

size_t LineStart(std::string_view text, size_t at) {
  const size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

size_t LineEnd(std::string_view text, size_t at) {
  return std::min(text.find('\n', at), text.size());
}

// Walks back `count` characters from `at`, not past `floor`; and forwards, not past `ceiling`.
size_t Back(std::string_view text, size_t at, size_t floor, size_t count) {
  while (at > floor && count > 0) {
    --at;
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) --count;
  }
  return at;
}

size_t Forward(std::string_view text, size_t at, size_t ceiling, size_t count) {
  while (at < ceiling && count > 0) {
    at += utf8::Decode(text, at).length;
    --count;
  }
  return std::min(at, ceiling);
}

// One line as a terminal may show it: tabs and control characters are one space, so that the caret stands
// right.
std::string Plain(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return out;
}

struct Excerpt {
  std::string line;
  size_t caret = 0;   // characters before it
  size_t length = 1;  // characters under which ^~~~ stands
};

Excerpt ExcerptOf(std::string_view text, const FilePlace& place) {
  const size_t start = LineStart(text, place.from);
  const size_t end = LineEnd(text, place.from);
  const size_t to = std::clamp(place.to, place.from, end);
  size_t left = start;
  size_t right = end;
  if (utf8::CountCodePoints(text.substr(start, end - start)) > kExcerptCharacters) {
    const size_t marked =
        std::min(utf8::CountCodePoints(text.substr(place.from, to - place.from)), kExcerptCharacters - 20);
    left = Back(text, place.from, start, (kExcerptCharacters - marked) / 2);
    right = Forward(text, left, end, kExcerptCharacters);
  }
  Excerpt excerpt;
  excerpt.line = Plain(text.substr(left, right - left));
  excerpt.caret = utf8::CountCodePoints(text.substr(left, place.from - left));
  const size_t marked_end = std::clamp(to, place.from, right);
  excerpt.length =
      std::max<size_t>(1, utf8::CountCodePoints(text.substr(place.from, marked_end - place.from)));
  if (left > start) {
    excerpt.line.insert(0, "… ");
    excerpt.caret += 2;
  }
  if (right < end) excerpt.line += " …";
  return excerpt;
}

std::string_view SarifLevel(Severity severity) {
  return severity == Severity::kError ? "error" : severity == Severity::kWarning ? "warning" : "note";
}

Json RegionOf(const FilePlace& place) {
  return {{"startLine", place.line},
          {"startColumn", place.column},
          {"endLine", place.end_line},
          {"endColumn", place.end_column}};
}

Json SarifResult(const Finding& finding, std::string_view language) {
  const Diagnostic& diagnostic = finding.diagnostic;
  const Json artifact = {{"uri", finding.source->name}};
  const Json region = RegionOf(PlaceOf(*finding.source, diagnostic));
  Json result = {
      {"ruleId", CodeName(diagnostic.code)},
      {"level", SarifLevel(diagnostic.severity)},
      {"message", {{"text", MessageOf(diagnostic, language)}}},
      {"locations",
       Json::array({{{"physicalLocation", {{"artifactLocation", artifact}, {"region", region}}},
                     {"logicalLocations", Json::array({{{"fullyQualifiedName", diagnostic.path}}})}}})}};
  if (diagnostic.fix && diagnostic.span) {
    const Json replacement = {{"deletedRegion", region},
                              {"insertedContent", {{"text", diagnostic.fix->replacement}}}};
    result["fixes"] = Json::array(
        {{{"description", {{"text", FixTitleOf(diagnostic, language)}}},
          {"artifactChanges",
           Json::array({{{"artifactLocation", artifact}, {"replacements", Json::array({replacement})}}})}}});
  }
  return result;
}

}  // namespace

FilePlace PlaceOf(const Source& source, const Diagnostic& diagnostic) {
  const std::string_view text = source.text;
  FilePlace place;
  if (diagnostic.path.empty() && diagnostic.span) {
    place.from = diagnostic.span->from;  // a fault of the JSON itself: the span is in the file
    place.to = diagnostic.span->to;
  } else if (utf8::FindInvalid(text) == std::nullopt) {
    if (const auto value = FindInJson(text, diagnostic.path)) {
      place.from = value->from;
      place.to = value->to;
      if (diagnostic.span && value->exact) {
        place.from = OffsetInString(text, *value, diagnostic.span->from);
        place.to = OffsetInString(text, *value, diagnostic.span->to);
      } else if (!value->exact) {
        place.to = std::min(place.from + 1, place.to);  // a missing member: its object's bracket
      }
    }
  }
  place.from = std::min(place.from, text.size());
  place.to = std::clamp(place.to, place.from, text.size());
  const Span begin = LocateSpan(text, place.from, place.from);
  const Span end = LocateSpan(text, place.to, place.to);
  place.line = begin.line;
  place.column = begin.column;
  place.end_line = end.line;
  place.end_column = end.column;
  return place;
}

std::string TextOf(const Finding& finding, std::string_view language, bool colour) {
  const Diagnostic& diagnostic = finding.diagnostic;
  const Colours colours = ColoursFor(colour);
  const FilePlace place = PlaceOf(*finding.source, diagnostic);
  const Excerpt excerpt = ExcerptOf(finding.source->text, place);
  const std::string number = std::to_string(place.line);
  const std::string gutter(std::max<size_t>(number.size(), 4) + 1, ' ');

  std::string out = colours.bold + finding.source->name + ":" + number + ":" + std::to_string(place.column) +
                    ": " + ColourOf(colours, diagnostic.severity);
  out += std::string(SeverityName(diagnostic.severity)) + ": " + colours.off + colours.bold +
         MessageOf(diagnostic, language) + colours.off + colours.dim + " [" +
         std::string(CodeName(diagnostic.code)) + "]" + colours.off + "\n";
  out += gutter.substr(number.size()) + number + " | " + excerpt.line + "\n";
  out += gutter + " | " + std::string(excerpt.caret, ' ') + ColourOf(colours, diagnostic.severity) + "^" +
         std::string(excerpt.length - 1, '~') + colours.off + "\n";
  if (diagnostic.fix) out += gutter + " = " + FixTitleOf(diagnostic, language) + "\n";
  return out;
}

Json JsonOf(const Finding& finding, std::string_view language) {
  Json json = ToJson(finding.diagnostic, OffsetUnit::kBytes, language);
  const FilePlace place = PlaceOf(*finding.source, finding.diagnostic);
  json["file"] = finding.source->name;
  json["place"] = {{"line", place.line}, {"column", place.column}};
  return json;
}

Json SarifOf(const std::vector<Finding>& findings, std::string_view language) {
  std::set<std::string_view> codes;
  Json results = Json::array();
  for (const Finding& finding : findings) {
    codes.insert(CodeName(finding.diagnostic.code));
    results.push_back(SarifResult(finding, language));
  }
  Json rules = Json::array();
  for (const std::string_view code : codes) rules.push_back({{"id", code}});
  const Json driver = {{"name", "recado"}, {"version", kVersion}, {"rules", rules}};
  return {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs",
       Json::array(
           {{{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}}})}};
}

}  // namespace recado::cli
