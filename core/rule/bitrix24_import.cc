#include "core/rule/bitrix24_import.h"

#include <algorithm>
#include <map>

#include "core/base/limits.h"
#include "core/crm/bitrix24_names.h"
#include "core/liquid/template.h"
#include "core/rule/bitrix24_robot.h"

namespace recado::rule {
namespace {

using liquid::bitrix24::Names;

bool IsRobot(const Json& json) {
  return json.is_object() && json.contains("Type") && json.contains("Properties");
}

class Importer {
 public:
  Importer(const crm::Schema& schema, const ImportSettings& settings)
      : schema_(schema), settings_(settings) {}

  Imported Run(const Json& document) {
    const auto [list, path] = ListIn(document);
    if (list == nullptr) {
      Rule(document, "");
    } else if (list->size() > kMaxRulesInDocument) {
      out_.diagnostics.push_back(Diagnostic::Of(DiagnosticCode::too_many_items)
                                     .With("what", "rules")
                                     .With("actual", std::to_string(list->size()))
                                     .With("limit", std::to_string(kMaxRulesInDocument))
                                     .At(path));
    } else {
      for (size_t i = 0; i < list->size(); ++i) Item((*list)[i], Child(path, i), i);
    }
    return std::move(out_);
  }

 private:
  static std::pair<const Json*, std::string> ListIn(const Json& document) {
    if (document.is_array()) return {&document, ""};
    for (const char* name : {"rules", "robots", "result", "TEMPLATE"}) {
      if (document.is_object() && document.contains(name) && document[name].is_array())
        return {&document[name], "/" + std::string(name)};
    }
    return {nullptr, ""};
  }

  void Item(const Json& item, const std::string& path, size_t position) {
    if (!IsRobot(item)) return Rule(item, path);
    RobotReader robot(item, path, NamesOf(std::string(settings_.entity)), out_.diagnostics);
    if (auto rule = robot.Read(position, settings_)) out_.rules.push_back(*std::move(rule));
  }

  const Names& NamesOf(const std::string& entity) {
    const auto found = names_.find(entity);
    if (found != names_.end()) return found->second;
    return names_.emplace(entity, crm::Bitrix24Names(schema_, entity)).first->second;
  }

  // A rule of Recado's: its texts in place, all else as it is.
  void Rule(const Json& document, const std::string& path) {
    if (!document.is_object() || !document.contains("action") || !document["action"].is_object()) {
      out_.diagnostics.push_back(Diagnostic::Of(DiagnosticCode::wrong_type)
                                     .With("what", "rule")
                                     .With("expected", "a rule or a robot")
                                     .With("actual", std::string(TypeWord(document)))
                                     .At(path));
      return;
    }
    Json rule = document;
    std::string entity(settings_.entity);
    if (rule.contains("on") && rule["on"].is_object() && rule["on"].contains("entity") &&
        rule["on"]["entity"].is_string())
      entity = rule["on"]["entity"].get<std::string>();
    const Names& names = NamesOf(entity);
    Json& action = rule["action"];
    const std::string at = path + "/action";
    for (const char* member : {"text", "subject", "html"}) Member(action, member, at, names);
    if (action.contains("say") && action["say"].is_object())
      Member(action["say"], "text", at + "/say", names);
    if (action.contains("parameters") && action["parameters"].is_object()) {
      for (auto& [name, value] : action["parameters"].items())
        Value(value, Child(at + "/parameters", name), names);
    }
    out_.rules.push_back(std::move(rule));
  }

  void Member(Json& object, const char* name, const std::string& path, const Names& names) {
    if (object.contains(name)) Value(object[name], Child(path, name), names);
  }

  // A text without {= that is good Liquid with tags of its own is a template already.
  void Value(Json& value, const std::string& path, const Names& names) {
    if (!value.is_string()) return;
    const auto& text = value.get_ref<const std::string&>();
    const bool is_liquid = text.find("{=") == std::string::npos && text.find("{%") != std::string::npos &&
                           liquid::Template::Parse(text).program != nullptr;
    if (!is_liquid) value = ConvertText(std::string(text), names, path, out_.diagnostics);
  }

  const crm::Schema& schema_;
  const ImportSettings& settings_;
  std::map<std::string, Names> names_;
  Imported out_;
};

}  // namespace

std::string ConvertText(const std::string& text, const Names& names, const std::string& path,
                        Diagnostics& out) {
  liquid::bitrix24::Converted converted = liquid::bitrix24::FromBitrix24(text, names);
  for (Diagnostic& diagnostic : converted.diagnostics) out.push_back(std::move(diagnostic).At(path));
  return std::move(converted.text);
}

Imported ImportBitrix24(const Json& document, const crm::Schema& schema, const ImportSettings& settings) {
  return Importer(schema, settings).Run(document);
}

}  // namespace recado::rule
