// Histories on a virtual clock. One line an entry: "22T09:30 evt-1 sms: Hi Ana", or the reason for none.
#include <gmock/gmock.h>

#include "core/plan/simulate_json.h"
#include "tests/core/plan/support.h"

namespace recado::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;

// Two deals go through sales: new → paid → won. All times are of November and December 2026.
Json Move(std::string_view id, std::string_view at, std::string_view to, std::string_view patch = "{}") {
  Json event = Event(SampleSnapshot(), R"({"from":null})");
  event["id"] = id;
  event["at"] = "2026-" + std::string(at) + ":00Z";
  event["to"] = to;
  event["snapshot"]["deal"]["stage"] = to;
  event.merge_patch(J(patch));
  return event;
}

Json Update(std::string_view id, std::string_view at, std::string_view patch = "{}") {
  Json event = Move(id, at, "paid", patch);
  event["type"] = "record_updated";
  event.erase("to");
  return event;
}

Json Delete(std::string_view id, std::string_view at) {
  Json event = Update(id, at);
  event["type"] = "record_deleted";
  event.erase("snapshot");
  return event;
}

Json Bare(Json event) {
  event.erase("snapshot");
  return event;
}

std::string Ndjson(const std::vector<Json>& events) {
  std::string text;
  for (const Json& event : events) text += DumpJson(event) + "\n";
  return text;
}

struct Ran {
  std::vector<Json> entries;
  SimulationCounts counts;
};

Ran RunText(const std::vector<Json>& rules, std::string_view events, std::string_view until = "",
            const crm::Workspace& workspace = {}) {
  std::vector<rule::CompiledRulePtr> compiled;
  for (const Json& rule : rules) compiled.push_back(Compile(rule, workspace));
  SimulationInput input;
  input.rules = compiled;
  input.workspace = &workspace;
  if (!until.empty()) input.until = At(until);
  Ran ran;
  ran.counts = Simulate(events, input, OffsetUnit::kBytes,
                        [&ran](const Json& entry) { ran.entries.push_back(entry); });
  return ran;
}

Lines LinesOf(const Ran& ran) {
  Lines lines;
  for (const Json& entry : ran.entries) {
    if (entry.contains("error")) {
      lines.push_back("line " + DumpJson(entry["line"]) + " " + entry["error"]["code"].get<std::string>());
      continue;
    }
    std::string line = entry["at"].get<std::string>().substr(8, 8) + " " + entry["event"].get<std::string>() +
                       " " + entry["rule"].get<std::string>() + ": ";
    line += entry.contains("reason") ? entry["reason"].get<std::string>()
                                     : entry["content"]["text"].get<std::string>();
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines History(const std::vector<Json>& rules, const std::vector<Json>& events, std::string_view until = "",
              const crm::Workspace& workspace = {}) {
  return LinesOf(RunText(rules, Ndjson(events), until, workspace));
}

Json Named(std::string_view id, std::string_view patch = "{}") {
  Json rule = SmsRule(patch);
  rule["id"] = id;
  return rule;
}

Json After(std::string_view id, std::string_view delay, std::string_view patch = "{}") {
  Json rule = Named(id, patch);
  rule["timing"]["run"] = "after";
  rule["timing"]["delay"] = delay;
  return rule;
}

// --- Deliveries

TEST(Simulate, AnEntryIsADeliveryOfThePlanWithEventAndMoment) {
  const Json event = Move("evt-1", "11-22T09:30", "paid");
  const Ran ran = RunText({SmsRule()}, Ndjson({event}));
  ASSERT_EQ(ran.entries.size(), 1U);
  Json expected = Answer({SmsRule()}, event["snapshot"])["deliveries"][0];
  Json entry = ran.entries[0];
  EXPECT_EQ(entry["event"], "evt-1");
  EXPECT_EQ(entry["at"], "2026-11-22T09:30:00Z");
  EXPECT_EQ(entry["entity"], "deal");
  EXPECT_EQ(entry["entity_id"], "D-7");
  for (const char* extra : {"event", "at", "entity", "entity_id"}) entry.erase(extra);
  EXPECT_EQ(DumpJson(entry), DumpJson(expected));
}

TEST(Simulate, R059_R060_R079_R118_R142_EnteringTheStageSendsTheMailWithTheTrackingNumber) {
  const Json rule = MailRule(R"({"on":{"stage":"delivery"},"action":{"text":"{{ deal.tracking_number }}"}})");
  EXPECT_THAT(
      History({rule}, {Move("evt-1", "11-22T09:30", "paid"), Move("evt-2", "11-23T09:30", "delivery")}),
      ElementsAre("23T09:30 evt-2 mail: PL123"));
}

TEST(Simulate, DelayedRuleRunsAtItsMomentOnTheNewestSnapshot) {
  EXPECT_THAT(History({After("sms", "PT2H")},
                      {Move("evt-1", "11-22T09:30", "paid"),
                       Update("evt-2", "11-22T10:00", R"({"snapshot":{"contacts":[{"first_name":"Eva",
                     "phones":[{"type":"work","value":"+551130910000"}]}]}})")}),
              ElementsAre("22T11:30 evt-1 sms: Hi Eva"));
}

