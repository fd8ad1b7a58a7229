// Coverage: the figures of a loop over previews, counted by hand and by generator.
#include "core/plan/coverage.h"

#include <algorithm>
#include <gmock/gmock.h>

#include "core/base/limits.h"
#include "tests/core/plan/support.h"

namespace recado::plan {
namespace {

constexpr std::string_view kNow = "2026-11-22T09:30:00Z";

Json CoverText(const Json& rule, const std::vector<std::string>& portions,
               const crm::Workspace& workspace = {}) {
  CoverageInput input;
  input.rule = Compile(rule, workspace);
  input.workspace = &workspace;
  input.now = At(kNow);
  Coverage coverage(std::move(input));
  for (const std::string& portion : portions) coverage.Add(portion);
  return coverage.ToJson();
}

Json Cover(const Json& rule, const std::vector<Json>& snapshots, const crm::Workspace& workspace = {}) {
  std::string text;
  for (const Json& snapshot : snapshots) text += DumpJson(snapshot) + "\n";
  return CoverText(rule, {text}, workspace);
}

// --- Distribution

std::string Percentiles(const std::vector<int64_t>& values) {
  Distribution spread;
  for (const int64_t value : values) spread.Add(Decimal(value));
  return spread.Percentile(50).ToString() + " " + spread.Percentile(95).ToString() + " " +
         spread.Percentile(100).ToString() + " " + spread.Total()->ToString();
}

TEST(Distribution, PercentilesAreNearestRank) {
  EXPECT_EQ(Percentiles({}), "0 0 0 0");
  EXPECT_EQ(Percentiles({7}), "7 7 7 7");
  EXPECT_EQ(Percentiles({1, 2}), "1 2 2 3");
  EXPECT_EQ(Percentiles({3, 1, 2}), "2 3 3 6");
  EXPECT_EQ(Percentiles({1, 1, 1, 9}), "1 9 9 12");
  std::vector<int64_t> values;
  for (int64_t i = 100; i > 0; --i) values.push_back(i);
  EXPECT_EQ(Percentiles(values), "50 95 100 5050");
  values.pop_back();  // 99 values, 2 … 100: rank 50 is 51, rank 95 (94.05 rounded up) is 96
  EXPECT_EQ(Percentiles(values), "51 96 100 5049");
}

TEST(Distribution, IsExactAndSaysNothingWhereItCannotBe) {
  Distribution spread;
  for (int i = 0; i < 3; ++i) spread.Add(*Decimal::Parse("0.10"));
  spread.Add(*Decimal::Parse("0.2"));
  EXPECT_EQ(spread.Total()->ToString(), "0.50");
  EXPECT_EQ(spread.scale(), 2);
  spread.Add(*Decimal::Parse("9999999999999999999999999999999999999"));
  EXPECT_EQ(spread.Total(), std::nullopt);
}

// --- Who is reached

TEST(Coverage, CountsTheReachedAndWhyTheOthersAreNot) {
  Json nobody = SampleSnapshot(R"({"contacts":null,"company":null})");
  const Json json = Cover(SmsRule(R"({"action":{"phone_type":"work"}})"),
                          {SampleSnapshot(), WithContact(R"({"phones":[]})"), nobody,
                           WithContact(R"({"phones":[{"type":"home","value":"+551130910000"}]})"),
                           WithContact(R"({"phones":[]})")});
  EXPECT_EQ(json["rule"], "sms");
  EXPECT_EQ(json["records"], 5);
  EXPECT_EQ(json["reached"], 1);
  EXPECT_EQ(DumpJson(json["skipped"]), R"({"no_client":1,"no_phone":2,"no_phone_of_type":1})");
  EXPECT_EQ(
      DumpJson(json["unreached"][0]),
      R"({"record":"D-7","name":"Ana Souza","reason":"no_phone","message":"The client has no phone number."})");
  EXPECT_EQ(json["unreached"][1]["name"], "");
  EXPECT_EQ(json["unreadable"], 0);
  EXPECT_EQ(DumpJson(json["errors"]), "[]");
}

TEST(Coverage, OfNothingIsNothing) {
  EXPECT_EQ(DumpJson(CoverText(SmsRule(), {"", "\n \n"})),
            R"({"rule":"sms","records":0,"reached":0,"skipped":{},"unreached":[],)"
            R"("segments":{"p50":0,"p95":0,"max":0,"total":0},"encodings":{"gsm7":0,"ucs2":0},)"
            R"("characters":{"p50":0,"p95":0,"max":0},"unreadable":0,"errors":[]})");
}

TEST(Coverage, ARuleThatIsOffIsJudgedAsIfItWereOn) {
  EXPECT_EQ(Cover(SmsRule(R"({"enabled":false})"), {SampleSnapshot()})["reached"], 1);
}

TEST(Coverage, AFaultyRuleReachesNobody) {
  const Json json =
      Cover(SmsRule(R"({"action":{"text":"{{ contact.first_name | upcaze }}"}})"), {SampleSnapshot()});
  EXPECT_EQ(DumpJson(json["skipped"]), R"({"rule_invalid":1})");
}

TEST(Coverage, UnreadableRecordsAreErrorsOfTheirLines) {
  const std::string good = DumpJson(SampleSnapshot());
  const Json json = CoverText(SmsRule(), {"{broken\n\n" + good + "\n", R"({"contacts":[]})", "\n" + good});
  EXPECT_EQ(json["records"], 4);
  EXPECT_EQ(json["reached"], 2);
  EXPECT_EQ(json["unreadable"], 2);
  ASSERT_EQ(json["errors"].size(), 2U);
  EXPECT_EQ(json["errors"][0]["line"], 1);
  EXPECT_EQ(json["errors"][0]["error"]["code"], "invalid_json");
  EXPECT_EQ(json["errors"][1]["line"], 4);
  EXPECT_EQ(json["errors"][1]["error"]["path"], "/deal");
}

TEST(Coverage, ListsAreBoundedAndCountsAreNot) {
  const auto lines = [](const std::string& line, size_t n) {
    std::string text;
    for (size_t i = 0; i < n; ++i) text += line + "\n";
    return text;
  };
  const std::string unreached = DumpJson(J(R"({"deal":{"id":"D-1"}})"));
  for (const size_t n : {kMaxCoverageUnreached - 1, kMaxCoverageUnreached, kMaxCoverageUnreached + 1}) {
    const Json json = CoverText(SmsRule(), {lines(unreached, n)});
    EXPECT_EQ(json["unreached"].size(), std::min(n, kMaxCoverageUnreached));
    EXPECT_EQ(json["skipped"]["no_client"], n);
  }
  for (const size_t n : {kMaxCoverageErrors - 1, kMaxCoverageErrors, kMaxCoverageErrors + 1}) {
    const Json json = CoverText(SmsRule(), {lines("[]", n)});
    EXPECT_EQ(json["errors"].size(), std::min(n, kMaxCoverageErrors));
    EXPECT_EQ(json["unreadable"], n);
  }
}

// --- Length

TEST(Coverage, SegmentsEncodingsAndCharactersOfSms) {
  const auto titled = [](const std::string& title) {
    Json snapshot = SampleSnapshot();
    snapshot["deal"]["title"] = title;
    return snapshot;
  };
  const Json json = Cover(SmsRule(R"({"action":{"text":"{{ deal.title }}"}})"),
                          {titled(std::string(160, 'a')), titled(std::string(161, 'a')), titled("Привет"),
                           titled(std::string(201, 'a'))});
  EXPECT_EQ(DumpJson(json["segments"]), R"({"p50":1,"p95":2,"max":2,"total":4})");
  EXPECT_EQ(DumpJson(json["encodings"]), R"({"gsm7":2,"ucs2":1})");
  EXPECT_EQ(DumpJson(json["characters"]), R"({"p50":160,"p95":161,"max":161})");
  EXPECT_EQ(DumpJson(json["skipped"]), R"({"text_too_long":1})");
}

TEST(Coverage, MailHasNoSegments) {
  const Json json = Cover(MailRule(), {SampleSnapshot()});
  EXPECT_EQ(json["reached"], 1);
  for (const char* member : {"segments", "encodings", "characters", "cost"}) {
    EXPECT_FALSE(json.contains(member)) << member;
  }
}

TEST(Coverage, SpokenAndWrittenChatsHaveCharacters) {
  const Json call = ActionRule(R"({"type":"make_call","line":"line-1","say":{"text":"Olá"}})");
  EXPECT_EQ(DumpJson(Cover(call, {SampleSnapshot()})["characters"]), R"({"p50":3,"p95":3,"max":3})");
  const Json chat = ActionRule(R"({"type":"send_chat_message","text":"Olá!"})");
  EXPECT_EQ(Cover(chat, {SampleSnapshot()})["characters"]["max"], 4);
}

// --- Cost

crm::Workspace Priced(const std::string& prices) {
  return ClosedWorkspace(R"({"providers":[{"id":"sms-main","kind":"twilio","settings":{
    "lines":[{"id":"line-1","number":"+551130000000"}],"prices":)" +
                         prices + "}}]}");
}

Json Numbered(const std::string& number, size_t characters = 10) {
  Json snapshot = WithContact(R"({"phones":[{"type":"mobile","value":")" + number + "\"}]}");
  snapshot["deal"]["title"] = std::string(characters, 'a');
  return snapshot;
}

