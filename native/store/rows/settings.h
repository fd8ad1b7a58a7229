// Rows: rules with their revisions, providers, documents (schema, workspace).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"

namespace recado::store {

// `version` counts every write and serves as the ETag.
struct RuleRow {
  std::string id{};
  int64_t version = 0;
  std::string document{};                       // the newest text, draft or not
  std::optional<int64_t> published_revision{};  // absent: never published
  std::string published{};                      // the text of that revision, "" where there is none
  Instant updated_at{};
  std::string updated_by{};
  bool is_draft() const { return !published_revision || document != published; }
};

struct RuleRevision {
  int64_t revision = 0;  // from 1, per rule
  std::string document{};
  Instant published_at{};
  std::string published_by{};
};

struct PutRule {
  std::string id{};
  std::string document{};
  bool publish = false;
  std::optional<int64_t> if_match{};  // expected version; 0: must not exist yet; absent: whatever it is
  std::string by{};
  Instant now{};
};

struct ProviderRow {
  std::string id{};
  std::string kind{};
  std::string settings{};                        // JSON object
  std::vector<std::string> secret_names{};       // sorted; the values are write-only
  std::map<std::string, std::string> secrets{};  // only from ProvidersWithSecrets
  int64_t version = 0;
  bool paused = false;
  Instant updated_at{};
};

struct PutProvider {
  std::string id{};
  std::string kind{};
  std::string settings{};
  // Merged into what is there: a name with an empty value removes it, a name not given stays.
  std::map<std::string, std::string> secrets{};
  std::optional<int64_t> if_match{};
  std::string by{};
  Instant now{};
};

// The schema ("schema") and the workspace ("workspace"). version 0 and empty json: never written.
struct Document {
  std::string json{};
  int64_t version = 0;
};

}  // namespace recado::store
