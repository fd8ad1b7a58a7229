#include <algorithm>

#include "native/dispatch/impl.h"

namespace recado::dispatch {
namespace {

constexpr size_t kRecoverPage = 1'000;  // deliveries in flight at the end of the last process, a page

std::string_view OutcomeName(provider::Outcome::Kind kind) {
  switch (kind) {
    case provider::Outcome::Kind::kAccepted:
      return "accepted";
    case provider::Outcome::Kind::kRetry:
      return "retry";
    case provider::Outcome::Kind::kRateLimited:
      return "rate_limited";
    case provider::Outcome::Kind::kPermanent:
      return "permanent";
    case provider::Outcome::Kind::kUnknown:
      break;
  }
  return "unknown";
}

void Fail(DeliveryChange& change, const Diagnostic& reason) {
  change.status = Status::kFailed;
  change.set_next_at = true;
  change.next_at.reset();
  change.retrying = false;
  change.reason = std::string(CodeName(reason.code));
  change.reason_json = ReasonJson(reason);
  change.release_waiting = true;
}

bool AtLeastOnce(store::Store& store, Settings& settings, const Delivery& row) {
  const rule::CompiledRulePtr rule = FindRevision(store, settings, row.rule_id, row.rule_revision);
  if (rule != nullptr && rule->rule.policy) return *rule->rule.policy == rule::Policy::kAtLeastOnce;
  const std::optional<rule::Channel> channel = rule::ChannelFromName(row.channel);
  return channel && rule::DefaultPolicy(*channel) == rule::Policy::kAtLeastOnce;
}

}  // namespace

std::optional<store::Cost> ReportedCost(const store::Cost& known, const std::optional<Money>& price) {
  if (!price) return std::nullopt;
  const std::string& currency = price->currency.empty() ? known.currency : price->currency;
  if (currency.empty()) return std::nullopt;
  return store::Cost{known.segments, price->amount.ToString(), currency, true};
}

Engine::Impl::Doubt Engine::Impl::ResolveDoubt(const Delivery& row, Instant deadline) {
  const bool attempts_left = row.round_attempts < options.retry.max_attempts;
  const Doubt send{Doubt::Step::kSendAgain,
                   options.retry.NextAt(now, std::max(1, row.round_attempts), row.key, std::nullopt)};
  const Doubt wait{Doubt::Step::kWait, deadline};
  switch (sender.ResolutionOf(row.provider)) {
    case provider::Resolution::kKeyed:
      return attempts_left ? send : Doubt{};
    case provider::Resolution::kFindable:
      if (now < deadline) {
        return {Doubt::Step::kFind, Instant{std::min(now.ms + options.retry.find_again_ms, deadline.ms)}};
      }
      break;
    case provider::Resolution::kEchoing:
      if (now < deadline) return wait;
      break;
    case provider::Resolution::kBlind:
      break;
  }
  if (AtLeastOnce(store, *settings, row)) return attempts_left ? send : Doubt{};
  return now < deadline ? wait : Doubt{};
}

void Engine::Impl::SettleDoubt(const Delivery& row, DeliveryChange& change) {
  const Instant deadline = row.deadline && row.status == Status::kAmbiguous
                               ? *row.deadline
                               : Instant{now.ms + options.retry.ambiguous_ms};
  const Doubt doubt = ResolveDoubt(row, deadline);
  change.status = Status::kAmbiguous;
  change.deadline = deadline;
  change.set_next_at = true;
  change.next_at = doubt.step == Doubt::Step::kGiveUp ? std::nullopt : doubt.next_at;
  change.retrying = doubt.step == Doubt::Step::kSendAgain;
  change.release_waiting = !change.next_at;
}

DeliveryChange Engine::Impl::ChangeFor(const Delivery& row, const provider::Outcome& outcome, bool found) {
  using Kind = provider::Outcome::Kind;
  DeliveryChange change = ChangeOf(row, {found ? Status::kAmbiguous : Status::kInFlight});
  HistoryEntry entry = Entry(now, found ? "looked_up" : "attempt", outcome.text);
  entry.attempt = row.attempts;
  entry.outcome = std::string(OutcomeName(outcome.kind));
  entry.code = outcome.status;
  change.entries = {std::move(entry)};
  if (!outcome.reference.empty()) change.reference = outcome.reference;
  change.cost = ReportedCost(row.cost, outcome.price);
  const bool attempts_left = row.round_attempts < options.retry.max_attempts;
  switch (outcome.kind) {
    case Kind::kAccepted:
      change.status = Status::kAccepted;
      change.set_next_at = true;
      change.release_waiting = true;
      break;
    case Kind::kPermanent:
      Fail(change, Diagnostic::Of(DiagnosticCode::refused_by_provider)
                       .With("provider", row.provider)
                       .With("detail", outcome.text));
      change.suppress = SuppressionFor(row, outcome.fault, outcome.text, now);
      break;
    case Kind::kUnknown:
      SettleDoubt(row, change);
      break;
    case Kind::kRetry:
    case Kind::kRateLimited:
      if (!attempts_left) {
        Fail(change, Diagnostic::Of(DiagnosticCode::attempts_used_up)
                         .With("attempts", std::to_string(row.round_attempts))
                         .With("detail", outcome.text));
        break;
      }
      change.status = Status::kDue;
      change.set_next_at = true;
      change.next_at = options.retry.NextAt(
          now, row.round_attempts, row.key,
          outcome.retry_after ? std::optional<int64_t>(outcome.retry_after->count()) : std::nullopt);
      change.retrying = true;
      break;
  }
  const Status status = *change.status;
  if (status == Status::kAccepted || status == Status::kFailed || status == Status::kAmbiguous) {
    change.entries.push_back(Entry(now, std::string(StatusName(status)), change.reason.value_or("")));
  }
  return change;
}

void Engine::Impl::RecordAnswers() {
  {
    const std::lock_guard lock(inbox->mutex);
    unwritten.insert(unwritten.end(), std::make_move_iterator(inbox->answers.begin()),
                     std::make_move_iterator(inbox->answers.end()));
    inbox->answers.clear();
  }
  if (recording || unwritten.empty() || StoreResting()) return;
  auto batch = std::make_shared<std::vector<Answer>>(std::exchange(unwritten, {}));
  std::vector<DeliveryChange> changes;
  std::vector<Written> written;
  for (const Answer& answer : *batch) {
    const auto work = window.find(answer.seq);
    if (work == window.end()) continue;
    if (std::exchange(work->second.gated, false)) {
      gates.Answered(work->second.row.provider, HealthOf(answer.outcome), now);
    }
    changes.push_back(ChangeFor(work->second.row, answer.outcome, work->second.finding));
    // Certainly not taken: by the vendor's word, or because it never came so far.
    using Kind = provider::Outcome::Kind;
    const Kind kind = answer.outcome.kind;
    const bool never_there = kind == Kind::kPermanent && answer.outcome.status == 0;
    if (kind == Kind::kRetry || kind == Kind::kRateLimited || never_there) {
      changes.back().count = GivenBack(work->second);
    }
    written.emplace_back(changes.back());
  }
  recording = true;
  store.ChangeDeliveries(
      std::move(changes), now,
      [this, in = inbox, batch, written = std::move(written)](Result<std::vector<bool>> applied) {
        in->Post(
            [this, batch, written, applied = std::move(applied)] { Recorded(*batch, written, applied); });
      });
}

void Engine::Impl::Recorded(std::vector<Answer>& batch, const std::vector<Written>& written,
                            const Result<std::vector<bool>>& applied) {
  recording = false;
  if (!applied.ok()) {
    // What became of a message must not be lost: it is written once the store can write.
    unwritten.insert(unwritten.begin(), batch.begin(), batch.end());
    return StoreFailed();
  }
  again = true;
  for (size_t i = 0; i < written.size(); ++i) {
    const Written& one = written[i];
    if (one.status == Status::kAccepted) ++accepted;
    if (one.status == Status::kFailed) ++failed;
    if (one.status == Status::kDue) ++retried;
    if (one.status == Status::kAmbiguous) ++ambiguous;
    if (one.retrying) retrying = true;
    if (!(*applied)[i]) {
      inbox->look = true;
    } else if (one.next_at) {
      LookAt(*one.next_at);
    }
    --sending;
    Leave(one.seq);
  }
}

Diagnostics Engine::Impl::RecoverInFlight() {
  int64_t after = 0;
  for (;;) {
    const auto rows = store.InFlightDeliveries(after, kRecoverPage);
    if (!rows.ok()) return rows.error();
    if (rows->empty()) return {};
    std::vector<DeliveryChange> changes;
    const std::string text = MessageOf(Diagnostic::Of(DiagnosticCode::sending_interrupted));
    for (const Delivery& row : *rows) {
      after = row.seq;
      DeliveryChange change{.seq = row.seq, .expected = {Status::kInFlight}};
      HistoryEntry entry = Entry(now, "attempt", text);
      entry.attempt = row.attempts;
      entry.outcome = "unknown";
      change.entries = {std::move(entry), Entry(now, "ambiguous")};
      SettleDoubt(row, change);
      // No answer can come any more: a doubt that sending again clears up need not wait.
      if (change.retrying.value_or(false)) change.next_at = now;
      changes.push_back(std::move(change));
    }
    const auto applied = store::Await<std::vector<bool>>(
        [&](auto done) { store.ChangeDeliveries(std::move(changes), now, done); });
    if (!applied.ok()) return applied.error();
  }
}

}  // namespace recado::dispatch
