// Directory: the built-in CRM. Records as JSON snapshots in the store; changing one is an event.
//
// A record is the snapshot of formats §2 as it was put, completed by nothing. Moving a record to a stage, by
// hand or by API, is a stage_changed event kept in the same write as the new stage, so that a move never
// fires without being seen or is seen without firing. Putting a record that exists is a
// record_updated event: what waits for its time runs on the newer data.
//
// Threads: any. Owns nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "native/dispatch/engine.h"
#include "native/store/store.h"

namespace recado::directory {

// A snapshot as a record of the directory: pipeline and stage are the item's.
store::Record RecordOf(const std::string& entity, const std::string& id, const Json& json);
// The event that a change of the record is, with the record as its snapshot. A random part makes every change
// an event of its own. `from`: the stage before.
store::NewEvent EventOf(store::Store& store, crm::EventType type, const store::Record& record,
                        const std::string& from, Instant now);

class Directory : public dispatch::SnapshotSource {
 public:
  explicit Directory(store::Store& store) : store_(store) {}

  // Creates or replaces a record. `json` is a snapshot; its member `entity` must be an object, its `id`,
  // where given, must be `id`. A changed stage is a move (stage_changed), anything else of an existing record
  // is record_updated; a new record makes no event. `by`: who, for the event's id only.
  void Put(const std::string& entity, const std::string& id, Json json, std::optional<int64_t> if_match,
           Instant now, store::Done<store::Record> done);
  // Moves to a stage, of another pipeline too where `pipeline` is given. not_found where there is no record.
  void Move(const std::string& entity, const std::string& id, const std::string& stage,
            std::optional<std::string> pipeline, std::optional<int64_t> if_match, Instant now,
            store::Done<store::Record> done);
  // Gone, with a record_deleted event.
  void Delete(std::string entity, std::string id, std::optional<int64_t> if_match, Instant now,
              store::Done<store::Unit> done);

  Result<std::optional<Json>> SnapshotOf(std::string_view entity, std::string_view entity_id) override;

 private:
  store::Store& store_;
};

}  // namespace recado::directory
