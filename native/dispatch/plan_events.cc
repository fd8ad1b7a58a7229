#include <algorithm>

#include "native/dispatch/impl.h"

namespace recado::dispatch {
namespace {

template <class Action>
concept NamesProvider = requires(const Action& action) {
  action.provider;
};

// The provider as far as the rule itself names it; a mailbox or a line is resolved when composing.
std::string ProviderOf(const rule::Action& action) {
  return std::visit(
      [](const auto& a) -> std::string {
        if constexpr (NamesProvider<std::decay_t<decltype(a)>>) {
          return a.provider;
        } else {
          return {};
        }
      },
      action);
}

// What one run of events leads to. Later events of the run see what earlier ones have done to their item.
class Run {
 public:
  Run(Engine::Impl& engine, Settings& settings) : engine_(engine), settings_(settings) {}

  void Take(int64_t seq, const crm::Event& event) {
    batch_.through_seq = seq;
    switch (event.type) {
      case crm::EventType::kStageChanged:
        return StageChanged(seq, event);
      case crm::EventType::kRecordUpdated:
        return RecordUpdated(seq, event);
      case crm::EventType::kRecordDeleted:
        return RecordDeleted(event);
    }
  }

  void Unreadable(int64_t seq) { batch_.through_seq = seq; }

  store::PlanBatch Finish() && {
    for (auto& [id, item] : items_) {
      if (item) batch_.items.push_back(*std::move(item));
    }
    return std::move(batch_);
  }

 private:
  using ItemId = std::pair<std::string, std::string>;

  std::optional<store::Item>& ItemOf(const crm::Event& event) {
    const ItemId id{event.entity, event.entity_id};
    const auto [found, inserted] = items_.try_emplace(id);
    if (inserted) {
      found->second = engine_.store.FindItem(event.entity, event.entity_id).ValueOr(std::nullopt);
    }
    return found->second;
  }

  // The event's own snapshot, else what the CRM source says, else only what the event says.
  SnapshotPtr SnapshotOf(int64_t seq, const crm::Event& event) {
    SnapshotPtr snapshot;
    if (event.snapshot) {
      snapshot = engine_.ParseAndCache(seq, *event.snapshot, event.entity);
    } else {
      snapshot = engine_.SnapshotFromSource(event.entity, event.entity_id);
    }
    if (snapshot != nullptr) return snapshot;
    auto bare = std::make_shared<crm::Snapshot>();
    bare->entity = event.entity;
    bare->entity_id = event.entity_id;
    bare->pipeline = event.pipeline;
    bare->stage = event.to;
    return bare;
  }

  static void Remember(std::optional<store::Item>& item, int64_t seq, const crm::Event& event) {
    if (!item) item = store::Item{.entity = event.entity, .entity_id = event.entity_id};
    if (event.snapshot && event.at >= item->snapshot_at) {
      item->snapshot_seq = seq;
      item->snapshot_at = event.at;
    } else if (!event.snapshot && event.at >= item->snapshot_at) {
      item->snapshot_seq = 0;  // the CRM source knows newer
      item->snapshot_at = event.at;
    }
  }

  void StageChanged(int64_t seq, const crm::Event& event) {
    const SnapshotPtr snapshot = SnapshotOf(seq, event);
    std::optional<store::Item>& item = ItemOf(event);
    // An event that comes late tells of a stage the item may have left since: it runs, but moves nothing.
    const bool late = item && event.at < item->stage_at;
    const std::string pipeline = event.pipeline.empty() ? snapshot->pipeline : event.pipeline;
    if (item && !late && (item->stage != event.to || item->pipeline != pipeline)) {
      Leave(event, pipeline, event.to, DiagnosticCode::stage_left, false);
    }
    Remember(item, seq, event);
    if (!late) {
      item->pipeline = pipeline;
      item->stage = event.to;
      item->stage_at = event.at;
      item->deleted = false;
    }
    Enter(seq, event, pipeline, *snapshot);
  }

