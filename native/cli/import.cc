#include "native/cli/import.h"

#include <algorithm>

#include "core/crm/bitrix24_names.h"
#include "core/rule/bitrix24_import.h"

namespace recado::cli {
namespace {

Json FindingsJson(const std::vector<Finding>& findings, const std::string& language) {
  Json list = Json::array();
  for (const Finding& finding : findings) list.push_back(JsonOf(finding, language));
  return list;
}

// JSON by its name, or by what it is: a text that begins with {= or {{ is none.
bool IsJson(const Source& source) {
  const std::string_view name = source.name;
  if (name.size() > 5 && name.substr(name.size() - 5) == ".json") return true;
  const size_t first = source.text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (source.text[first] != '{' && source.text[first] != '[')) return false;
  return ParseJson(source.text).ok();
}

class Run {
 public:
  Run(const Io& io, const ImportOptions& options) : io_(io), options_(options) {}

  int operator()() {
    inputs_.ReadSurroundings(options_.surroundings);
    if (inputs_.has_errors()) {
      Report(inputs_.findings());
      return inputs_.has_unreadable() ? kWrongUsage : kInputHasErrors;
    }
    source_.name = options_.file;
    Result<std::string> text = ReadFile(options_.file);
    if (!text.ok()) {
      Take(text.TakeError());
      Report(findings_);
      return kWrongUsage;
    }
    source_.text = *std::move(text);
    const bool is_json = IsJson(source_);
    is_json ? Rules() : Text();
    const bool failed = std::any_of(findings_.begin(), findings_.end(), [](const Finding& finding) {
      return finding.diagnostic.severity == Severity::kError;
    });
    return failed ? kInputHasErrors : kFine;
  }

 private:
  void Take(Diagnostics diagnostics) {
    for (Diagnostic& diagnostic : diagnostics) findings_.push_back({&source_, std::move(diagnostic)});
  }

  void Report(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) Print(io_.err, TextOf(finding, options_.language, false));
  }

  void Text() {
    auto converted =
        liquid::bitrix24::FromBitrix24(source_.text, crm::Bitrix24Names(inputs_.schema(), options_.entity));
    Take(std::move(converted.diagnostics));
    if (options_.format == ImportFormat::kJson) {
      Json answer = {{"text", converted.text}};
      answer["diagnostics"] = FindingsJson(findings_, options_.language);
      return PrintLine(io_.out, DumpJson(answer));
    }
    Print(io_.out, converted.text);
    Report(findings_);
  }

  void Rules() {
    Json rules = Json::array();
    Result<Json> document = ParseJson(source_.text);
    if (document.ok()) {
      rule::Imported imported =
          rule::ImportBitrix24(*document, inputs_.schema(), {options_.entity, options_.stage});
      rules = std::move(imported.rules);
      Take(std::move(imported.diagnostics));
    } else {
      Take(document.TakeError());
    }
    Json answer = {{"rules", std::move(rules)}};
    answer["diagnostics"] = FindingsJson(findings_, options_.language);
    PrintLine(io_.out, DumpJson(answer));
    if (options_.format == ImportFormat::kText) Report(findings_);
  }

  const Io& io_;
  const ImportOptions& options_;
  Inputs inputs_;
  Source source_;
  std::vector<Finding> findings_;
};

}  // namespace

int RunImportBitrix24(const Io& io, const ImportOptions& options) {
  return Run(io, options)();
}

}  // namespace recado::cli
