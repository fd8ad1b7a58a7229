// Gates: how fast, how many at once and whether at all messages may go to each provider.
//
// One gate a provider, three things in it:
//   rate      formats §7 `rate`: a bucket for messages and one for segments. A bucket holds what kBurstMs
//             bring, at least one message, and begins empty: neither a start nor a quiet hour lets more
//             through in a second than the rate says. A message of more segments than the bucket holds goes
//             when it is full, and the bucket owes the rest.
//   places    messages given and not answered: `concurrent`, else Options::in_flight. A provider that hangs
//             holds its own places and nobody else's.
//   breaker   after Options::failures answers in a row that say the provider itself is down (no connection,
//             no answer, 5xx) it opens for open_ms; then one message goes as a probe: its success closes it,
//             its failure opens it again, for twice as long up to max_open_ms.
//
//   if (gates.Ask("sms-main", 2, now).go) …   // took a place and two segments; give the place back with
//   gates.Answered("sms-main", health, now);  // … or Left() where the message never left
//
// Pure state without a clock, in whole numbers. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "native/provider/provider.h"

namespace recado::dispatch {

inline constexpr int64_t kBurstMs = 50;  // what a bucket may save up: covers late wake-ups, no more

// What an answer says of the provider, not of the message.
enum class Health : uint8_t { kUp, kDown, kUnsaid };
Health HealthOf(const provider::Outcome& outcome);

class Gates {
 public:
  struct Options {
    int failures = 10;                 // in a row; fewer are a hiccup of a connection that several shared
    int64_t open_ms = 30'000;          // as long as a restart of a gateway takes
    int64_t max_open_ms = 5 * 60'000;  // an outage is found over soon after it is
    size_t in_flight = 1'024;          // places where the settings name none
  };
  explicit Gates(Options options) : options_(options) {}

  // New settings; what is known of a provider that stays is kept.
  void Configure(const std::vector<provider::Config>& configs, Instant now);

  struct Verdict {
    bool go = false;
    bool open = false;          // refused by the breaker
    std::optional<Instant> at;  // when to ask again; nothing: when an answer has come
  };
  // Whether a message of so many segments may go now; if so it takes its place and its share.
  Verdict Ask(std::string_view provider, int64_t segments, Instant now);
  // The same question for one segment, taking nothing.
  Verdict Look(std::string_view provider, Instant now) const;

  // An answer: the place is free again. True: the breaker has closed by it.
  bool Answered(std::string_view provider, Health health, Instant now);
  // A message that had asked and was not given to the provider after all.
  void Left(std::string_view provider);
  // How many may go now; at most one where a probe is all that may.
  size_t Room(std::string_view provider, Instant now) const;
  // How many are worth keeping in memory for it: what goes within about a second, nothing while it is down.
  size_t Keep(std::string_view provider, Instant now) const;
  // No answer for kStalledMs although some are owed.
  bool Stalled(std::string_view provider, Instant now) const;

  std::string Dump(std::string_view provider) const;  // "open until=… failures=3 active=2 messages=…"

 private:
  struct Bucket {
    int64_t per_second_milli = 0;  // thousandths a second; 0: no limit
    int64_t level = 0;             // millionths of one; below zero: owed
    int64_t Most() const;
    int64_t LevelAt(int64_t passed_ms) const;
    // Milliseconds until `units` may go; 0: now.
    int64_t WaitFor(int64_t units, int64_t passed_ms) const;
  };
  struct Gate {
    Bucket messages, segments;
    size_t places = 0;
    Instant filled;  // when the buckets' levels were true
    size_t active = 0;
    Instant answered;  // the last answer, or the first message since there was none owed
    int failures = 0;
    int64_t open_ms = 0;  // of the last opening; 0: closed
    Instant open_until;
    bool probing = false;
  };
  Verdict Judge(const Gate& gate, int64_t segments, Instant now) const;
  Gate& GateOf(std::string_view provider, Instant now);
  const Gate* Find(std::string_view provider) const;

  Options options_;
  std::map<std::string, Gate, std::less<>> gates_;
};

}  // namespace recado::dispatch
