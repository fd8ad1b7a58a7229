#include "native/crm/directory.h"

#include "core/base/sha256.h"
#include "core/crm/snapshot.h"

namespace recado::directory {
namespace {

std::string TextAt(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Diagnostics CheckRecord(const std::string& entity, const std::string& id, Json& json) {
  if (!json.is_object() || !json.contains(entity) || !json[entity].is_object()) {
    return {
        Diagnostic::Of(DiagnosticCode::missing_member).With("what", "The object " + entity).At("/" + entity)};
  }
  Json& item = json[entity];
  if (!item.contains("id")) item["id"] = id;
  if (TextAt(item, "id") != id) {
    return {Diagnostic::Of(DiagnosticCode::invalid_value)
                .With("value", DumpJson(item["id"]))
                .With("what", "the id")
                .With("allowed", id)
                .At(Child("/" + entity, "id"))};
  }
  Diagnostics remarks;
  const Result<crm::Snapshot> snapshot = crm::ParseSnapshot(json, entity, remarks);
  return snapshot.ok() ? Diagnostics{} : snapshot.error();
}

}  // namespace

store::Record RecordOf(const std::string& entity, const std::string& id, const Json& json) {
  const Json& item = json[entity];
  return store::Record{.entity = entity,
                       .id = id,
                       .json = DumpJson(json),
                       .pipeline = TextAt(item, "pipeline"),
                       .stage = TextAt(item, "stage")};
}

store::NewEvent EventOf(store::Store& store, crm::EventType type, const store::Record& record,
                        const std::string& from, Instant now) {
  crm::Event event;
  event.id = "directory-" + store.RandomHex(16);
  event.type = type;
  event.at = now;
  event.entity = record.entity;
  event.entity_id = record.id;
  event.pipeline = record.pipeline;
  event.from = from;
  event.to = type == crm::EventType::kStageChanged ? record.stage : std::string();
  if (!record.json.empty()) {
    if (Result<Json> snapshot = ParseJson(record.json); snapshot.ok()) event.snapshot = *std::move(snapshot);
  }
  const Json json = crm::ToJson(event);
  const auto digest = Sha256(crm::CanonicalJson(json));
  return store::NewEvent{.id = event.id,
                         .digest = std::string(reinterpret_cast<const char*>(digest.data()), digest.size()),
                         .json = DumpJson(json),
                         .entity = event.entity,
                         .entity_id = event.entity_id,
                         .at = now};
}

void Directory::Put(const std::string& entity, const std::string& id, Json json,
                    std::optional<int64_t> if_match, Instant now, store::Done<store::Record> done) {
  if (Diagnostics faults = CheckRecord(entity, id, json); !faults.empty()) return done(faults);
  store::Record record = RecordOf(entity, id, json);
  const Result<store::Record> before = store_.FindRecord(entity, id);
  std::optional<store::NewEvent> event;
  if (before.ok()) {
    const bool moved = before->stage != record.stage || before->pipeline != record.pipeline;
    const auto type = moved ? crm::EventType::kStageChanged : crm::EventType::kRecordUpdated;
    event = EventOf(store_, type, record, before->stage, now);
    // What was read must still be what is replaced, or the event would tell of another change.
    if (!if_match) if_match = before->version;
  } else if (!if_match) {
    if_match = 0;
  }
  store_.PutRecord(std::move(record), if_match, std::move(event), now, std::move(done));
}

void Directory::Move(const std::string& entity, const std::string& id, const std::string& stage,
                     std::optional<std::string> pipeline, std::optional<int64_t> if_match, Instant now,
                     store::Done<store::Record> done) {
  const Result<store::Record> before = store_.FindRecord(entity, id);
  if (!before.ok()) return done(before.error());
  Result<Json> json = ParseJson(before->json);
  if (!json.ok()) return done(json.TakeError());
  (*json)[entity]["stage"] = stage;
  if (pipeline) (*json)[entity]["pipeline"] = *pipeline;
  store::Record record = RecordOf(entity, id, *json);
  store::NewEvent event = EventOf(store_, crm::EventType::kStageChanged, record, before->stage, now);
  store_.PutRecord(std::move(record), if_match ? if_match : std::optional<int64_t>(before->version),
                   std::move(event), now, std::move(done));
}

void Directory::Delete(std::string entity, std::string id, std::optional<int64_t> if_match, Instant now,
                       store::Done<store::Unit> done) {
  const store::Record gone{.entity = entity, .id = id};
  store::NewEvent event = EventOf(store_, crm::EventType::kRecordDeleted, gone, "", now);
  store_.DeleteRecord(std::move(entity), std::move(id), if_match, std::move(event), now, std::move(done));
}

Result<std::optional<Json>> Directory::SnapshotOf(std::string_view entity, std::string_view entity_id) {
  const Result<store::Record> record = store_.FindRecord(entity, entity_id);
  if (!record.ok()) {
    const bool unknown = record.error().front().code == DiagnosticCode::not_found;
    if (unknown) return std::optional<Json>();
    return record.error();
  }
  Result<Json> json = ParseJson(record->json);
  if (!json.ok()) return json.TakeError();
  return std::optional<Json>(*std::move(json));
}

}  // namespace recado::directory
