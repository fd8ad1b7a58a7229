// Rules: drafts, what runs, and the revisions between.
#include "core/plan/plan.h"
#include "core/rule/check.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::RuleRow;

rule::Checked Judge(Api& api, const Json& document) {
  return rule::CheckRule(document, api.engine.schema(), api.engine.workspace());
}

// {"rule": what runs, "draft": the newest text where it differs, "published_revision", "diagnostics" of the
// newest text}.
Json RuleJson(const RuleRow& row, const Diagnostics& diagnostics) {
  Json json = {{"id", row.id}};
  json["rule"] = row.published_revision ? ParseStored(row.published) : Json();
  json["draft"] = row.is_draft() ? ParseStored(row.document) : Json();
  json["published_revision"] = row.published_revision ? Json(*row.published_revision) : Json();
  json["diagnostics"] = ToJson(diagnostics, OffsetUnit::kBytes);
  json["updated_at"] = FormatInstant(row.updated_at);
  json["updated_by"] = row.updated_by;
  return json;
}

Response RuleResponse(Api& api, const RuleRow& row) {
  const Json newest = ParseStored(row.document);
  return JsonResponse(200, RuleJson(row, Judge(api, newest).diagnostics)).With("ETag", ETagOf(row.version));
}

Response GetRule(Api& api, const Call& call) {
  const auto row = api.store.FindRule(call.arguments[0]);
  return row.ok() ? RuleResponse(api, *row) : Problem(row.error());
}

Response ListRules(Api& api) {
  const auto rows = api.store.ListRules();
  if (!rows.ok()) return Problem(rows.error());
  Json list = Json::array();
  for (const RuleRow& row : *rows) {
    Json entry = RuleJson(row, Judge(api, ParseStored(row.document)).diagnostics);
    entry["etag"] = ETagOf(row.version);
    list.push_back(std::move(entry));
  }
  return JsonResponse(200, {{"rules", std::move(list)}});
}

// The id in the address is the rule's; a document may leave it out, but not say another.
Diagnostics TakeId(Json& document, const std::string& id) {
  if (Diagnostics faults = CheckId(id, "the id"); !faults.empty()) return faults;
  if (!document.contains("id")) {
    Json named = {{"id", id}};
    for (auto& member : document.items()) named[member.key()] = std::move(member.value());
    document = std::move(named);
    return {};
  }
  const Json& given = document["id"];
  if (given == id) return {};
  return {Diagnostic::Of(DiagnosticCode::id_mismatch)
              .At("/id")
              .With("value", given.is_string() ? given.get<std::string>() : DumpJson(given))
              .With("name", id)};
}

Response PutRule(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  auto document = JsonBody(call.request);
  if (!document.ok()) return Problem(document.error());
  if (Diagnostics faults = TakeId(*document, id); !faults.empty()) return Problem(faults);
  const auto if_match = IfMatch(call.request, "the rule", id);
  if (!if_match.ok()) return Problem(if_match.error());

  const rule::Checked checked = Judge(api, *document);
  const auto draft = call.request.Query("draft");
  store::PutRule put;
  put.id = id;
  put.document = DumpJson(*document);
  put.publish =
      !(draft && *draft != "0" && *draft != "false") && checked.rule && !HasErrors(checked.diagnostics);
  put.if_match = *if_match;
  put.by = call.caller.name;
  put.now = api.clock();
  const auto row = Await<RuleRow>([&](auto done) { api.store.PutRule(put, done); });
  if (!row.ok()) return Problem(row.error());
  Audit(api, call, put.publish ? "rule.publish" : "rule.draft", id);
  return JsonResponse(200, RuleJson(*row, checked.diagnostics)).With("ETag", ETagOf(row->version));
}

