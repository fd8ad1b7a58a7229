// When rules run: delays, fields, gaps and overlaps of local time, calendars, quiet hours (formats §1).
#include "tests/core/plan/support.h"

namespace recado::plan {
namespace {

// The due time of a rule with this timing for an item with these fields that entered at `entered`.
std::string Due(std::string_view timing, std::string_view entered, std::string_view deal = "{}",
                std::string_view zone = "Europe/Berlin", std::string_view workspace_patch = "{}",
                std::string_view snapshot_patch = "{}") {
  Json workspace_json = J(
      R"({"calendars":[{"id":"office","week":{"mon":[["09:00","12:00"],["13:00","18:00"]],"tue":[["09:00","18:00"]],
      "wed":[["09:00","18:00"]],"thu":[["09:00","18:00"]],"fri":[["09:00","18:00"]]},"holidays":["2026-12-25"]},
      {"id":"none","week":{}},{"id":"evening","week":{"mon":[["17:00","24:00"]],"wed":[["17:00","20:00"]]}}]})");
  workspace_json["time_zone"] = zone;
  workspace_json.merge_patch(J(workspace_patch));
  Diagnostics remarks;
  const auto workspace = crm::ParseWorkspace(workspace_json, remarks);
  EXPECT_TRUE(workspace.ok()) << Dump(remarks);
  Json rule = SmsRule();
  rule["timing"] = J(timing);
  Json snapshot = SampleSnapshot();
  snapshot["deal"].merge_patch(J(deal));
  snapshot.merge_patch(J(snapshot_patch));
  const auto parsed = crm::ParseSnapshot(snapshot, "deal", remarks);
  EXPECT_TRUE(parsed.ok());
  const rule::ParsedRule read = rule::ParseRule(rule);
  const auto due = DueOf(*read.rule, At(entered), *parsed, *workspace);
  return due.ok() ? FormatInstant(*due) : std::string(CodeName(due.error().front().code));
}

TEST(Due, ImmediatelyIsAtOnce) {
  EXPECT_EQ(Due(R"({"run":"immediately"})", "2026-11-22T09:30:00Z"), "2026-11-22T09:30:00Z");
}

TEST(Due, AfterAddsElapsedTimeForHoursAndLess) {
  EXPECT_EQ(Due(R"({"run":"after","delay":"PT30M"})", "2026-11-22T09:30:00Z"), "2026-11-22T10:00:00Z");
  EXPECT_EQ(Due(R"({"run":"after","delay":"PT1.5S"})", "2026-11-22T09:30:00Z"), "2026-11-22T09:30:01.500Z");
  // Summer time ends in Berlin on 25 October 2026: 24 elapsed hours are not a day.
  EXPECT_EQ(Due(R"({"run":"after","delay":"PT24H"})", "2026-10-24T10:00:00Z"), "2026-10-25T10:00:00Z");
}

TEST(Due, AfterAddsCalendarStepsForDaysWeeksAndMonths) {
  EXPECT_EQ(Due(R"({"run":"after","delay":"P1D"})", "2026-10-24T10:00:00Z"), "2026-10-25T11:00:00Z")
      << "12:00 in Berlin on both days";
  EXPECT_EQ(Due(R"({"run":"after","delay":"P1W"})", "2026-03-25T10:00:00Z"), "2026-04-01T09:00:00Z");
  EXPECT_EQ(Due(R"({"run":"after","delay":"P1M"})", "2026-01-31T10:00:00Z"), "2026-02-28T10:00:00Z");
  EXPECT_EQ(Due(R"({"run":"after","delay":"P1M"})", "2028-01-31T10:00:00Z"), "2028-02-29T10:00:00Z");
  EXPECT_EQ(Due(R"({"run":"after","delay":"P1MT1H"})", "2026-01-31T22:30:00Z"), "2026-02-28T23:30:00Z")
      << "calendar first, then elapsed";
}

