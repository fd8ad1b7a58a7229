// Messages whose provider takes no more for now: its rate is used up, its places are taken, or it is down.
//
// What goes within about a second waits in the window, parked, the rest on disk (held "gate"), so that one
// provider never fills the window and the others' messages pass it by. From the disk they come back a
// customer at a time: whoever has one message waiting does not stand behind somebody's thousand.
#include <algorithm>

#include "native/dispatch/impl.h"

namespace recado::dispatch {
namespace {

constexpr int64_t kWaitAgainMs =
    1'000;  // for what can't be put aside: retries keep their place by their time

// Sent by a person who waits for it.
bool Interactive(const Delivery& row) {
  return row.event_seq == 0;
}

std::string ReasonOf(const std::string& provider, const Gates::Verdict& verdict) {
  if (!verdict.open) return "Waits for its turn: " + provider + " takes no more for now.";
  std::string text = "Waits: " + provider + " did not answer or answered with faults several times in a row.";
  if (verdict.at) text += " It is tried again at " + FormatInstant(*verdict.at) + ".";
  return text;
}

}  // namespace

bool Engine::Impl::MustWait(const Work& work, const std::string& provider) const {
  const auto queue = waiting.find(provider);
  const bool others = queue != waiting.end() && (!queue->second.parked.empty() || queue->second.on_disk);
  if (others && !work.called && !Interactive(work.row)) return true;
  return !gates.Look(provider, now).go;
}

std::optional<DeliveryChange> Engine::Impl::Wait(Work& work, const std::string& provider) {
  const Delivery& row = work.row;
  work.message.reset();
  if (row.seq == 0) return std::nullopt;  // not even written: it takes the long way
  const Gates::Verdict verdict = gates.Look(provider, now);
  Waiting& queue = waiting[provider];
  // A retry holds its place before later ones of its customer by its time (RetryAhead).
  if (row.attempts > 0) {
    const Instant at{std::max(verdict.at.value_or(now).ms, now.ms + kWaitAgainMs)};
    DeliveryChange change = ChangeOf(row, {row.status});
    change.set_next_at = true;
    change.next_at = at;
    return change;
  }
  const bool from_disk = row.held == "gate";
  const bool in_turn = work.called || from_disk || !queue.on_disk || Interactive(row);
  const size_t keep = gates.Keep(provider, now);
  if (in_turn && (queue.parked.size() < keep || (Interactive(row) && keep > 0))) {
    work.step = Work::Step::kParked;
    if (work.called || Interactive(row)) {
      queue.parked.push_front(row.seq);
    } else {
      queue.parked.push_back(row.seq);
    }
    return std::nullopt;
  }
  queue.on_disk = true;
  if (from_disk) {
    Leave(row.seq);
    return std::nullopt;
  }
  DeliveryChange change = ChangeOf(row, {Status::kScheduled, Status::kDue});
  change.set_next_at = true;
  change.status = Status::kDue;
  change.held = "gate";
  change.provider = provider;
  change.entries = {Entry(now, "held", ReasonOf(provider, verdict))};
  return change;
}

void Engine::Impl::GiveBackPlace(Work& work) {
  if (std::exchange(work.gated, false)) gates.Left(work.row.provider);
}

void Engine::Impl::OpenGates() {
  for (auto queue = waiting.begin(); queue != waiting.end();) {
    const std::string& provider = queue->first;
    CallParked(provider, queue->second);
    if (!settings->paused.contains(provider) && !StoreResting()) LoadGated(provider, queue->second);
    const bool nobody = queue->second.parked.empty() && !queue->second.on_disk;
    queue = nobody ? waiting.erase(queue) : std::next(queue);
  }
}

void Engine::Impl::NoteGates() {
  gate_opens.reset();
  for (const auto& [provider, queue] : waiting) {
    if (queue.parked.empty() && !queue.on_disk) continue;
    const Gates::Verdict verdict = gates.Look(provider, now);
    if (verdict.go && !queue.parked.empty() && !claiming) again = true;
    if (verdict.at && (!gate_opens || *verdict.at < *gate_opens)) gate_opens = verdict.at;
  }
}

// Those that may go now, and, where it is down or paused, all of them: they are then put aside.
void Engine::Impl::CallParked(const std::string& provider, Waiting& queue) {
  const bool shut = gates.Keep(provider, now) == 0 || settings->paused.contains(provider);
  size_t room = shut ? queue.parked.size() : gates.Room(provider, now);
  while (room > 0 && !queue.parked.empty()) {
    const int64_t seq = queue.parked.front();
    queue.parked.pop_front();
    const auto work = window.find(seq);
    if (work == window.end() || work->second.step != Work::Step::kParked) continue;
    work->second.step = Work::Step::kQueued;
    work->second.called = !shut;
    ready.push_back(seq);
    --room;
  }
}

void Engine::Impl::LoadGated(const std::string& provider, Waiting& queue) {
  const size_t keep = gates.Keep(provider, now);
  if (!queue.on_disk || queue.parked.size() > keep / 2 || keep == 0) return;
  const size_t wanted = keep - queue.parked.size();
  const auto rows = store.GatedDeliveries(provider, queue.after_customer, wanted);
  if (!rows.ok()) return StoreFailed();
  if (rows->empty()) {
    // From the beginning once more, before it is believed that nobody waits.
    if (queue.after_customer.empty()) queue.on_disk = false;
    again = again || !queue.after_customer.empty();
    queue.after_customer.clear();
    return;
  }
  queue.after_customer = rows->size() < wanted ? std::string() : rows->back().customer;
  for (const Delivery& row : *rows) {
    // A customer with something in the window has its turn already.
    if (lanes.contains(row.customer)) continue;
    Admit(row);
    window.find(row.seq)->second.called = true;
  }
}

GateState Engine::gate(std::string_view provider) const {
  GateState state{.gate = impl_->gates.Dump(provider), .parked = 0, .on_disk = false};
  const auto queue = impl_->waiting.find(provider);
  if (queue == impl_->waiting.end()) return state;
  state.parked = queue->second.parked.size();
  state.on_disk = queue->second.on_disk;
  return state;
}

std::string GateState::Dump() const {
  return gate + " parked=" + std::to_string(parked) + (on_disk ? " on_disk" : "");
}

}  // namespace recado::dispatch
