// The built-in CRM directory: records, moves between stages, timelines.
#include <algorithm>

#include "core/crm/snapshot.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::Record;

Json RecordJson(const Record& record) {
  return {{"id", record.id},
          {"entity", record.entity},
          {"pipeline", record.pipeline},
          {"stage", record.stage},
          {"snapshot", ParseStored(record.json)},
          {"updated_at", FormatInstant(record.updated_at)}};
}

// One record is its snapshot, as it was put: what GET gives, PUT takes.
Response RecordResponse(const Record& record) {
  return JsonResponse(200, ParseStored(record.json)).With("ETag", ETagOf(record.version));
}

// The entity must be one that the schema knows, where the schema is the workspace's own.
Diagnostics CheckEntity(Api& api, const std::string& entity) {
  if (Diagnostics faults = CheckId(entity, "the entity"); !faults.empty()) return faults;
  if (api.engine.schema().Find(entity) != nullptr) return {};
  return {Diagnostic::Of(DiagnosticCode::not_found).With("what", "entity").With("id", entity)};
}

// The stage must be one of the pipeline's, where the schema says which there are.
Diagnostics CheckStage(Api& api, const std::string& entity, const std::string& pipeline,
                       const std::string& stage) {
  const crm::Schema schema = api.engine.schema();
  const crm::Entity* known = schema.Find(entity);
  if (known == nullptr || known->open || known->pipelines.empty()) return {};
  for (const crm::Pipeline& candidate : known->pipelines) {
    if (!pipeline.empty() && candidate.id != pipeline) continue;
    for (const crm::Stage& one : candidate.stages) {
      if (one.id == stage) return {};
    }
  }
  return {Diagnostic::Of(DiagnosticCode::stage_unknown_here)
              .At("/stage")
              .With("pipeline", pipeline)
              .With("name", stage)};
}

Response ListRecords(Api& api, const Call& call) {
  store::RecordFilter filter;
  filter.entity = call.arguments[0];
  filter.pipeline = call.request.Query("pipeline").value_or("");
  filter.stage = call.request.Query("stage").value_or("");
  filter.words = call.request.Query("q").value_or("");
  filter.after_id = call.request.Query("after").value_or("");
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  filter.limit = *limit;
  const auto page = api.store.ListRecords(filter);
  if (!page.ok()) return Problem(page.error());
  Json list = Json::array();
  for (const Record& record : page->records) list.push_back(RecordJson(record));
  Json next = page->next.empty() ? Json() : Json(page->next);
  return JsonResponse(200, {{"records", std::move(list)}, {"next", std::move(next)}});
}

Response GetRecord(Api& api, const Call& call) {
  const auto record = api.store.FindRecord(call.arguments[0], call.arguments[1]);
  return record.ok() ? RecordResponse(*record) : Problem(record.error());
}

Response PutRecord(Api& api, const Call& call) {
  const std::string& entity = call.arguments[0];
  const std::string& id = call.arguments[1];
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto if_match = IfMatch(call.request, entity, id);
  if (!if_match.ok()) return Problem(if_match.error());
  Diagnostics faults = CheckEntity(api, entity);
  if (faults.empty()) faults = CheckId(id, "the id");
  if (!faults.empty()) return Problem(faults);
  Diagnostics remarks;
  const auto snapshot = crm::ParseSnapshot(*body, entity, remarks);
  if (!snapshot.ok()) return Problem(snapshot.error());
  if (!snapshot->stage.empty()) faults = CheckStage(api, entity, snapshot->pipeline, snapshot->stage);
  if (!faults.empty()) return Problem(faults);
  const auto record =
      Await<Record>([&](auto done) { api.directory.Put(entity, id, *body, *if_match, api.clock(), done); });
  if (!record.ok()) return Problem(record.error());
  return RecordResponse(*record);
}

Response DeleteRecord(Api& api, const Call& call) {
  const auto if_match = IfMatch(call.request, call.arguments[0], call.arguments[1]);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto gone = Await<store::Unit>([&](auto done) {
    api.directory.Delete(call.arguments[0], call.arguments[1], *if_match, api.clock(), done);
  });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "record.delete", call.arguments[0] + "/" + call.arguments[1]);
  return NoContent();
}

Response Move(Api& api, const Call& call) {
  const std::string& entity = call.arguments[0];
  const std::string& id = call.arguments[1];
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  const auto stage = TextMember(*body, "stage", true);
  if (!stage.ok()) return Problem(stage.error());
  const auto pipeline = TextMember(*body, "pipeline", false);
  if (!pipeline.ok()) return Problem(pipeline.error());
  const auto if_match = IfMatch(call.request, entity, id);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto old = api.store.FindRecord(entity, id);
  if (!old.ok()) return Problem(old.error());
  const std::string& within = pipeline->empty() ? old->pipeline : *pipeline;
  if (const Diagnostics faults = CheckStage(api, entity, within, *stage); !faults.empty())
    return Problem(faults);
  const auto record = Await<Record>([&](auto done) {
    const auto other =
        pipeline->empty() ? std::optional<std::string>() : std::optional<std::string>(*pipeline);
    api.directory.Move(entity, id, *stage, other, *if_match, api.clock(), done);
  });
  if (!record.ok()) return Problem(record.error());
  return RecordResponse(*record);
}

Response Timeline(Api& api, const Call& call) {
  const auto limit = LimitOf(call.request, 200);
  if (!limit.ok()) return Problem(limit.error());
  const auto entries = api.store.Timeline(call.arguments[0], call.arguments[1], *limit);
  if (!entries.ok()) return Problem(entries.error());
  Json list = Json::array();
  for (const store::TimelineEntry& entry : *entries) {
    Json json = {{"at", FormatInstant(entry.at)}, {"what", entry.what}};
    const auto put = [&json](const char* name, const std::string& value) {
      if (!value.empty()) json[name] = value;
    };
    put("text", entry.text);
    put("delivery", entry.delivery_key);
    put("rule", entry.rule_id);
    put("channel", entry.channel);
    put("event", entry.event_id);
    list.push_back(std::move(json));
  }
  return JsonResponse(200, {{"timeline", std::move(list)}});
}

}  // namespace

void AddRecordRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, Role role,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/records/{entity}", Role::kViewer, ListRecords);
  add(Method::kGet, "/api/v1/records/{entity}/{id}", Role::kViewer, GetRecord);
  add(Method::kPut, "/api/v1/records/{entity}/{id}", Role::kOperator, PutRecord);
  add(Method::kDelete, "/api/v1/records/{entity}/{id}", Role::kOperator, DeleteRecord);
  add(Method::kPost, "/api/v1/records/{entity}/{id}/move", Role::kOperator, Move);
  add(Method::kGet, "/api/v1/records/{entity}/{id}/timeline", Role::kViewer, Timeline);
}

}  // namespace recado::server
