// The same histories through the engine, on a real store, and through core's simulation: every intent must
// have the same key, the same moment and the same end. What a person sees in `recado simulate` is then what
// the service does.
//
// One thing is left out: an event in the very millisecond in which something is due. The simulation takes the
// event first; the service does whichever it comes to first.
#include <algorithm>
#include <map>

#include "core/plan/simulate.h"
#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

constexpr int64_t kMinute = 60'000;
constexpr int64_t kQuarter = 15 * kMinute;

// A small generator with a fixed seed (Knuth's MMIX constants).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  int64_t Below(int64_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int64_t>(state_ >> 33) % bound;
  }
  bool OneIn(int64_t n) { return Below(n) == 0; }

 private:
  uint64_t state_;
};

constexpr const char* kSms =
    R"("action":{"type":"send_sms","text":"Hi {{ contact.first_name }}","provider":"sms-main"})";

// Rules of the stages paid and won: at once and later, waiting, conditioned, faulty for some records.
std::vector<Json> Rules() {
  const auto rule = [](const std::string& id, const std::string& more, const std::string& stage = "paid",
                       const std::string& action = kSms) {
    return *ParseJson(R"({"id":")" + id + R"(","on":{"entity":"deal","pipeline":"sales","stage":")" + stage +
                      "\"}," + more + (more.empty() ? "" : ",") + action + "}");
  };
  return {
      rule("at-once", ""),
      rule("in-45-minutes", R"("position":1,"timing":{"run":"after","delay":"PT45M"})"),
      rule("tomorrow", R"("position":2,"timing":{"run":"after","delay":"P1D","zone":"client"})"),
      rule("waits", R"("position":3,"timing":{"run":"immediately","wait_for_previous":true})"),
      rule("before-closing", R"("timing":{"run":"before","delay":"P1D","field":"deal.close_date"})"),
      rule(
          "large-ones",
          R"("position":4,"timing":{"run":"after","delay":"PT30M"},"conditions":{"all":[{"field":"deal.amount","op":"ge","value":"100"}]})"),
      rule("off", R"("enabled":false)"),
      rule(
          "divides", R"("timing":{"run":"after","delay":"PT15M"})", "paid",
          R"("action":{"type":"send_sms","text":"{{ 12 | divided_by: deal.pieces }}","provider":"sms-main"})"),
      rule("mail", "", "paid", R"("action":{"type":"send_email","subject":"Hi","text":"Hi"})"),
      rule("at-ten", R"("timing":{"run":"at","time":"10:00"})", "won"),
      rule("waits-too", R"("position":9,"timing":{"run":"after","delay":"PT15M","wait_for_previous":true})",
           "won"),
      rule("unconnected", R"("position":5)", "won",
           R"("action":{"type":"send_sms","text":"Hi","provider":"other"})"),
  };
}

using Ends = std::map<std::string, std::string>;  // key → "rule event due outcome"

std::string EndOf(const std::string& rule, const std::string& event, const std::string& due,
                  const std::string& outcome) {
  return rule + " " + event + " " + due + " " + outcome;
}

// What was never planned has no moment.
bool HasMoment(const std::string& outcome) {
  return outcome != "rule_disabled" && outcome != "rule_invalid" && outcome != "date_missing";
}

class HistoryTest : public DispatchTest {
 protected:
  void PutRules() {
    for (const Json& rule : Rules()) {
      store::PutRule put{.id = rule["id"],
                         .document = DumpJson(rule),
                         .publish = true,
                         .if_match = {},
                         .by = "",
                         .now = now_};
      ASSERT_TRUE(Await<store::RuleRow>([&](auto done) { store_->PutRule(put, done); }).ok());
    }
  }