TEST(Due, AGapInLocalTimeMeansTheFirstMomentAfterIt) {
  // 02:30 does not exist in Berlin on 29 March 2026.
  EXPECT_EQ(Due(R"({"run":"after","delay":"P1D"})", "2026-03-28T01:30:00Z"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(Due(R"({"run":"at","time":"02:30","field":"deal.delivery_date"})", "2026-03-01T00:00:00Z",
                R"({"delivery_date":"2026-03-29"})"),
            "2026-03-29T01:00:00Z");
}

TEST(Due, AnOverlapInLocalTimeMeansTheEarlierMoment) {
  // 02:30 comes twice in Berlin on 25 October 2026: at 00:30Z and at 01:30Z.
  EXPECT_EQ(Due(R"({"run":"at","time":"02:30","field":"deal.delivery_date"})", "2026-10-01T00:00:00Z",
                R"({"delivery_date":"2026-10-25"})"),
            "2026-10-25T00:30:00Z");
}

TEST(Due, ADateFieldMeansMidnightInTheZone) {
  const char* after = R"({"run":"after","delay":"PT9H","field":"deal.delivery_date"})";
  EXPECT_EQ(Due(after, "2026-11-22T09:30:00Z"), "2026-12-01T08:00:00Z");
  EXPECT_EQ(Due(after, "2026-11-22T09:30:00Z", "{}", "America/Sao_Paulo"), "2026-12-01T12:00:00Z");
  EXPECT_EQ(Due(R"({"run":"after","delay":"PT9H","field":"deal.delivery_date","zone":"client"})",
                "2026-11-22T09:30:00Z"),
            "2026-12-01T12:00:00Z")
      << "the client lives in São Paulo";
}

TEST(Due, BeforeSubtracts) {
  const char* before = R"({"run":"before","delay":"P1D","field":"deal.delivery_date"})";
  EXPECT_EQ(Due(before, "2026-11-22T09:30:00Z"), "2026-11-29T23:00:00Z");
  EXPECT_EQ(Due(before, "2026-11-22T09:30:00Z", R"({"delivery_date":"2026-12-01T15:00:00+01:00"})"),
            "2026-11-30T14:00:00Z");
  EXPECT_EQ(Due(R"({"run":"before","delay":"P1M","field":"deal.delivery_date"})", "2026-01-01T00:00:00Z",
                R"({"delivery_date":"2026-03-31"})"),
            "2026-02-27T23:00:00Z");
}

TEST(Due, AMomentAlreadyPastRunsAtOnce) {
  EXPECT_EQ(Due(R"({"run":"before","delay":"P1D","field":"deal.delivery_date"})", "2026-12-24T09:30:00Z"),
            "2026-12-24T09:30:00Z");
  EXPECT_EQ(Due(R"({"run":"at","time":"10:00","field":"deal.delivery_date"})", "2026-12-24T09:30:00Z"),
            "2026-12-24T09:30:00Z");
}

TEST(Due, AtIsTodayWhereNotPastElseAtOnce) {
  EXPECT_EQ(Due(R"({"run":"at","time":"10:31"})", "2026-11-22T09:30:00Z"), "2026-11-22T09:31:00Z");
  EXPECT_EQ(Due(R"({"run":"at","time":"10:29"})", "2026-11-22T09:30:00Z"), "2026-11-22T09:30:00Z");
  EXPECT_EQ(Due(R"({"run":"at","time":"10:00","field":"deal.delivery_date"})", "2026-11-22T09:30:00Z"),
            "2026-12-01T09:00:00Z");
  // 23:30Z is already tomorrow in Berlin.
  EXPECT_EQ(Due(R"({"run":"at","time":"10:00"})", "2026-11-22T23:30:00Z"), "2026-11-23T09:00:00Z");
}

TEST(Due, AnEmptyDateIsAReason) {
  for (const char* deal : {R"({"delivery_date":null})", R"({"delivery_date":""})",
                           R"({"delivery_date":"soon"})", R"({"delivery_date":7})"}) {
    EXPECT_EQ(
        Due(R"({"run":"before","delay":"P1D","field":"deal.delivery_date"})", "2026-11-22T09:30:00Z", deal),
        "date_missing")
        << deal;
  }
}

// The worked example of formats §1 (HD 21174186): the 15th is a day off, the base is the 14th, a day before
// is the 13th. 15 November 2026 is a Sunday, so the days here are Friday 13th and Thursday 12th; 15 April
// 2026, a Wednesday made a holiday, gives the example's own numbers.
TEST(Due, TheEventOnADayOffMovesBackBeforeTheDelayIsTaken) {
  const char* timing =
      R"({"run":"before","delay":"P1D","field":"deal.delivery_date","business_hours":"office"})";
  const char* holiday =
      R"({"calendars":[{"id":"office","week":{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["09:00","18:00"]]},
      "holidays":["2026-04-15"]}]})";
  EXPECT_EQ(Due(timing, "2026-04-01T00:00:00Z", R"({"delivery_date":"2026-04-15"})", "UTC", holiday),
            "2026-04-13T18:00:00Z");
  EXPECT_EQ(
      Due(timing, "2026-04-01T00:00:00Z", R"({"delivery_date":"2026-04-15T10:00:00Z"})", "UTC", holiday),
      "2026-04-13T18:00:00Z");
  EXPECT_EQ(Due(timing, "2026-11-01T00:00:00Z", R"({"delivery_date":"2026-11-15T10:00:00Z"})", "UTC"),
            "2026-11-12T18:00:00Z");
}

