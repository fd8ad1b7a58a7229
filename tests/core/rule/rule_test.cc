#include "core/rule/rule.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/rule/check.h"

namespace recado::rule {
namespace {

Json J(std::string_view text) {
  const Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() ? *json : Json();
}

std::string Brief(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) {
    if (!out.empty()) out += '\n';
    out += d.severity == Severity::kError ? "" : std::string(SeverityName(d.severity)) + " ";
    out += std::string(CodeName(d.code)) + " " + d.path;
    if (!d.Argument("suggestion").empty()) out += " (" + std::string(d.Argument("suggestion")) + ")";
  }
  return out.empty() ? "ok" : out;
}

constexpr const char* kSms =
    R"({"id":"r","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_sms","text":"Hi","provider":"sms-main"}})";

// kSms with members replaced: RFC 7396 merge patch, where null removes.
Json Sms(std::string_view patch) {
  Json rule = J(kSms);
  rule.merge_patch(J(patch));
  return rule;
}

Json WithAction(std::string_view action) {
  Json rule = J(kSms);
  rule["action"] = J(action);
  return rule;
}

std::string Check(const Json& rule) {
  return Brief(CheckRule(rule, crm::BuiltInSchema(), crm::Workspace{}).diagnostics);
}

crm::Workspace ClosedWorkspace() {
  Diagnostics remarks;
  return *crm::ParseWorkspace(
      J(R"({"name":"Shop","currency":"EUR","time_zone":"Europe/Berlin","default_region":"DE",
      "providers":[
        {"id":"sms-main","kind":"twilio","settings":{"lines":[{"id":"line-1","number":"+4930123","name":"Desk"}]}},
        {"id":"sms-short","kind":"smsapi","settings":{"max_characters":10}},
        {"id":"mail","kind":"smtp","settings":{"mailboxes":[{"address":"eva@shop.example","name":"Eva"}]}},
        {"id":"wa","kind":"edna"},{"id":"tg","kind":"telegram"}],
      "calendars":[{"id":"office","week":{"mon":[["09:00","18:00"]]}}],
      "templates":[{"provider":"wa","name":"discount","language":"en","parameters":2}]})"),
      remarks);
}

crm::Schema ClosedSchema() {
  Diagnostics remarks;
  return *crm::ParseSchema(J(R"({"entities":[{"code":"deal","name":"Deal",
      "pipelines":[{"id":"sales","stages":[{"id":"paid"},{"id":"sent"}]},{"id":"service","stages":[{"id":"done"}]}],
      "fields":[{"name":"number","type":"text"},{"name":"amount","type":"money"},{"name":"due","type":"date"},{"name":"meeting","type":"datetime"},
                {"name":"vip","type":"boolean"},{"name":"seats","type":"integer"},{"name":"contract","type":"file"},{"name":"tags","type":"list"}]}]})"),
                           remarks);
}

std::string CheckClosed(const Json& rule) {
  return Brief(CheckRule(rule, ClosedSchema(), ClosedWorkspace()).diagnostics);
}

struct Row {
  std::string input;
  const char* findings;
};

TEST(ParseRule, ReadsTheExampleOfTheFormatAndPrintsItAgain) {
  const char* example =
      R"({"id":"deal-paid-sms","name":"Payment received","enabled":true,"position":10,"transactional":true,)"
      R"("on":{"entity":"deal","pipeline":"sales","stage":"paid"},)"
      R"("conditions":{"all":[{"field":"deal.amount","op":"ge","value":"100.00"}]},"timing":{"run":"immediately"},)"
      R"("action":{"type":"send_sms","text":"Hi {{ contact.first_name | default: \"there\" }}","phone_type":"auto","provider":"sms-main"}})";
  const ParsedRule parsed = ParseRule(J(example));
  ASSERT_TRUE(parsed.rule.has_value());
  EXPECT_EQ(Brief(parsed.diagnostics), "ok");
  EXPECT_EQ(DumpJson(ToJson(*parsed.rule)), example);
}

