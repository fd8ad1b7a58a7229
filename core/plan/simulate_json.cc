#include "core/plan/simulate_json.h"

#include <algorithm>
#include <map>

#include "core/base/limits.h"
#include "core/plan/ndjson.h"
#include "core/plan/simulate.h"

namespace recado::plan {
namespace {

// A line with a time, waiting for its turn.
struct Timed {
  Instant at;
  NdjsonLine line;
};

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// Whether the string that ends before `at` is a member's name.
bool IsName(std::string_view line, size_t at) {
  while (at < line.size() && IsSpace(line[at])) ++at;
  return at < line.size() && line[at] == ':';
}

// The text of the event's member `at`, by looking for it instead of parsing: each line is parsed once only,
// at its turn. Nothing where that is not certain (escapes, no such member, broken brackets).
std::optional<std::string_view> PeekTime(std::string_view line) {
  std::optional<std::string_view> found;
  size_t depth = 0;
  bool named = false;  // the value of `at` comes next
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth-- == 0) return std::nullopt;
    if (c != '"') continue;
    const size_t from = i + 1;
    bool escaped = false;
    for (++i; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] != '\\') continue;
      escaped = true;
      ++i;
    }
    if (i >= line.size()) return std::nullopt;
    if (depth != 1) continue;
    if (escaped) return std::nullopt;
    const std::string_view text = line.substr(from, i - from);
    if (IsName(line, i + 1)) {
      named = text == "at";
    } else if (named) {
      found = text;
    }
  }
  return depth == 0 ? found : std::nullopt;
}

// The moment of a line; the reasons where it has none.
Result<Instant> TimeOf(std::string_view line) {
  if (const auto text = PeekTime(line)) {
    if (Result<Instant> at = ParseInstant(*text); at.ok()) return at;
  }
  const Result<Json> json = ParseJson(line);
  if (!json.ok()) return json.error();
  Diagnostics remarks;
  const Result<crm::Event> event = crm::ParseEvent(*json, remarks);
  if (!event.ok()) return event.error();
  return event->at;
}

class Reader {
 public:
  Reader(const SimulationInput& input, OffsetUnit unit, const std::function<void(const Json&)>& entry)
      : input_(input),
        unit_(unit),
        entry_(entry),
        simulation_(input.rules, *input.workspace, input.world, [this](const Happening& h) { Tell(h); }) {}

  SimulationCounts Run(std::string_view events) {
    for (const Timed& timed : InTimeOrder(events)) {
      if (input_.until && timed.at > *input_.until) break;
      const Diagnostics faults = Take(timed.line);
      if (faults.empty()) continue;
      simulation_.Run(Instant{timed.at.ms - 1});  // what happened before the fault is told before it
      Refuse(timed.line.number, faults);
    }
    simulation_.Run(input_.until);
    counts_.waiting = simulation_.waiting();
    return counts_;
  }

 private:
  std::vector<Timed> InTimeOrder(std::string_view events) {
    std::vector<Timed> lines;
    ForEachNdjsonLine(events, [&](const NdjsonLine& line) {
      if (lines.size() == kMaxSimulatedEvents) return TooMany(line);
      const Result<Instant> at = TimeOf(line.text);
      if (!at.ok()) {
        Refuse(line.number, at.error());
        return true;
      }
      lines.push_back({*at, line});
      return true;
    });
    const auto earlier = [](const Timed& a, const Timed& b) { return a.at < b.at; };
    if (!std::is_sorted(lines.begin(), lines.end(), earlier)) {
      std::stable_sort(lines.begin(), lines.end(), earlier);
    }
    return lines;
  }

  bool TooMany(const NdjsonLine& line) {
    Refuse(line.number, {Diagnostic::Of(DiagnosticCode::too_many_items)
                             .With("what", "simulation")
                             .With("actual", std::to_string(kMaxSimulatedEvents) + "+")
                             .With("limit", std::to_string(kMaxSimulatedEvents))});
    return false;
  }

  Diagnostics Take(const NdjsonLine& line) {
    Diagnostics remarks;
    Result<Json> json = ParseJson(line.text);
    if (!json.ok()) return json.TakeError();
    Result<crm::Event> event = crm::ParseEvent(*json, remarks);
    if (!event.ok()) return event.TakeError();
    SnapshotPtr snapshot;
    if (event->snapshot) {
      Result<crm::Snapshot> parsed =
          crm::ParseSnapshot(*event->snapshot, event->entity, remarks, "/snapshot");
      if (!parsed.ok()) return parsed.TakeError();
      snapshot = std::make_shared<const crm::Snapshot>(*std::move(parsed));
    }
    if (const auto first = taken_.find(event->id); first != taken_.end()) {
      const Result<Json> before = ParseJson(first->second);
      if (!before.ok() || crm::CanonicalJson(*before) != crm::CanonicalJson(*json)) {
        return {Diagnostic::Of(DiagnosticCode::event_conflict).At("/id").With("id", event->id)};
      }
      simulation_.TakeAgain(*event, std::move(snapshot));
      return {};
    }
    Diagnostics faults = simulation_.Take(*event, snapshot);
    if (faults.empty()) taken_.emplace(event->id, line.text);
    return faults;
  }

  void Refuse(size_t number, const Diagnostics& faults) {
    ++counts_.faulty;
    entry_({{"line", number}, {"error", ToJson(faults.front(), unit_, input_.language)}});
  }

  void Tell(const Happening& happening) {
    Json json = {{"event", happening.event_id},
                 {"at", FormatInstant(happening.at)},
                 {"entity", happening.entity},
                 {"entity_id", happening.entity_id}};
    if (happening.message != nullptr) {
      ++counts_.sent;
      json.update(DeliveryJson(*happening.intent, *happening.message, unit_));
      return entry_(json);
    }
    const bool again = happening.reason->code == DiagnosticCode::duplicate_event;
    ++(again ? counts_.duplicates : counts_.skipped);
    json.update(SkipJson({std::string(happening.rule_id), *happening.reason}, input_.language));
    if (happening.intent != nullptr) {
      json["key"] = happening.intent->key;
      json["due"] = FormatInstant(happening.intent->due);
    }
    entry_(json);
  }

  const SimulationInput& input_;
  const OffsetUnit unit_;
  const std::function<void(const Json&)>& entry_;
  Simulation simulation_;
  std::map<std::string, std::string_view> taken_;  // event id → its line
  SimulationCounts counts_;
};

}  // namespace

SimulationCounts Simulate(std::string_view events, const SimulationInput& input, OffsetUnit unit,
                          const std::function<void(const Json&)>& entry) {
  return Reader(input, unit, entry).Run(events);
}

}  // namespace recado::plan