  // Cancels what has not run: on disk by an Exit, in this run by hand.
  void Leave(const crm::Event& event, const std::string& stays_pipeline, const std::string& stays_stage,
             DiagnosticCode code, bool everything) {
    const Diagnostic reason = Diagnostic::Of(code).With("stage", stays_stage);
    store::Exit exit{.entity = event.entity,
                     .entity_id = event.entity_id,
                     .stays_pipeline = stays_pipeline,
                     .stays_stage = stays_stage,
                     .at = event.at,
                     .everything = everything,
                     .reason = std::string(CodeName(code)),
                     .reason_json = ReasonJson(reason)};
    for (Delivery& d : batch_.deliveries) {
      const bool of_item = d.entity == event.entity && d.entity_id == event.entity_id;
      const bool stays = d.pipeline == stays_pipeline && d.stage == stays_stage;
      if (!of_item || stays || d.status != Status::kScheduled || (!everything && d.due <= event.at)) continue;
      d.status = Status::kCancelled;
      d.next_at.reset();
      d.reason = exit.reason;
      d.reason_json = exit.reason_json;
      d.history.push_back(Entry(engine_.now, "cancelled", exit.reason));
    }
    batch_.exits.push_back(std::move(exit));
  }

  void Enter(int64_t seq, const crm::Event& event, const std::string& pipeline,
             const crm::Snapshot& snapshot) {
    crm::Event entered = event;
    entered.pipeline = pipeline;
    const auto workspace = engine_.WorkspaceFor(snapshot);
    plan::Planned planned = plan::Plan(settings_.rules, entered, snapshot, *workspace);
    for (const plan::Intent& intent : planned.intents) {
      Delivery d = NewDelivery(seq, entered, intent.rule->rule, snapshot);
      d.due = plan::NextAllowed(intent.due, intent.channel, snapshot, *workspace);
      d.next_at = d.due;
      d.history.push_back(Entry(engine_.now, "scheduled"));
      batch_.deliveries.push_back(std::move(d));
    }
    for (const plan::Skip& skip : planned.skipped) {
      const rule::CompiledRulePtr rule = RuleOf(skip.rule_id);
      if (rule == nullptr) continue;
      Delivery d = NewDelivery(seq, entered, rule->rule, snapshot);
      d.status = Status::kSkipped;
      d.due = entered.at;
      d.reason = std::string(CodeName(skip.reason.code));
      d.reason_json = ReasonJson(skip.reason);
      d.history.push_back(Entry(engine_.now, "skipped", d.reason));
      batch_.deliveries.push_back(std::move(d));
      ++engine_.skipped;
    }
  }

  rule::CompiledRulePtr RuleOf(const std::string& id) const {
    const auto revision = settings_.revisions.find(id);
    if (revision == settings_.revisions.end()) return nullptr;
    const auto found = settings_.compiled.find({id, revision->second});
    return found == settings_.compiled.end() ? nullptr : found->second;
  }

  Delivery NewDelivery(int64_t seq, const crm::Event& event, const rule::Rule& rule,
                       const crm::Snapshot& snapshot) const {
    Delivery d;
    d.channel = std::string(rule::ChannelName(rule.channel()));
    d.key = plan::IntentKey(rule.id, event.entity, event.entity_id, event.id, d.channel);
    d.rule_id = rule.id;
    d.rule_revision = settings_.revisions.find(rule.id)->second;
    d.position = rule.position;
    d.entity = event.entity;
    d.entity_id = event.entity_id;
    d.pipeline = event.pipeline;
    d.stage = event.to;
    d.event_id = event.id;
    d.event_seq = seq;
    d.entered_at = event.at;
    d.created_at = engine_.now;
    d.updated_at = engine_.now;
    d.wait_for_previous = rule.timing.wait_for_previous;
    d.customer = CustomerOf(snapshot);
    d.provider = ProviderOf(rule.action);
    return d;
  }

