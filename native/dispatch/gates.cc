#include "native/dispatch/gates.h"

#include <algorithm>
#include <cmath>

namespace recado::dispatch {
namespace {

constexpr int64_t kOne = 1'000'000;           // a message or a segment, in a bucket's units
constexpr int64_t kStalledMs = 1'000;         // vendors answer within some hundred milliseconds
constexpr int64_t kMaxPerSecond = 1'000'000;  // more is no limit, and keeps the products below in range
constexpr int64_t kMaxPassedMs = 60'000;      // a bucket is full long before

// "messages_per_second": 0.5 → 500. Rounded once, here; all that follows is whole numbers.
int64_t Milli(const Json& rate, const char* name) {
  const auto found = rate.find(name);
  if (found == rate.end() || !found->is_number()) return 0;
  const double value = std::clamp(found->get<double>(), 0.0, static_cast<double>(kMaxPerSecond));
  return std::max<int64_t>(std::llround(value * 1000), value > 0 ? 1 : 0);
}

}  // namespace

Health HealthOf(const provider::Outcome& outcome) {
  using Kind = provider::Outcome::Kind;
  switch (outcome.kind) {
    case Kind::kAccepted:
    case Kind::kPermanent:
      return Health::kUp;
    case Kind::kRateLimited:
      return Health::kUnsaid;
    case Kind::kRetry:
    case Kind::kUnknown:
      break;
  }
  return outcome.status == 0 || outcome.status >= 500 ? Health::kDown : Health::kUnsaid;
}

int64_t Gates::Bucket::Most() const {
  return std::max(kOne, per_second_milli * kBurstMs);
}

int64_t Gates::Bucket::LevelAt(int64_t passed_ms) const {
  return std::min(Most(), level + per_second_milli * std::clamp<int64_t>(passed_ms, 0, kMaxPassedMs));
}

int64_t Gates::Bucket::WaitFor(int64_t units, int64_t passed_ms) const {
  if (per_second_milli == 0) return 0;
  const int64_t missing = std::min(units * kOne, Most()) - LevelAt(passed_ms);
  return missing <= 0 ? 0 : (missing + per_second_milli - 1) / per_second_milli;
}

void Gates::Configure(const std::vector<provider::Config>& configs, Instant now) {
  for (const provider::Config& config : configs) {
    Gate& gate = GateOf(config.id, now);
    const auto rate = config.settings.find("rate");
    const Json limits = rate != config.settings.end() && rate->is_object() ? *rate : Json::object();
    gate.messages.per_second_milli = Milli(limits, "messages_per_second");
    gate.segments.per_second_milli = Milli(limits, "segments_per_second");
    const auto places = limits.find("concurrent");
    gate.places = options_.in_flight;
    if (places != limits.end() && places->is_number_integer() && places->get<int64_t>() > 0) {
      gate.places = std::min(gate.places, static_cast<size_t>(places->get<int64_t>()));
    }
  }
}

Gates::Gate& Gates::GateOf(std::string_view provider, Instant now) {
  const auto found = gates_.find(provider);
  if (found != gates_.end()) return found->second;
  Gate gate;
  gate.places = options_.in_flight;
  gate.filled = now;
  return gates_.emplace(std::string(provider), gate).first->second;
}

const Gates::Gate* Gates::Find(std::string_view provider) const {
  const auto found = gates_.find(provider);
  return found == gates_.end() ? nullptr : &found->second;
}

Gates::Verdict Gates::Judge(const Gate& gate, int64_t segments, Instant now) const {
  if (gate.open_ms != 0) {
    if (now < gate.open_until) return {.go = false, .open = true, .at = gate.open_until};
    if (gate.probing) return {.go = false, .open = true, .at = {}};
  }
  if (gate.active >= gate.places) return {};
  const int64_t passed = now.ms - gate.filled.ms;
  const int64_t wait = std::max(gate.messages.WaitFor(1, passed), gate.segments.WaitFor(segments, passed));
  if (wait > 0) return {.go = false, .open = false, .at = Instant{now.ms + wait}};
  return {.go = true, .open = false, .at = {}};
}

Gates::Verdict Gates::Look(std::string_view provider, Instant now) const {
  const Gate* gate = Find(provider);
  return gate == nullptr ? Verdict{.go = true, .open = false, .at = {}} : Judge(*gate, 1, now);
}

Gates::Verdict Gates::Ask(std::string_view provider, int64_t segments, Instant now) {
  Gate& gate = GateOf(provider, now);
  const Verdict verdict = Judge(gate, segments, now);
  if (!verdict.go) return verdict;
  const int64_t passed = now.ms - gate.filled.ms;
  gate.messages.level = gate.messages.LevelAt(passed) - kOne;
  gate.segments.level = gate.segments.LevelAt(passed) - segments * kOne;
  gate.filled = now;
  if (gate.active == 0) gate.answered = now;
  ++gate.active;
  if (gate.open_ms != 0) gate.probing = true;
  return verdict;
}

bool Gates::Answered(std::string_view provider, Health health, Instant now) {
  Gate& gate = GateOf(provider, now);
  if (gate.active > 0) --gate.active;
  gate.answered = now;
  if (health == Health::kDown) {
    ++gate.failures;
    // While it is open only the probe's answer counts; those of messages given before come in late.
    const bool opens = gate.open_ms == 0 ? gate.failures >= options_.failures : gate.probing;
    if (opens) {
      gate.open_ms = gate.open_ms == 0 ? options_.open_ms : std::min(gate.open_ms * 2, options_.max_open_ms);
      gate.open_until = Instant{now.ms + gate.open_ms};
    }
    gate.probing = gate.probing && !opens;
    return false;
  }
  const bool was_open = gate.open_ms != 0;
  if (health == Health::kUp) {
    gate.failures = 0;
    gate.open_ms = 0;
  }
  gate.probing = false;
  return was_open && gate.open_ms == 0;
}

void Gates::Left(std::string_view provider) {
  const auto found = gates_.find(provider);
  if (found == gates_.end()) return;
  Gate& gate = found->second;
  if (gate.active > 0) --gate.active;
  gate.probing = false;
}

size_t Gates::Room(std::string_view provider, Instant now) const {
  const Gate* gate = Find(provider);
  if (gate == nullptr) return options_.in_flight;
  if (!Judge(*gate, 1, now).go) return 0;
  size_t room = gate->open_ms != 0 ? 1 : gate->places - gate->active;
  for (const Bucket* bucket : {&gate->messages, &gate->segments}) {
    if (bucket->per_second_milli == 0) continue;
    const int64_t level = bucket->LevelAt(now.ms - gate->filled.ms);
    room = std::min(room, static_cast<size_t>(std::max<int64_t>(level / kOne, 1)));
  }
  return room;
}

size_t Gates::Keep(std::string_view provider, Instant now) const {
  const Gate* gate = Find(provider);
  if (gate == nullptr) return options_.in_flight;
  if (Stalled(provider, now)) return 0;
  if (gate->open_ms != 0) return now < gate->open_until || gate->probing ? 0 : 1;
  size_t keep = options_.in_flight;
  for (const Bucket* bucket : {&gate->messages, &gate->segments}) {
    if (bucket->per_second_milli == 0) continue;
    keep = std::min(keep, static_cast<size_t>(std::max<int64_t>(bucket->per_second_milli / 1000, 1)));
  }
  return keep;
}

bool Gates::Stalled(std::string_view provider, Instant now) const {
  const Gate* gate = Find(provider);
  return gate != nullptr && gate->active > 0 && now.ms - gate->answered.ms >= kStalledMs;
}

std::string Gates::Dump(std::string_view provider) const {
  const Gate* gate = Find(provider);
  if (gate == nullptr) return "unknown";
  std::string out = gate->open_ms == 0 ? "closed" : gate->probing ? "half_open" : "open";
  if (gate->open_ms != 0) out += " until=" + FormatInstant(gate->open_until);
  out += " failures=" + std::to_string(gate->failures) + " active=" + std::to_string(gate->active) + "/" +
         std::to_string(gate->places);
  if (gate->messages.per_second_milli != 0) {
    out += " messages=" + std::to_string(gate->messages.per_second_milli) + "m";
  }
  if (gate->segments.per_second_milli != 0) {
    out += " segments=" + std::to_string(gate->segments.per_second_milli) + "m";
  }
  return out;
}

}  // namespace recado::dispatch
