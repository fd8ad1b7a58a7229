// The CRM schema: entities, pipelines, stages and fields (formats §2).
//
// It says what a rule may be bound to and what a template may name. Without one the built-in schema holds: it
// knows the members of the snapshot, its pipelines and stages are open, and an undeclared member is at most a
// warning.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/liquid/check.h"

namespace recado::crm {

enum class FieldType : uint8_t {
  kText,
  kInteger,
  kDecimal,
  kMoney,
  kDate,
  kDateTime,
  kBoolean,
  kFile,
  kList
};
std::string_view FieldTypeName(FieldType type);  // "text", "datetime", …

enum class StageKind : uint8_t { kOpen, kWon, kLost };

struct Field {
  std::string name;
  FieldType type = FieldType::kText;
  bool required = false;
  int max_length = 0;  // characters; 0: not limited
  std::string title;   // in the user's words; may be empty
};

struct Stage {
  std::string id;
  std::string name;
  StageKind kind = StageKind::kOpen;
  // Two members beyond formats §2, for judging rules before they run. After `max_stay` the CRM moves a record
  // on by itself; `from` are the stages of the pipeline from which this one is entered (absent: any). Records
  // begin in a pipeline's first stage, or in one without `from`.
  std::optional<Period> max_stay;
  std::optional<std::vector<std::string>> from;
};

struct Pipeline {
  std::string id;
  std::string name;
  std::vector<Stage> stages;
};

struct Entity {
  std::string code;
  std::string name;
  std::vector<Pipeline> pipelines;
  std::vector<Field> fields;
  bool open = false;  // pipelines, stages and fields other than these may exist (the built-in schema)
};

struct Schema {
  std::vector<Entity> entities;
  bool built_in = false;

  const Entity* Find(std::string_view code) const;  // null: unknown
};

// The schema that holds where none is given.
const Schema& BuiltInSchema();

// Reads a schema; warnings (unknown_member) go to `remarks`. Error diagnostics carry JSON pointers.
Result<Schema> ParseSchema(const Json& json, Diagnostics& remarks);
Json ToJson(const Schema& schema);

// The variables of a template bound to `entity`, as types for the checker: the entity itself, contact,
// contacts, company, client, responsible, workspace, now, invite (R-014, R-024, R-051, R-065, R-066, R-080,
//
liquid::Type VariablesOf(const Schema& schema, std::string_view entity, bool with_invite);

}  // namespace recado::crm