TEST(ParseRule, ReportsEveryFaultOfForm) {
  const Row rows[] = {
      {kSms, "ok"},
      {"[]", "wrong_type "},
      {"{}", "missing_member /id\nmissing_member /on\nmissing_member /action"},
      {R"({"id":"r","on":{},"action":{}})",
       "missing_member /on/entity\nmissing_member /on/stage\nmissing_member /action/type"},
      {R"({"id":"r","on":{"entity":"deal","stage":"paid"},"action":{"type":"send_smss"}})",
       "invalid_value /action/type (send_sms)"},
      {DumpJson(Sms(R"({"enabled":"yes","position":1.5,"transactional":1,"name":7})")),
       "wrong_type /name\nwrong_type /enabled\nwrong_type /position\nwrong_type /transactional"},
      {DumpJson(Sms(R"({"position":1000000001})")), "out_of_range /position"},
      {DumpJson(Sms(R"({"id":"a\nb"})")), "invalid_id /id"},
      {DumpJson(Sms(R"({"enabeld":false})")), "warning unknown_member /enabeld (enabled)"},
      {DumpJson(Sms(R"({"action":{"phone_type":"mobil"}})")), "invalid_value /action/phone_type (mobile)"},
      {DumpJson(Sms(R"({"action":{"text":""}})")), "empty_value /action/text"},
      {DumpJson(Sms(R"({"action":{"provider":null}})")), "missing_member /action/provider"},
      {DumpJson(Sms(R"({"policy":"twice"})")), "invalid_value /policy"},
      {DumpJson(Sms(R"({"over_limit":"cut"})")), "invalid_value /over_limit"},
      {DumpJson(Sms(R"({"timing":{}})")), "missing_member /timing/run"},
      {DumpJson(Sms(R"({"timing":{"run":"after"}})")), "missing_member /timing/delay"},
      {DumpJson(Sms(R"({"timing":{"run":"before"}})")),
       "missing_member /timing/delay\nmissing_member /timing/field"},
      {DumpJson(Sms(R"({"timing":{"run":"at"}})")), "missing_member /timing/time"},
      {DumpJson(Sms(R"({"timing":{"run":"at","time":"25:00"}})")), "invalid_value /timing/time"},
      {DumpJson(Sms(R"({"timing":{"run":"after","delay":"1 day"}})")), "invalid_duration /timing/delay"},
      {DumpJson(Sms(R"({"timing":{"run":"immediately","delay":"P1D"}})")),
       "warning ignored_member /timing/delay"},
      {DumpJson(Sms(R"({"timing":{"run":"immediately","zone":"mars"}})")), "invalid_value /timing/zone"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(Brief(ParseRule(J(row.input)).diagnostics), row.findings) << row.input;
}

TEST(ParseRule, ReportsEveryFaultOfConditions) {
  const auto conditions = [](std::string_view json) {
    Json rule = J(kSms);
    rule["conditions"] = J(json);
    return Brief(ParseRule(rule).diagnostics);
  };
  const Row rows[] = {
      {R"({"all":[]})", "ok"},
      {R"({"any":[{"field":"deal.title","op":"empty"}]})", "ok"},
      {R"({})", "missing_member /conditions/all"},
      {R"([])", "wrong_type /conditions"},
      {R"({"all":{}})", "wrong_type /conditions/all"},
      {R"({"all":[],"any":[]})", "conflicting_members /conditions"},
      {R"({"all":[{"field":"deal.title"}]})",
       "missing_member /conditions/all/0/op\nmissing_member /conditions/all/0/value"},
      {R"({"all":[{"field":"deal.title","op":"equals","value":"x"}]})", "invalid_value /conditions/all/0/op"},
      {R"({"all":[{"field":"deal.title","op":"eq","value":null}]})", "wrong_type /conditions/all/0/value"},
      {R"({"all":[{"field":"deal.title","op":"eq","value":[1]}]})", "wrong_type /conditions/all/0/value"},
      {R"({"all":[{"field":"deal.title","op":"in","value":"x"}]})", "wrong_type /conditions/all/0/value"},
      {R"({"all":[{"field":"deal.title","op":"in","value":[]}]})", "wrong_type /conditions/all/0/value"},
      {R"({"all":[{"field":"deal.amount","op":"between","value":[1]}]})",
       "wrong_type /conditions/all/0/value"},
      {R"({"all":[{"field":"deal.amount","op":"eq","value":{"amount":"1,5","currency":"EUR"}}]})",
       "invalid_decimal /conditions/all/0/value/amount"},
      {R"({"all":[{"field":"deal.title","op":"empty","value":1}]})",
       "warning ignored_member /conditions/all/0/value"},
      {R"({"all":[{"any":[{"field":"","op":"empty"}]}]})", "empty_value /conditions/all/0/any/0/field"},
  };
  for (const Row& row : rows) EXPECT_EQ(conditions(row.input), row.findings) << row.input;
}

TEST(ParseRule, ConditionsNestEightDeepAndNoDeeper) {
  const auto nested = [](size_t depth) {
    std::string text = R"({"field":"deal.title","op":"empty"})";
    for (size_t i = 0; i < depth; ++i) text = R"({"all":[)" + text + "]}";
    Json rule = J(kSms);
    rule["conditions"] = J(text);
    return Brief(ParseRule(rule).diagnostics);
  };
  EXPECT_EQ(nested(kMaxConditionDepth - 1), "ok");
  EXPECT_EQ(nested(kMaxConditionDepth), "ok");
  EXPECT_TRUE(nested(kMaxConditionDepth + 1).starts_with("conditions_too_deep"));
}

TEST(ParseRule, ManyConditionsReachABound) {
  const auto many = [](size_t count) {
    Json rule = J(kSms);
    rule["conditions"]["all"] = Json::array();
    for (size_t i = 0; i < count; ++i) {
      rule["conditions"]["all"].push_back({{"field", "deal.title"}, {"op", "empty"}});
    }
    return Brief(ParseRule(rule).diagnostics);
  };
  EXPECT_EQ(many(kMaxConditions - 1), "ok");
  EXPECT_EQ(many(kMaxConditions), "too_many_items /conditions/all");
}

TEST(ParseRule, ReportsEveryFaultOfEachAction) {
  const Row rows[] = {
      {R"({"type":"send_email","subject":"s"})", "email_without_body /action"},
      {R"({"type":"send_email","subject":"s","html":"","text":""})", "email_without_body /action"},
      {R"({"type":"send_email","text":"t"})", "missing_member /action/subject"},
      {R"({"type":"send_email","subject":"s","text":"t","from":{"auto":"me"}})",
       "invalid_value /action/from/auto"},
      {R"({"type":"send_email","subject":"s","text":"t","from":7})", "wrong_type /action/from"},
      {R"({"type":"send_email","subject":"s","text":"t","email_type":"mobile"})",
       "invalid_value /action/email_type"},
      {R"({"type":"send_email","subject":"s","text":"t","use_address":"frist"})",
       "invalid_value /action/use_address (first)"},
      {R"({"type":"send_email","subject":"s","text":"t","attachments":[{"field":"a","file":"b"},{}]})",
       "conflicting_members /action/attachments/0\nmissing_member /action/attachments/1/file"},
      {R"({"type":"make_call","line":"l"})", "missing_member /action/say"},
      {R"({"type":"make_call","line":"l","say":{"text":"t"},"play":{"url":"u"}})",
       "conflicting_members /action"},
      {R"({"type":"make_call","line":"l","say":{"text":"t","rate":19,"volume":201}})",
       "out_of_range /action/say/rate\nout_of_range /action/say/volume"},
      {R"({"type":"make_call","line":"l","say":{"text":"t","rate":20,"volume":200}})", "ok"},
      {R"({"type":"send_chat_message","hidden":"no"})",
       "missing_member /action/text\nwrong_type /action/hidden"},
      {R"({"type":"send_whatsapp"})",
       "missing_member /action/provider\nmissing_member /action/template\nmissing_member /action/language"},
      {R"({"type":"send_whatsapp","provider":"p","template":"t","language":"en","parameters":{"1":2}})",
       "wrong_type /action/parameters/1"},
      {R"({"type":"invite_to_messenger"})",
       "missing_member /action/channel\nmissing_member /action/provider\nmissing_member /action/text"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Brief(ParseRule(WithAction(row.input)).diagnostics), row.findings) << row.input;
  }
}

TEST(CheckRule, WhatTheLinesProviderCannotSpeakIsSaidAtItsPlace) {
  const auto check = [](const std::string& say) {
    return CheckClosed(
        WithAction(R"({"type":"make_call","line":"line-1","say":{"text":"Hello",)" + say + "}}"));
  };
  EXPECT_EQ(check(R"("voice":"woman")"), "ok");
  EXPECT_EQ(check(R"("voice":"Polly.Amy","rate":80,"volume":150)"), "ok");
  EXPECT_EQ(check(R"("voice":"Google.en-GB-Standard-A","rate":80)"), "ok");
  EXPECT_EQ(check(R"("rate":100,"volume":100)"), "ok");
  EXPECT_EQ(check(R"("voice":"woman","rate":80,"volume":150)"),
            "warning ignored_member /action/say/rate\nwarning ignored_member /action/say/volume");
  EXPECT_EQ(check(R"("rate":80)"), "warning ignored_member /action/say/rate");
  EXPECT_EQ(check(R"("voice":"Amy")"), "warning invalid_value /action/say/voice");
  EXPECT_EQ(check(R"("voice":"polly.Amy")"), "warning invalid_value /action/say/voice");
  // Nobody knows yet which provider it will be, or it is another.
  EXPECT_EQ(Check(WithAction(R"({"type":"make_call","line":"l","say":{"text":"t","rate":80}})")), "ok");
  const Diagnostics found =
      CheckRule(
          WithAction(R"({"type":"make_call","line":"line-1","say":{"text":"t","voice":"Amy","rate":80}})"),
          ClosedSchema(), ClosedWorkspace())
          .diagnostics;
  EXPECT_FALSE(HasErrors(found)) << "what is doubtful keeps nobody from publishing";
}

TEST(ParseRules, ReadsOneOrManyAndFindsDoubles) {
  EXPECT_EQ(ParseRules(J(kSms)).size(), 1U);
  const auto rules = ParseRules(J(R"({"rules":[)" + std::string(kSms) + "," + kSms + "]}"));
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(Brief(rules[0].diagnostics), "ok");
  EXPECT_EQ(Brief(rules[1].diagnostics), "duplicate_id /rules/1/id");
  EXPECT_EQ(Brief(ParseRules(J(R"({"rules":{}})")).front().diagnostics), "wrong_type /rules");
}

// --- parse(dump(x)) == x for every shape of rule, made by a fixed generator.

class Maker {
 public:
  explicit Maker(uint64_t seed) : state_(seed) {}
  size_t Below(size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<size_t>(state_ >> 33) % n;
  }
  bool Flip() { return Below(2) == 0; }
  std::string Text() {
    return std::string("t") + std::to_string(Below(1000)) + (Flip() ? " é\"\\{{ x }}" : "");
  }
  Json Value() {
    const Json values[] = {Json("a"), Json(7), Json(2.5), Json(true),
                           Json{{"amount", "1.50"}, {"currency", "EUR"}}};
    return values[Below(5)];
  }
  Json Test() {
    const auto names = OperatorNames();
    const std::string_view op = names[Below(names.size())];
    Json test = {{"field", "deal." + Text()}, {"op", op}};
    if (op.ends_with("between")) {
      test["value"] = Json::array({Value(), Value()});
    } else if (op.ends_with("in")) {
      test["value"] = Json::array({Value()});
    } else if (!op.ends_with("empty")) {
      test["value"] = Value();
    }
    return test;
  }
  Json Conditions(int depth) {
    Json group = Json::object();
    Json& list = group[Flip() ? "all" : "any"] = Json::array();
    for (size_t i = Below(4); i > 0; --i)
      list.push_back(depth > 0 && Flip() ? Conditions(depth - 1) : Test());
    return group;
  }
  Json Timing() {
    Json timing = Json::object();
    const char* runs[] = {"immediately", "after", "before", "at"};
    const char* delays[] = {"PT10M", "P1D", "P2M3DT4H5M6.007S", "PT0S", "P1Y"};
    timing["run"] = runs[Below(4)];
    if (timing["run"] == "after" || timing["run"] == "before") timing["delay"] = delays[Below(5)];
    if (timing["run"] == "before" || (timing["run"] != "immediately" && Flip()))
      timing["field"] = "deal.close_date";
    if (timing["run"] == "at") timing["time"] = "09:05";
    if (Flip()) timing["business_hours"] = Text();
    if (Flip()) timing["responsible_hours"] = true;
    if (Flip()) timing["wait_for_previous"] = true;
    if (Flip()) timing["zone"] = "client";
    return timing;
  }
  Json Attachments() {
    Json list = Json::array({{{"field", "deal.contract"}}});
    if (Flip()) list.push_back({{"file", "a/b.pdf"}});
    return list;
  }
  Json Action() {
    switch (Below(6)) {
      case 0:
        return {{"type", "send_sms"}, {"text", Text()}, {"phone_type", "work"}, {"provider", Text()}};
      case 1: {
        Json email = {{"type", "send_email"}};
        if (Flip())
          email["from"] = "a@b.example";
        else
          email["from"] = {{"auto", Flip() ? "responsible" : "last_used"}};
        email["subject"] = Text();
        if (Flip()) email["html"] = Text();
        if (Flip() || !email.contains("html")) email["text"] = Text();
        email["email_type"] = "mailing";
        email["use_address"] = Flip() ? "first" : "last";
        if (Flip()) email["attachments"] = Attachments();
        if (Flip()) email["track_clicks"] = true;
        return email;
      }
      case 2: {
        Json call = {{"type", "make_call"}, {"line", Text()}, {"phone_type", "auto"}};
        if (Flip())
          call["play"] = {{"url", "https://example.com/a.mp3"}};
        else
          call["say"] = {{"text", Text()},
                         {"voice", ""},
                         {"language", "en"},
                         {"rate", 20 + Below(180)},
                         {"volume", 100}};
        return call;
      }
      case 3: {
        Json chat = {{"type", "send_chat_message"}, {"text", Text()}};
        if (Flip()) chat["hidden"] = true;
        if (Flip()) chat["attachments"] = Attachments();
        return chat;
      }
      case 4:
        return {{"type", "send_whatsapp"},
                {"provider", "p"},
                {"template", Text()},
                {"language", "en"},
                {"parameters", {{"name", Text()}, {"2", Text()}}},
                {"phone_type", "auto"}};
      default:
        return {{"type", "invite_to_messenger"},
                {"channel", "c"},
                {"provider", "p"},
                {"phone_type", "home"},
                {"text", Text()}};
    }
  }
  Json Rule() {
    Json rule = {{"id", Text()},
                 {"name", Text()},
                 {"enabled", Flip()},
                 {"position", Below(100)},
                 {"transactional", Flip()}};
    rule["on"] = {{"entity", "deal"}};
    if (Flip()) rule["on"]["pipeline"] = Text();
    rule["on"]["stage"] = Text();
    if (Flip()) rule["conditions"] = Conditions(4);
    rule["timing"] = Timing();
    rule["action"] = Action();
    if (Flip()) rule["policy"] = Flip() ? "at_most_once" : "at_least_once";
    if (Flip()) rule["over_limit"] = "truncate";
    return rule;
  }

 private:
  uint64_t state_;
};

TEST(ParseRule, ReadsBackWhatItPrintsForEveryShape) {
  Maker maker(2026);
  for (int i = 0; i < 3000; ++i) {
    const Json document = maker.Rule();
    const ParsedRule first = ParseRule(document);
    ASSERT_TRUE(first.rule.has_value()) << DumpJson(document);
    ASSERT_EQ(Brief(first.diagnostics), "ok") << DumpJson(document);
    const Json printed = ToJson(*first.rule);
    ASSERT_EQ(DumpJson(printed), DumpJson(document));
    const ParsedRule second = ParseRule(printed);
    ASSERT_TRUE(second.rule.has_value());
    ASSERT_TRUE(*first.rule == *second.rule) << DumpJson(document);
  }
}

// --- Checks against schema and workspace

TEST(CheckRule, WithoutSchemaAndWorkspaceEverythingNamedCountsAsThere) {
  EXPECT_EQ(Check(J(kSms)), "ok");
  EXPECT_EQ(Check(Sms(R"({"on":{"stage":"anything","pipeline":"whatever"}})")), "ok");
  EXPECT_EQ(Check(Sms(R"({"on":{"entity":"dael"}})")), "warning unknown_entity /on/entity (deal)");
  EXPECT_EQ(Check(Sms(R"({"timing":{"run":"immediately","business_hours":"office"}})")),
            "unknown_calendar /timing/business_hours");
  EXPECT_EQ(Check(Sms(R"({"conditions":{"all":[{"field":"deal.colour","op":"eq","value":"red"}]}})")),
            "warning undeclared_field /conditions/all/0/field");
}

TEST(CheckRule, JudgesTheTriggerAgainstTheSchema) {
  const Row rows[] = {
      {DumpJson(Sms("{}")), "ok"},
      {DumpJson(Sms(R"({"on":{"entity":"dael"}})")), "unknown_entity /on/entity (deal)"},
      {DumpJson(Sms(R"({"on":{"stage":"payed"}})")), "unknown_stage /on/stage (paid)"},
      {DumpJson(Sms(R"({"on":{"stage":"done"}})")), "ok"},
      {DumpJson(Sms(R"({"on":{"stage":"done","pipeline":"sales"}})")), "unknown_stage /on/stage"},
      {DumpJson(Sms(R"({"on":{"pipeline":"sale"}})")), "unknown_pipeline /on/pipeline (sales)"},
  };
  for (const Row& row : rows) EXPECT_EQ(CheckClosed(J(row.input)), row.findings) << row.input;
}

TEST(CheckRule, JudgesConditionsAgainstTheFields) {
  const auto test = [](std::string_view field, std::string_view op, std::string_view value) {
    Json rule = J(kSms);
    Json one = {{"field", field}, {"op", op}};
    if (!value.empty()) one["value"] = J(value);
    rule["conditions"]["all"] = Json::array({one});
    std::string found = CheckClosed(rule);
    const size_t at = found.find(" /conditions/all/0/");
    return at == std::string::npos ? found : found.replace(at, 19, " ");
  };
  EXPECT_EQ(test("deal.number", "eq", "\"1042\""), "ok");
  EXPECT_EQ(test("deal.nubmer", "eq", "\"1042\""), "unknown_field field (deal.number)");
  EXPECT_EQ(test("dael.number", "eq", "\"1042\""), "unknown_field field (deal.number)");
  EXPECT_EQ(test("contacts.0.first_name", "eq", "\"Ana\""), "ok");
  EXPECT_EQ(test("deal.number.first", "eq", "\"1042\""), "unknown_field field");
  EXPECT_EQ(test("deal.vip", "gt", "true"), "operator_does_not_fit op");
  EXPECT_EQ(test("deal.vip", "eq", "\"yes\""), "value_does_not_fit value");
  EXPECT_EQ(test("deal.seats", "contains", "1"), "operator_does_not_fit op");
  EXPECT_EQ(test("deal.seats", "ge", "\"many\""), "value_does_not_fit value");
  EXPECT_EQ(test("deal.seats", "ge", "\"10\""), "ok");
  EXPECT_EQ(test("deal.contract", "eq", "\"a\""), "operator_does_not_fit op");
  EXPECT_EQ(test("deal.contract", "not_empty", ""), "ok");
  EXPECT_EQ(test("deal.due", "lt", "\"2026-12-01\""), "ok");
  EXPECT_EQ(test("deal.due", "lt", "\"tomorrow\""), "value_does_not_fit value");
  EXPECT_EQ(test("deal.due", "between", "[\"22:00\",\"06:00\"]"),
            "value_does_not_fit value/0\nvalue_does_not_fit /conditions/all/0/value/1");
  EXPECT_EQ(test("deal.meeting", "between", "[\"22:00\",\"06:00\"]"), "ok");
  EXPECT_EQ(test("now", "between", "[\"22:00\",\"06:00\"]"), "ok");
  EXPECT_EQ(test("deal.amount", "ge", "\"100.00\""), "ok");
  EXPECT_EQ(test("deal.amount", "ge", "100.5"), "ok");
  EXPECT_EQ(test("deal.amount", "ge", "true"), "value_does_not_fit value");
  EXPECT_EQ(test("deal.amount", "ge", R"({"amount":"1","currency":"EUR"})"), "ok");
  EXPECT_EQ(test("deal.amount", "ge", R"({"amount":"1","currency":"USD"})"),
            "warning currency_mismatch value");
  EXPECT_EQ(test("deal.tags", "contains", "\"new\""), "ok");
}

TEST(CheckRule, JudgesTheTimingAgainstFieldsAndCalendars) {
  EXPECT_EQ(CheckClosed(Sms(
                R"({"timing":{"run":"before","delay":"P1D","field":"deal.due","business_hours":"office"}})")),
            "ok");
  EXPECT_EQ(CheckClosed(Sms(R"({"timing":{"run":"before","delay":"P1D","field":"deal.number"}})")),
            "field_is_no_date /timing/field");
  EXPECT_EQ(CheckClosed(Sms(R"({"timing":{"run":"before","delay":"P1D","field":"deal.deu"}})")),
            "unknown_field /timing/field (deal.due)");
  EXPECT_EQ(CheckClosed(Sms(R"({"timing":{"run":"immediately","business_hours":"ofice"}})")),
            "unknown_calendar /timing/business_hours (office)");
}

TEST(CheckRule, JudgesTemplatesWithTheirPath) {
  const Checked checked =
      CheckRule(Sms(R"({"action":{"text":"Hi {{ contact.frist_name }}"}})"), crm::BuiltInSchema(), {});
  ASSERT_EQ(checked.diagnostics.size(), 1U) << Dump(checked.diagnostics);
  const Diagnostic& d = checked.diagnostics.front();
  EXPECT_EQ(CodeName(d.code), "unknown_variable");
  EXPECT_EQ(d.path, "/action/text");
  EXPECT_EQ(d.severity, Severity::kError);
  EXPECT_EQ(d.Argument("suggestion"), "contact.first_name");
  ASSERT_TRUE(d.span.has_value());
  EXPECT_EQ(d.span->from, 6U);
  EXPECT_EQ(d.span->to, 24U);
  EXPECT_FALSE(checked.rule->valid);
}

TEST(CheckRule, ATemplateThatDoesNotParseIsAnError) {
  const Checked checked =
      CheckRule(Sms(R"({"action":{"text":"Hi {{ contact.first_name"}})"), crm::BuiltInSchema(), {});
  ASSERT_FALSE(checked.diagnostics.empty());
  EXPECT_EQ(checked.diagnostics.front().path, "/action/text");
  EXPECT_FALSE(checked.rule->valid);
  EXPECT_EQ(checked.rule->Find("/action/text"), nullptr);
}

// R-009, R-046, R-109, R-110, R-183, R-184: one provider, connected first.
TEST(CheckRule, R110_AProviderMustBeConnected) {
  EXPECT_EQ(CheckClosed(J(kSms)), "ok");
  EXPECT_EQ(CheckClosed(Sms(R"({"action":{"provider":"sms-mian"}})")),
            "unknown_provider /action/provider (sms-main)");
  EXPECT_EQ(CheckClosed(Sms(R"({"action":{"provider":"mail"}})")), "provider_cannot /action/provider");
  // The rule can't be published, but at run time the reason is no_provider and not "invalid".
  EXPECT_TRUE(
      CheckRule(Sms(R"({"action":{"provider":"x"}})"), ClosedSchema(), ClosedWorkspace()).rule->valid);
}

// R-004, R-042, R-177, R-005
TEST(CheckRule, R004_ATextThatIsTooLongByItselfIsFound) {
  const auto text = [](size_t n, const char* tail = "") { return std::string(n, 'a') + tail; };
  const auto check = [](const std::string& body, const char* provider, const char* over = "skip") {
    Json rule = J(kSms);
    rule["action"]["text"] = body;
    rule["action"]["provider"] = provider;
    rule["over_limit"] = over;
    return CheckClosed(rule);
  };
  EXPECT_EQ(check(text(200), "sms-main"), "ok");
  EXPECT_EQ(check(text(201), "sms-main"), "text_too_long /action/text");
  EXPECT_EQ(check(text(201), "sms-main", "truncate"), "warning text_too_long /action/text");
  EXPECT_EQ(check(text(10), "sms-short"), "ok");
  EXPECT_EQ(check(text(11), "sms-short"), "text_too_long /action/text");
  EXPECT_EQ(check(text(10, "{% if deal.vip %}and more{% endif %}"), "sms-short"), "ok")
      << "printed only sometimes";
  EXPECT_EQ(check(text(10, "{{ deal.number }}b"), "sms-short"), "text_too_long /action/text");
}

TEST(CheckRule, JudgesEmail) {
  const auto check = [](std::string_view members) {
    Json action = J(R"({"type":"send_email","subject":"Hi","text":"Hello","from":"eva@shop.example"})");
    action.merge_patch(J(members));
    Json rule = J(kSms);
    rule["action"] = action;
    return CheckClosed(rule);
  };
  EXPECT_EQ(check("{}"), "ok");
  EXPECT_EQ(check(R"({"from":"Eva@Shop.example"})"), "ok");
  EXPECT_EQ(check(R"({"from":"evа"})"), "not_an_email /action/from");
  EXPECT_EQ(check(R"({"from":"eve@shop.example"})"), "unknown_mailbox /action/from (eva@shop.example)");
  EXPECT_EQ(check(R"({"subject":"Hi\r\nBcc: x@example.com"})"), "line_break_in_subject /action/subject");
  EXPECT_EQ(check(R"({"attachments":[{"field":"deal.contract"},{"file":"catalog.pdf"}]})"), "ok");
  EXPECT_EQ(check(R"({"attachments":[{"field":"deal.number"}]})"),
            "field_is_no_file /action/attachments/0/field");
  EXPECT_EQ(check(R"({"attachments":[{"field":"deal.contrct"}]})"),
            "unknown_field /action/attachments/0/field (deal.contract)");
  for (const char* file : {"../secret", "a/../../b", "/etc/passwd", "..", ".", "a//b", "a\\\\b", "c:x", ""}) {
    EXPECT_NE(check(R"({"attachments":[{"file":")" + std::string(file) + R"("}]})")
                  .find("unsafe_file /action/attachments/0/file"),
              std::string::npos)
        << file;
  }
}

TEST(CheckRule, JudgesCalls) {
  EXPECT_EQ(CheckClosed(WithAction(R"({"type":"make_call","line":"line-1","say":{"text":"Hello"}})")), "ok");
  EXPECT_EQ(CheckClosed(WithAction(R"({"type":"make_call","line":"line-2","say":{"text":"Hello"}})")),
            "unknown_line /action/line (line-1)");
  const auto play = [](const std::string& url) {
    return CheckClosed(WithAction(R"({"type":"make_call","line":"line-1","play":{"url":")" + url + R"("}})"));
  };
  // R-028, R-040, R-090, R-157
  EXPECT_EQ(play("https://cdn.example/thanks.mp3"), "ok");
  EXPECT_EQ(play("https://cdn.example/THANKS.MP3?v=2"), "ok");
  for (const char* bad :
       {"http://cdn.example/a.mp3", "https://cdn.example/a.wav", "https://u:p@cdn.example/a.mp3",
        "https://localhost/a.mp3", "https://127.0.0.1/a.mp3", "https://[::1]/a.mp3", "https://cdn.example",
        "ftp://x/a.mp3", "https://cdn.example/a b.mp3"}) {
    EXPECT_EQ(play(bad), "not_a_public_mp3 /action/play/url") << bad;
  }
}

TEST(CheckRule, JudgesWhatsAppAgainstItsTemplates) {
  const auto check = [](std::string_view members) {
    Json action = J(
        R"({"type":"send_whatsapp","provider":"wa","template":"discount","language":"en","parameters":{"1":"a","2":"b"}})");
    action.merge_patch(J(members));
    Json rule = J(kSms);
    rule["action"] = action;
    return CheckClosed(rule);
  };
  EXPECT_EQ(check("{}"), "ok");
  EXPECT_EQ(check(R"({"template":"discuont"})"), "unknown_template /action/template (discount)");
  EXPECT_EQ(check(R"({"language":"de"})"), "unknown_template /action/template");
  EXPECT_EQ(check(R"({"parameters":{"2":null}})"), "wrong_parameter_count /action/parameters");
  EXPECT_EQ(check(R"({"provider":"sms-main"})").substr(0, 15), "provider_cannot");
}

// R-196, R-199
TEST(CheckRule, R199_AnInvitationNeedsItsChannelAndItsLink) {
  const auto check = [](std::string_view members) {
    Json action = J(
        R"({"type":"invite_to_messenger","channel":"tg","provider":"sms-main","text":"Chat: {{ invite.link }}"})");
    action.merge_patch(J(members));
    Json rule = J(kSms);
    rule["action"] = action;
    return CheckClosed(rule);
  };
  EXPECT_EQ(check("{}"), "ok");
  EXPECT_EQ(check(R"({"channel":"tgg"})"), "unknown_channel /action/channel (tg)");
  EXPECT_EQ(check(R"({"channel":"wa"})"), "provider_cannot /action/channel");
  EXPECT_EQ(check(R"({"text":"Come and chat"})"), "invite_without_link /action/text");
}

TEST(CheckRule, FindingsComeInDocumentOrder) {
  const Json rule = J(
      R"({"action":{"type":"send_sms","text":"{{ nothing }}","phone_type":"x","provider":"y"},"timing":{"run":"after"},"id":"r",
      "on":{"entity":"deal","stage":"elsewhere"}})");
  EXPECT_EQ(CheckClosed(rule),
            "unknown_variable /action/text\ninvalid_value /action/phone_type\nunknown_provider "
            "/action/provider\nmissing_member "
            "/timing/delay\nunknown_stage /on/stage");
}

TEST(CheckRules, PathsBeginWithTheRulesPlace) {
  const Json document = J(R"({"rules":[)" + std::string(kSms) + "," +
                          DumpJson(Sms(R"({"id":"s","action":{"text":"{{ x }}"}})")) + "]}");
  const auto checked = CheckRules(document, crm::BuiltInSchema(), {});
  ASSERT_EQ(checked.size(), 2U);
  EXPECT_EQ(Brief(checked[0].diagnostics), "ok");
  EXPECT_EQ(Brief(checked[1].diagnostics), "unknown_variable /rules/1/action/text");
}

TEST(Messages, NameTheCulpritAndTheWayOut) {
  const auto checked =
      CheckRule(Sms(R"({"action":{"provider":"sms-mian"}})"), ClosedSchema(), ClosedWorkspace());
  ASSERT_EQ(checked.diagnostics.size(), 1U);
  EXPECT_EQ(MessageOf(checked.diagnostics[0]),
            "The provider sms-mian is not connected. Connect it in the settings, then choose it here. Did "
            "you mean sms-main?");
}

}  // namespace
}  // namespace recado::rule
