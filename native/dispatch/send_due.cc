#include <algorithm>

#include "native/dispatch/impl.h"
#include "native/store/message_json.h"

namespace recado::dispatch {
namespace {

// The states in which a delivery may still be sent, changed or put aside.
const std::vector<Status> kNotRun = {Status::kScheduled, Status::kDue};

DeliveryChange SkipChange(const Delivery& row, const Diagnostic& reason, Instant now) {
  DeliveryChange change = ChangeOf(row, kNotRun);
  change.status = Status::kSkipped;
  change.set_next_at = true;
  change.retrying = false;
  change.reason = std::string(CodeName(reason.code));
  change.reason_json = ReasonJson(reason);
  change.entries = {Entry(now, "skipped", *change.reason)};
  change.release_waiting = true;
  return change;
}

// Looked at again at `at`, or, without it, when something else happens.
DeliveryChange LaterChange(const Delivery& row, std::optional<Instant> at) {
  DeliveryChange change = ChangeOf(row, kNotRun);
  change.set_next_at = true;
  change.next_at = at;
  if (!row.held.empty()) change.held = "";
  return change;
}

// Into the hours in which it may leave.
DeliveryChange Moved(const Delivery& row, Instant allowed, Instant now) {
  DeliveryChange change = LaterChange(row, allowed);
  change.due = allowed;
  change.entries = {Entry(now, "due_moved", FormatInstant(allowed))};
  return change;
}

// The provider that sends it: the rule's own, the mailbox's, the line's. Null: none that is connected.
const crm::Provider* ProviderFor(const plan::Message& message, const crm::Workspace& workspace) {
  if (!message.provider.empty()) return workspace.FindProvider(message.provider);
  if (message.channel == rule::Channel::kEmail) return workspace.FindMailbox(message.from);
  if (message.channel == rule::Channel::kCall) return workspace.FindLine(message.line);
  return nullptr;
}

// By our prices, until the vendor says another.
store::Cost EstimateOf(const plan::Message& message, const Settings& settings, const std::string& provider) {
  store::Cost cost;
  if (message.sms) cost.segments = message.sms->segments;
  const auto prices = settings.prices.find(provider);
  const std::optional<Money> money =
      prices == settings.prices.end() ? std::nullopt : prices->second.CostOf(message);
  if (money) {
    cost.amount = money->amount.ToString();
    cost.currency = money->currency;
  }
  return cost;
}

}  // namespace

DeliveryChange ChangeOf(const Delivery& row, std::vector<Status> expected) {
  DeliveryChange change{.seq = row.seq, .expected = std::move(expected)};
  change.about = DeliveryChange::About{.key = row.key,
                                       .rule_id = row.rule_id,
                                       .channel = row.channel,
                                       .entity = row.entity,
                                       .entity_id = row.entity_id,
                                       .reason = row.reason,
                                       .provider = row.provider,
                                       .event_seq = row.event_seq};
  return change;
}

void Engine::Impl::LoadDue() {
  // Messages under way don't count: a provider that hangs must not keep the others' out of the window.
  const bool room = window.size() - sending <= options.window / 2;
  if (StoreResting() || settings->all_paused() || !inbox->look || !room) return;
  // What a plan is about to send is not in its lane yet.
  if (reserved > 0) return;
  inbox->look = false;
  const Result<std::vector<Delivery>> due = store.DueDeliveries(now, options.window);
  if (!due.ok()) {
    inbox->look = true;
    return StoreFailed();
  }
  for (const Delivery& row : *due) {
    if (!window.contains(row.seq)) Admit(row);
  }
  // A full page: there may be more behind it.
  if (due->size() == options.window) inbox->look = true;
  if (retrying) retrying = store.AnyRetrying().ValueOr(true);
  const Result<std::optional<Instant>> next = store.NextDueAt(now);
  if (next.ok()) next_due = *next;
}

void Engine::Impl::Admit(Delivery row, Place place) {
  const int64_t seq = row.seq;
  std::vector<int64_t>& lane = lanes[row.customer];
  if (!window.emplace(seq, Work{.row = std::move(row), .message = {}}).second) {
    return;
  }
  lane.push_back(seq);
  if (lane.size() == 1) ready.insert(place == Place::kFirst ? ready.begin() : ready.end(), seq);
}

void Engine::Impl::Leave(int64_t seq) {
  const auto work = window.find(seq);
  if (work == window.end()) return;
  const auto lane = lanes.find(work->second.row.customer);
  if (lane != lanes.end()) {
    std::vector<int64_t>& queue = lane->second;
    const bool first = queue.front() == seq;
    queue.erase(std::find(queue.begin(), queue.end(), seq));
    if (queue.empty()) {
      lanes.erase(lane);
    } else if (first) {
      ready.push_back(queue.front());
      again = true;
    }
  }
  window.erase(work);
}

void Engine::Impl::ClaimReady() {
  if (claiming || StoreResting() || settings->all_paused() || ready.empty()) return;
  std::vector<int64_t> looked = std::exchange(ready, {});
  std::vector<DeliveryChange> changes;
  std::vector<Written> written;
  for (const int64_t seq : looked) {
    const auto found = window.find(seq);
    if (found == window.end()) continue;
    Work& work = found->second;
    std::optional<DeliveryChange> change = Decide(work);
    if (!change) continue;  // under way without a write
    work.step = Work::Step::kWriting;
    written.emplace_back(*change);
    changes.push_back(*std::move(change));
  }
  if (changes.empty()) return;
  claiming = true;
  store.ChangeDeliveries(
      std::move(changes), now,
      [this, in = inbox, written = std::move(written)](Result<std::vector<bool>> applied) {
        in->Post([this, written, applied = std::move(applied)] { Claimed(written, applied); });
      });
}

std::optional<DeliveryChange> Engine::Impl::Decide(Work& work) {
  const Delivery& row = work.row;
  if (row.status == Status::kAmbiguous) return DecideAmbiguous(work);
  if (row.event_seq != 0 && !settings->Runs(row.rule_id)) {
    return SkipChange(row, Diagnostic::Of(DiagnosticCode::rule_disabled), now);
  }
  if (row.wait_for_previous && store.PreviousOpen(row.event_seq, row.position).ValueOr(true)) {
    DeliveryChange change = LaterChange(row, std::nullopt);
    change.status = Status::kDue;
    change.held = "previous";
    change.guard = DeliveryChange::Guard::kPreviousOpen;
    return change;
  }
  if (retrying) {
    const auto ahead = store.RetryAhead(row.customer, row.channel, row.seq);
    if (ahead.ok() && *ahead) {
      DeliveryChange change = LaterChange(row, Instant{std::max((*ahead)->ms, now.ms) + 1});
      change.status = Status::kDue;
      return change;
    }
  }
  return DecideMessage(work);
}

std::optional<DeliveryChange> Engine::Impl::DecideMessage(Work& work, const store::Item* known) {
  const Delivery& row = work.row;
  // Before it is composed, where the rule names the provider: it will be composed when its turn comes.
  if (!row.provider.empty() && !settings->paused.contains(row.provider) && MustWait(work, row.provider)) {
    return Wait(work, row.provider);
  }
  const std::optional<rule::Channel> channel = rule::ChannelFromName(row.channel);
  // Composed before (a retry, or a message no rule made): every attempt sends the same bytes.
  if (!row.message.empty()) {
    Result<plan::Message> message = store::UnpackMessage(row.message);
    if (!message.ok()) return SkipChange(row, message.error().front(), now);
    const auto listed = WorldOf(nullptr, nullptr).suppression(message->to.address, message->channel);
    // The one answer to STOP says that it was heard.
    if (listed && row.rule_id != kConfirmationRule) {
      return SkipChange(row,
                        Diagnostic::Of(DiagnosticCode::suppressed)
                            .With("value", message->to.address)
                            .With("reason", *listed),
                        now);
    }
    if (const Instant allowed = AllowedAt(row, message->channel); allowed > now)
      return Moved(row, allowed, now);
    work.message = *std::move(message);
    return ClaimFor(work, *work.message, true);
  }
  const rule::CompiledRulePtr rule = FindRevision(store, *settings, row.rule_id, row.rule_revision);
  if (rule == nullptr || !channel) return SkipChange(row, Diagnostic::Of(DiagnosticCode::rule_invalid), now);
  SnapshotPtr snapshot = NewestSnapshot(row, known);
  const auto workspace = WorkspaceFor(*snapshot);
  const Instant allowed = plan::NextAllowed(now, *channel, *snapshot, *workspace);
  if (allowed > now) return Moved(row, allowed, now);
  if (*channel == rule::Channel::kChat) snapshot = WithKnownChats(store, snapshot, *workspace);
  const plan::World world = WorldOf(rule.get(), snapshot.get());
  plan::Composed composed = plan::Compose(*rule, row.key, *snapshot, *workspace, now, world);
  if (!composed.ok()) return SkipChange(row, std::get<Diagnostic>(composed.outcome), now);
  work.message = std::move(std::get<plan::Message>(composed.outcome));
  return ClaimFor(work, *work.message, false);
}

std::optional<DeliveryChange> Engine::Impl::ClaimFor(Work& work, const plan::Message& message, bool packed) {
  const Delivery& row = work.row;
  const crm::Provider* provider = ProviderFor(message, settings->workspace);
  if (provider == nullptr) {
    return SkipChange(row, Diagnostic::Of(DiagnosticCode::no_provider).With("name", message.provider), now);
  }
  if (settings->paused.contains(provider->id)) {
    DeliveryChange change = LaterChange(row, std::nullopt);
    change.status = Status::kDue;
    change.held = "provider";
    change.provider = provider->id;
    change.guard = DeliveryChange::Guard::kPaused;
    change.entries = {Entry(now, "held", "Sending through " + provider->id + " is paused.")};
    return change;
  }
  const store::DailyCount count = CountOf(*provider, *settings->closed, now);
  // One that may have been taken already is not held back by the day's end: it is cleared up, and counted.
  const bool limited = count.limit > 0 && row.status != Status::kAmbiguous;
  if (limited && store.DailyCountOf(count.provider, count.day).ValueOr(0) >= count.limit) {
    return SkipChange(row, Diagnostic::Of(DiagnosticCode::limit_reached).With("name", provider->id), now);
  }
  const int64_t segments = message.sms ? std::max<int64_t>(message.sms->segments, 1) : 1;
  if (MustWait(work, provider->id) || !gates.Ask(provider->id, segments, now).go) {
    return Wait(work, provider->id);
  }
  work.gated = true;
  work.called = false;
  DeliveryChange change =
      ChangeOf(row, row.status == Status::kAmbiguous ? std::vector{Status::kAmbiguous} : kNotRun);
  if (count.limit > 0) {
    change.count = count;
    if (!limited) change.count->limit = 0;
    work.counted = change.count;
  }
  change.status = Status::kInFlight;
  change.set_next_at = true;
  change.retrying = false;
  change.count_attempt = true;
  if (!row.held.empty()) change.held = "";
  work.row.provider = provider->id;
  change.provider = provider->id;
  if (!packed) {
    work.row.message = DumpJson(store::PackMessage(message));
    work.row.address = message.to.address;
    change.message = work.row.message;
    change.address = work.row.address;
  }
  if (row.cost.amount.empty() && row.cost.segments == 0) {
    work.row.cost = EstimateOf(message, *settings, provider->id);
    change.cost = work.row.cost;
  }
  change.entries = {Entry(now, "in_flight")};
  change.entries.front().attempt = row.attempts + 1;
  return change;
}

SnapshotPtr Engine::Impl::NewestSnapshot(const Delivery& row, const store::Item* known) {
  std::optional<store::Item> read;
  if (known == nullptr) read = store.FindItem(row.entity, row.entity_id).ValueOr(std::nullopt);
  const store::Item* item = known != nullptr ? known : read ? &*read : nullptr;
  const bool there = item != nullptr && item->stage == row.stage && item->pipeline == row.pipeline;
  SnapshotPtr snapshot;
  if (there && item->snapshot_seq != 0) snapshot = SnapshotOfEvent(item->snapshot_seq);
  // It was due before the item left its stage: then what was known at the entry counts.
  if (!there) snapshot = SnapshotOfEvent(row.event_seq);
  if (snapshot == nullptr) snapshot = SnapshotFromSource(row.entity, row.entity_id);
  if (snapshot == nullptr) snapshot = SnapshotOfEvent(row.event_seq);
  if (snapshot != nullptr) return snapshot;
  auto bare = std::make_shared<crm::Snapshot>();
  bare->entity = row.entity;
  bare->entity_id = row.entity_id;
  return bare;
}

plan::World Engine::Impl::WorldOf(const rule::CompiledRule* rule, const crm::Snapshot* snapshot) {
  plan::World world;
  world.has_file = [this](std::string_view file) { return store.FindFile(file).ok(); };
  // A store that can't be asked counts as "suppressed": better late than to somebody who said no.
  world.suppression = [this](std::string_view address, rule::Channel channel) -> std::optional<std::string> {
    const std::string_view name = rule::ChannelName(channel);
    const auto found = store.FindSuppression(name, store::ListedAddress(name, address));
    if (!found.ok()) return "unknown";
    if (!*found) return std::nullopt;
    return std::string(store::SuppressionKindName((*found)->kind));
  };
  if (rule == nullptr || snapshot == nullptr) return world;
  world.unsubscribe_url = [this, snapshot](std::string_view key) {
    const crm::Card* client = snapshot->client();
    const bool own = client != nullptr && !client->language.empty();
    return UnsubscribeUrl(key, own ? client->language : settings->workspace.language);
  };
  if (const auto* invite = std::get_if<rule::InviteToMessenger>(&rule->rule.action)) {
    world.invite_link = [this, channel = invite->channel](std::string_view key) {
      return InvitationLink(key, channel, settings->workspace);
    };
  }
  return world;
}

Instant Engine::Impl::AllowedAt(const Delivery& row, rule::Channel channel) {
  // A person who sends a test, or waits for an answer, is awake.
  if (row.event_seq == 0) return now;
  const SnapshotPtr snapshot = NewestSnapshot(row);
  return plan::NextAllowed(now, channel, *snapshot, *WorkspaceFor(*snapshot));
}

std::optional<DeliveryChange> Engine::Impl::DecideAmbiguous(Work& work) {
  const Delivery& row = work.row;
  const Doubt doubt = ResolveDoubt(row, row.deadline.value_or(now));
  Result<plan::Message> message = store::UnpackMessage(row.message);
  if (doubt.step == Doubt::Step::kWait || doubt.step == Doubt::Step::kGiveUp || !message.ok()) {
    DeliveryChange change = LaterChange(row, doubt.step == Doubt::Step::kWait ? doubt.next_at : std::nullopt);
    change.expected = {Status::kAmbiguous};
    change.retrying = false;
    change.release_waiting = !change.next_at;
    return change;
  }
  work.message = *std::move(message);
  if (doubt.step == Doubt::Step::kSendAgain) {
    if (const Instant allowed = AllowedAt(row, work.message->channel); allowed > now) {
      DeliveryChange change = LaterChange(row, allowed);
      change.expected = {Status::kAmbiguous};
      return change;
    }
    std::optional<DeliveryChange> change = ClaimFor(work, *work.message, true);
    if (change) change->expected = {Status::kAmbiguous};
    return change;
  }
  work.finding = true;
  Give(work);
  return std::nullopt;
}

void Engine::Impl::Claimed(const std::vector<Written>& written, const Result<std::vector<bool>>& applied) {
  claiming = false;
  again = true;
  if (!applied.ok()) {
    // Nothing was written, so nothing leaves. It is read again once the store can write.
    for (const Written& one : written) {
      if (const auto found = window.find(one.seq); found != window.end()) GiveBackPlace(found->second);
      Leave(one.seq);
    }
    return StoreFailed();
  }
  for (size_t i = 0; i < written.size(); ++i) {
    const Written& one = written[i];
    const auto found = window.find(one.seq);
    if (found == window.end()) continue;
    if (!(*applied)[i] || one.status != Status::kInFlight) {
      if (!(*applied)[i]) inbox->look = true;  // somebody else was faster: it may be due again already
      if ((*applied)[i] && one.status == Status::kSkipped) ++skipped;
      if ((*applied)[i] && one.next_at) LookAt(*one.next_at);
      GiveBackPlace(found->second);
      Leave(one.seq);
      continue;
    }
    if (stopping) {
      unsent.push_back(one.seq);
      continue;
    }
    Work& work = found->second;
    ++work.row.attempts;
    ++work.row.round_attempts;
    work.row.status = Status::kInFlight;
    Give(work);
  }
}

void Engine::Impl::Give(Work& work) {
  work.step = Work::Step::kSending;
  ++sending;
  ++sent;
  provider::Outgoing outgoing;
  outgoing.key = work.row.key;
  outgoing.attempt = work.row.attempts;
  outgoing.message = *std::move(work.message);
  work.message.reset();
  AddWaysBack(work.row, outgoing);
  for (const plan::EmailAttachment& attachment : outgoing.message.attachments) {
    const Result<store::File> file = store.FindFile(attachment.file);
    if (!file.ok()) continue;
    outgoing.files[attachment.file] = file->path;
    if (options.public_url.empty()) continue;
    outgoing.file_links[attachment.file] =
        options.public_url + "/f/" + tokens.Of(Purpose::kFile, work.row.key, attachment.file);
  }
  const auto done = [in = inbox, seq = work.row.seq](const std::string&, provider::Outcome outcome) {
    in->Take({seq, std::move(outcome)});
  };
  if (work.finding) {
    sender.Find(work.row.provider, std::move(outgoing), done);
  } else {
    sender.Send(work.row.provider, std::move(outgoing), done);
  }
}

}  // namespace recado::dispatch
