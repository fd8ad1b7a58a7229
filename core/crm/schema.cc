#include "core/crm/schema.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/crm/reader.h"

namespace recado::crm {
namespace {

using liquid::Type;
using Kind = liquid::Type::Kind;

constexpr std::array<std::string_view, 9> kFieldTypes = {"text",     "integer", "decimal", "money", "date",
                                                         "datetime", "boolean", "file",    "list"};
constexpr std::array<std::string_view, 3> kStageKinds = {"open", "won", "lost"};

template <size_t n>
size_t IndexIn(const std::array<std::string_view, n>& names, std::string_view name) {
  return static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

// Adds duplicate_id where `id` is already among `seen`.
void NoteId(std::vector<std::string>& seen, const std::string& id, std::string pointer, Diagnostics& out) {
  if (!id.empty() && std::find(seen.begin(), seen.end(), id) != seen.end()) {
    out.push_back(Diagnostic::Of(DiagnosticCode::duplicate_id).With("name", id).At(std::move(pointer)));
  }
  seen.push_back(id);
}

Stage ReadStage(const Json& json, std::string pointer, std::vector<std::string>& ids, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Stage stage;
  stage.id = in.RequiredId("id");
  NoteId(ids, stage.id, in.At("id"), out);
  stage.name = in.Text("name", stage.id);
  stage.kind = static_cast<StageKind>(IndexIn(kStageKinds, in.Choice("kind", kStageKinds, "open")));
  if (const auto stay = in.OptionalText("max_stay")) {
    const Result<Period> period = ParsePeriod(*stay);
    if (period.ok()) stage.max_stay = *period;
    for (const Diagnostic& fault : period.ok() ? Diagnostics() : period.error()) in.Fault("max_stay", fault);
  }
  if (const Json* from = in.List("from", kMaxSchemaItems)) {
    stage.from.emplace();
    for (size_t i = 0; i < from->size(); ++i) {
      if ((*from)[i].is_string()) {
        stage.from->push_back((*from)[i].get<std::string>());
      } else {
        out.push_back(WrongType("from", "a stage's id", (*from)[i]).At(Child(in.At("from"), i)));
      }
    }
  }
  in.Finish();
  return stage;
}

// `from` must name stages of the same pipeline.
void CheckFrom(const Pipeline& pipeline, const std::string& stages, Diagnostics& out) {
  std::vector<std::string_view> ids;
  for (const Stage& stage : pipeline.stages) ids.push_back(stage.id);
  for (size_t i = 0; i < pipeline.stages.size(); ++i) {
    const auto& from = pipeline.stages[i].from;
    for (size_t j = 0; from && j < from->size(); ++j) {
      if (std::find(ids.begin(), ids.end(), (*from)[j]) != ids.end()) continue;
      out.push_back(InvalidValue("from", (*from)[j], ids).At(Child(Child(Child(stages, i), "from"), j)));
    }
  }
}

Pipeline ReadPipeline(const Json& json, std::string pointer, std::vector<std::string>& ids,
                      Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Pipeline pipeline;
  pipeline.id = in.RequiredId("id");
  NoteId(ids, pipeline.id, in.At("id"), out);
  pipeline.name = in.Text("name", pipeline.id);
  if (const Json* stages = in.List("stages", kMaxSchemaItems)) {
    std::vector<std::string> stage_ids;
    for (size_t i = 0; i < stages->size(); ++i) {
      pipeline.stages.push_back(ReadStage((*stages)[i], Child(in.At("stages"), i), stage_ids, out));
    }
    CheckFrom(pipeline, in.At("stages"), out);
  }
  in.Finish();
  return pipeline;
}

Field ReadField(const Json& json, std::string pointer, std::vector<std::string>& names, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Field field;
  field.name = in.RequiredId("name");
  NoteId(names, field.name, in.At("name"), out);
  if (in.Require("type") != nullptr) {
    field.type = static_cast<FieldType>(IndexIn(kFieldTypes, in.Choice("type", kFieldTypes, "text")));
  }
  field.required = in.Boolean("required", false);
  field.max_length = static_cast<int>(in.Integer("max_length", 0, 0, 1'000'000));
  field.title = in.Text("title");
  in.Finish();
  return field;
}

Entity ReadEntity(const Json& json, std::string pointer, std::vector<std::string>& codes, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Entity entity;
  entity.code = in.RequiredId("code");
  NoteId(codes, entity.code, in.At("code"), out);
  entity.name = in.Text("name", entity.code);
  if (const Json* pipelines = in.List("pipelines", kMaxSchemaItems)) {
    std::vector<std::string> ids;
    for (size_t i = 0; i < pipelines->size(); ++i) {
      entity.pipelines.push_back(ReadPipeline((*pipelines)[i], Child(in.At("pipelines"), i), ids, out));
    }
  }
  if (const Json* fields = in.List("fields", kMaxSchemaItems)) {
    std::vector<std::string> names;
    for (size_t i = 0; i < fields->size(); ++i) {
      entity.fields.push_back(ReadField((*fields)[i], Child(in.At("fields"), i), names, out));
    }
  }
  in.Finish();
  return entity;
}

// --- Types for the template checker

Type Simple(Kind kind, std::string description = "", bool optional = true) {
  Type type;
  type.kind = kind;
  type.optional = optional;
  type.description = std::move(description);
  return type;
}

Type ListOf(Type element, std::string description = "") {
  Type type = Simple(Kind::kList, std::move(description));
  type.element = std::make_shared<const Type>(std::move(element));
  return type;
}

Type ObjectOf(std::vector<Type::Member> members, std::string description = "", bool optional = true) {
  Type type = Simple(Kind::kObject, std::move(description), optional);
  type.members = std::move(members);
  return type;
}

Type FileType() {
  return ListOf(Simple(Kind::kFile), "Files");
}

Type TypeOfField(const Field& field) {
  constexpr Kind kKinds[] = {Kind::kText,     Kind::kInteger, Kind::kDecimal, Kind::kMoney, Kind::kDate,
                             Kind::kDateTime, Kind::kBoolean, Kind::kFile,    Kind::kList};
  Type type = field.type == FieldType::kFile   ? FileType()
              : field.type == FieldType::kList ? ListOf(Simple(Kind::kAny))
                                               : Simple(kKinds[static_cast<size_t>(field.type)]);
  type.optional = !field.required;
  type.max_length = field.max_length;
  type.description = field.title;
  return type;
}

void AddMember(Type& object, std::string name, Type type) {
  for (const Type::Member& member : object.members) {
    if (member.name == name) return;
  }
  object.members.push_back({std::move(name), std::move(type)});
}

// A member that is there anyway keeps its kind, but the schema may know how long it is and that it must be
// filled in.
void AddFields(Type& object, const Entity* entity) {
  if (entity == nullptr) return;
  for (const Field& field : entity->fields) {
    const Type declared = TypeOfField(field);
    AddMember(object, field.name, declared);
    for (Type::Member& member : object.members) {
      if (member.name == field.name && member.type.kind == declared.kind && declared.kind != Kind::kList)
        member.type = declared;
    }
  }
  object.open = object.open || entity->open;
}

// What a contact, a company and a lead that is its own client have in common.
void AddCardMembers(Type& card) {
  const auto typed_value = [] {
    return ObjectOf({{"type", Simple(Kind::kText)}, {"value", Simple(Kind::kText)}});
  };
  AddMember(card, "language", Simple(Kind::kText));
  AddMember(card, "time_zone", Simple(Kind::kText));
  AddMember(card, "phones", ListOf(typed_value()));
  AddMember(card, "emails", ListOf(typed_value()));
  AddMember(card, "chats",
            ListOf(ObjectOf({{"channel", Simple(Kind::kText)},
                             {"id", Simple(Kind::kText)},
                             {"created", Simple(Kind::kDateTime)}})));
  AddMember(card, "consent",
            ObjectOf({{"marketing", Simple(Kind::kBoolean)}, {"suppressed", ListOf(Simple(Kind::kText))}}));
}

Type ContactType(const Schema& schema) {
  Type contact = ObjectOf(
      {{"id", Simple(Kind::kText)}, {"first_name", Simple(Kind::kText)}, {"last_name", Simple(Kind::kText)}},
      "The first contact of the item");
  AddCardMembers(contact);
  AddFields(contact, schema.Find("contact"));
  return contact;
}

Type CompanyType(const Schema& schema) {
  Type company = ObjectOf({{"id", Simple(Kind::kText)}, {"name", Simple(Kind::kText)}}, "The company");
  AddCardMembers(company);
  AddFields(company, schema.Find("company"));
  return company;
}

Type EntityType(const Schema& schema, std::string_view code) {
  const Entity* entity = schema.Find(code);
  Type type = ObjectOf({{"id", Simple(Kind::kText, "", false)},
                        {"title", Simple(Kind::kText)},
                        {"pipeline", Simple(Kind::kText)},
                        {"stage", Simple(Kind::kText)}},
                       entity == nullptr ? "" : entity->name, false);
  if (entity == nullptr) type.open = true;
  AddFields(type, entity);
  if (code == "lead") {
    for (const char* name : {"name", "first_name", "last_name"}) AddMember(type, name, Simple(Kind::kText));
    AddCardMembers(type);
  }
  return type;
}

// The client is whichever of the three it is: it has what any of them has.
Type ClientType(const Type& contact, const Type& company, const Type* lead) {
  Type client = contact;
  client.description = "The contact, company or lead the message goes to";
  client.optional = true;
  for (const Type::Member& member : company.members) AddMember(client, member.name, member.type);
  if (lead != nullptr) {
    for (const Type::Member& member : lead->members) AddMember(client, member.name, member.type);
    client.open = client.open || lead->open;
  }
  return client;
}

Entity BuiltInEntity(std::string code, std::string name) {
  Entity entity;
  entity.code = std::move(code);
  entity.name = std::move(name);
  entity.open = true;
  entity.fields = {
      {"number", FieldType::kText, false, 0, ""},          {"amount", FieldType::kMoney, false, 0, ""},
      {"tracking_number", FieldType::kText, false, 0, ""}, {"tracking_url", FieldType::kText, false, 0, ""},
      {"delivery_date", FieldType::kDate, false, 0, ""},   {"close_date", FieldType::kDate, false, 0, ""},
      {"contract", FieldType::kFile, false, 0, ""}};
  return entity;
}

}  // namespace

const Entity* Schema::Find(std::string_view code) const {
  for (const Entity& entity : entities) {
    if (entity.code == code) return &entity;
  }
  return nullptr;
}

std::string_view FieldTypeName(FieldType type) {
  return kFieldTypes[static_cast<size_t>(type)];
}

const Schema& BuiltInSchema() {
  static const Schema schema = [] {
    Schema built_in;
    built_in.built_in = true;
    built_in.entities = {BuiltInEntity("lead", "Lead"), BuiltInEntity("deal", "Deal"),
                         BuiltInEntity("invoice", "Invoice"), BuiltInEntity("quote", "Quote"),
                         BuiltInEntity("order", "Order")};
    return built_in;
  }();
  return schema;
}

Result<Schema> ParseSchema(const Json& json, Diagnostics& remarks) {
  Diagnostics out;
  ObjectReader in(json, "", out);
  Schema schema;
  in.Require("entities");
  if (const Json* entities = in.List("entities", kMaxSchemaItems)) {
    std::vector<std::string> codes;
    for (size_t i = 0; i < entities->size(); ++i) {
      schema.entities.push_back(ReadEntity((*entities)[i], Child("/entities", i), codes, out));
    }
  }
  in.Finish();
  if (HasErrors(out)) return out;
  remarks.insert(remarks.end(), out.begin(), out.end());
  return schema;
}

Json ToJson(const Schema& schema) {
  Json entities = Json::array();
  for (const Entity& entity : schema.entities) {
    Json pipelines = Json::array();
    for (const Pipeline& pipeline : entity.pipelines) {
      Json stages = Json::array();
      for (const Stage& stage : pipeline.stages) {
        Json row = {
            {"id", stage.id}, {"name", stage.name}, {"kind", kStageKinds[static_cast<size_t>(stage.kind)]}};
        if (stage.max_stay) row["max_stay"] = FormatPeriod(*stage.max_stay);
        if (stage.from) row["from"] = *stage.from;
        stages.push_back(std::move(row));
      }
      pipelines.push_back({{"id", pipeline.id}, {"name", pipeline.name}, {"stages", std::move(stages)}});
    }
    Json fields = Json::array();
    for (const Field& field : entity.fields) {
      Json row = {{"name", field.name}, {"type", FieldTypeName(field.type)}};
      if (field.required) row["required"] = true;
      if (field.max_length > 0) row["max_length"] = field.max_length;
      if (!field.title.empty()) row["title"] = field.title;
      fields.push_back(std::move(row));
    }
    entities.push_back({{"code", entity.code},
                        {"name", entity.name},
                        {"pipelines", std::move(pipelines)},
                        {"fields", std::move(fields)}});
  }
  Json json = Json::object();
  json["entities"] = std::move(entities);
  return json;
}

liquid::Type VariablesOf(const Schema& schema, std::string_view entity, bool with_invite) {
  const Type contact = ContactType(schema);
  const Type company = CompanyType(schema);
  const Type item = EntityType(schema, entity);
  Type globals = ObjectOf({}, "", false);
  AddMember(globals, std::string(entity), item);
  AddMember(globals, "contact", contact);
  AddMember(globals, "contacts", ListOf(contact));
  AddMember(globals, "company", company);
  AddMember(globals, "client", ClientType(contact, company, entity == "lead" ? &item : nullptr));
  AddMember(globals, "responsible",
            ObjectOf({{"id", Simple(Kind::kText)},
                      {"name", Simple(Kind::kText)},
                      {"mailboxes", ListOf(Simple(Kind::kText))},
                      {"last_used_mailbox", Simple(Kind::kText)}},
                     "The employee responsible for the item"));
  // The company's own name is set once, not for each record.
  AddMember(globals, "workspace",
            ObjectOf({{"name", Simple(Kind::kText, "", false)},
                      {"default_region", Simple(Kind::kText)},
                      {"language", Simple(Kind::kText)},
                      {"time_zone", Simple(Kind::kText)},
                      {"currency", Simple(Kind::kText)}},
                     "Your company", false));
  AddMember(globals, "now", Simple(Kind::kDateTime, "The moment the message is written", false));
  AddMember(globals, "unsubscribe_url",
            Simple(Kind::kText, "Where the receiver can say that enough is enough", false));
  if (with_invite) {
    AddMember(globals, "invite",
              ObjectOf({{"link", Simple(Kind::kText, "The link to the chat", false)}}, "", false));
  }
  return globals;
}

}  // namespace recado::crm
