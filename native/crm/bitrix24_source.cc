#include "native/crm/bitrix24_source.h"

#include <algorithm>
#include <array>
#include <sodium.h>

#include "native/crm/directory.h"
#include "native/net/url_guard.h"

namespace recado::directory {
namespace {

using store::Await;
using store::Unit;

constexpr int64_t kFirstAgainMs = 30'000;  // a call that could not be served, the first time
constexpr int64_t kLongestAgainMs = 30 * 60'000;
constexpr int kMaxCallTries = 60;  // a day and more of an account that does not answer
constexpr int kMaxConflicts = 5;   // a person may edit the mirrored record meanwhile

Diagnostic Refused(const char* name, std::string value, const char* allowed) {
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .At(name)
      .With("value", std::move(value))
      .With("what", "\"" + std::string(name).substr(std::string(name).rfind('/') + 1) + "\"")
      .With("allowed", allowed);
}

std::map<std::string, std::string> TextsAt(const Json& settings, const char* name, Diagnostics& faults) {
  std::map<std::string, std::string> texts;
  const auto found = settings.find(name);
  if (found == settings.end()) return texts;
  const Diagnostic wrong = Diagnostic::Of(DiagnosticCode::wrong_type)
                               .At("/settings/" + std::string(name))
                               .With("what", "\"" + std::string(name) + "\"")
                               .With("expected", "an object of texts")
                               .With("actual", std::string(TypeWord(*found)));
  if (!found->is_object()) {
    faults.push_back(wrong);
    return texts;
  }
  for (const auto& member : found->items()) {
    if (member.value().is_string()) {
      texts[member.key()] = member.value().get<std::string>();
    } else {
      faults.push_back(wrong);
    }
  }
  return texts;
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string SecretOf(const std::map<std::string, std::string>& secrets, const char* name) {
  const auto found = secrets.find(name);
  return found == secrets.end() ? std::string() : found->second;
}

std::string_view WhatName(Bitrix24Event::What what) {
  switch (what) {
    case Bitrix24Event::What::kAdded:
      return "added";
    case Bitrix24Event::What::kDeleted:
      return "deleted";
    case Bitrix24Event::What::kUpdated:
    case Bitrix24Event::What::kOther:
      break;
  }
  return "updated";
}

Bitrix24Client::Call GetItem(std::string key, int type, const std::string& id) {
  return {std::move(key),
          "crm.item.get",
          {{"entityTypeId", std::to_string(type)}, {"id", id}, {"useOriginalUfNames", "Y"}}};
}

// The `item` of crm.item.get's answer; null where there is none.
Json ItemIn(const Json& answer) {
  if (!answer.is_object()) return Json();
  const auto item = answer.find("item");
  return item != answer.end() && item->is_object() ? Json(*item) : Json();
}

bool IsPerson(const std::string& entity) {
  return entity == "contact" || entity == "company";
}

std::vector<std::string> PersonNames(const Json& item) {
  const Bitrix24People people = PeopleOf(item);
  std::vector<std::string> names;
  for (const std::string& id : people.contacts) names.push_back("contact:" + id);
  if (!people.company.empty()) names.push_back("company:" + people.company);
  return names;
}

}  // namespace

Result<Bitrix24Settings> ReadBitrix24(const Json& settings,
                                      const std::map<std::string, std::string>& secrets) {
  Diagnostics faults;
  Bitrix24Settings read;
  const auto base = settings.find("base_url");
  if (base != settings.end() && base->is_string()) read.access.base_url = base->get<std::string>();
  while (read.access.base_url.ends_with('/')) read.access.base_url.pop_back();
  net::UrlParts parts;
  const bool url = net::SplitUrl(read.access.base_url, parts) &&
                   (parts.scheme == "https" || parts.scheme == "http") && !parts.has_user_info &&
                   !parts.has_query;
  // The code of a webhook travels in the address: only where nobody else can listen without encryption.
  const bool safe = url && (parts.scheme == "https" || net::IsLoopbackHost(parts.host));
  if (!safe)
    faults.push_back(Refused("/settings/base_url", read.access.base_url, "https://account.bitrix24.com"));
  if (const auto pace = settings.find("calls_per_second"); pace != settings.end()) {
    const bool fits = pace->is_number_integer() && pace->get<int64_t>() >= 1 && pace->get<int64_t>() <= 50;
    if (fits) read.access.calls_per_second = pace->get<int>();
    if (!fits) faults.push_back(Refused("/settings/calls_per_second", DumpJson(*pace), "1 – 50"));
  }
  if (const auto timeline = settings.find("timeline"); timeline != settings.end()) {
    if (!timeline->is_boolean())
      faults.push_back(Refused("/settings/timeline", DumpJson(*timeline), "true, false"));
    if (timeline->is_boolean()) read.timeline = timeline->get<bool>();
  }
  read.types = TextsAt(settings, "types", faults);
  read.fields = TextsAt(settings, "fields", faults);
  read.access.webhook = SecretOf(secrets, "webhook");
  read.access.access_token = SecretOf(secrets, "access_token");
  read.application_token = SecretOf(secrets, "application_token");
  const auto missing = [&](const char* name) {
    faults.push_back(Diagnostic::Of(DiagnosticCode::missing_member)
                         .At("/secrets/" + std::string(name))
                         .With("what", "\"" + std::string(name) + "\""));
  };
  if (read.access.webhook.empty() && read.access.access_token.empty()) missing("webhook");
  if (read.application_token.empty()) missing("application_token");
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/';
  };
  const std::string& webhook = read.access.webhook;
  const bool shaped = std::all_of(webhook.begin(), webhook.end(), plain) &&
                      std::count(webhook.begin(), webhook.end(), '/') == 1;
  if (!webhook.empty() && !shaped)
    faults.push_back(Refused("/secrets/webhook", "…", "USER/CODE, the end of the webhook's address"));
  if (!faults.empty()) return faults;
  return read;
}

Bitrix24Source::Bitrix24Source(store::Store& store, net::Transfers& transfers, Bitrix24Settings settings,
                               Bitrix24Client::Sleep sleep, Bitrix24Client::Clock clock)
    : store_(store),
      settings_(std::move(settings)),
      client_(transfers, settings_.access, std::move(sleep), std::move(clock)) {}

Result<bool> Bitrix24Source::TakeCall(std::string_view media_type, std::string_view body, Instant now) {
  if (!SameSecret(Bitrix24Token(media_type, body), settings_.application_token)) return false;
  const Bitrix24Event event = ReadBitrix24Event(media_type, body);
  // Authentic, and nothing that is of interest here.
  if (event.what == Bitrix24Event::What::kOther || event.id.empty()) return true;
  store::SourceCall call;
  call.entity = Bitrix24Entity(event.type, settings_.types);
  call.entity_id = event.id;
  call.what = WhatName(event.what);
  call.at = event.ts > 0 ? Instant{event.ts * 1'000} : now;
  const auto kept = Await<Unit>([&](auto done) { store_.NoteSourceCalls({call}, now, done); });
  if (!kept.ok()) return kept.error();
  return true;
}

Diagnostics Bitrix24Source::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void Bitrix24Source::Report(Diagnostics faults) {
  const std::lock_guard lock(mutex_);
  status_ = std::move(faults);
}

bool Bitrix24Source::Turn(Instant now) {
  Report({});
  bool more = FetchDue(now);
  more = RefreshStale(now) || more;
  if (settings_.timeline) more = WriteTimeline(now) || more;
  return more && status().empty();
}

// ---- Fetching

Result<Bitrix24Source::Fetched> Bitrix24Source::Fetch(const std::vector<ItemId>& items) {
  std::vector<Bitrix24Client::Call> calls;
  Fetched fetched;
  for (size_t i = 0; i < items.size(); ++i) {
    const auto type = Bitrix24Type(items[i].first, settings_.types);
    if (type) calls.push_back(GetItem("i" + std::to_string(i), *type, items[i].second));
  }
  if (calls.empty()) return fetched;
  const auto answers = client_.Batch(calls);
  if (!answers.ok()) return answers.error();
  for (size_t i = 0; i < items.size(); ++i) {
    const auto answer = answers->find("i" + std::to_string(i));
    if (answer == answers->end()) continue;
    if (!answer->second.ok()) {
      if (answer->second.error().front().code != DiagnosticCode::not_found) return answer->second.error();
      fetched.gone.push_back(items[i]);
      continue;
    }
    fetched.items[items[i]].item = ItemIn(*answer->second);
  }
  if (Diagnostics faults = FetchPeople(fetched); !faults.empty()) return faults;
  return fetched;
}

Diagnostics Bitrix24Source::FetchPeople(Fetched& fetched) {
  // Each person once, however many items it is on.
  std::map<std::string, Bitrix24Client::Call> wanted;
  for (const auto& [id, parts] : fetched.items) {
    const Bitrix24People people = PeopleOf(parts.item);
    for (const std::string& contact : people.contacts)
      wanted.try_emplace("c" + contact, GetItem("c" + contact, 3, contact));
    if (!people.company.empty()) {
      wanted.try_emplace("k" + people.company, GetItem("k" + people.company, 4, people.company));
    }
    if (!people.responsible.empty()) {
      wanted.try_emplace(
          "u" + people.responsible,
          Bitrix24Client::Call{"u" + people.responsible, "user.get", {{"ID", people.responsible}}});
    }
  }
  std::map<std::string, Json> found;
  std::vector<Bitrix24Client::Call> calls;
  for (auto next = wanted.begin(); next != wanted.end();) {
    calls.clear();
    while (next != wanted.end() && calls.size() < kMaxBatchCalls) calls.push_back((next++)->second);
    const auto answers = client_.Batch(calls);
    if (!answers.ok()) return answers.error();
    for (const auto& [key, answer] : *answers) {
      if (answer.ok()) {
        found[key] = key.front() == 'u'
                         ? (answer->is_array() && !answer->empty() ? Json((*answer)[0]) : Json())
                         : ItemIn(*answer);
      } else if (answer.error().front().code == DiagnosticCode::bitrix24_busy) {
        return answer.error();  // the item without its people would be another item
      }
    }
  }
  const auto take = [&found](const std::string& key) {
    const auto at = found.find(key);
    return at == found.end() ? Json() : at->second;
  };
  for (auto& [id, parts] : fetched.items) {
    const Bitrix24People people = PeopleOf(parts.item);
    for (const std::string& contact : people.contacts) {
      if (Json card = take("c" + contact); card.is_object()) parts.contacts.push_back(std::move(card));
    }
    if (!people.company.empty()) parts.company = take("k" + people.company);
    if (!people.responsible.empty()) parts.user = take("u" + people.responsible);
  }
  return {};
}

bool Bitrix24Source::FetchDue(Instant now) {
  const auto calls = store_.DueSourceCalls(now, kItemsATurn);
  if (!calls.ok() || calls->empty()) return false;
  std::vector<ItemId> items;
  std::vector<ItemId> deleted;
  std::map<ItemId, const store::SourceCall*> reasons;
  const auto add = [&](const ItemId& id) {
    if (std::find(items.begin(), items.end(), id) == items.end()) items.push_back(id);
  };
  std::vector<store::SourceCall> served;
  for (const store::SourceCall& call : *calls) {
    const ItemId id{call.entity, call.entity_id};
    if (IsPerson(call.entity)) {
      const auto shown = store_.RecordsOfPerson(call.entity + ":" + call.entity_id, kItemsATurn);
      if (shown.ok()) std::for_each(shown->begin(), shown->end(), add);
    } else if (call.what == "deleted") {
      deleted.push_back(id);
    } else {
      add(id);
      reasons[id] = &call;
    }
    served.push_back(call);
    if (items.size() >= kMaxBatchCalls - kItemsATurn) break;
  }
  if (items.size() > kMaxBatchCalls) items.resize(kMaxBatchCalls);
  Result<Fetched> fetched = Fetch(items);
  Diagnostics faults = fetched.ok() ? Diagnostics() : fetched.TakeError();
  if (faults.empty()) {
    deleted.insert(deleted.end(), fetched->gone.begin(), fetched->gone.end());
    for (const auto& [id, parts] : fetched->items) {
      const auto reason = reasons.find(id);
      faults = Mirror(id, parts, reason == reasons.end() ? nullptr : reason->second, now);
      if (!faults.empty()) break;
    }
    for (const ItemId& id : deleted) {
      if (faults.empty()) faults = Forget(id, now);
    }
  }
  std::optional<Instant> again;
  if (!faults.empty()) {
    const int tries = std::min(served.front().tries, 10);
    again = Instant{now.ms + std::min(kFirstAgainMs << tries, kLongestAgainMs)};
    Report(faults);
    // What nobody could ever serve must not stand in the way for ever.
    std::vector<store::SourceCall> given_up;
    std::copy_if(served.begin(), served.end(), std::back_inserter(given_up),
                 [](const store::SourceCall& call) { return call.tries >= kMaxCallTries; });
    if (!given_up.empty()) {
      (void)Await<Unit>([&](auto done) { store_.EndSourceCalls(given_up, std::nullopt, done); });
    }
  }
  const bool done = faults.empty();
  (void)Await<Unit>([&](auto ended) { store_.EndSourceCalls(std::move(served), again, ended); });
  return done;
}

bool Bitrix24Source::RefreshStale(Instant now) {
  const auto stale =
      store_.StaleItems(Instant{now.ms + kRefreshAheadMs}, Instant{now.ms - kRefreshAfterMs}, kItemsATurn);
  if (!stale.ok() || stale->empty() || !status().empty()) return false;
  Result<Fetched> fetched = Fetch(*stale);
  if (!fetched.ok()) {
    Report(fetched.TakeError());
    return false;
  }
  for (const auto& [id, parts] : fetched->items) {
    if (Diagnostics faults = Mirror(id, parts, nullptr, now); !faults.empty()) Report(std::move(faults));
  }
  for (const ItemId& id : fetched->gone) {
    if (Diagnostics faults = Forget(id, now); !faults.empty()) Report(std::move(faults));
  }
  return stale->size() == kItemsATurn && !fetched->items.empty();
}

std::optional<store::NewEvent> Bitrix24Source::EventFor(const store::Record& record,
                                                        const std::optional<store::Record>& before,
                                                        const Json& item, const store::SourceCall* call,
                                                        Instant now) const {
  const std::optional<Bitrix24Move> move = LastMoveOf(item);
  const Instant moved_at = move && move->at <= now ? move->at : now;
  if (before) {
    const bool moved = before->stage != record.stage || before->pipeline != record.pipeline;
    if (moved) return EventOf(store_, crm::EventType::kStageChanged, record, before->stage, moved_at);
    if (before->json == record.json) return std::nullopt;
    return EventOf(store_, crm::EventType::kRecordUpdated, record, before->stage, now);
  }
  if (call == nullptr || record.stage.empty()) return std::nullopt;
  if (call->what == "added") return EventOf(store_, crm::EventType::kStageChanged, record, "", moved_at);
  // Not known here yet and changed: it entered its stage only if it says so itself. A rule must not run for
  // an item that has been standing there for a year.
  const bool just_moved = move && !move->from.empty() && std::abs(call->at.ms - move->at.ms) <= kMoveWindowMs;
  if (!just_moved) return std::nullopt;
  return EventOf(store_, crm::EventType::kStageChanged, record, move->from, moved_at);
}

Diagnostics Bitrix24Source::Mirror(const ItemId& id, const Bitrix24Parts& parts,
                                   const store::SourceCall* call, Instant now) {
  const Json snapshot = SnapshotOfBitrix24(id.first, parts, settings_.fields);
  for (int attempt = 0;; ++attempt) {
    std::optional<store::Record> before;
    const auto found = store_.FindRecord(id.first, id.second);
    if (found.ok()) before = *found;
    if (!found.ok() && found.error().front().code != DiagnosticCode::not_found) return found.error();
    store::Mirrored mirrored;
    mirrored.record = RecordOf(id.first, id.second, snapshot);
    mirrored.if_match = before ? before->version : 0;
    mirrored.event = EventFor(mirrored.record, before, parts.item, call, now);
    mirrored.people = PersonNames(parts.item);
    const auto written = Await<Unit>([&](auto done) { store_.MirrorRecord(std::move(mirrored), now, done); });
    if (written.ok()) return {};
    const bool conflict = written.error().front().code == DiagnosticCode::version_conflict;
    if (!conflict || attempt == kMaxConflicts) return written.error();
  }
}

Diagnostics Bitrix24Source::Forget(const ItemId& id, Instant now) {
  const auto gone =
      Await<Unit>([&](auto done) { Directory(store_).Delete(id.first, id.second, std::nullopt, now, done); });
  if (gone.ok() || gone.error().front().code == DiagnosticCode::not_found) return {};
  return gone.error();
}

// ---- The account

Result<Json> Bitrix24Source::Test() {
  return client_.One({"", "profile", {}});
}

Result<Bitrix24Model> Bitrix24Source::FetchModel(const std::string& entity, int type) {
  const std::string number = std::to_string(type);
  Bitrix24Model model;
  model.entity = entity;
  model.title = entity;
  Result<Json> fields =
      client_.One({"", "crm.item.fields", {{"entityTypeId", number}, {"useOriginalUfNames", "Y"}}});
  if (!fields.ok()) return fields.TakeError();
  if (fields->is_object() && fields->contains("fields")) model.fields = (*fields)["fields"];
  const auto stages = [this](const std::string& dictionary) {
    return client_.List({"", "crm.status.list", {{"filter[ENTITY_ID]", dictionary}, {"order[SORT]", "ASC"}}},
                        "");
  };
  if (type == 1 || type == 7) {
    Result<Json> rows = stages(type == 1 ? "STATUS" : "QUOTE_STATUS");
    if (!rows.ok()) return rows.TakeError();
    model.stages[""] = *std::move(rows);
    return model;
  }
  Result<Json> categories = client_.List({"", "crm.category.list", {{"entityTypeId", number}}}, "categories");
  if (!categories.ok()) return categories.TakeError();
  model.categories = *std::move(categories);
  for (const Json& category : model.categories) {
    const std::string id = DumpJson(category.value("id", Json(0)));
    std::string dictionary = type == 2 ? (id == "0" ? "DEAL_STAGE" : "DEAL_STAGE_" + id)
                             : type == 31
                                 ? "SMART_INVOICE_STAGE_" + id
                                 : std::string("DYNAMIC_").append(number).append("_STAGE_").append(id);
    Result<Json> rows = stages(dictionary);
    if (!rows.ok()) return rows.TakeError();
    model.stages[id] = *std::move(rows);
  }
  return model;
}

Result<Json> Bitrix24Source::FetchSchema() {
  std::vector<std::pair<std::string, int>> entities = {
      {"lead", 1}, {"deal", 2}, {"quote", 7}, {"invoice", 31}};
  for (const auto& [type, name] : settings_.types) {
    if (const auto number = Bitrix24Type(name, settings_.types)) entities.emplace_back(name, *number);
  }
  std::vector<Bitrix24Model> models;
  for (const auto& [entity, type] : entities) {
    Result<Bitrix24Model> model = FetchModel(entity, type);
    // Some accounts have no invoices or quotes; they are left out.
    if (!model.ok() && model.error().front().code == DiagnosticCode::bitrix24_refused) continue;
    if (!model.ok()) return model.TakeError();
    models.push_back(*std::move(model));
  }
  return SchemaOfBitrix24(models, settings_.fields);
}

}  // namespace recado::directory