  // Newer data: what is not yet due may have another due time.
  void RecordUpdated(int64_t seq, const crm::Event& event) {
    const SnapshotPtr snapshot = SnapshotOf(seq, event);
    Remember(ItemOf(event), seq, event);
    const auto workspace = engine_.WorkspaceFor(*snapshot);
    for (Delivery& d : batch_.deliveries) {
      if (d.entity != event.entity || d.entity_id != event.entity_id) continue;
      if (const std::optional<Instant> due = MovedDue(d, *snapshot, *workspace)) d.due = *(d.next_at = due);
    }
    const auto open = engine_.store.OpenDeliveries(event.entity, event.entity_id);
    if (!open.ok()) return;
    for (const Delivery& d : *open) {
      const std::optional<Instant> due = MovedDue(d, *snapshot, *workspace);
      if (!due) continue;
      DeliveryChange change{.seq = d.seq, .expected = {Status::kScheduled}, .due = due};
      change.set_next_at = true;
      change.next_at = due;
      change.entries = {Entry(engine_.now, "due_moved", FormatInstant(*due))};
      batch_.changes.push_back(std::move(change));
    }
  }

  // The new due time of one that is still to come; nothing where it stays.
  std::optional<Instant> MovedDue(const Delivery& d, const crm::Snapshot& snapshot,
                                  const crm::Workspace& workspace) const {
    if (d.status != Status::kScheduled || d.due <= engine_.now) return std::nullopt;
    const rule::CompiledRulePtr rule = FindRevision(engine_.store, settings_, d.rule_id, d.rule_revision);
    if (rule == nullptr) return std::nullopt;
    const Result<Instant> due = plan::DueOf(rule->rule, d.entered_at, snapshot, workspace);
    if (!due.ok()) return std::nullopt;
    const Instant allowed = plan::NextAllowed(*due, rule->rule.channel(), snapshot, workspace);
    return allowed == d.due ? std::nullopt : std::optional<Instant>(allowed);
  }

  void RecordDeleted(const crm::Event& event) {
    std::optional<store::Item>& item = ItemOf(event);
    if (!item) item = store::Item{.entity = event.entity, .entity_id = event.entity_id};
    item->deleted = true;
    Leave(event, "", "", DiagnosticCode::record_deleted, true);
  }

