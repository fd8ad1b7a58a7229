#include "native/cli/inputs.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/base/limits.h"

namespace recado::cli {
namespace {

namespace fs = std::filesystem;

Diagnostic Unreadable(const fs::path& path, std::string reason) {
  return Diagnostic::Of(DiagnosticCode::file_unreadable)
      .With("name", path.string())
      .With("detail", std::move(reason));
}

// "*.json" of a folder, by name.
std::vector<fs::path> JsonFilesOf(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json" && it->is_regular_file(error)) files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::string> ReadFile(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return Diagnostics{Unreadable(path, "it is a folder")};
  std::ifstream file(path, std::ios::binary);
  if (!file) return Diagnostics{Unreadable(path, std::strerror(errno))};
  std::ostringstream text;
  text << file.rdbuf();
  if (file.bad()) return Diagnostics{Unreadable(path, std::strerror(errno))};
  return std::move(text).str();
}

bool FileIsBeside(const fs::path& folder, std::string_view file) {
  const fs::path relative(file);
  if (relative.is_absolute()) return false;
  for (const fs::path& part : relative) {
    if (part == "..") return false;
  }
  std::error_code error;
  return fs::is_regular_file(folder / relative, error);
}

Source* Inputs::Load(const fs::path& path) {
  Result<std::string> text = ReadFile(path);
  Source& source = sources_.emplace_back();
  source.name = path.string();
  if (!text.ok()) {
    Add(source, text.TakeError());
    return nullptr;
  }
  source.text = *std::move(text);
  return &source;
}

void Inputs::Add(const Source& source, Diagnostics diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) findings_.push_back({&source, std::move(diagnostic)});
}

std::optional<Json> Inputs::Parse(const Source& source) {
  Result<Json> json = ParseJson(source.text);
  if (json.ok()) return *std::move(json);
  Add(source, json.TakeError());
  return std::nullopt;
}

std::optional<Json> Inputs::ReadJson(const fs::path& path) {
  const Source* source = Load(path);
  return source == nullptr ? std::nullopt : Parse(*source);
}

bool Inputs::ReadSurroundings(const Surroundings& paths) {
  const auto read = [this](const std::string& path, auto parse, auto& into) {
    if (path.empty()) return;
    const Source* source = Load(path);
    if (source == nullptr) return;
    const std::optional<Json> json = Parse(*source);
    if (!json) return;
    Diagnostics remarks;
    auto parsed = parse(*json, remarks);
    Add(*source, std::move(remarks));
    if (parsed.ok()) {
      into = *std::move(parsed);
    } else {
      Add(*source, parsed.TakeError());
    }
  };
  read(paths.schema_path, crm::ParseSchema, schema_);
  read(paths.workspace_path, crm::ParseWorkspace, workspace_);
  if (!paths.workspace_path.empty()) workspace_.closed = true;
  return !has_errors();
}

void Inputs::TakeRules(const Source& source, const Json& document) {
  const bool many = document.is_object() && document.contains("rules");
  size_t number = 0;
  for (rule::Checked& checked : rule::CheckRules(document, schema_, workspace_, false)) {
    const std::string place = many ? Child("/rules", number++) : std::string();
    Add(source, std::move(checked.diagnostics));
    if (checked.rule == nullptr) continue;
    const std::string& id = checked.rule->rule.id;
    const auto same = [&id](const rule::CompiledRulePtr& other) { return other->rule.id == id; };
    if (std::any_of(rules_.begin(), rules_.end(), same)) {
      Add(source, {Diagnostic::Of(DiagnosticCode::duplicate_rule).With("name", id)});
      continue;
    }
    rules_.push_back(std::move(checked.rule));
    places_.emplace_back(&source, place);
  }
}

void Inputs::CheckTogether() {
  for (rule::RuleFinding& finding : rule::CheckTogether(rules_, schema_)) {
    const auto& [source, place] = places_[finding.rule];
    finding.diagnostic.path = place + finding.diagnostic.path;
    Add(*source, {std::move(finding.diagnostic)});
  }
}

void Inputs::ReadRuleFile(const fs::path& path) {
  const Source* source = Load(path);
  if (source == nullptr) return;
  if (const std::optional<Json> document = Parse(*source)) TakeRules(*source, *document);
}

bool Inputs::ReadRules(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    ReadRuleFile(path);
    return !has_errors();
  }
  for (const fs::path& file : JsonFilesOf(path)) ReadRuleFile(file);
  return !has_errors();
}

bool Inputs::has_errors() const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [](const Finding& f) { return f.diagnostic.severity == Severity::kError; });
}

bool Inputs::has_unreadable() const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [](const Finding& f) { return f.diagnostic.code == DiagnosticCode::file_unreadable; });
}

}  // namespace recado::cli
