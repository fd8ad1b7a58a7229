#include "core/rule/check.h"

#include <algorithm>
#include <map>

#include "core/rule/analysis.h"
#include "core/rule/checks.h"
#include "core/text/grapheme.h"

namespace recado::rule {
namespace {

// A template of an action: where it stands and what it says.
struct Source {
  std::string path;
  const std::string* text;
  bool greeting = false;
};

std::vector<Source> SourcesOf(const Action& action) {
  std::vector<Source> sources;
  if (const auto* sms = std::get_if<SendSms>(&action)) sources.push_back({"/action/text", &sms->text});
  if (const auto* email = std::get_if<SendEmail>(&action)) {
    sources.push_back({"/action/subject", &email->subject, true});
    if (email->html) sources.push_back({"/action/html", &*email->html});
    if (email->text) sources.push_back({"/action/text", &*email->text});
  }
  if (const auto* call = std::get_if<MakeCall>(&action)) {
    if (call->say) sources.push_back({"/action/say/text", &call->say->text});
  }
  if (const auto* chat = std::get_if<SendChatMessage>(&action)) {
    sources.push_back({"/action/text", &chat->text});
  }
  if (const auto* whatsapp = std::get_if<SendWhatsApp>(&action)) {
    for (const auto& [name, text] : whatsapp->parameters) {
      sources.push_back({Child("/action/parameters", name), &text});
    }
  }
  if (const auto* invite = std::get_if<InviteToMessenger>(&action)) {
    sources.push_back({"/action/text", &invite->text});
  }
  return sources;
}

// Whom a greeting means that knows no name.
std::string_view FallbackName(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  return base == "de"                   ? "zusammen"
         : base == "es" || base == "pt" ? "cliente"
         : base == "pl"                 ? "Kliencie"
                                        : "there";
}

void CompileTemplates(CompiledRule& compiled, const Judge& judge) {
  for (const Source& source : SourcesOf(compiled.rule.action)) {
    liquid::ParseResult parsed = liquid::Template::Parse(*source.text);
    for (Diagnostic& fault : parsed.diagnostics) judge.Report(source.path, std::move(fault));
    if (parsed.program == nullptr) continue;
    liquid::CheckOptions options;
    options.greeting = source.greeting;
    options.partials = false;
    options.fallback_name = FallbackName(judge.workspace.language);
    for (Diagnostic& finding : liquid::Check(*parsed.program, judge.variables, options)) {
      judge.Report(source.path, std::move(finding));
    }
    compiled.templates.push_back({source.path, std::move(parsed.program)});
  }
}

// Faults of what is connected, not of the rule: they keep a rule from being published, but at run time they
// have reasons of their own (no_provider, no_telephony, no_channel, no_mailbox).
bool IsConnectionFault(DiagnosticCode code) {
  return code == DiagnosticCode::unknown_provider || code == DiagnosticCode::unknown_line ||
         code == DiagnosticCode::unknown_channel || code == DiagnosticCode::unknown_mailbox ||
         code == DiagnosticCode::no_chat_channel;
}

bool CanRun(const Diagnostics& diagnostics) {
  return std::none_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
    return d.severity == Severity::kError && !IsConnectionFault(d.code);
  });
}

// Pointer → place in the document, for putting findings of several passes into document order.
std::map<std::string, size_t, std::less<>> PlacesIn(const Json& document) {
  std::map<std::string, size_t, std::less<>> places;
  std::vector<std::pair<std::string, const Json*>> todo = {{"", &document}};
  while (!todo.empty()) {
    const auto [pointer, json] = std::move(todo.back());
    todo.pop_back();
    places.emplace(pointer, places.size());
    std::vector<std::pair<std::string, const Json*>> children;
    if (json->is_object()) {
      for (const auto& [name, value] : json->items()) children.emplace_back(Child(pointer, name), &value);
    } else if (json->is_array()) {
      for (size_t i = 0; i < json->size(); ++i) children.emplace_back(Child(pointer, i), &(*json)[i]);
    }
    todo.insert(todo.end(), children.rbegin(), children.rend());
  }
  return places;
}

