// The short way: an intent that is due as it is planned is composed at once and written as in flight in the
// same transaction as the plan. Its key is on disk before the first byte leaves, as on the long way; saved
// are a write, its fsync and the reading back. Everything that could make order or a promise doubtful takes
// the long way: rules that wait for others, customers with something before it, retries under way, due work
// on disk, a full sender.
#include <algorithm>

#include "native/dispatch/impl.h"

namespace recado::dispatch {
namespace {

using ItemId = std::pair<std::string_view, std::string_view>;

// The items as this plan leaves them; they outlive the map.
std::map<ItemId, const store::Item*> ItemsOf(const store::PlanBatch& batch) {
  std::map<ItemId, const store::Item*> items;
  for (const store::Item& item : batch.items) items[{item.entity, item.entity_id}] = &item;
  return items;
}

// The row as the change would leave it. For what DecideMessage decides alone: in flight, or skipped.
void ApplyTo(Delivery& row, DeliveryChange change) {
  row.status = *change.status;
  row.next_at = change.next_at;
  if (change.count_attempt) {
    ++row.attempts;
    ++row.round_attempts;
  }
  if (change.provider) row.provider = *std::move(change.provider);
  if (change.reason) row.reason = *std::move(change.reason);
  if (change.reason_json) row.reason_json = *std::move(change.reason_json);
  if (change.message) row.message = *std::move(change.message);
  if (change.address) row.address = *std::move(change.address);
  if (change.cost) row.cost = *std::move(change.cost);
  for (HistoryEntry& entry : change.entries) row.history.push_back(std::move(entry));
}

// What stays in memory while it is sent: neither the message's text form nor the history is looked at again.
Delivery WithoutTexts(const Delivery& row) {
  Delivery copy = row;
  copy.message.clear();
  copy.history.clear();
  return copy;
}

}  // namespace

void Engine::Impl::ComposeNow(store::PlanBatch& batch, PlannedBatch& made) {
  for (const DeliveryChange& change : batch.changes) {
    // What newer data move may come before everything that was waited for.
    if (change.next_at && (!made.moved || *change.next_at < *made.moved)) made.moved = change.next_at;
  }
  const auto later_is_due = [&](const auto& plan) { return plan->later && *plan->later <= now; };
  const bool now_at_all = !inbox->look && !retrying && !stopping && !settings->all_paused() &&
                          (!next_due || now < *next_due) &&
                          std::none_of(plans.begin(), plans.end(), later_is_due);
  const auto items = ItemsOf(batch);
  made.made.reserve(batch.deliveries.size());
  for (Delivery& row : batch.deliveries) {
    PlannedBatch::Made& one = made.made.emplace_back();
    const bool due = row.status == Status::kScheduled && row.next_at && *row.next_at <= now;
    const auto item = items.find({row.entity, row.entity_id});
    const bool first = due && made.customers.insert(row.customer).second && !HasDue(row.customer);
    if (!due && row.next_at && (!made.later || *row.next_at < *made.later)) made.later = row.next_at;
    if (first && now_at_all && !row.wait_for_previous && item != items.end()) {
      one.work.row = row;
      std::optional<DeliveryChange> change = DecideMessage(one.work, item->second);
      // A provider's day is counted by the claim, which tells when it is full: not on the short way.
      const bool counted = change && change->count;
      if (counted) GiveBackPlace(one.work);
      one.sends = change && change->status == Status::kInFlight && !counted;
      one.skipped = change && change->status == Status::kSkipped;
      if (one.sends || one.skipped) ApplyTo(row, *std::move(change));
      if (one.sends) ++made.reserved;
    }
    one.work.row = WithoutTexts(row);
  }
  reserved += made.reserved;
}

// In the window, or in a plan under way.
bool Engine::Impl::HasDue(const std::string& customer) const {
  const auto has = [&](const auto& plan) { return plan->customers.contains(customer); };
  return lanes.contains(customer) || std::any_of(plans.begin(), plans.end(), has);
}

void Engine::Impl::SendNow(int64_t seq, Work work) {
  lanes[work.row.customer].push_back(seq);
  Work& kept = window.emplace(seq, std::move(work)).first->second;
  if (stopping) {
    unsent.push_back(seq);
    return;
  }
  Give(kept);
}

}  // namespace recado::dispatch
