#include "core/plan/simulate.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/base/limits.h"
#include "core/plan/match.h"

namespace recado::plan {
namespace {

struct Item;

// An item's entry into a stage, shared by the intents it led to.
struct Entry {
  std::string event_id;
  std::string pipeline;
  std::string stage;
  Instant at;
  SnapshotPtr snapshot;
};

struct Scheduled {
  Intent intent;
  std::shared_ptr<const Entry> entry;
  Item* item = nullptr;
  size_t number = 0;  // in the order of planning; the last word where two are equal
  bool held = false;  // due, but a rule before it has not ended: not in the queue

  int64_t position() const { return intent.rule->rule.position; }
};

struct Earlier {
  bool operator()(const Scheduled* a, const Scheduled* b) const {
    if (a->intent.due != b->intent.due) return a->intent.due < b->intent.due;
    if (a->position() != b->position()) return a->position() < b->position();
    if (const int order = a->intent.key.compare(b->intent.key); order != 0) return order < 0;
    return a->number < b->number;
  }
};

struct Item {
  std::string entity;
  std::string id;
  std::string pipeline;
  std::string stage;
  SnapshotPtr given;   // the newest one that came with an event
  SnapshotPtr newest;  // the same, moved to the stage the item has entered since
  std::vector<std::unique_ptr<Scheduled>> open;
};

// What is known of the item, standing in another stage. Made of what was given, never of what this function
// made before, so that documents do not hang in chains.
SnapshotPtr InStage(const crm::Snapshot& known, const std::string& pipeline, const std::string& stage) {
  auto moved = std::make_shared<crm::Snapshot>(known);
  moved->pipeline = pipeline;
  moved->stage = stage;
  liquid::Builder builder;
  const liquid::Value base = builder.Keep(known.document);
  const liquid::Value item = builder.With(
      base.Get(known.entity), {{"pipeline", builder.Text(pipeline)}, {"stage", builder.Text(stage)}});
  const liquid::Value root = builder.With(base, {{known.entity, item}});
  moved->document = std::move(builder).Finish(root);
  return moved;
}

}  // namespace

struct Simulation::Impl {
  std::span<const rule::CompiledRulePtr> rules;
  const crm::Workspace& workspace;
  const World world;
  const Sink sink;

  Instant now{std::numeric_limits<int64_t>::min()};
  std::map<std::string, Item> items;    // entity, newline, id
  std::set<Scheduled*, Earlier> queue;  // all that wait for their moment; not the held ones
  size_t waiting = 0;                   // those and the held ones
  size_t planned = 0;

  Item& ItemOf(const crm::Event& event) {
    Item& item = items[event.entity + '\n' + event.entity_id];
    item.entity = event.entity;
    item.id = event.entity_id;
    return item;
  }

  void TurnTo(Instant at) {
    RunBefore(at);
    now = std::max(now, at);
  }

  void RunBefore(Instant limit) {
    while (!queue.empty()) {
      Scheduled& first = **queue.begin();
      const Instant at = std::max(now, first.intent.due);
      if (at >= limit) return;
      now = at;
      Fire(first);
    }
  }

  // --- One intent

  void Fire(Scheduled& one) {
    const rule::CompiledRule& rule = *one.intent.rule;
    if (rule.rule.timing.wait_for_previous && LowestOpen(one) < one.position()) {
      queue.erase(&one);
      one.held = true;
      return;
    }
    const Item& item = *one.item;
    const bool stays = item.stage == one.entry->stage && item.pipeline == one.entry->pipeline;
    // It was due before the item left its stage: then what was known at the entry counts.
    const SnapshotPtr snapshot = stays ? item.newest : one.entry->snapshot;
    const Instant allowed = NextAllowed(now, one.intent.channel, *snapshot, workspace);
    if (allowed > now) return MoveTo(one, allowed);
    const Composed composed = Compose(rule, one.intent.key, *snapshot, workspace, now, world);
    End(one, std::get_if<Message>(&composed.outcome), std::get_if<Diagnostic>(&composed.outcome));
  }

  void MoveTo(Scheduled& one, Instant due) {
    queue.erase(&one);
    one.intent.due = due;
    queue.insert(&one);
  }

  // The lowest position of the entry's rules that have not ended.
  static int64_t LowestOpen(const Scheduled& one) {
    int64_t lowest = one.position();
    for (const auto& other : one.item->open) {
      if (other->entry == one.entry) lowest = std::min(lowest, other->position());
    }
    return lowest;
  }

  // Tells of it, forgets it, and lets go the rules that waited for it.
  void End(Scheduled& one, const Message* message, const Diagnostic* reason) {
    Item& item = *one.item;
    sink({.at = now,
          .event_id = one.entry->event_id,
          .entity = item.entity,
          .entity_id = item.id,
          .rule_id = one.intent.rule->rule.id,
          .intent = &one.intent,
          .message = message,
          .reason = reason});
    const std::shared_ptr<const Entry> entry = one.entry;
    if (!one.held) queue.erase(&one);
    item.open.erase(std::find_if(item.open.begin(), item.open.end(),
                                 [&one](const auto& open) { return open.get() == &one; }));
    --waiting;
    int64_t lowest = std::numeric_limits<int64_t>::max();
    for (const auto& open : item.open) {
      if (open->entry == entry) lowest = std::min(lowest, open->position());
    }
    for (const auto& open : item.open) {
      if (!open->held || open->entry != entry || open->position() > lowest) continue;
      open->held = false;
      queue.insert(open.get());
    }
  }

  // --- Events

