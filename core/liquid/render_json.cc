#include "core/liquid/render_json.h"

#include <algorithm>
#include <utility>

namespace recado::liquid {
namespace {

// The request's members read into place; faults are collected with their JSON pointers.
class Request {
 public:
  Request(const Json& json, Diagnostics& faults) : json_(json), faults_(faults) {}

  // A text member; `fallback` where it is absent or null.
  std::string Text(const char* name, std::string_view fallback, bool required = false) {
    const auto found = json_.find(name);
    if (found == json_.end() || found->is_null()) {
      if (required) {
        faults_.push_back(
            Diagnostic::Of(DiagnosticCode::missing_member).At(Child("", name)).With("what", name));
      }
      return std::string(fallback);
    }
    if (found->is_string()) return found->get<std::string>();
    WrongType(Child("", name), name, "a text", *found);
    return std::string(fallback);
  }

  Value Data() {
    const auto found = json_.find("data");
    if (found == json_.end() || found->is_null()) return {};
    if (!found->is_object()) {
      WrongType("/data", "data", "an object", *found);
      return {};
    }
    document_ = Document::FromJson(*found);
    return document_.root();
  }

  void ReadPartials(Partials& partials) {
    const auto found = json_.find("partials");
    if (found == json_.end() || found->is_null()) return;
    if (!found->is_object()) return WrongType("/partials", "partials", "an object", *found);
    for (const auto& [name, source] : found->items()) {
      const std::string path = Child("/partials", name);
      if (!source.is_string()) {
        WrongType(path, name, "a text", source);
        continue;
      }
      ParseResult parsed = Template::Parse(source.get_ref<const std::string&>());
      Add(std::move(parsed.diagnostics), path);
      partials[name] = std::move(parsed.program);
    }
  }

  void Add(Diagnostics diagnostics, const std::string& path) {
    for (Diagnostic& diagnostic : diagnostics) {
      diagnostic.path = path;
      faults_.push_back(std::move(diagnostic));
    }
  }

  void WrongType(std::string path, std::string_view what, std::string_view expected, const Json& actual) {
    faults_.push_back(Diagnostic::Of(DiagnosticCode::wrong_type)
                          .At(std::move(path))
                          .With("what", std::string(what))
                          .With("expected", std::string(expected))
                          .With("actual", std::string(TypeWord(actual))));
  }

 private:
  const Json& json_;
  Diagnostics& faults_;
  Document document_;
};

Instant ReadNow(const std::string& text, Instant clock, Diagnostics& faults) {
  if (text.empty()) return clock;
  auto now = ParseInstant(text);
  if (now.ok()) return *now;
  for (Diagnostic& fault : now.TakeError()) {
    fault.path = "/now";
    fault.span.reset();
    faults.push_back(std::move(fault));
  }
  return clock;
}

Escape ReadEscape(const std::string& text, Diagnostics& faults) {
  if (text == "html") return Escape::kHtml;
  if (text == "xml") return Escape::kXml;
  if (text != "none") {
    faults.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                         .At("/escape")
                         .With("what", "escape")
                         .With("value", text)
                         .With("allowed", "html, none, xml"));
  }
  return Escape::kNone;
}

// A run-time fault stands in the template, or in the partial it names.
std::string PathOfFault(const Diagnostic& fault) {
  const std::string_view partial = fault.Argument("partial");
  if (!partial.empty()) return Child("/partials", partial);
  if (fault.code == DiagnosticCode::language_not_loaded) return "/language";
  if (fault.code == DiagnosticCode::unknown_time_zone) return "/time_zone";
  return "/template";
}

// Members that a request may have, those of formats §6 and our own.
constexpr std::string_view kMembers[] = {"template",  "data",   "partials", "language",
                                         "time_zone", "region", "now",      "escape"};

Diagnostics UnknownMembers(const Json& request) {
  Diagnostics remarks;
  for (const auto& [name, value] : request.items()) {
    if (std::find(std::begin(kMembers), std::end(kMembers), name) != std::end(kMembers)) continue;
    remarks.push_back(Diagnostic::Of(DiagnosticCode::unknown_member).At(Child("", name)).With("name", name));
  }
  return remarks;
}

// That the line is no request at all, not a template that fails.
bool IsMalformed(const Diagnostic& fault) {
  return fault.code == DiagnosticCode::wrong_type || fault.code == DiagnosticCode::missing_member;
}

Json Errors(const Diagnostics& faults, OffsetUnit unit, std::string_view language) {
  Json answer = Json::object();
  const auto malformed = std::find_if(faults.begin(), faults.end(), IsMalformed);
  if (malformed != faults.end()) answer["error"] = ToJson(*malformed, unit, language);
  answer["errors"] = ToJson(faults, unit, language);
  return answer;
}

Json Answer(const Json& request, Instant clock, OffsetUnit unit, std::string_view message_language) {
  Diagnostics faults;
  Request read(request, faults);
  const std::string source = read.Text("template", "", true);
  const Value data = read.Data();
  const std::string language = read.Text("language", "en");
  const std::string time_zone = read.Text("time_zone", "UTC");
  const std::string region = read.Text("region", "");
  RenderOptions options;
  options.language = language;
  options.time_zone = time_zone;
  options.region = region;
  options.now = ReadNow(read.Text("now", ""), clock, faults);
  options.escape = ReadEscape(read.Text("escape", "none"), faults);
  ParseResult parsed = Template::Parse(source);
  read.Add(std::move(parsed.diagnostics), "/template");
  Partials partials;
  read.ReadPartials(partials);
  options.partials = &partials;
  if (HasErrors(faults)) return Errors(faults, unit, message_language);
  Result<std::string> text = parsed.program->Render(data, options);
  if (text.ok()) return Json{{"text", std::move(*text)}};
  for (Diagnostic& fault : text.TakeError()) {
    fault.path = PathOfFault(fault);
    faults.push_back(std::move(fault));
  }
  return Errors(faults, unit, message_language);
}

}  // namespace

Json RenderJson(const Json& request, Instant clock, OffsetUnit unit, std::string_view message_language) {
  if (!request.is_object()) {
    Diagnostics faults;
    Request(request, faults).WrongType("", "the request", "an object", request);
    return Errors(faults, unit, message_language);
  }
  Json answer = Answer(request, clock, unit, message_language);
  const Diagnostics remarks = UnknownMembers(request);
  if (!remarks.empty()) answer["warnings"] = ToJson(remarks, unit, message_language);
  return answer;
}

}  // namespace recado::liquid