  Engine::Impl& engine_;
  Settings& settings_;
  store::PlanBatch batch_;
  std::map<ItemId, std::optional<store::Item>> items_;
};

}  // namespace

std::string CustomerOf(const crm::Snapshot& snapshot) {
  if (const crm::Card* client = snapshot.client()) {
    const std::string kind(crm::ClientKindName(snapshot.client_kind()));
    if (!client->id.empty()) return kind + ":" + client->id;
    for (const auto* values : {&client->phones, &client->emails}) {
      if (!values->empty()) return "address:" + values->front().value;
    }
  }
  return snapshot.entity + ":" + snapshot.entity_id;
}

std::shared_ptr<const crm::Workspace> Engine::Impl::WorkspaceFor(const crm::Snapshot& snapshot) const {
  if (settings->workspace.closed || !snapshot.workspace) return settings->closed;
  auto merged = std::make_shared<crm::Workspace>(crm::Merge(settings->workspace, *snapshot.workspace));
  merged->providers = settings->workspace.providers;
  merged->closed = true;
  return merged;
}

void Engine::Impl::LookAt(Instant at) {
  if (at <= now) {
    inbox->look = true;
  } else if (!next_due || at < *next_due) {
    next_due = at;
  }
}

void Engine::Impl::CacheSnapshot(int64_t seq, SnapshotPtr snapshot) {
  if (!snapshots.emplace(seq, std::move(snapshot)).second) return;
  snapshot_order.push_back(seq);
  if (snapshot_order.size() <= kMaxCachedSnapshots) return;
  snapshots.erase(snapshot_order.front());
  snapshot_order.pop_front();
}

SnapshotPtr Engine::Impl::ParseAndCache(int64_t seq, const Json& json, const std::string& entity) {
  if (const auto found = snapshots.find(seq); found != snapshots.end()) return found->second;
  Diagnostics remarks;
  Result<crm::Snapshot> parsed = crm::ParseSnapshot(json, entity, remarks);
  if (!parsed.ok()) return nullptr;
  auto snapshot = std::make_shared<const crm::Snapshot>(*std::move(parsed));
  CacheSnapshot(seq, snapshot);
  return snapshot;
}

SnapshotPtr Engine::Impl::SnapshotOfEvent(int64_t seq) {
  if (seq == 0) return nullptr;
  if (const auto found = snapshots.find(seq); found != snapshots.end()) return found->second;
  const Result<store::Event> row = store.FindEvent(seq);
  if (!row.ok()) return nullptr;
  const Result<Json> json = ParseJson(row->json);
  Diagnostics remarks;
  if (!json.ok()) return nullptr;
  const Result<crm::Event> event = crm::ParseEvent(*json, remarks);
  if (!event.ok() || !event->snapshot) return nullptr;
  return ParseAndCache(seq, *event->snapshot, event->entity);
}

SnapshotPtr Engine::Impl::SnapshotFromSource(const std::string& entity, const std::string& entity_id) {
  if (source == nullptr) return nullptr;
  const Result<std::optional<Json>> json = source->SnapshotOf(entity, entity_id);
  if (!json.ok() || !*json) return nullptr;
  Diagnostics remarks;
  Result<crm::Snapshot> snapshot = crm::ParseSnapshot(**json, entity, remarks);
  if (!snapshot.ok()) return nullptr;
  return std::make_shared<const crm::Snapshot>(*std::move(snapshot));
}

std::optional<crm::Event> Engine::Impl::TakeFresh(int64_t seq) {
  {
    const std::lock_guard lock(inbox->mutex);
    if (auto node = inbox->fresh.extract(seq)) {
      if (node.mapped().snapshot != nullptr) CacheSnapshot(seq, std::move(node.mapped().snapshot));
      return std::move(node.mapped().event);
    }
  }
  const Result<store::Event> row = store.FindEvent(seq);
  if (!row.ok()) return std::nullopt;
  const Result<Json> json = ParseJson(row->json);
  if (!json.ok()) return std::nullopt;
  Diagnostics remarks;
  Result<crm::Event> parsed = crm::ParseEvent(*json, remarks);
  if (!parsed.ok()) return std::nullopt;
  return *std::move(parsed);
}

// Whether planning waits a moment for the sender. Never long: see kPlanHoldMs.
bool Engine::Impl::PlanningWaits() {
  const bool room = sending + reserved <= options.in_flight - options.in_flight / 8;
  if (room) {
    plan_hold.reset();
  } else if (!plan_hold) {
    plan_hold = Instant{now.ms + kPlanHoldMs};
  }
  return !room && now < *plan_hold;
}

// Not beside as many as there may be, nor beside one that must be on disk first.
bool Engine::Impl::PlanMayBegin() const {
  return plans.size() < kPlansUnderWay && !plans_first;
}

// Ends before the first event of an item that a plan under way has touched: what becomes of it depends on
// what the store does not know yet.
store::PlanBatch Engine::Impl::PlanAll(const std::vector<int64_t>& seqs, PlannedBatch& made) {
  Run run(*this, *settings);
  for (const int64_t seq : seqs) {
    const std::optional<crm::Event> event = TakeFresh(seq);
    const auto touches = [&](const auto& plan) { return plan->Touches(*event); };
    if (event && std::any_of(plans.begin(), plans.end(), touches)) {
      plans_first = true;
      break;
    }
    // Ingest has judged it, so this is for what an older version let through: it must not hold up the rest.
    if (event) {
      run.Take(seq, *event);
    } else {
      run.Unreadable(seq);
    }
    made.through = seq;
    ++made.events;
  }
  store::PlanBatch batch = std::move(run).Finish();
  for (const store::Item& item : batch.items) made.items.emplace(item.entity, item.entity_id);
  return batch;
}

void Engine::Impl::PlanEvents() {
  if (!PlanMayBegin() || StoreResting() || !inbox->events_waiting || PlanningWaits()) return;
  inbox->events_waiting = false;
  const int64_t after = plans.empty() ? planned_through : plans.back()->through;
  const Result<std::vector<int64_t>> seqs = store.UnplannedEvents(after, options.plan_batch);
  if (!seqs.ok()) {
    inbox->events_waiting = true;
    return StoreFailed();
  }
  if (seqs->empty()) return;
  // Between this turn's look at the rules and the reading of the events a rule may have been published and an
  // event taken in that must meet it: whoever was told that a rule is live may rely on it.
  Reload();
  if (StoreResting()) {
    inbox->events_waiting = true;
    return;
  }
  store::PlanBatch batch;
  auto made = std::make_shared<PlannedBatch>();
  store.ReadTogether([&] {
    batch = PlanAll(*seqs, *made);
    ComposeNow(batch, *made);
  });
  // A full page, or one that was not planned to its end: there may be more.
  if (seqs->size() == options.plan_batch || made->events < seqs->size()) inbox->events_waiting = true;
  if (made->events == 0) return;
  if (!plans.empty()) batch.after_seq = after;
  // Moved due times may bring messages before those that a next plan would send at once.
  if (!batch.changes.empty()) plans_first = true;
  CommitPlan(std::move(batch), std::move(made));
}

void Engine::Impl::CommitPlan(store::PlanBatch batch, std::shared_ptr<PlannedBatch> made) {
  plans.push_back(std::move(made));
  store.CommitPlan(std::move(batch), now, [this, in = inbox](Result<std::vector<int64_t>> seqs) {
    in->Post([this, seqs = std::move(seqs)] { PlanWritten(seqs); });
  });
}

// The oldest one: they are written in their order.
void Engine::Impl::PlanWritten(const Result<std::vector<int64_t>>& seqs) {
  const std::shared_ptr<PlannedBatch> made = std::move(plans.front());
  plans.pop_front();
  reserved -= made->reserved;
  if (seqs.ok()) {
    Planned(*seqs, *made);
  } else {
    for (PlannedBatch::Made& one : made->made) GiveBackPlace(one.work);
    inbox->events_waiting = true;
    // What was planned after it is lost with it.
    plans_first = true;
    StoreFailed();
  }
  if (plans.empty()) plans_first = false;
}

void Engine::Impl::Planned(const std::vector<int64_t>& seqs, PlannedBatch& made) {
  planned_through = made.through;
  {
    // Events that were read from the store before their ingest had handed them over.
    const std::lock_guard lock(inbox->mutex);
    inbox->fresh.erase(inbox->fresh.begin(), inbox->fresh.upper_bound(made.through));
  }
  planned += static_cast<int64_t>(made.events);
  // Where nothing older waits on disk, what is due at once need not be read back.
  const bool direct = !inbox->look && !retrying;
  for (size_t i = 0; i < made.made.size(); ++i) {
    PlannedBatch::Made& one = made.made[i];
    Delivery& row = one.work.row;
    if (seqs[i] == 0) {  // an event of before has led to it already
      GiveBackPlace(one.work);
      continue;
    }
    row.seq = seqs[i];
    if (one.sends) {
      SendNow(seqs[i], std::move(one.work));
    } else if (one.skipped) {
      ++skipped;
    } else if (row.next_at && *row.next_at <= now && direct && window.size() < options.window) {
      Admit(std::move(row));
    } else if (row.next_at) {
      LookAt(*row.next_at);
    }
  }
  if (made.moved) LookAt(*made.moved);
}

}  // namespace recado::dispatch