TEST(Simulate, EventsMayComeInAnyOrder) {
  EXPECT_THAT(History({SmsRule()}, {Move("b", "11-22T09:30", "paid"), Move("a", "11-21T09:30", "paid")}),
              ElementsAre("21T09:30 a sms: Hi Ana", "22T09:30 b sms: Hi Ana"));
}

TEST(Simulate, WhatIsDueAtOneMomentRunsByPositionThenKey) {
  EXPECT_THAT(
      History({Named("a", R"({"position":20})"), Named("b", R"({"position":10})"),
               Named("c", R"({"position":-1})")},
              {Move("evt-1", "11-22T09:30", "paid")}),
      ElementsAre("22T09:30 evt-1 c: Hi Ana", "22T09:30 evt-1 b: Hi Ana", "22T09:30 evt-1 a: Hi Ana"));
}

TEST(Simulate, AMomentAlreadyPastRunsAtOnce) {
  EXPECT_THAT(
      History({Named("sms", R"({"timing":{"run":"before","delay":"P30D","field":"deal.delivery_date"}})")},
              {Move("evt-1", "11-22T09:30", "paid")}),
      ElementsAre("22T09:30 evt-1 sms: Hi Ana"));
}

TEST(Simulate, RuleThatDoesNotMatchIsNotMentioned) {
  EXPECT_THAT(History({SmsRule()}, {Move("evt-1", "11-22T09:30", "won")}), IsEmpty());
}

TEST(Simulate, DisabledRuleIsAReasonAtTheEvent) {
  EXPECT_THAT(History({SmsRule(R"({"enabled":false})")}, {Move("evt-1", "11-22T09:30", "paid")}),
              ElementsAre("22T09:30 evt-1 sms: rule_disabled"));
}

// --- Leaving and deleting

TEST(Simulate, LeavingTheStageCancelsWhatHasNotRun) {
  const Ran ran =
      RunText({After("soon", "PT1H"), After("late", "P1D")},
              Ndjson({Move("evt-1", "11-22T09:30", "paid"), Move("evt-2", "11-22T12:00", "won")}));
  EXPECT_THAT(LinesOf(ran), ElementsAre("22T10:30 evt-1 soon: Hi Ana", "22T12:00 evt-1 late: stage_left"));
  EXPECT_EQ(ran.entries[1]["due"], "2026-11-23T09:30:00Z");
  EXPECT_EQ(ran.entries[1]["arguments"]["stage"], "won");
  EXPECT_EQ(ran.entries[1]["key"], IntentKey("late", "deal", "D-7", "evt-1", "sms"));
}

