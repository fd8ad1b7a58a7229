#include "native/dispatch/engine.h"

#include <chrono>

#include "core/base/sha256.h"
#include "native/dispatch/impl.h"
#include "native/store/message_json.h"

namespace recado::dispatch {
namespace {

using store::Done;
using store::Unit;

// What a person may still do to a delivery, and what the history says of it.
struct Command {
  std::string_view action;
  std::vector<Status> allowed;
};

// Reads the delivery, checks the state, writes the change; the state is checked again when it is written.
void Apply(store::Store& store, const std::string& key, const Command& command, Instant now,
           const std::function<void(const Delivery&, DeliveryChange&)>& fill, std::function<void()> after,
           Done<Unit> done) {
  const Result<Delivery> row = store.FindDelivery(key);
  if (!row.ok()) return done(row.error());
  const auto refuse = [status = row->status, action = std::string(command.action)] {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::delivery_state)
                           .With("status", std::string(StatusName(status)))
                           .With("action", action)};
  };
  DeliveryChange change{.seq = row->seq, .expected = command.allowed};
  if (std::find(change.expected.begin(), change.expected.end(), row->status) == change.expected.end()) {
    return done(refuse());
  }
  fill(*row, change);
  store.ChangeDeliveries(
      {std::move(change)}, now,
      [refuse, after = std::move(after), done = std::move(done)](Result<std::vector<bool>> r) {
        if (!r.ok()) return done(r.TakeError());
        if (!r->front()) return done(refuse());
        after();
        done(Unit{});
      });
}

std::string By(std::string_view what, const std::string& by) {
  return by.empty() ? std::string(what) : std::string(what) + " by " + by;
}

std::string NewDirectId(store::Store& store) {
  return "direct-" + store.RandomHex(16);
}

}  // namespace

std::function<void()> LookAgain(std::shared_ptr<Inbox> inbox) {
  return [inbox = std::move(inbox)] {
    inbox->look = true;
    inbox->Wake();
  };
}

HistoryEntry Entry(Instant at, std::string what, std::string text) {
  HistoryEntry entry;
  entry.at = at;
  entry.what = std::move(what);
  entry.text = std::move(text);
  return entry;
}

std::string ReasonJson(const Diagnostic& reason) {
  return DumpJson(ToJson(reason, OffsetUnit::kBytes));
}

Engine::Engine(store::Store& store, provider::Sender& sender, SnapshotSource* source, EngineOptions options)
    : impl_(std::make_unique<Impl>(store, sender, source, std::move(options))) {
  impl_->subscription = store.Subscribe([this](std::span<const store::Change> news) {
    bool mine = false;
    for (const store::Change& change : news) {
      switch (change.kind) {
        case store::Change::Kind::kEvents:
          mine = impl_->inbox->events_waiting = true;
          break;
        case store::Change::Kind::kReleased:
          mine = impl_->inbox->look = true;
          break;
        case store::Change::Kind::kProvider:
          impl_->inbox->providers_changed = true;
          ++impl_->inbox->settings_version;
          mine = true;
          break;
        case store::Change::Kind::kReport:
          mine = impl_->inbox->reports_waiting = true;
          break;
        case store::Change::Kind::kRule:
        case store::Change::Kind::kDocument:
        case store::Change::Kind::kPause:
          ++impl_->inbox->settings_version;
          mine = impl_->inbox->look = true;
          break;
        default:
          break;
      }
    }
    if (mine) impl_->inbox->Wake();
  });
}

Engine::~Engine() {
  impl_->store.Unsubscribe(impl_->subscription);
  impl_->Finish();
}

// Answers that came after the last turn are worth keeping: without them their deliveries become ambiguous.
// And every write under way still answers into this object.
void Engine::Impl::Finish() {
  stopping = true;
  {
    const std::lock_guard lock(inbox->mutex);
    inbox->wake = nullptr;
  }
  if (settings == nullptr) return;
  DrainInbox();
  store_retry.reset();
  RecordAnswers();
  while (!plans.empty() || claiming || recording || reporting) {
    {
      std::unique_lock lock(inbox->mutex);
      inbox->filled.wait(lock, [this] { return !inbox->calls.empty(); });
    }
    DrainInbox();
  }
  std::vector<DeliveryChange> changes;
  for (const int64_t seq : unsent) {
    DeliveryChange change{.seq = seq, .expected = {Status::kInFlight}, .status = Status::kDue};
    change.set_next_at = true;
    change.next_at = now;
    if (const auto work = window.find(seq); work != window.end()) change.count = GivenBack(work->second);
    changes.push_back(std::move(change));
  }
  if (changes.empty()) return;
  (void)store::Await<std::vector<bool>>(
      [&](auto done) { store.ChangeDeliveries(std::move(changes), now, done); });
}