  // Events of one round, earliest first. Items stand where their last event put them.
  std::vector<Json> Events(Random& random, int round) {
    static constexpr const char* kStages[] = {"new", "paid", "paid", "won"};
    std::map<std::string, std::string> stages;
    std::vector<Json> events;
    Instant at{now_.ms + kMinute};
    for (int i = 0; i < 14; ++i) {
      if (!random.OneIn(4)) {  // else together with the one before
        at.ms +=
            kQuarter * (random.OneIn(5) ? random.Below(120) : random.Below(4)) + 1 + random.Below(kQuarter);
      }
      const std::string item = "D-" + std::to_string(round) + "-" + std::to_string(random.Below(3));
      std::string& stage = stages[item];
      const int64_t kind = random.Below(10);
      if (kind < 7 || stage.empty()) stage = kStages[random.Below(4)];
      Json event = Event("e-" + std::to_string(round) + "-" + std::to_string(i), item, stage);
      event["at"] = FormatInstant(at);
      event["snapshot"] = Snapshot(random, item, stage, at);
      if (kind >= 7 && events.size() > 2) event["type"] = kind == 9 ? "record_deleted" : "record_updated";
      if (event["type"] != "stage_changed") event.erase("to");
      if (event["type"] == "record_deleted") event.erase("snapshot");
      events.push_back(std::move(event));
    }
    return events;
  }

  Json Snapshot(Random& random, const std::string& item, const std::string& stage, Instant at) {
    Json snapshot = SnapshotOf(item, stage, random.OneIn(2) ? "Ana" : "Eva");
    Json& contact = snapshot["contacts"][0];
    contact["id"] = "C-" + item;
    contact["time_zone"] = random.OneIn(2) ? "America/Sao_Paulo" : "Europe/Berlin";
    if (random.OneIn(6)) contact["phones"] = Json::array();
    if (random.OneIn(8)) contact["consent"]["suppressed"] = {"+4915112345678"};
    Json& deal = snapshot["deal"];
    deal["pieces"] = random.Below(3);
    deal["amount"] = {{"amount", std::to_string(random.Below(200))},
                      {"currency", random.OneIn(6) ? "USD" : "EUR"}};
    if (!random.OneIn(3)) {
      deal["close_date"] = FormatInstant(Instant{at.ms + random.Below(4) * 24 * 60 * kMinute}).substr(0, 10);
    }
    return snapshot;
  }

  // The engine, tick by tick: it is woken whenever it asks to be, and events of one moment come together.
  void RunEngine(const std::vector<Json>& events) {
    for (size_t i = 0; i < events.size();) {
      const Instant at = *ParseInstant(events[i]["at"].get<std::string>());
      WakeUntil(Instant{at.ms - 1});
      now_ = at;
      std::vector<Json> batch;
      for (; i < events.size() && events[i]["at"] == FormatInstant(at); ++i) batch.push_back(events[i]);
      const auto answer = Ingest(std::move(batch));
      ASSERT_TRUE(answer.ok()) << Dump(answer.error().diagnostics);
      engine_->Settle(now_);
    }
    WakeUntil(Instant{now_.ms + 30LL * 24 * 60 * kMinute});
    Flush();
  }

  void WakeUntil(Instant end) {
    for (int wakes = 0; wakes < 10'000; ++wakes) {
      const auto next = engine_->NextWakeup();
      if (!next || *next > end) break;
      now_ = std::max(now_, *next);
      engine_->Settle(now_);
    }
    now_ = std::max(now_, end);
    engine_->Settle(now_);
  }

  // Of the items whose id begins with `prefix`.
  Ends EngineEnds(const std::string& prefix) {
    Ends ends;
    store::DeliveryFilter filter;
    for (bool more = true; more;) {
      const auto rows = store_->ListDeliveries(filter);
      EXPECT_TRUE(rows.ok());
      more = rows.ok() && !rows->empty();
      if (!more) break;
      filter.before_seq = rows->back().seq;
      for (const Delivery& row : *rows) {
        if (!row.entity_id.starts_with(prefix)) continue;
        const std::string outcome = row.status == Status::kAccepted    ? "sent"
                                    : row.status == Status::kSkipped   ? row.reason
                                    : row.status == Status::kCancelled ? row.reason
                                                                       : std::string(StatusName(row.status));
        ends[row.key] =
            EndOf(row.rule_id, row.event_id, HasMoment(outcome) ? FormatInstant(row.due) : "-", outcome);
      }
    }
    return ends;
  }

