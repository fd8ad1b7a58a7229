#include "tests/core/rule/analysis_support.h"

namespace recado::rule {
namespace {

TEST(TimingAnalysis, FieldThatTheConditionsRequireEmptyGivesNoMoment) {
  const auto findings = [](std::string_view conditions, std::string_view timing) {
    Json rule = RuleWith("{}");
    rule["conditions"] = J(conditions);
    rule["timing"] = J(timing);
    return Brief(Findings(rule), {"field"});
  };
  const std::string_view empty =
      R"({"all":[{"field":"deal.due","op":"empty"},{"field":"deal.vip","op":"eq","value":true}]})";
  const std::string_view either =
      R"({"any":[{"field":"deal.due","op":"empty"},{"field":"deal.vip","op":"eq","value":true}]})";
  const std::string_view before = R"({"run":"before","delay":"P1D","field":"deal.due"})";
  EXPECT_EQ(findings(empty, before), "warning timing_never /timing/field field=deal.due");
  EXPECT_EQ(findings(empty, R"({"run":"at","time":"10:00","field":"deal.due"})"),
            "warning timing_never /timing/field field=deal.due");
  EXPECT_EQ(findings(empty, R"({"run":"after","delay":"P1D","field":"deal.due"})"),
            "warning timing_never /timing/field field=deal.due");
  EXPECT_EQ(findings(empty, R"({"run":"after","delay":"P1D"})"), "ok");
  EXPECT_EQ(findings(empty, R"({"run":"before","delay":"P1D","field":"deal.meeting"})"), "ok");
  EXPECT_EQ(findings(either, before), "ok");
}

TEST(TimingAnalysis, DelayPastTheStagesLongestStayNeverRuns) {
  const auto findings = [](std::string_view patch) {
    return Brief(Findings(RuleWith(patch)), {"limit", "delay"});
  };
  const std::string cut = "warning delay_cut_off /timing/delay limit=P7D delay=";
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"P8D"}})"), cut + "P8D");
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"P1W"}})"), cut + "P7D");
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"P1M"}})"), cut + "P1M");
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"PT170H"}})"), cut + "PT170H");
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"PT168H"}})"),
            "ok");  // clocks may have gone forward
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"P6DT23H"}})"), "ok");
  EXPECT_EQ(findings(R"({"timing":{"run":"after","delay":"P8D","field":"deal.due"}})"), "ok");
  // The service pipeline has a stage of that name without a bound.
  EXPECT_EQ(findings(R"({"on":{"pipeline":null},"timing":{"run":"after","delay":"P8D"}})"), "ok");
  EXPECT_EQ(findings(R"({"on":{"stage":"new"},"timing":{"run":"after","delay":"P8D"}})"), "ok");
}

TEST(TimingAnalysis, StageThatNothingLeadsTo) {
  EXPECT_EQ(Brief(Findings(RuleWith(R"({"on":{"stage":"sent"}})"))), "ok");
  EXPECT_EQ(Brief(Findings(RuleWith(R"({"on":{"stage":"lost"}})"))), "warning stage_unreachable /on/stage");
  EXPECT_EQ(Brief(Findings(RuleWith(R"({"on":{"stage":"limbo"}})"))), "warning stage_unreachable /on/stage");
  EXPECT_EQ(Brief(Findings(RuleWith(R"({"on":{"stage":"new"}})"))), "ok");
}

Json Rules(std::initializer_list<std::string_view> patches) {
  Json document = {{"rules", Json::array()}};
  int number = 0;
  for (const std::string_view patch : patches) {
    Json rule = RuleWith(patch);
    rule["id"] = "r" + std::to_string(number++);
    document["rules"].push_back(rule);
  }
  return document;
}

std::string Together(std::initializer_list<std::string_view> patches) {
  Diagnostics all;
  for (Checked& checked : CheckRules(Rules(patches), ShopSchema(), ShopWorkspace())) {
    for (Diagnostic& d : checked.diagnostics) all.push_back(std::move(d));
  }
  return Brief(all, {"other"});
}

TEST(RulesTogether, SameCustomerChannelStageAndMomentCollide) {
  const std::string collide = "warning rules_collide /rules/1/on other=r0";
  EXPECT_EQ(Together({"{}", "{}"}), collide);
  EXPECT_EQ(Together({R"({"name":"Thanks"})", "{}"}), "warning rules_collide /rules/1/on other=Thanks");
  EXPECT_EQ(Together({R"({"position":5})", R"({"position":1})"}),
            "warning rules_collide /rules/0/on other=r1");
  EXPECT_EQ(Together({R"({"on":{"pipeline":null}})", "{}"}), collide);
  EXPECT_EQ(Together({R"({"conditions":{"all":[{"field":"deal.vip","op":"eq","value":true}]}})",
                      R"({"conditions":{"all":[{"field":"deal.amount","op":"ge","value":5}]}})"}),
            collide);
  EXPECT_EQ(Together({"{}", "{}", "{}"}),
            "warning rules_collide /rules/1/on other=r0\nwarning rules_collide /rules/2/on other=r0");
}