TEST(Simulate, WhatIsDueAtTheVeryMomentOfLeavingStillRunsOnWhatWasKnownAtTheEntry) {
  EXPECT_THAT(History({After("sms", "PT1H")}, {Move("evt-1", "11-22T09:30", "paid"),
                                               Move("evt-2", "11-22T10:30", "won",
                                                    R"({"snapshot":{"contacts":[{"first_name":"Eva"}]}})")}),
              ElementsAre("22T10:30 evt-1 sms: Hi Ana"));
}

TEST(Simulate, EnteringAgainAfterLeavingRunsAgain) {
  EXPECT_THAT(History({After("sms", "PT1H")},
                      {Move("evt-1", "11-22T09:00", "paid"), Move("evt-2", "11-22T09:30", "new"),
                       Move("evt-3", "11-22T10:00", "paid")}),
              ElementsAre("22T09:30 evt-1 sms: stage_left", "22T11:00 evt-3 sms: Hi Ana"));
}

TEST(Simulate, AnotherPipelineIsAnotherStage) {
  EXPECT_THAT(
      History({After("sms", "PT1H")}, {Move("evt-1", "11-22T09:00", "paid"),
                                       Move("evt-2", "11-22T09:30", "paid", R"({"pipeline":"other"})")}),
      ElementsAre("22T09:30 evt-1 sms: stage_left"));
}

TEST(Simulate, AnotherItemsExitChangesNothing) {
  EXPECT_THAT(
      History({After("sms", "PT1H")}, {Move("evt-1", "11-22T09:00", "paid"),
                                       Move("evt-2", "11-22T09:30", "won", R"({"entity_id":"D-8"})")}),
      ElementsAre("22T10:00 evt-1 sms: Hi Ana"));
}

TEST(Simulate, DeletedRecordStopsWhatHasNotRun) {
  EXPECT_THAT(History({After("sms", "PT1H"), After("late", "P1D")},
                      {Move("evt-1", "11-22T09:30", "paid"), Delete("evt-2", "11-22T10:30")}),
              ElementsAre("22T10:30 evt-1 sms: record_deleted", "22T10:30 evt-1 late: record_deleted"));
}

// --- Newer data

TEST(Simulate, UpdateMovesTheMomentUntilItIsDue) {
  const Json rule = Named("sms", R"({"timing":{"run":"before","delay":"P1D","field":"deal.delivery_date"}})");
  const Json moved =
      Update("evt-2", "11-23T08:00", R"({"snapshot":{"deal":{"delivery_date":"2026-11-26"}}})");
  // 1 December in São Paulo begins at 03:00Z.
  EXPECT_THAT(History({rule}, {Move("evt-1", "11-22T09:30", "paid")}),
              ElementsAre("30T03:00 evt-1 sms: Hi Ana"));
  EXPECT_THAT(History({rule}, {Move("evt-1", "11-22T09:30", "paid"), moved}),
              ElementsAre("25T03:00 evt-1 sms: Hi Ana"));
  // A date so early that its moment is past: at once.
  EXPECT_THAT(History({rule}, {Move("evt-1", "11-22T09:30", "paid"),
                               Update("evt-2", "11-23T08:00",
                                      R"({"snapshot":{"deal":{"delivery_date":"2026-11-01"}}})")}),
              ElementsAre("23T08:00 evt-1 sms: Hi Ana"));
  // Too late to move it, but not to be what is sent.
  EXPECT_THAT(
      History({rule}, {Move("evt-1", "11-22T09:30", "paid"),
                       Update("evt-2", "11-30T03:00",
                              R"({"snapshot":{"deal":{"delivery_date":"2026-12-26"},"contacts":null}})")}),
      ElementsAre("30T03:00 evt-1 sms: Hi "))
      << "to the company, which has no first name";
}

