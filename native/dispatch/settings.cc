#include "native/dispatch/settings.h"

namespace recado::dispatch {
namespace {

// The provider as rules see it: {"id","kind","settings"} of formats §2.
Json ProviderJson(const store::ProviderRow& row) {
  Json settings = Json::object();
  if (Result<Json> parsed = ParseJson(row.settings); parsed.ok()) settings = *std::move(parsed);
  return {{"id", row.id}, {"kind", row.kind}, {"settings", std::move(settings)}};
}

Result<crm::Workspace> LoadWorkspace(store::Store& store, const store::Document& document,
                                     Diagnostics& remarks) {
  Json json = Json::object();
  if (!document.json.empty()) {
    Result<Json> parsed = ParseJson(document.json);
    if (!parsed.ok()) return parsed.TakeError();
    json = *std::move(parsed);
    json.erase("retention");  // the service's own setting
  }
  const Result<std::vector<store::ProviderRow>> providers = store.ListProviders();
  if (!providers.ok()) return providers.error();
  Json& list = json["providers"] = Json::array();
  for (const store::ProviderRow& row : *providers) list.push_back(ProviderJson(row));
  Result<crm::Workspace> workspace = crm::ParseWorkspace(json, remarks);
  // Nobody has said anything yet: language, zone and the rest may come from the snapshots (formats §2).
  if (workspace.ok()) workspace->closed = !document.json.empty();
  return workspace;
}

Result<crm::Schema> LoadSchema(const store::Document& document, Diagnostics& remarks) {
  if (document.json.empty()) return crm::BuiltInSchema();
  const Result<Json> json = ParseJson(document.json);
  if (!json.ok()) return json.error();
  return crm::ParseSchema(*json, remarks);
}

// For running, not for judging: a published rule stays valid when its provider goes (it then skips with
// no_provider), so it is compiled against a workspace in which every provider counts as there.
rule::CompiledRulePtr Compile(const std::string& document, const Settings& settings) {
  const Result<Json> json = ParseJson(document);
  if (!json.ok()) return nullptr;
  crm::Workspace open = settings.workspace;
  open.closed = false;
  return rule::CheckRule(*json, settings.schema, open).rule;
}

}  // namespace

Result<SettingsPtr> LoadSettings(store::Store& store, const Settings* before, Diagnostics& remarks) {
  auto settings = std::make_shared<Settings>();
  const auto schema_document = store.FindDocument("schema");
  const auto workspace_document = store.FindDocument("workspace");
  const auto paused = store.PausedProviders();
  const auto rules = store.ListRules();
  if (!schema_document.ok()) return schema_document.error();
  if (!workspace_document.ok()) return workspace_document.error();
  if (!paused.ok()) return paused.error();
  if (!rules.ok()) return rules.error();
  Result<crm::Schema> schema = LoadSchema(*schema_document, remarks);
  if (!schema.ok()) return schema.TakeError();
  Result<crm::Workspace> workspace = LoadWorkspace(store, *workspace_document, remarks);
  if (!workspace.ok()) return workspace.TakeError();
  settings->schema = *std::move(schema);
  settings->workspace = *std::move(workspace);
  for (const crm::Provider& provider : settings->workspace.providers) {
    settings->prices.emplace(provider.id, plan::Prices(provider));
  }
  auto closed = std::make_shared<crm::Workspace>(settings->workspace);
  closed->closed = true;
  settings->closed = std::move(closed);
  settings->paused.insert(paused->begin(), paused->end());
  settings->compiled_for =
      std::to_string(schema_document->version) + "/" + std::to_string(workspace_document->version);
  if (before != nullptr && before->compiled_for == settings->compiled_for)
    settings->compiled = before->compiled;
  for (const store::RuleRow& row : *rules) {
    if (!row.published_revision) continue;
    const int64_t revision = *row.published_revision;
    rule::CompiledRulePtr& compiled = settings->compiled[{row.id, revision}];
    if (compiled == nullptr) compiled = Compile(row.published, *settings);
    if (compiled == nullptr) continue;
    settings->revisions[row.id] = revision;
    settings->rules.push_back(compiled);
    if (!compiled->rule.enabled) settings->off.insert(row.id);
  }
  return settings;
}

Result<std::vector<provider::Config>> LoadProviders(store::Store& store) {
  Result<std::vector<store::ProviderRow>> rows = store.ProvidersWithSecrets();
  if (!rows.ok()) return rows.TakeError();
  std::vector<provider::Config> configs;
  for (store::ProviderRow& row : *rows) {
    Json settings = Json::object();
    if (Result<Json> parsed = ParseJson(row.settings); parsed.ok()) settings = *std::move(parsed);
    configs.push_back({row.id, row.kind, std::move(settings), std::move(row.secrets)});
  }
  return configs;
}

rule::CompiledRulePtr FindRevision(store::Store& store, Settings& settings, const std::string& rule_id,
                                   int64_t revision) {
  rule::CompiledRulePtr& compiled = settings.compiled[{rule_id, revision}];
  if (compiled == nullptr) {
    const Result<store::RuleRevision> row = store.FindRevision(rule_id, revision);
    if (row.ok()) compiled = Compile(row->document, settings);
  }
  return compiled;
}

}  // namespace recado::dispatch
