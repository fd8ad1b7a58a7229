// Settings: what rules run against, read from the store and compiled once: workspace, schema, published
// rules, providers, pauses.
//
// One immutable object at a time; a change in the store makes a new one. Rules are compiled once for each
// revision and shared by all that follow until schema or workspace change. Internal to dispatch/.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/crm/schema.h"
#include "core/crm/workspace.h"
#include "core/plan/prices.h"
#include "core/rule/check.h"
#include "native/provider/provider.h"
#include "native/store/store.h"

namespace recado::dispatch {

// Rule id and revision → the compiled rule.
using CompiledRules = std::map<std::pair<std::string, int64_t>, rule::CompiledRulePtr>;

struct Settings {
  crm::Schema schema;
  crm::Workspace workspace;  // not closed as long as nobody has set one: snapshots' own may fill it in
  std::shared_ptr<const crm::Workspace>
      closed;                                // the same, with only the store's providers counting as there
  std::vector<rule::CompiledRulePtr> rules;  // published ones, by id
  std::map<std::string, int64_t, std::less<>> revisions;  // of `rules`
  std::set<std::string, std::less<>> off;  // ids of rules switched off; deleted ones are not in `revisions`
  std::map<std::string, plan::Prices, std::less<>> prices;  // by provider
  std::set<std::string, std::less<>> paused;                // "" among them: all
  CompiledRules compiled;                                   // also older revisions, as they were needed
  std::string compiled_for;  // versions of schema and workspace that `compiled` was made for

  bool all_paused() const { return paused.contains(""); }
  // A rule of any age still runs: neither deleted nor switched off since.
  bool Runs(std::string_view rule_id) const { return revisions.contains(rule_id) && !off.contains(rule_id); }
};
using SettingsPtr = std::shared_ptr<Settings>;

// The newest settings. `before` (may be null) lends its compiled rules. `remarks` gets what could not be
// used.
Result<SettingsPtr> LoadSettings(store::Store& store, const Settings* before, Diagnostics& remarks);

// The providers of the store, secrets in the clear.
Result<std::vector<provider::Config>> LoadProviders(store::Store& store);

// A revision that may be older than the published one; null where it is not known.
rule::CompiledRulePtr FindRevision(store::Store& store, Settings& settings, const std::string& rule_id,
                                   int64_t revision);

}  // namespace recado::dispatch