Diagnostics Engine::Start(Instant now) {
  impl_->now = now;
  Diagnostics remarks;
  Result<SettingsPtr> settings = LoadSettings(impl_->store, nullptr, remarks);
  if (!settings.ok()) return settings.TakeError();
  impl_->settings = *std::move(settings);
  Result<std::vector<provider::Config>> providers = LoadProviders(impl_->store);
  if (!providers.ok()) return providers.TakeError();
  impl_->gates.Configure(*providers, now);
  for (const std::string& provider : impl_->store.GatedProviders().ValueOr({})) {
    impl_->waiting[provider].on_disk = true;
  }
  const auto add = [&](Diagnostics more) { remarks.insert(remarks.end(), more.begin(), more.end()); };
  add(impl_->sender.Configure(*std::move(providers)));
  add(impl_->RecoverInFlight());
  impl_->retrying = impl_->store.AnyRetrying().ValueOr(true);
  return remarks;
}

// ---- Ingest

void Engine::Ingest(std::vector<Json> events, Instant now, IngestDone done) {
  std::vector<store::NewEvent> rows;
  auto parsed = std::make_shared<std::vector<Fresh>>();
  rows.reserve(events.size());
  for (size_t i = 0; i < events.size(); ++i) {
    Diagnostics remarks;
    Result<crm::Event> event = crm::ParseEvent(events[i], remarks);
    if (!event.ok()) return done(IngestFault{i, event.TakeError()});
    SnapshotPtr snapshot;
    if (event->snapshot) {
      Result<crm::Snapshot> read = crm::ParseSnapshot(*event->snapshot, event->entity, remarks, "/snapshot");
      if (!read.ok()) return done(IngestFault{i, read.TakeError()});
      snapshot = std::make_shared<const crm::Snapshot>(*std::move(read));
    }
    const auto digest = Sha256(crm::CanonicalJson(events[i]));
    // Read for good: planning needs to know no more than that it was there.
    if (event->snapshot) *event->snapshot = Json();
    rows.push_back({event->id, std::string(reinterpret_cast<const char*>(digest.data()), digest.size()),
                    DumpJson(events[i]), event->entity, event->entity_id, event->at});
    parsed->push_back({*std::move(event), std::move(snapshot)});
  }
  impl_->store.Ingest(
      std::move(rows), now, [inbox = impl_->inbox, parsed, done = std::move(done)](auto outcome) {
        if (!outcome.ok()) return done(IngestFault{0, outcome.TakeError()});
        if (outcome->conflict) {
          const size_t index = *outcome->conflict;
          return done(IngestFault{index,
                                  {Diagnostic::Of(DiagnosticCode::event_conflict)
                                       .With("id", (*parsed)[index].event.id)
                                       .At("/id")}});
        }
        {
          const std::lock_guard lock(inbox->mutex);
          for (size_t i = 0; i < parsed->size() && inbox->fresh.size() < kMaxFreshEvents; ++i) {
            if (outcome->seqs[i] != 0) inbox->fresh.emplace(outcome->seqs[i], std::move((*parsed)[i]));
          }
        }
        done(IngestAnswer{outcome->accepted, outcome->duplicates});
      });
}

// ---- People

void Engine::Cancel(const std::string& key, std::string by, Instant now, Done<Unit> done) {
  const auto fill = [&](const Delivery&, DeliveryChange& change) {
    change.status = Status::kCancelled;
    change.set_next_at = true;
    change.retrying = false;
    change.held = "";
    change.release_waiting = true;
    change.entries = {Entry(now, "cancelled", By("Cancelled", by))};
  };
  Apply(impl_->store, key, {"cancelling", {Status::kScheduled, Status::kDue}}, now, fill,
        LookAgain(impl_->inbox), std::move(done));
}

void Engine::Resend(const std::string& key, std::string by, Instant now, Done<Unit> done) {
  const auto fill = [&](const Delivery& row, DeliveryChange& change) {
    change.status = Status::kDue;
    change.set_next_at = true;
    change.next_at = now;
    change.new_round = true;
    change.reason = "";
    change.reason_json = "";
    // A message that no rule made can't be composed again.
    if (row.event_seq != 0) change.message = "";
    change.entries = {Entry(now, "resend", By("Sent again", by))};
  };
  const std::vector<Status> allowed = {Status::kFailed, Status::kCancelled, Status::kSkipped,
                                       Status::kAmbiguous};
  Apply(impl_->store, key, {"sending again", allowed}, now, fill, LookAgain(impl_->inbox), std::move(done));
}