const Json kTitle = SmsRule(R"({"action":{"text":"{{ deal.title }}"}})");

TEST(Coverage, R005_CostIsTheLongestPrefixesPriceForEachSegment) {
  const crm::Workspace workspace = Priced(R"([
    {"prefix":"","per":"message","amount":"0.5","currency":"EUR"},
    {"prefix":"55","per":"segment","amount":"0.0450","currency":"EUR"},
    {"prefix":"5511","per":"segment","amount":"0.03","currency":"EUR"},
    {"prefix":"55119","per":"minute","amount":"7","currency":"EUR"}])");
  const Json json = Cover(
      kTitle, {Numbered("+5511912345678"), Numbered("+5521912345678", 161), Numbered("+4915112345678", 161)},
      workspace);
  // 0.03; two segments of 0.0450; one message of 0.5 whatever its length
  EXPECT_EQ(DumpJson(json["cost"]),
            R"({"currency":"EUR","p50":"0.0900","p95":"0.5000","max":"0.5000","total":"0.6200"})");
}

TEST(Coverage, R026_NoPricesNoCost) {
  EXPECT_FALSE(Cover(kTitle, {Numbered("+5511912345678")}, ClosedWorkspace()).contains("cost"));
  EXPECT_FALSE(Cover(kTitle, {Numbered("+5511912345678")}).contains("cost"));
  EXPECT_FALSE(Cover(kTitle, {Numbered("+5511912345678")},
                     Priced(R"([{"prefix":"49","per":"segment","amount":"1","currency":"EUR"}])"))
                   .contains("cost"));
  // What is no price is none.
  for (const char* bad : {"5", "[5]", R"([{"prefix":"","per":"year","amount":"1","currency":"EUR"}])",
                          R"([{"prefix":"","per":"segment","amount":"much","currency":"EUR"}])",
                          R"([{"prefix":"","per":"segment","amount":1,"currency":"EUR"}])"}) {
    EXPECT_FALSE(Cover(kTitle, {Numbered("+5511912345678")}, Priced(bad)).contains("cost")) << bad;
  }
}