  Diagnostics StageChanged(const crm::Event& event, const SnapshotPtr& given) {
    Item& item = ItemOf(event);
    const SnapshotPtr known = given != nullptr ? given : item.given;
    if (known == nullptr) return NoSnapshot();
    const std::string& pipeline = event.pipeline.empty() ? known->pipeline : event.pipeline;
    const SnapshotPtr snapshot = given != nullptr ? given : InStage(*known, pipeline, event.to);
    Planned fresh = Plan(rules, EnteredBy(event, pipeline), *snapshot, workspace);
    if (waiting + fresh.intents.size() > kMaxSimulatedIntents) {
      return {Diagnostic::Of(DiagnosticCode::too_many_items)
                  .With("what", "simulation")
                  .With("actual", std::to_string(waiting + fresh.intents.size()))
                  .With("limit", std::to_string(kMaxSimulatedIntents))};
    }
    const bool moves = item.stage != event.to || item.pipeline != pipeline;
    auto entry = std::make_shared<const Entry>(Entry{event.id, pipeline, event.to, event.at, snapshot});
    item.pipeline = entry->pipeline;
    item.stage = entry->stage;
    if (moves) Leave(item, Diagnostic::Of(DiagnosticCode::stage_left).With("stage", event.to), false);
    item.given = known;
    item.newest = snapshot;
    for (const Skip& skip : fresh.skipped) TellSkip(event, skip.rule_id, skip.reason);
    for (Intent& intent : fresh.intents) Schedule(item, entry, std::move(intent));
    return {};
  }

  // As plan() wants it: with the pipeline filled in, and standing in the stage.
  static crm::Event EnteredBy(const crm::Event& event, const std::string& pipeline) {
    crm::Event entered;
    entered.id = event.id;
    entered.type = event.type;
    entered.at = event.at;
    entered.entity = event.entity;
    entered.entity_id = event.entity_id;
    entered.pipeline = pipeline;
    entered.to = event.to;
    entered.snapshot.emplace();
    return entered;
  }

  void Schedule(Item& item, const std::shared_ptr<const Entry>& entry, Intent intent) {
    auto one = std::make_unique<Scheduled>();
    one->intent = std::move(intent);
    one->intent.due = NextAllowed(one->intent.due, one->intent.channel, *entry->snapshot, workspace);
    one->entry = entry;
    one->item = &item;
    one->number = planned++;
    queue.insert(one.get());
    item.open.push_back(std::move(one));
    ++waiting;
  }

  // Cancels what has not run; with `everything` also what is due now, and what belongs to the stage.
  void Leave(Item& item, const Diagnostic& reason, bool everything) {
    std::vector<Scheduled*> gone;
    for (const auto& one : item.open) {
      const bool stays = one->entry->stage == item.stage && one->entry->pipeline == item.pipeline;
      if (everything || (!stays && (one->held || one->intent.due > now))) gone.push_back(one.get());
    }
    std::sort(gone.begin(), gone.end(), Earlier{});
    for (Scheduled* one : gone) End(*one, nullptr, &reason);
  }

  Diagnostics RecordUpdated(const crm::Event& event, const SnapshotPtr& given) {
    Item& item = ItemOf(event);
    const SnapshotPtr snapshot = given != nullptr ? given : item.newest;
    if (snapshot == nullptr) return NoSnapshot();
    if (given != nullptr) item.given = item.newest = given;
    for (const auto& one : item.open) {
      if (one->held || one->intent.due <= now) continue;
      const Result<Instant> due = DueOf(one->intent.rule->rule, one->entry->at, *snapshot, workspace);
      if (due.ok()) MoveTo(*one, NextAllowed(*due, one->intent.channel, *snapshot, workspace));
    }
    return {};
  }

  static Diagnostics NoSnapshot() {
    return {Diagnostic::Of(DiagnosticCode::missing_member).With("what", "snapshot").At("/snapshot")};
  }

  void TellSkip(const crm::Event& event, const std::string& rule_id, const Diagnostic& reason) const {
    sink({.at = now,
          .event_id = event.id,
          .entity = event.entity,
          .entity_id = event.entity_id,
          .rule_id = rule_id,
          .reason = &reason});
  }
};

Simulation::Simulation(std::span<const rule::CompiledRulePtr> rules, const crm::Workspace& workspace,
                       World world, Sink sink)
    : impl_(new Impl{rules, workspace, std::move(world), std::move(sink), {}, {}, {}, 0, 0}) {}

Simulation::~Simulation() = default;

Diagnostics Simulation::Take(const crm::Event& event, const SnapshotPtr& snapshot) {
  impl_->TurnTo(event.at);
  switch (event.type) {
    case crm::EventType::kStageChanged:
      return impl_->StageChanged(event, snapshot);
    case crm::EventType::kRecordUpdated:
      return impl_->RecordUpdated(event, snapshot);
    case crm::EventType::kRecordDeleted:
      impl_->Leave(impl_->ItemOf(event), Diagnostic::Of(DiagnosticCode::record_deleted), true);
      break;
  }
  return {};
}

void Simulation::TakeAgain(const crm::Event& event, SnapshotPtr snapshot) {
  impl_->TurnTo(event.at);
  if (snapshot == nullptr) snapshot = impl_->ItemOf(event).newest;
  const bool filled = event.pipeline.empty() && snapshot != nullptr;
  const crm::Event entered = Impl::EnteredBy(event, filled ? snapshot->pipeline : event.pipeline);
  for (const rule::CompiledRulePtr& rule : Matching(impl_->rules, entered)) {
    impl_->TellSkip(event, rule->rule.id, Diagnostic::Of(DiagnosticCode::duplicate_event));
  }
}

void Simulation::Run(std::optional<Instant> until) {
  constexpr int64_t kEnd = std::numeric_limits<int64_t>::max();
  impl_->RunBefore(Instant{until && until->ms < kEnd ? until->ms + 1 : kEnd});
}

size_t Simulation::waiting() const {
  return impl_->waiting;
}

}  // namespace recado::plan
