// A message that a person sends to see whether a provider works.
//
// It takes no place in any queue and waits for nothing: not for other messages, not for quiet hours, not for
// the end of a pause (whoever has paused because of trouble tests before resuming), not for the daily limit,
// not for the list. It is sent once and never again by itself, and the vendor's own answer goes back to the
// person. Beside that it is a delivery like any other: on disk before it leaves, with its history and its
// reports.
#include "native/dispatch/impl.h"
#include "native/store/message_json.h"

namespace recado::dispatch {
namespace {

using Kind = provider::Outcome::Kind;

Status StatusAfter(Kind kind) {
  if (kind == Kind::kAccepted) return Status::kAccepted;
  return kind == Kind::kUnknown ? Status::kAmbiguous : Status::kFailed;
}

DeliveryChange ChangeAfter(int64_t seq, const std::string& provider, const provider::Outcome& outcome,
                           Instant now) {
  DeliveryChange change{.seq = seq, .expected = {Status::kInFlight}};
  change.status = StatusAfter(outcome.kind);
  change.count_attempt = true;
  if (!outcome.reference.empty()) change.reference = outcome.reference;
  if (change.status == Status::kFailed) {
    const Diagnostic reason = Diagnostic::Of(DiagnosticCode::refused_by_provider)
                                  .With("provider", provider)
                                  .With("detail", outcome.text);
    change.reason = std::string(CodeName(reason.code));
    change.reason_json = ReasonJson(reason);
  }
  HistoryEntry attempt = Entry(now, "attempt", outcome.text);
  attempt.attempt = 1;
  attempt.code = outcome.status;
  change.entries = {std::move(attempt), Entry(now, std::string(StatusName(*change.status)))};
  return change;
}

// What is on disk as `seq` leaves, and its answer is written down before the person hears it.
void Leave(store::Store& store, provider::Sender& sender, int64_t seq, const Delivery& row,
           plan::Message message, store::Done<Engine::Tested> done) {
  provider::Outgoing outgoing;
  outgoing.key = row.key;
  outgoing.message = std::move(message);
  sender.Send(row.provider, std::move(outgoing),
              [&store, seq, key = row.key, provider = row.provider, now = row.created_at,
               done = std::move(done)](const std::string&, const provider::Outcome& outcome) {
                store.ChangeDeliveries({ChangeAfter(seq, provider, outcome, now)}, now,
                                       [key, outcome, done](Result<std::vector<bool>> written) {
                                         if (!written.ok()) return done(written.TakeError());
                                         done(Engine::Tested{key, outcome});
                                       });
              });
}

}  // namespace

void Engine::SendTest(plan::Message message, Instant now, store::Done<Tested> done) {
  Delivery d;
  d.channel = std::string(rule::ChannelName(message.channel));
  d.event_id = "test-" + impl_->store.RandomHex(16);
  d.key = plan::IntentKey(kTestRule, "", "", d.event_id, d.channel);
  d.status = Status::kInFlight;  // it may leave as soon as this is on disk
  d.rule_id = std::string(kTestRule);
  d.entered_at = d.created_at = d.updated_at = d.due = now;
  d.customer = "direct:" + d.key;
  d.provider = message.provider;
  d.address = message.to.address;
  d.message = DumpJson(store::PackMessage(message));
  d.history = {Entry(now, "in_flight")};
  store::PlanBatch batch;
  batch.deliveries.push_back(d);
  auto kept = [impl = impl_.get(), inbox = impl_->inbox, d = std::move(d), message = std::move(message),
               done = std::move(done)](Result<std::vector<int64_t>> seqs) mutable {
    if (!seqs.ok()) return done(seqs.TakeError());
    // Sent on the ticking thread, behind what was changed of the providers: whoever has just put one tests
    // it.
    inbox->Post([impl, seq = seqs->front(), d = std::move(d), message = std::move(message),
                 done = std::move(done)]() mutable {
      if (!impl->StoreResting()) impl->Reload();
      Leave(impl->store, impl->sender, seq, d, std::move(message), std::move(done));
    });
  };
  impl_->store.CommitPlan(std::move(batch), now, std::move(kept));
}

}  // namespace recado::dispatch