TEST(Coverage, WhatHasNoPriceOrAnotherCurrencyIsCountedApart) {
  const crm::Workspace workspace = Priced(R"([
    {"prefix":"55","per":"segment","amount":"0.10","currency":"BRL"},
    {"prefix":"49","per":"segment","amount":"0.10","currency":"EUR"}])");
  const Json json = Cover(
      kTitle, {Numbered("+5511912345678"), Numbered("+4915112345678"), Numbered("+351912345678")}, workspace);
  EXPECT_EQ(DumpJson(json["cost"]),
            R"({"currency":"BRL","p50":"0.10","p95":"0.10","max":"0.10","total":"0.10","unpriced":2})");
}

TEST(Coverage, R025_R026_R155_ACallCountsAsOneMinuteOfItsOperatorsPrice) {
  const crm::Workspace workspace = Priced(R"([{"prefix":"55","per":"minute","amount":"0.12","currency":"EUR"},
                 {"prefix":"5511","per":"segment","amount":"9","currency":"EUR"}])");
  const Json call = ActionRule(R"({"type":"make_call","line":"line-1","say":{"text":"Hello"}})");
  EXPECT_EQ(Cover(call, {SampleSnapshot(), SampleSnapshot()}, workspace)["cost"]["total"], "0.24");
}