TEST(Simulate, UpdateWithoutADateKeepsTheMoment) {
  EXPECT_THAT(
      History({Named("sms", R"({"timing":{"run":"before","delay":"P1D","field":"deal.delivery_date"}})")},
              {Move("evt-1", "11-22T09:30", "paid"),
               Update("evt-2", "11-23T08:00", R"({"snapshot":{"deal":{"delivery_date":null}}})")}),
      ElementsAre("30T03:00 evt-1 sms: Hi Ana"));
}

TEST(Simulate, ConditionAndRecipientAreDecidedWhenDue) {
  Json rule = After("sms", "PT1H");
  rule["conditions"] = J(R"({"all":[{"field":"deal.title","op":"eq","value":"Two bikes"}]})");
  EXPECT_THAT(
      History({rule}, {Move("evt-1", "11-22T09:30", "paid"),
                       Update("evt-2", "11-22T10:00", R"({"snapshot":{"deal":{"title":"One bike"}}})")}),
      ElementsAre("22T10:30 evt-1 sms: condition_false"));
}

// --- Events without a snapshot

TEST(Simulate, EventWithoutSnapshotTakesTheNewestKnownInItsNewStage) {
  EXPECT_THAT(
      History(
          {SmsRule(R"({"action":{"text":"{{ deal.stage }}/{{ deal.pipeline }} {{ client.first_name }}"}})")},
          {Move("evt-1", "11-22T09:00", "new"), Bare(Move("evt-2", "11-22T09:30", "paid"))}),
      ElementsAre("22T09:30 evt-2 sms: paid/sales Ana"));
}

TEST(Simulate, EventWithoutAnySnapshotIsAnErrorOfItsLine) {
  const Ran ran = RunText(
      {SmsRule()}, Ndjson({Bare(Move("evt-1", "11-22T09:00", "paid")), Bare(Update("evt-2", "11-22T09:00")),
                           Move("evt-3", "11-22T10:00", "paid")}));
  EXPECT_THAT(LinesOf(ran),
              ElementsAre("line 1 missing_member", "line 2 missing_member", "22T10:00 evt-3 sms: Hi Ana"));
  EXPECT_EQ(ran.entries[0]["error"]["path"], "/snapshot");
  EXPECT_EQ(ran.counts.faulty, 2U);
}

TEST(Simulate, ManyMovesWithoutSnapshotDoNotPileUp) {
  std::string text = Ndjson({Move("first", "11-22T09:00", "new")});
  const std::string moves[] = {DumpJson(Bare(Move("#", "11-22T09:30", "other"))) + "\n",
                               DumpJson(Bare(Move("#", "11-22T09:30", "new"))) + "\n"};
  for (int i = 0; i < 20'000; ++i) {
    std::string line = moves[i % 2];
    text += line.replace(line.find('#'), 1, std::to_string(i));
  }
  text += DumpJson(Bare(Move("last", "11-22T10:00", "paid"))) + "\n";
  EXPECT_THAT(LinesOf(RunText({SmsRule()}, text)), ElementsAre("22T10:00 last sms: Hi Ana"));
}

// --- Waiting for the one before

TEST(Simulate, WaitForPreviousWaitsForLowerPositionsOnly) {
  const Json waits = Named("b", R"({"position":10,"timing":{"run":"immediately","wait_for_previous":true}})");
  const std::vector<Json> events = {Move("evt-1", "11-22T09:30", "paid")};
  EXPECT_THAT(History({After("a", "PT1H"), waits}, events),
              ElementsAre("22T10:30 evt-1 a: Hi Ana", "22T10:30 evt-1 b: Hi Ana"));
  EXPECT_THAT(History({After("a", "PT1H", R"({"position":10})"), waits}, events),
              ElementsAre("22T09:30 evt-1 b: Hi Ana", "22T10:30 evt-1 a: Hi Ana"));
}