TEST(RulesTogether, WhatKeepsThemApart) {
  EXPECT_EQ(Together({R"({"conditions":{"all":[{"field":"deal.amount","op":"lt","value":5}]}})",
                      R"({"conditions":{"all":[{"field":"deal.amount","op":"ge","value":5}]}})"}),
            "ok");
  EXPECT_EQ(
      Together(
          {R"({"conditions":{"all":[{"field":"deal.title","op":"in","value":["a","b"]}]}})",
           R"({"conditions":{"any":[{"field":"deal.title","op":"eq","value":"c"},{"field":"deal.title","op":"eq","value":"d"}]}})"}),
      "ok");
  EXPECT_EQ(Together({"{}", R"({"enabled":false})"}), "ok");
  EXPECT_EQ(Together({"{}", R"({"on":{"stage":"new"}})"}), "ok");
  EXPECT_EQ(Together({"{}", R"({"on":{"pipeline":"service"}})"}), "ok");
  EXPECT_EQ(Together({"{}", R"({"timing":{"run":"after","delay":"PT1H"}})"}), "ok");
  EXPECT_EQ(
      Together(
          {"{}",
           R"({"action":{"type":"make_call","line":"line-1","say":{"text":"Hello"},"text":null,"provider":null}})"}),
      "ok");
}

TEST(RulesTogether, HiddenChatMessagesReachNobody) {
  const std::string_view hidden =
      R"({"action":{"type":"send_chat_message","text":"Hi","hidden":true,"provider":null}})";
  EXPECT_EQ(Together({hidden, hidden}), "ok");
}

TEST(RulesTogether, NothingToWaitFor) {
  const std::string_view waits =
      R"({"position":5,"timing":{"run":"after","delay":"PT1H","wait_for_previous":true}})";
  const std::string nothing = "info nothing_to_wait_for /rules/0/timing/wait_for_previous";
  EXPECT_EQ(Together({waits}), nothing);
  EXPECT_EQ(Together({waits, "{}"}), "ok");
  EXPECT_EQ(Together({waits, R"({"enabled":false})"}), nothing);
  EXPECT_EQ(Together({waits, R"({"position":5})"}), nothing);
  EXPECT_EQ(Together({waits, R"({"on":{"stage":"new"}})"}), nothing);
  // One rule by itself says nothing of the others.
  EXPECT_EQ(Brief(Findings(RuleWith(waits))), "ok");
}

TEST(SchemaForAnalysis, ReadsAndPrintsWhatBoundsAStage) {
  const char* text =
      R"({"entities":[{"code":"deal","name":"deal","pipelines":[{"id":"p","name":"p","stages":[)"
      R"({"id":"a","name":"a","kind":"open","max_stay":"P7D"},{"id":"b","name":"b","kind":"won","from":["a"]}]}],"fields":[]}]})";
  Diagnostics remarks;
  const auto schema = crm::ParseSchema(J(text), remarks);
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(DumpJson(crm::ToJson(*schema)), text);
  EXPECT_EQ(Brief(remarks), "ok");
  const auto faults = [](std::string_view stage) {
    Diagnostics out;
    const auto parsed =
        crm::ParseSchema(J(R"({"entities":[{"code":"deal","pipelines":[{"id":"p","stages":[{"id":"a"},)" +
                           std::string(stage) + "]}]}]}"),
                         out);
    return parsed.ok() ? Brief(out) : Brief(parsed.error());
  };
  const std::string at = "/entities/0/pipelines/0/stages/1/";
  EXPECT_EQ(faults(R"({"id":"b","max_stay":"a week"})"), "error invalid_duration " + at + "max_stay");
  EXPECT_EQ(faults(R"({"id":"b","max_stay":7})"), "error wrong_type " + at + "max_stay");
  EXPECT_EQ(faults(R"({"id":"b","from":["z"]})"), "error invalid_value " + at + "from/0");
  EXPECT_EQ(faults(R"({"id":"b","from":"a"})"), "error wrong_type " + at + "from");
  EXPECT_EQ(faults(R"({"id":"b","from":[1]})"), "error wrong_type " + at + "from/0");
  EXPECT_EQ(faults(R"({"id":"b","from":[]})"), "ok");
}

}  // namespace
}  // namespace recado::rule