void SortByPlace(Diagnostics& diagnostics, const Json& document, const std::string& root) {
  if (diagnostics.size() < 2) return;
  const auto places = PlacesIn(document);
  const auto place = [&](std::string_view pointer) {
    if (pointer.starts_with(root)) pointer.remove_prefix(root.size());
    while (true) {
      const auto found = places.find(pointer);
      if (found != places.end()) return found->second;
      pointer = pointer.substr(0, pointer.rfind('/'));  // a missing member stands where its object does
    }
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    const size_t place_a = place(a.path);
    const size_t place_b = place(b.path);
    if (place_a != place_b) return place_a < place_b;
    return a.span && b.span && a.span->from < b.span->from;
  });
}

// The workspace's own members are no unknowns where it is given.
void KnowWorkspace(const crm::Workspace& workspace, liquid::Type& variables) {
  for (liquid::Type::Member& member : variables.members) {
    if (member.name != "workspace") continue;
    for (liquid::Type::Member& part : member.type.members) {
      if (part.name == "name") part.type.max_length = static_cast<int>(text::CountGraphemes(workspace.name));
    }
  }
}

Checked Finish(ParsedRule parsed, const Json& document, const std::string& root, const crm::Schema& schema,
               const crm::Workspace& workspace) {
  Checked checked;
  checked.diagnostics = std::move(parsed.diagnostics);
  if (!parsed.rule) return checked;
  auto compiled = std::make_shared<CompiledRule>();
  compiled->rule = std::move(*parsed.rule);
  const Rule& rule = compiled->rule;
  const bool invite = std::holds_alternative<InviteToMessenger>(rule.action);
  liquid::Type variables = crm::VariablesOf(schema, rule.on.entity, invite);
  if (workspace.closed) KnowWorkspace(workspace, variables);
  const Judge judge{schema, workspace, variables, root, checked.diagnostics};
  CheckTrigger(rule.on, judge);
  CheckConditions(rule.conditions, judge);
  CheckTiming(rule.timing, judge);
  CheckAction(rule, judge);
  CompileTemplates(*compiled, judge);
  AnalyseLogic(rule, judge);
  AnalyseTexts(*compiled, judge);
  compiled->valid = CanRun(checked.diagnostics);
  SortByPlace(checked.diagnostics, document, root);
  checked.rule = std::move(compiled);
  return checked;
}

}  // namespace

const liquid::Template* CompiledRule::Find(std::string_view path) const {
  for (const NamedTemplate& named : templates) {
    if (named.path == path) return named.program.get();
  }
  return nullptr;
}

Checked CheckRule(const Json& document, const crm::Schema& schema, const crm::Workspace& workspace) {
  return Finish(ParseRule(document), document, "", schema, workspace);
}

std::vector<Checked> CheckRules(const Json& document, const crm::Schema& schema,
                                const crm::Workspace& workspace, bool together) {
  const bool many = document.is_object() && document.contains("rules");
  std::vector<ParsedRule> parsed = ParseRules(document);
  std::vector<Checked> checked;
  checked.reserve(parsed.size());
  for (size_t i = 0; i < parsed.size(); ++i) {
    const bool inside = many && document["rules"].is_array() && i < document["rules"].size();
    const Json& part = inside ? document["rules"][i] : document;
    checked.push_back(
        Finish(std::move(parsed[i]), part, inside ? Child("/rules", i) : std::string(), schema, workspace));
  }
  if (!many || !together) return checked;
  std::vector<CompiledRulePtr> rules;
  rules.reserve(checked.size());
  for (const Checked& one : checked) rules.push_back(one.rule);
  for (RuleFinding& finding : CheckTogether(rules, schema)) {
    const std::string root = Child("/rules", finding.rule);
    finding.diagnostic.path = root + finding.diagnostic.path;
    Diagnostics& out = checked[finding.rule].diagnostics;
    out.push_back(std::move(finding.diagnostic));
    SortByPlace(out, document["rules"][finding.rule], root);
  }
  return checked;
}

}  // namespace recado::rule