Response DeleteRule(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  const auto if_match = IfMatch(call.request, "the rule", id);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto gone = Await<store::Unit>(
      [&](auto done) { api.store.DeleteRule(id, *if_match, call.caller.name, api.clock(), done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "rule.delete", id);
  return NoContent();
}

Response PublishRule(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  const auto if_match = IfMatch(call.request, "the rule", id);
  if (!if_match.ok()) return Problem(if_match.error());
  const auto found = api.store.FindRule(id);
  if (!found.ok()) return Problem(found.error());
  const rule::Checked checked = Judge(api, ParseStored(found->document));
  if (!checked.rule || HasErrors(checked.diagnostics)) {
    Diagnostics faults = {Diagnostic::Of(DiagnosticCode::rule_has_errors)};
    faults.insert(faults.end(), checked.diagnostics.begin(), checked.diagnostics.end());
    return Problem(faults, 409);
  }
  // What was judged is what is published: a newer text in between is a conflict.
  const auto row = Await<RuleRow>([&](auto done) {
    api.store.PublishRule(id, if_match->value_or(found->version), call.caller.name, api.clock(), done);
  });
  if (!row.ok()) return Problem(row.error());
  Audit(api, call, "rule.publish", id);
  return RuleResponse(api, *row);
}

Response Revisions(Api& api, const Call& call) {
  const auto list = api.store.RuleRevisions(call.arguments[0]);
  if (!list.ok()) return Problem(list.error());
  Json out = Json::array();
  for (const store::RuleRevision& revision : *list) {
    out.push_back({{"revision", revision.revision},
                   {"rule", ParseStored(revision.document)},
                   {"published_at", FormatInstant(revision.published_at)},
                   {"published_by", revision.published_by}});
  }
  return JsonResponse(200, {{"revisions", std::move(out)}});
}

// Makes an old text the newest and publishes it, if it still fits the CRM and the workspace.
Response Restore(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  const int64_t number = std::strtoll(call.arguments[1].c_str(), nullptr, 10);
  const auto revision = api.store.FindRevision(id, number);
  if (!revision.ok()) return Problem(revision.error());
  const auto if_match = IfMatch(call.request, "the rule", id);
  if (!if_match.ok()) return Problem(if_match.error());
  const rule::Checked checked = Judge(api, ParseStored(revision->document));
  store::PutRule put;
  put.id = id;
  put.document = revision->document;
  put.publish = checked.rule && !HasErrors(checked.diagnostics);
  put.if_match = *if_match;
  put.by = call.caller.name;
  put.now = api.clock();
  const auto row = Await<RuleRow>([&](auto done) { api.store.PutRule(put, done); });
  if (!row.ok()) return Problem(row.error());
  Audit(api, call, "rule.restore", id, {{"revision", number}});
  return JsonResponse(200, RuleJson(*row, checked.diagnostics)).With("ETag", ETagOf(row->version));
}

struct TestRequest {
  std::string entity_id;
  std::string to;
};

Result<TestRequest> ReadTest(const Request& request) {
  const auto body = JsonBody(request);
  if (!body.ok()) return body.error();
  const auto record = TextMember(*body, "record", true);
  if (!record.ok()) return record.error();
  const auto to = TextMember(*body, "to", true);
  if (!to.ok()) return to.error();
  return TestRequest{*record, *to};
}

// "Send this rule to me": composed on a real record, sent to another address.
Response TestRule(Api& api, const Call& call) {
  const auto asked = ReadTest(call.request);
  if (!asked.ok()) return Problem(asked.error());
  const auto row = api.store.FindRule(call.arguments[0]);
  if (!row.ok()) return Problem(row.error());
  const rule::Checked checked = Judge(api, ParseStored(row->document));
  if (!checked.rule || HasErrors(checked.diagnostics)) return Problem(checked.diagnostics, 409);
  const rule::Rule& rule = checked.rule->rule;
  const auto json = api.directory.SnapshotOf(rule.on.entity, asked->entity_id);
  if (!json.ok()) return Problem(json.error());
  if (!*json) {
    return Problem(
        Diagnostic::Of(DiagnosticCode::not_found).With("what", rule.on.entity).With("id", asked->entity_id));
  }
  Diagnostics remarks;
  const auto snapshot = crm::ParseSnapshot(**json, rule.on.entity, remarks);
  if (!snapshot.ok()) return Problem(snapshot.error());
  const Instant now = api.clock();
  const crm::Workspace workspace = api.engine.workspace();
  // With its own key, so that an invitation, or the way out, works as the customer's would.
  dispatch::Engine::Preparation made = api.engine.PrepareDirect(rule, asked->entity_id, workspace);
  plan::Composed composed = plan::Compose(*checked.rule, made.key, *snapshot, workspace, now, made.world);
  if (!composed.ok()) return Problem({std::get<Diagnostic>(composed.outcome)}, 409);
  plan::Message message = std::get<plan::Message>(std::move(composed.outcome));
  auto address = AddressOf(asked->to, message.channel, workspace);
  if (!address.ok()) return Problem(address.error());
  message.to.address = *std::move(address);
  const auto key = Await<std::string>([&](auto done) {
    api.engine.SendDirect(
        {rule.id, rule.on.entity, asked->entity_id, std::move(message), std::move(made.event_id)}, now, done);
  });
  if (!key.ok()) return Problem(key.error());
  return JsonResponse(202, {{"key", *key}});
}

}  // namespace

void AddRuleRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, std::string pattern, Role role,
                       Response (*handler)(Api&, const Call&)) {
    routes.push_back({method, std::move(pattern), role, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, "/api/v1/rules", Role::kViewer, [](Api& a, const Call&) { return ListRules(a); });
  add(Method::kGet, "/api/v1/rules/{id}", Role::kViewer, GetRule);
  add(Method::kPut, "/api/v1/rules/{id}", Role::kEditor, PutRule);
  add(Method::kDelete, "/api/v1/rules/{id}", Role::kEditor, DeleteRule);
  add(Method::kPost, "/api/v1/rules/{id}/publish", Role::kEditor, PublishRule);
  add(Method::kGet, "/api/v1/rules/{id}/revisions", Role::kViewer, Revisions);
  add(Method::kPost, "/api/v1/rules/{id}/revisions/{revision}/restore", Role::kEditor, Restore);
  add(Method::kPost, "/api/v1/rules/{id}/test", Role::kEditor, TestRule);
}

}  // namespace recado::server