TEST(Simulate, WaitForPreviousGoesOnWhenTheOneBeforeIsSkippedOrOff) {
  const Json waits = Named("b", R"({"position":10,"timing":{"run":"immediately","wait_for_previous":true}})");
  EXPECT_THAT(History({After("a", "PT1H", R"({"action":{"phone_type":"pager"}})"), waits},
                      {Move("evt-1", "11-22T09:30", "paid")}),
              ElementsAre("22T10:30 evt-1 a: no_phone_of_type", "22T10:30 evt-1 b: Hi Ana"));
  EXPECT_THAT(
      History({After("a", "PT1H", R"({"enabled":false})"), waits}, {Move("evt-1", "11-22T09:30", "paid")}),
      ElementsAre("22T09:30 evt-1 a: rule_disabled", "22T09:30 evt-1 b: Hi Ana"));
}

TEST(Simulate, AChainOfWaitingRulesEndsInItsOrder) {
  const char* waits = R"({"position":%,"timing":{"run":"immediately","wait_for_previous":true}})";
  const auto at = [waits](const char* id, const std::string& position) {
    std::string patch = waits;
    return Named(id, patch.replace(patch.find('%'), 1, position));
  };
  EXPECT_THAT(History({at("d", "3"), at("c", "2"), at("b", "1"), After("a", "PT5M")},
                      {Move("evt-1", "11-22T09:30", "paid")}),
              ElementsAre("22T09:35 evt-1 a: Hi Ana", "22T09:35 evt-1 b: Hi Ana", "22T09:35 evt-1 c: Hi Ana",
                          "22T09:35 evt-1 d: Hi Ana"));
}

TEST(Simulate, LeavingCancelsWhatWaitsForPreviousToo) {
  EXPECT_THAT(
      History({After("a", "PT1H"),
               Named("b", R"({"position":10,"timing":{"run":"immediately","wait_for_previous":true}})")},
              {Move("evt-1", "11-22T09:30", "paid"), Move("evt-2", "11-22T10:00", "won")}),
      ElementsAre("22T10:00 evt-1 b: stage_left", "22T10:00 evt-1 a: stage_left"));
}

TEST(Simulate, WaitingIsForTheSameEntryOnly) {
  EXPECT_THAT(
      History({After("a", "PT1H"),
               Named("b", R"({"position":10,"timing":{"run":"immediately","wait_for_previous":true}})")},
              {Move("evt-1", "11-22T09:30", "paid"),
               Move("evt-2", "11-22T10:00", "paid", R"({"entity_id":"D-8"})")}),
      ElementsAre("22T10:30 evt-1 a: Hi Ana", "22T10:30 evt-1 b: Hi Ana", "22T11:00 evt-2 a: Hi Ana",
                  "22T11:00 evt-2 b: Hi Ana"));
}

// --- Quiet hours

TEST(Simulate, QuietHoursMoveSmsAndNotMail) {
  const crm::Workspace quiet = ClosedWorkspace(R"({"quiet_hours":{"from":"21:00","to":"08:00"}})");
  // 23:30Z is 20:30 in São Paulo, an hour later it is quiet.
  const Ran ran = RunText({After("sms", "PT1H"), MailRule(R"({"timing":{"run":"after","delay":"PT1H"}})")},
                          Ndjson({Move("evt-1", "11-22T23:30", "paid")}), "", quiet);
  EXPECT_THAT(LinesOf(ran), ElementsAre("23T00:30 evt-1 mail: Hi Ana", "23T11:00 evt-1 sms: Hi Ana"));
  EXPECT_EQ(ran.entries[1]["due"], "2026-11-23T11:00:00Z");
}

TEST(Simulate, QuietHoursHoldWhatHadToWaitForPreviousToo) {
  const crm::Workspace quiet = ClosedWorkspace(R"({"quiet_hours":{"from":"21:00","to":"08:00"}})");
  EXPECT_THAT(
      History({MailRule(R"({"timing":{"run":"after","delay":"PT1H"}})"),
               Named("sms", R"({"position":10,"timing":{"run":"immediately","wait_for_previous":true}})")},
              {Move("evt-1", "11-22T23:30", "paid")}, "", quiet),
      ElementsAre("23T00:30 evt-1 mail: Hi Ana", "23T11:00 evt-1 sms: Hi Ana"));
}

