// What the offline commands read from disk: rules, CRM schema, workspace, with every fault collected beside
// its file.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/rule/check.h"
#include "native/cli/report.h"

namespace recado::cli {

// A whole file. Error: file_unreadable, with the reason the system gives.
Result<std::string> ReadFile(const std::filesystem::path& path);

// `--schema` and `--workspace`, "" where not given.
struct Surroundings {
  std::string schema_path;
  std::string workspace_path;
};

// Owns the sources that its findings point at; grows, never moves.
class Inputs {
 public:
  Inputs() = default;
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;

  // The built-in schema and the open workspace hold until read. False: there are errors among the findings.
  bool ReadSurroundings(const Surroundings& paths);

  // One rule file, {"rules":[…]}, or a directory of *.json in the order of their names (formats §1). Ids must
  // differ among all that is read (duplicate_rule). False: there are errors among the findings.
  bool ReadRules(const std::filesystem::path& path);

  // What goes wrong between all rules read so far, whatever files they came from (rule::CheckTogether).
  void CheckTogether();

  // A JSON document; nothing where it cannot be read or parsed, which is among the findings then.
  std::optional<Json> ReadJson(const std::filesystem::path& path);

  const crm::Schema& schema() const { return schema_; }
  const crm::Workspace& workspace() const { return workspace_; }
  // Rules that could be read at all, faulty ones included: they answer rule_invalid.
  std::span<const rule::CompiledRulePtr> rules() const { return rules_; }
  const std::vector<Finding>& findings() const { return findings_; }
  bool has_errors() const;
  // A fault that is of the command's making, not of a file's content: a path that is not there.
  bool has_unreadable() const;

 private:
  Source* Load(const std::filesystem::path& path);
  std::optional<Json> Parse(const Source& source);
  void Add(const Source& source, Diagnostics diagnostics);
  void ReadRuleFile(const std::filesystem::path& path);
  void TakeRules(const Source& source, const Json& document);

  std::deque<Source> sources_;
  std::vector<Finding> findings_;
  crm::Schema schema_ = crm::BuiltInSchema();
  crm::Workspace workspace_;
  std::vector<rule::CompiledRulePtr> rules_;
  std::vector<std::pair<const Source*, std::string>> places_;  // of each rule: its file and its pointer there
};

// Whether the file a rule attaches is there: beside the rule file (or in the rule folder), and nowhere above
// it.
bool FileIsBeside(const std::filesystem::path& folder, std::string_view file);

}  // namespace recado::cli