// --- The same as a loop over previews

// A small generator with a fixed seed (Knuth's MMIX constants).
class Random {
 public:
  uint32_t operator()(uint32_t below) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<uint32_t>(state_ >> 33) % below;
  }

 private:
  uint64_t state_ = 42;
};

Json Generated(Random& random) {
  constexpr const char* kNames[] = {"Ana", "Zoë", "Łukasz", "Анна", "", "Ana Maria das Dores e Silva"};
  constexpr const char* kPhones[] = {"+551130910000", "11 91234-5678", "+4915112345678", "12", "no number"};
  constexpr const char* kTypes[] = {"work", "mobile", "home"};
  constexpr const char* kMails[] = {"ana@example.com", "not an address", "x@y.example"};
  Json snapshot = SampleSnapshot();
  Json& contact = snapshot["contacts"][0];
  contact["first_name"] = kNames[random(6)];
  contact["phones"] = Json::array();
  contact["emails"] = Json::array();
  for (uint32_t n = random(3); n > 0; --n) {
    contact["phones"].push_back({{"type", kTypes[random(3)]}, {"value", kPhones[random(5)]}});
    contact["emails"].push_back({{"type", kTypes[random(3)]}, {"value", kMails[random(3)]}});
  }
  contact["consent"]["marketing"] = random(2) == 0;
  if (random(5) == 0) contact["consent"]["suppressed"] = {"+551130910000"};
  if (random(3) == 0) contact.erase("chats");
  snapshot["deal"]["id"] = "D-" + std::to_string(random(1000));
  snapshot["deal"]["title"] = std::string(random(260), "ab"[random(2)]);
  snapshot["deal"]["amount"]["amount"] = std::to_string(random(300)) + ".50";
  snapshot["deal"]["amount"]["currency"] = random(6) == 0 ? "USD" : "EUR";
  if (random(4) == 0) snapshot["deal"].erase("delivery_date");
  if (random(4) == 0) snapshot["deal"].erase("contract");
  if (random(6) == 0) snapshot.erase("contacts");
  if (random(6) == 0) snapshot.erase("company");
  if (random(9) == 0) snapshot["contacts"] = "nonsense";
  return snapshot;
}

int64_t Ranked(std::vector<int64_t> values, int64_t percent) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto size = static_cast<int64_t>(values.size());
  return values[static_cast<size_t>((percent * size + 99) / 100 - 1)];
}

// The slow and obvious way: previews one by one, lists sorted.
struct Loop {
  int64_t reached = 0, unreadable = 0, ucs2 = 0, total = 0;
  std::map<std::string, int64_t> skipped;
  Json unreached = Json::array();
  std::vector<int64_t> segments, characters;

  void Add(const rule::CompiledRulePtr& rule, const Json& snapshot, const crm::Workspace& workspace) {
    PlanInput input;
    input.workspace = &workspace;
    input.now = At(kNow);
    const Json plan = PreviewRule(rule, snapshot, input, At(kNow), OffsetUnit::kBytes);
    if (plan.contains("error")) {
      ++unreadable;
      return;
    }
    for (const Json& skip : plan["skipped"]) {
      ++skipped[skip["reason"]];
      unreached.push_back(
          {{"record", snapshot["deal"]["id"]}, {"reason", skip["reason"]}, {"message", skip["message"]}});
    }
    for (const Json& delivery : plan["deliveries"]) {
      ++reached;
      if (!delivery.contains("sms")) continue;
      segments.push_back(delivery["sms"]["segments"]);
      characters.push_back(delivery["sms"]["characters"]);
      total += segments.back();
      if (delivery["sms"]["encoding"] == "ucs2") ++ucs2;
    }
  }
};