// --- The end of the clock

TEST(Simulate, UntilIsInclusiveAndLeavesTheRest) {
  const std::string events =
      Ndjson({Move("evt-1", "11-22T09:30", "paid"), Move("evt-2", "11-22T12:00", "won")});
  const std::vector<Json> rules = {After("a", "PT1H"), After("b", "P1D")};
  const Ran before = RunText(rules, events, "2026-11-22T10:29:59Z");
  EXPECT_THAT(LinesOf(before), IsEmpty());
  EXPECT_EQ(before.counts.waiting, 2U);
  const Ran at = RunText(rules, events, "2026-11-22T10:30:00Z");
  EXPECT_THAT(LinesOf(at), ElementsAre("22T10:30 evt-1 a: Hi Ana"));
  EXPECT_EQ(at.counts.waiting, 1U);
  EXPECT_EQ(LinesOf(RunText(rules, events, "2026-11-22T12:00:00Z")).size(), 2U);
}

// --- The same event again

TEST(Simulate, TheSameEventAgainDoesNothing) {
  const Json event = Move("evt-1", "11-22T09:30", "paid");
  Json shuffled = Json::object();
  for (auto it = event.rbegin(); it != event.rend(); ++it) shuffled[it.key()] = it.value();
  const Ran ran = RunText({SmsRule(), MailRule(R"({"enabled":false})")}, Ndjson({event, shuffled}));
  EXPECT_THAT(LinesOf(ran),
              ElementsAre("22T09:30 evt-1 mail: rule_disabled", "22T09:30 evt-1 mail: duplicate_event",
                          "22T09:30 evt-1 sms: duplicate_event", "22T09:30 evt-1 sms: Hi Ana"));
  EXPECT_EQ(ran.counts.sent, 1U);
  EXPECT_EQ(ran.counts.duplicates, 2U);
  EXPECT_EQ(ran.counts.skipped, 1U);
}

TEST(Simulate, TheSameIdWithAnotherValueIsAnError) {
  const Ran ran = RunText(
      {SmsRule()}, Ndjson({Move("evt-1", "11-22T09:30", "paid"), Move("evt-1", "11-22T09:31", "paid")}));
  EXPECT_THAT(LinesOf(ran), ElementsAre("22T09:30 evt-1 sms: Hi Ana", "line 2 event_conflict"));
  EXPECT_EQ(ran.entries[1]["error"]["path"], "/id");
}

TEST(Simulate, AFaultyEventDoesNotTakeItsId) {
  EXPECT_THAT(History({SmsRule()},
                      {Bare(Move("evt-1", "11-22T09:30", "paid")), Move("evt-1", "11-22T09:31", "paid")}),
              ElementsAre("line 1 missing_member", "22T09:31 evt-1 sms: Hi Ana"));
}

// --- What is no event

TEST(Simulate, FaultyLinesSayWhyAndTheRestGoesOn) {
  const std::string good = DumpJson(Move("evt-1", "11-22T09:30", "paid"));
  const std::string events = "{broken\n\n[]\n{\"at\":5}\n  \n" + good +
                             "\n{\"at\":\"2026-11-22T09:30:00Z\"}\n{\"id\":\"x\",\"at\":\"yesterday\"}\n";
  EXPECT_THAT(LinesOf(RunText({SmsRule()}, events)),
              ElementsAre("line 1 invalid_json", "line 3 wrong_type", "line 4 missing_member",
                          "line 8 missing_member", "line 7 missing_member", "22T09:30 evt-1 sms: Hi Ana"));
}