void Engine::Resolve(const std::string& key, bool sent, std::string by, Instant now, Done<Unit> done) {
  const auto fill = [&](const Delivery&, DeliveryChange& change) {
    change.status = sent ? Status::kAccepted : Status::kFailed;
    change.set_next_at = true;
    change.retrying = false;
    change.release_waiting = true;
    change.entries = {Entry(now, "resolved", By(sent ? "Said to be sent" : "Said not to be sent", by))};
  };
  Apply(impl_->store, key, {"deciding", {Status::kAmbiguous}}, now, fill, LookAgain(impl_->inbox),
        std::move(done));
}

void Engine::SetPaused(std::string provider, bool paused, std::string by, Instant now, Done<Unit> done) {
  impl_->store.SetPaused(std::move(provider), paused, std::move(by), now, std::move(done));
}

Engine::Preparation Engine::PrepareDirect(const rule::Rule& rule, std::string_view entity_id,
                                          const crm::Workspace& workspace) const {
  Preparation made;
  made.event_id = NewDirectId(impl_->store);
  made.key = plan::IntentKey(rule.id, rule.on.entity, entity_id, made.event_id,
                             rule::ChannelName(rule::ChannelOf(rule.action)));
  made.world.has_file = [impl = impl_.get()](std::string_view file) {
    return impl->store.FindFile(file).ok();
  };
  made.world.unsubscribe_url = [impl = impl_.get(), &workspace](std::string_view key) {
    return impl->UnsubscribeUrl(key, workspace.language);
  };
  if (const auto* invite = std::get_if<rule::InviteToMessenger>(&rule.action)) {
    made.world.invite_link = [impl = impl_.get(), &workspace,
                              channel = invite->channel](std::string_view key) {
      return impl->InvitationLink(key, channel, workspace);
    };
  }
  return made;
}

void Engine::SendDirect(Direct direct, Instant now, Done<std::string> done) {
  Delivery d;
  d.channel = std::string(rule::ChannelName(direct.message.channel));
  d.event_id = direct.event_id.empty() ? NewDirectId(impl_->store) : std::move(direct.event_id);
  d.key = plan::IntentKey(direct.rule_id, direct.entity, direct.entity_id, d.event_id, d.channel);
  d.status = Status::kDue;
  d.rule_id = std::move(direct.rule_id);
  d.entity = std::move(direct.entity);
  d.entity_id = std::move(direct.entity_id);
  d.entered_at = d.created_at = d.updated_at = d.due = now;
  d.next_at = now;
  d.customer = "direct:" + d.key;  // nobody waits for it, it waits for nobody
  d.provider = direct.message.provider;
  d.message = DumpJson(store::PackMessage(direct.message));
  d.address = direct.message.to.address;
  d.history = {Entry(now, "due")};
  store::PlanBatch batch;
  batch.deliveries.push_back(d);
  impl_->store.CommitPlan(std::move(batch), now,
                          [impl = impl_.get(), in = impl_->inbox, row = std::move(d),
                           done = std::move(done)](Result<std::vector<int64_t>> seqs) {
                            if (!seqs.ok()) return done(seqs.TakeError());
                            // Somebody waits for it: before everything that is due.
                            in->Post([impl, row, seq = seqs->front()]() mutable {
                              row.seq = seq;
                              impl->Admit(std::move(row), Impl::Place::kFirst);
                            });
                            done(row.key);
                          });
}

std::string Engine::AccountHook(std::string_view provider) const {
  return impl_->sender.AccountHook(provider);
}

crm::Workspace Engine::workspace() const {
  const SettingsPtr newest = impl_->Newest();
  return newest ? *newest->closed : crm::Workspace();
}

crm::Schema Engine::schema() const {
  const SettingsPtr newest = impl_->Newest();
  return newest ? newest->schema : crm::BuiltInSchema();
}

EngineStats Engine::stats() const {
  return EngineStats{.planned_events = impl_->planned,
                     .sent = impl_->sent,
                     .accepted = impl_->accepted,
                     .failed = impl_->failed,
                     .skipped = impl_->skipped,
                     .retried = impl_->retried,
                     .ambiguous = impl_->ambiguous,
                     .window = impl_->window_size,
                     .in_flight = impl_->in_flight_size};
}

std::string EngineStats::Dump() const {
  const auto part = [](const char* name, int64_t value) {
    return std::string(name) + "=" + std::to_string(value) + " ";
  };
  return part("planned", planned_events) + part("sent", sent) + part("accepted", accepted) +
         part("failed", failed) + part("skipped", skipped) + part("retried", retried) +
         part("ambiguous", ambiguous) + part("window", static_cast<int64_t>(window)) +
         "in_flight=" + std::to_string(in_flight);
}