TEST(Due, BusinessHoursShiftForwardsForEverythingElse) {
  // Sunday 22 November 2026.
  EXPECT_EQ(Due(R"({"run":"immediately","business_hours":"office"})", "2026-11-22T09:30:00Z", "{}", "UTC"),
            "2026-11-23T09:00:00Z");
  EXPECT_EQ(
      Due(R"({"run":"after","delay":"PT1H","business_hours":"office"})", "2026-11-22T09:30:00Z", "{}", "UTC"),
      "2026-11-23T10:00:00Z");
  EXPECT_EQ(
      Due(R"({"run":"after","delay":"P1D","business_hours":"office"})", "2026-11-27T10:00:00Z", "{}", "UTC"),
      "2026-11-30T09:00:00Z")
      << "Saturday 10:00 moves to Monday's opening";
}

TEST(Due, WorkingTimeBeginsInclusiveAndEndsExclusive) {
  const char* now = R"({"run":"immediately","business_hours":"office"})";
  EXPECT_EQ(Due(now, "2026-11-23T08:59:59Z", "{}", "UTC"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(Due(now, "2026-11-23T09:00:00Z", "{}", "UTC"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(Due(now, "2026-11-23T11:59:59Z", "{}", "UTC"), "2026-11-23T11:59:59Z");
  EXPECT_EQ(Due(now, "2026-11-23T12:00:00Z", "{}", "UTC"), "2026-11-23T13:00:00Z") << "lunch";
  EXPECT_EQ(Due(now, "2026-11-23T18:00:00Z", "{}", "UTC"), "2026-11-24T09:00:00Z");
  EXPECT_EQ(Due(now, "2026-12-24T18:00:00Z", "{}", "UTC"), "2026-12-28T09:00:00Z")
      << "Christmas, then a weekend";
}

TEST(Due, ACalendarWithoutHoursShiftsNothingAndAnUnknownOneIsAReason) {
  EXPECT_EQ(Due(R"({"run":"immediately","business_hours":"none"})", "2026-11-22T09:30:00Z"),
            "2026-11-22T09:30:00Z");
  EXPECT_EQ(Due(R"({"run":"immediately","business_hours":"other"})", "2026-11-22T09:30:00Z"),
            "unknown_calendar");
}

TEST(Due, ResponsibleHoursAndBusinessHoursMustBothHold) {
  const char* responsible = R"({"responsible":{"id":"U","calendar":"evening"}})";
  EXPECT_EQ(Due(R"({"run":"immediately","responsible_hours":true})", "2026-11-23T08:00:00Z", "{}", "UTC",
                "{}", responsible),
            "2026-11-23T17:00:00Z");
  EXPECT_EQ(Due(R"({"run":"immediately","business_hours":"office","responsible_hours":true})",
                "2026-11-23T18:30:00Z", "{}", "UTC", "{}", responsible),
            "2026-11-25T17:00:00Z")
      << "Monday evening is closed; both hold on Wednesday from 17:00 to 18:00";
  EXPECT_EQ(
      Due(R"({"run":"immediately","responsible_hours":true})", "2026-11-23T08:00:00Z", "{}", "UTC", "{}",
          R"({"responsible":{"id":"U","absences":[{"from":"2026-11-20T00:00:00Z","to":"2026-11-24T07:00:00Z"}]}})"),
      "2026-11-24T07:00:00Z");
}

std::string Allowed(std::string_view due, std::string_view quiet, rule::Channel channel = rule::Channel::kSms,
                    std::string_view zone = "UTC") {
  Diagnostics remarks;
  Json json = J(R"({"time_zone":"Asia/Tokyo"})");
  json["quiet_hours"] = J(quiet);
  const auto workspace = crm::ParseWorkspace(json, remarks);
  Json snapshot = SampleSnapshot();
  snapshot["contacts"][0]["time_zone"] = zone;
  const auto parsed = crm::ParseSnapshot(snapshot, "deal", remarks);
  return FormatInstant(NextAllowed(At(due), channel, *parsed, *workspace));
}

TEST(QuietHours, MoveTheDueTimeToTheirEndInTheClientsZone) {
  const char* night = R"({"from":"21:00","to":"08:00"})";
  EXPECT_EQ(Allowed("2026-11-22T20:59:59Z", night), "2026-11-22T20:59:59Z");
  EXPECT_EQ(Allowed("2026-11-22T21:00:00Z", night), "2026-11-23T08:00:00Z");
  EXPECT_EQ(Allowed("2026-11-22T07:59:59Z", night), "2026-11-22T08:00:00Z");
  EXPECT_EQ(Allowed("2026-11-22T08:00:00Z", night), "2026-11-22T08:00:00Z");
  EXPECT_EQ(Allowed("2026-11-22T03:00:00Z", night, rule::Channel::kCall, "America/Sao_Paulo"),
            "2026-11-22T11:00:00Z");
  EXPECT_EQ(Allowed("2026-11-22T13:30:00Z", R"({"from":"13:00","to":"14:00"})"), "2026-11-22T14:00:00Z");
  EXPECT_EQ(Allowed("2026-11-22T23:30:00Z", R"({"from":"22:00","to":"24:00"})"), "2026-11-23T00:00:00Z");
}

TEST(QuietHours, HoldForSmsAndCallsOnly) {
  const char* night = R"({"from":"21:00","to":"08:00"})";
  EXPECT_EQ(Allowed("2026-11-22T22:00:00Z", night, rule::Channel::kCall), "2026-11-23T08:00:00Z");
  for (const auto channel : {rule::Channel::kEmail, rule::Channel::kChat, rule::Channel::kWhatsApp}) {
    EXPECT_EQ(Allowed("2026-11-22T22:00:00Z", night, channel), "2026-11-22T22:00:00Z");
  }
}

TEST(QuietHours, DoNotSkipInAPlan) {
  const auto workspace = ClosedWorkspace(R"({"quiet_hours":{"from":"05:00","to":"08:00"}})");
  EXPECT_EQ(Answer({SmsRule()}, SampleSnapshot(), workspace)["deliveries"][0]["due"], "2026-11-22T11:00:00Z");
}

}  // namespace
}  // namespace recado::plan