TEST(Simulate, TheMomentIsFoundHoweverItIsWritten) {
  const Json event = Move("evt-1", "11-22T09:30", "paid");
  const std::string line = DumpJson(event);
  const auto with = [&line](const std::string& from, const std::string& to) {
    std::string changed = line;
    const size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    return LinesOf(RunText({SmsRule()}, changed));
  };
  const std::string moment = R"("at":"2026-11-22T09:30:00Z")";
  EXPECT_THAT(with(moment, R"("a\u0074":"2026-11-22T09:30:00Z")"), ElementsAre("22T09:30 evt-1 sms: Hi Ana"));
  EXPECT_THAT(with(moment, R"("at" : "2026-11-22T10:30:00+01:00")"),
              ElementsAre("22T09:30 evt-1 sms: Hi Ana"));
  EXPECT_THAT(with(moment, R"("at":"2026-11-21T09:30:00Z","at":"2026-11-22T09:30:00Z")"),
              ElementsAre("22T09:30 evt-1 sms: Hi Ana"));
  EXPECT_THAT(with(R"("id":"evt-1")", R"("id":"at")"), ElementsAre("22T09:30 at sms: Hi Ana"));
  EXPECT_THAT(with(R"("title":"Two bikes")", R"("at":"2020-01-01T00:00:00Z")"),
              ElementsAre("22T09:30 evt-1 sms: Hi Ana"))
      << "the deal's own `at` is not the event's";
}

// --- Whatever comes, in whatever order

// Histories of a few items by a fixed generator: every entry stands in time order, every intent ends once,
// and the order of the lines changes nothing.
TEST(Simulate, GeneratedHistoriesEndEveryIntentOnceAndInOrder) {
  const std::vector<Json> rules = {
      SmsRule(), After("b", "PT45M", R"({"position":5})"), After("c", "P2D", R"({"position":7})"),
      Named("d", R"({"position":9,"timing":{"run":"immediately","wait_for_previous":true}})"),
      MailRule(R"({"timing":{"run":"before","delay":"P1D","field":"deal.delivery_date"}})")};
  uint32_t state = 7;
  const auto random = [&state](uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  for (int round = 0; round < 20; ++round) {
    std::vector<Json> events;
    for (int i = 0; i < 40; ++i) {
      const uint32_t minute = random(60);
      const std::string at = "11-" + std::to_string(10 + random(15)) + "T1" + std::to_string(random(10)) +
                             ":" + (minute < 10 ? "0" : "") + std::to_string(minute);
      const std::string id = "evt-" + std::to_string(i);
      const uint32_t kind = random(8);
      Json event =
          kind < 5 ? Move(id, at, kind < 3 ? "paid" : "won")
          : kind == 5
              ? Delete(id, at)
              : Update(id, at, kind == 6 ? R"({"snapshot":{"deal":{"delivery_date":"2026-11-18"}}})" : "{}");
      event["entity_id"] = "D-" + std::to_string(random(3));
      events.push_back(std::move(event));
    }
    const Ran ran = RunText(rules, Ndjson(events));
    std::string last;
    std::map<std::string, int> ended;
    for (const Json& entry : ran.entries) {
      ASSERT_FALSE(entry.contains("error")) << DumpJson(entry);
      EXPECT_LE(last, entry["at"].get<std::string>());
      last = entry["at"];
      EXPECT_TRUE(entry.contains("reason") || entry["due"].get<std::string>() <= last) << DumpJson(entry);
      ++ended[entry["key"].get<std::string>()];
    }
    size_t entries = 0;
    for (const Json& event : events) {
      if (event["type"] == "stage_changed" && event["to"] == "paid") entries += rules.size();
    }
    EXPECT_EQ(ended.size(), entries);
    for (const auto& [key, times] : ended) EXPECT_EQ(times, 1) << key;
    EXPECT_EQ(ran.counts.waiting, 0U);
  }
}

}  // namespace
}  // namespace recado::plan