// ---- The machine

void Inbox::Wake() {
  const std::lock_guard lock(mutex);
  if (wake) wake();
}

void Inbox::Post(std::function<void()> call) {
  const std::lock_guard lock(mutex);
  calls.push_back(std::move(call));
  filled.notify_all();
  if (wake) wake();
}

void Inbox::Take(Answer answer) {
  const std::lock_guard lock(mutex);
  answers.push_back(std::move(answer));
  filled.notify_all();
  if (wake) wake();
}

void Engine::Impl::DrainInbox() {
  std::vector<std::function<void()>> taken;
  {
    const std::lock_guard lock(inbox->mutex);
    taken.swap(inbox->calls);
  }
  for (auto& call : taken) call();
}

void Engine::Impl::StoreFailed() {
  store_retry = Instant{now.ms + kStoreRetryMs};
  inbox->look = true;
}

void Engine::Impl::Reload() {
  if (inbox->providers_changed.exchange(false)) {
    Result<std::vector<provider::Config>> providers = LoadProviders(store);
    if (providers.ok()) {
      gates.Configure(*providers, now);
      sender.Configure(*std::move(providers));
    } else {
      inbox->providers_changed = true;
      StoreFailed();
    }
  }
  const uint64_t version = inbox->settings_version;
  if (version == settings_loaded) return;
  Diagnostics remarks;
  Result<SettingsPtr> loaded = LoadSettings(store, settings.get(), remarks);
  if (!loaded.ok()) return StoreFailed();
  const std::lock_guard lock(inbox->mutex);
  settings = *std::move(loaded);
  settings_loaded = version;
}

SettingsPtr Engine::Impl::Newest() const {
  SettingsPtr known;
  {
    const std::lock_guard lock(inbox->mutex);
    known = settings;
    if (settings_loaded == inbox->settings_version) return known;
  }
  Diagnostics remarks;
  Result<SettingsPtr> loaded = LoadSettings(store, known.get(), remarks);
  return loaded.ok() ? *std::move(loaded) : known;
}

void Engine::Tick(Instant now) {
  Impl& impl = *impl_;
  impl.now = now;
  impl.again = false;
  if (impl.store_retry && *impl.store_retry <= now) {
    impl.store_retry.reset();
    impl.inbox->look = true;
  }
  if (impl.next_due && *impl.next_due <= now) {
    impl.next_due.reset();
    impl.inbox->look = true;
  }
  impl.DrainInbox();
  if (!impl.StoreResting()) impl.Reload();
  impl.RecordAnswers();
  impl.ApplyFoundReports();
  impl.PlanEvents();
  impl.LoadDue();
  impl.OpenGates();
  impl.ClaimReady();
  impl.NoteGates();
  impl.window_size = impl.window.size();
  impl.in_flight_size = impl.sending;
}

std::optional<Instant> Engine::NextWakeup() const {
  const Impl& impl = *impl_;
  if (impl.StoreResting()) return impl.store_retry;
  const bool room = impl.window.size() - impl.sending <= impl.options.window / 2;
  const bool plans = impl.inbox->events_waiting && impl.PlanMayBegin();
  const bool looks = impl.inbox->look && room && !impl.settings->all_paused() && impl.reserved == 0;
  const bool reports = impl.inbox->reports_waiting && !impl.reporting;
  if (impl.again || reports || (plans && !impl.plan_hold) || looks) return impl.now;
  std::optional<Instant> next = impl.next_due;
  const auto sooner = [&next](std::optional<Instant> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  if (plans) sooner(impl.plan_hold);
  sooner(impl.gate_opens);
  return next;
}

void Engine::OnWake(std::function<void()> wake) {
  const std::lock_guard lock(impl_->inbox->mutex);
  impl_->inbox->wake = std::move(wake);
}

void Engine::Settle(Instant now) {
  Impl& impl = *impl_;
  for (;;) {
    Tick(now);
    std::unique_lock lock(impl.inbox->mutex);
    if (!impl.inbox->calls.empty() || (!impl.inbox->answers.empty() && !impl.StoreResting())) continue;
    const std::optional<Instant> next = NextWakeup();
    if (next && *next <= now) continue;
    if (impl.plans.empty() && !impl.claiming && !impl.recording && !impl.reporting) return;
    impl.inbox->filled.wait(lock, [&] { return !impl.inbox->calls.empty(); });
  }
}

Instant SystemNow() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace recado::dispatch