  Ends SimulatedEnds(const std::vector<Json>& events) {
    const crm::Workspace workspace = engine_->workspace();
    const crm::Schema schema = engine_->schema();
    std::vector<rule::CompiledRulePtr> rules;
    for (const Json& rule : Rules()) rules.push_back(rule::CheckRule(rule, schema, workspace).rule);
    Ends ends;
    plan::Simulation simulation(rules, workspace, {}, [&](const plan::Happening& happening) {
      const std::string rule_id(happening.rule_id);
      const auto rule =
          std::find_if(rules.begin(), rules.end(), [&](const auto& r) { return r->rule.id == rule_id; });
      const std::string key = plan::IntentKey(rule_id, happening.entity, happening.entity_id,
                                              happening.event_id, rule::ChannelName((*rule)->rule.channel()));
      const std::string outcome =
          happening.message != nullptr ? "sent" : std::string(CodeName(happening.reason->code));
      const std::string due = happening.intent != nullptr ? FormatInstant(happening.intent->due) : "-";
      EXPECT_TRUE(happening.intent == nullptr || happening.intent->key == key);
      EXPECT_TRUE(ends.emplace(key, EndOf(rule_id, std::string(happening.event_id), due, outcome)).second)
          << "an intent ends once";
    });
    for (const Json& json : events) {
      Diagnostics remarks;
      const auto event = crm::ParseEvent(json, remarks);
      EXPECT_TRUE(event.ok());
      plan::SnapshotPtr snapshot;
      if (event->snapshot) {
        auto parsed = crm::ParseSnapshot(*event->snapshot, event->entity, remarks);
        EXPECT_TRUE(parsed.ok());
        snapshot = std::make_shared<const crm::Snapshot>(*std::move(parsed));
      }
      const Diagnostics faults = simulation.Take(*event, snapshot);
      EXPECT_TRUE(faults.empty()) << Dump(faults);
    }
    simulation.Run({});
    EXPECT_EQ(simulation.waiting(), 0U);
    return ends;
  }

  // Rounds of generated histories; `outcomes` counts what they ended with.
  void Compare(int rounds, uint64_t seed, std::map<std::string, int>& outcomes) {
    Random random(seed);
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
      const std::vector<Json> events = Events(random, round);
      RunEngine(events);
      const Ends engine = EngineEnds("D-" + std::to_string(round) + "-");
      const Ends simulated = SimulatedEnds(events);
      std::string history;
      for (const Json& event : events) {
        // What the rules look at says enough of a snapshot.
        Json line = event;
        line.erase("snapshot");
        if (event.contains("snapshot")) {
          line["deal"] = event["snapshot"]["deal"];
          line["contact"] = event["snapshot"]["contacts"][0];
        }
        history += DumpJson(line) + "\n";
      }
      SCOPED_TRACE(history);
      for (const auto& [key, end] : simulated) {
        const auto found = engine.find(key);
        EXPECT_EQ(found == engine.end() ? "" : found->second, end);
        ++outcomes[end.substr(end.rfind(' ') + 1)];
      }
      for (const auto& [key, end] : engine) EXPECT_EQ(simulated.count(key), 1U) << "only the engine: " << end;
    }
  }
};

TEST_F(HistoryTest, EngineAndSimulationEndEveryIntentAlike) {
  PutWorkspace(
      R"({"name":"Shop","default_region":"DE","language":"en","time_zone":"Europe/Berlin","currency":"EUR"})");
  PutRules();
  std::map<std::string, int> outcomes;
  Compare(25, 7, outcomes);
  for (const char* wanted :
       {"sent", "stage_left", "record_deleted", "rule_disabled", "condition_false", "currency_mismatch",
        "template_error", "no_mailbox", "no_phone", "suppressed", "no_provider", "date_missing"}) {
    EXPECT_GT(outcomes[wanted], 0) << wanted << " never came up";
  }
}

TEST_F(HistoryTest, WithQuietHoursToo) {
  PutWorkspace(
      R"({"name":"Shop","default_region":"DE","language":"en","time_zone":"Europe/Berlin","currency":"EUR",
                   "quiet_hours":{"from":"20:00","to":"08:30"}})");
  PutRules();
  std::map<std::string, int> outcomes;
  Compare(25, 8, outcomes);
  EXPECT_GT(outcomes["sent"], 50);
}

}  // namespace
}  // namespace recado::dispatch