TEST(Coverage, EqualsALoopOverPreviewsForAnyRecordsAndRules) {
  const std::vector<Json> rules = {
      SmsRule(),
      SmsRule(R"({"action":{"phone_type":"work","text":"{{ contact.first_name }} {{ deal.title }}"}})"),
      SmsRule(R"({"transactional":false,"over_limit":"truncate","action":{"text":"{{ deal.title }}"}})"),
      SmsRule(
          R"({"conditions":{"all":[{"field":"deal.amount","op":"ge","value":{"amount":"100","currency":"EUR"}}]}})"),
      SmsRule(
          R"({"timing":{"run":"before","delay":"P1D","field":"deal.delivery_date"},"action":{"text":"{{ now }}"}})"),
      SmsRule(R"({"action":{"text":"{{ deal.title | divided_by: 0 }}"}})"),
      MailRule(R"({"action":{"email_type":"work"}})"),
      MailRule(R"({"action":{"attachments":[{"field":"deal.contract"}]}})"),
      ActionRule(R"({"type":"send_chat_message","text":"{{ contact.first_name }}"})"),
      ActionRule(R"({"type":"make_call","line":"line-1","say":{"text":"{{ deal.title }}"}})")};
  const crm::Workspace open;
  const crm::Workspace closed = ClosedWorkspace(R"({"quiet_hours":{"from":"06:00","to":"08:00"}})");
  Random random;
  for (const Json& rule : rules) {
    for (const crm::Workspace* workspace : {&open, &closed}) {
      const rule::CompiledRulePtr compiled = Compile(rule, *workspace);
      Loop loop;
      std::vector<Json> snapshots;
      for (int i = 0; i < 100; ++i) {
        snapshots.push_back(Generated(random));
        loop.Add(compiled, snapshots.back(), *workspace);
      }
      Json json = Cover(rule, snapshots, *workspace);
      SCOPED_TRACE(DumpJson(rule) + "\n" + DumpJson(json));
      EXPECT_EQ(json["records"], 100);
      EXPECT_EQ(json["reached"], loop.reached);
      EXPECT_EQ(json["unreadable"], loop.unreadable);
      EXPECT_EQ((json["skipped"].get<std::map<std::string, int64_t>>()), loop.skipped);
      for (Json& one : json["unreached"]) one.erase("name");
      EXPECT_EQ(DumpJson(json["unreached"]), DumpJson(loop.unreached));
      if (!json.contains("segments")) continue;
      EXPECT_EQ(json["segments"]["p50"], Ranked(loop.segments, 50));
      EXPECT_EQ(json["segments"]["p95"], Ranked(loop.segments, 95));
      EXPECT_EQ(json["segments"]["max"], Ranked(loop.segments, 100));
      EXPECT_EQ(json["segments"]["total"], loop.total);
      EXPECT_EQ(json["characters"]["p50"], Ranked(loop.characters, 50));
      EXPECT_EQ(json["characters"]["p95"], Ranked(loop.characters, 95));
      EXPECT_EQ(json["encodings"]["ucs2"], loop.ucs2);
      EXPECT_EQ(json["encodings"]["gsm7"], loop.reached - loop.ucs2);
    }
  }
}

TEST(Coverage, PortionsOfAnySizeGiveTheSameResult) {
  Random random;
  std::string text;
  for (int i = 0; i < 50; ++i) text += DumpJson(Generated(random)) + "\n";
  const std::string whole = DumpJson(CoverText(kTitle, {text}));
  std::vector<std::string> lines;
  for (size_t from = 0; from < text.size();) {
    const size_t end = text.find('\n', from) + 1;
    lines.push_back(text.substr(from, end - from));
    from = end;
  }
  EXPECT_EQ(DumpJson(CoverText(kTitle, lines)), whole);
}

}  // namespace
}  // namespace recado::plan
