#include <gmock/gmock.h>

#include "native/dispatch/tokens.h"
#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

using store::Role;
using ::testing::HasSubstr;

constexpr const char* kEvent =
    R"({"id":"evt-1","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D-5","pipeline":"sales","from":"new","to":"paid"})";
constexpr const char* kRule =
    R"({"id":"r1","name":"R","on":{"entity":"deal","pipeline":"sales","stage":"lost"},"action":{"type":"send_sms","text":"Hi {{ contact.first_name }}","phone_type":"auto","provider":"sms-main"}})";

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

// ---- Who may what

TEST_F(ServiceTest, EveryRouteOfTheApiNeedsATokenAndItsRole) {
  for (const Route& route : app_->router().routes()) {
    if (!route.role) continue;
    std::string path = route.pattern;
    for (size_t open = 0; (open = path.find('{')) != std::string::npos;) {
      path.replace(open, path.find('}') - open + 1, "x");
    }
    EXPECT_EQ(Verdict(Ask(route.method, path, "", {}, std::nullopt)), "401 sign_in_required") << path;
    EXPECT_EQ(Verdict(Ask(route.method, path, "", {{"Authorization", "Bearer wrong"}}, std::nullopt)),
              "401 token_refused")
        << path;
    if (*route.role > Role::kViewer) {
      const auto less = static_cast<Role>(static_cast<int>(*route.role) - 1);
      EXPECT_EQ(Verdict(Ask(route.method, path, "", {}, less)), "403 role_insufficient") << path;
    }
  }
}

TEST_F(ServiceTest, ForeignHostNamesAreNotAnsweredFor) {
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/healthz", "", {}, std::nullopt)), "200");
  Request request;
  for (const char* host :
       {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"}) {
    request.path = "/healthz";
    request.headers.clear();
    request.headers.emplace("Host", host);
    int status = 0;
    app_->Handle(request, [&status](const Response& response) { status = response.status; });
    EXPECT_EQ(status, 421) << host;
  }
}

TEST_F(ServiceTest, AnswersProtectThePage) {
  const Response page = Ask(Method::kGet, "/", "", {}, std::nullopt);
  const std::string policy(page.Header("Content-Security-Policy"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self' 'wasm-unsafe-eval';"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_EQ(page.Header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(std::string(Ask(Method::kGet, "/api/v1/rules").Header("Content-Security-Policy")),
              ::testing::StartsWith("default-src 'none'; frame-ancestors"));
}

TEST_F(ServiceTest, MethodThatAPathDoesNotTakeIsSaid) {
  const Response response = Ask(Method::kDelete, "/api/v1/events");
  EXPECT_EQ(Verdict(response), "405 method_not_allowed");
  EXPECT_EQ(response.Header("Allow"), "GET, POST");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/nothing")), "404 no_such_page");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/nothing")), "404 no_such_page");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/")), "405 method_not_allowed");
}

TEST_F(ServiceTest, PageSignsInByLinkAndWritesWithItsCsrfToken) {
  const auto code = access_->MakeLink("admin", Role::kAdmin, kLinkMs, now_);
  const Response link = Ask(Method::kGet, "/sign-in?code=" + *code, "", {}, std::nullopt);
  ASSERT_EQ(link.status, 303);
  EXPECT_EQ(link.Header("Location"), "/");
  const std::string header(link.Header("Set-Cookie"));
  const std::pair<std::string, std::string> cookie{"Cookie", header.substr(0, header.find(';'))};
  const Json session = BodyOf(Ask(Method::kGet, "/api/v1/session", "", {cookie}, std::nullopt));
  EXPECT_EQ(session["role"], "admin");
  const std::string csrf = session["csrf"].get<std::string>();
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/pause", "", {cookie}, std::nullopt)), "403 csrf_missing");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/pause", "", {cookie, {"X-CSRF-Token", csrf}}, std::nullopt)),
            "200");
  EXPECT_EQ(
      Verdict(Ask(Method::kDelete, "/api/v1/session", "", {cookie, {"X-CSRF-Token", csrf}}, std::nullopt)),
      "204");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/session", "", {cookie}, std::nullopt)),
            "401 sign_in_required");
}

// ---- Events

TEST_F(ServiceTest, EventIsAcceptedOnceAndThenADuplicate) {
  const Response first = Ask(Method::kPost, "/api/v1/events", kEvent);
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(first.Body(), R"({"accepted":1,"duplicates":0})");
  // Another order of members is the same value.
  const Json event = *ParseJson(kEvent);
  Json turned = Json::object();
  for (auto it = event.rbegin(); it != event.rend(); ++it) turned[it.key()] = it.value();
  EXPECT_EQ(Ask(Method::kPost, "/api/v1/events", DumpJson(turned)).Body(),
            R"({"accepted":0,"duplicates":1})");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/events", Replaced(kEvent, "\"paid\"", "\"won\""))),
            "409 event_conflict");
}

TEST_F(ServiceTest, BatchIsTakenAsAWholeOrNotAtAll) {
  const std::vector<std::pair<std::string, std::string>> ndjson = {{"Content-Type", "application/x-ndjson"}};
  const std::string one = Replaced(kEvent, "evt-1", "evt-a");
  const std::string two = Replaced(kEvent, "evt-1", "evt-b");
  const Response broken = Ask(Method::kPost, "/api/v1/events", one + "\n\n{broken\n" + two, ndjson);
  EXPECT_EQ(Verdict(broken), "400 invalid_json");
  EXPECT_EQ(BodyOf(broken)["line"], 3);
  const Response wrong = Ask(Method::kPost, "/api/v1/events", one + "\n{\"id\":7}\n", ndjson);
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(BodyOf(wrong)["line"], 2);
  EXPECT_EQ(Ask(Method::kPost, "/api/v1/events", one + "\n" + two + "\n", ndjson).Body(),
            R"({"accepted":2,"duplicates":0})")
      << "nothing of the refused batches was kept";
  const Response conflict =
      Ask(Method::kPost, "/api/v1/events",
          Replaced(kEvent, "evt-1", "evt-c") + "\n" + Replaced(two, "\"paid\"", "\"won\""), ndjson);
  EXPECT_EQ(Verdict(conflict), "409 event_conflict");
  EXPECT_EQ(BodyOf(conflict)["line"], 2);
}

struct BadBody {
  const char* name;
  std::string type;
  std::string body;
  const char* verdict;
};

class BadEvent : public ServiceTest, public ::testing::WithParamInterface<BadBody> {};

TEST_P(BadEvent, IsRefusedWithAClearAnswer) {
  std::vector<std::pair<std::string, std::string>> headers;
  if (!GetParam().type.empty()) headers.emplace_back("Content-Type", GetParam().type);
  const Response response = Ask(Method::kPost, "/api/v1/events", GetParam().body, headers);
  EXPECT_EQ(Verdict(response), GetParam().verdict);
  EXPECT_EQ(response.Header("Content-Type"), "application/problem+json");
  EXPECT_FALSE(BodyOf(response)["diagnostics"].empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, BadEvent,
    ::testing::Values(
        BadBody{"Empty", "application/json", "", "400 invalid_json"},
        BadBody{"NotJson", "application/json", "{broken", "400 invalid_json"},
        BadBody{"Array", "application/json", "[]", "400 wrong_type"},
        BadBody{"NoMembers", "application/json", "{}", "400 missing_member"},
        BadBody{"WrongType", "application/json", Replaced(kEvent, "\"evt-1\"", "7"), "400 wrong_type"},
        BadBody{"BadInstant", "application/json", Replaced(kEvent, "2026-11-22T09:30:00Z", "yesterday"),
                "400 invalid_instant"},
        BadBody{"UnknownType", "application/json", Replaced(kEvent, "stage_changed", "exploded"),
                "400 invalid_value"},
        BadBody{"InvalidUtf8", "application/json", Replaced(kEvent, "evt-1", "evt-\xFF"), "400 invalid_utf8"},
        BadBody{"TooDeep", "application/json", std::string(10'000, '[') + std::string(10'000, ']'),
                "400 json_too_deep"},
        BadBody{"Form", "application/x-www-form-urlencoded", kEvent, "415 media_type_unsupported"},
        BadBody{"Text", "text/plain", kEvent, "415 media_type_unsupported"}),
    [](const auto& row) { return std::string(row.param.name); });

// ---- Rules

TEST_F(ServiceTest, GoodRuleIsPublishedAtOnce) {
  const Response put = Ask(Method::kPut, "/api/v1/rules/r1", kRule);
  ASSERT_EQ(put.status, 200) << put.Body();
  const Json json = BodyOf(put);
  EXPECT_EQ(json["published_revision"], 1);
  EXPECT_EQ(json["rule"]["name"], "R");
  EXPECT_TRUE(json["draft"].is_null());
  EXPECT_EQ(Ask(Method::kGet, "/api/v1/rules/r1").Header("ETag"), put.Header("ETag"));
}

TEST_F(ServiceTest, FaultyRuleIsKeptAsDraftWhileTheOldOneRuns) {
  Ask(Method::kPut, "/api/v1/rules/r1", kRule);
  const Response put = Ask(Method::kPut, "/api/v1/rules/r1", Replaced(kRule, "first_name", "frist_name"));
  ASSERT_EQ(put.status, 200) << put.Body();
  const Json json = BodyOf(put);
  EXPECT_EQ(json["published_revision"], 1);
  EXPECT_THAT(DumpJson(json["rule"]), HasSubstr("first_name"));
  EXPECT_THAT(DumpJson(json["draft"]), HasSubstr("frist_name"));
  EXPECT_THAT(DumpJson(json["diagnostics"]), HasSubstr("\"severity\":\"error\""));
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/rules/r1/publish")), "409 rule_has_errors");
}

TEST_F(ServiceTest, DraftIsNotPublishedUntilAskedTo) {
  EXPECT_TRUE(BodyOf(Ask(Method::kPut, "/api/v1/rules/r1?draft=1", kRule))["published_revision"].is_null());
  EXPECT_EQ(BodyOf(Ask(Method::kPost, "/api/v1/rules/r1/publish"))["published_revision"], 1);
}

TEST_F(ServiceTest, TwoPeopleCannotOverwriteEachOther) {
  const std::string old(Ask(Method::kPut, "/api/v1/rules/r1", kRule).Header("ETag"));
  const std::string newer = Replaced(kRule, "\"R\"", "\"S\"");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/r1", newer, {{"If-Match", old}})), "200");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/r1", kRule, {{"If-Match", old}})),
            "412 version_conflict");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/r1", kRule, {{"If-Match", "\"other\""}})),
            "412 version_conflict");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/r1", kRule, {{"If-None-Match", "*"}})),
            "412 version_conflict");
  EXPECT_EQ(Verdict(Ask(Method::kDelete, "/api/v1/rules/r1", "", {{"If-Match", old}})),
            "412 version_conflict");
}

TEST_F(ServiceTest, OldRevisionCanBeRestored) {
  Ask(Method::kPut, "/api/v1/rules/r1", kRule);
  Ask(Method::kPut, "/api/v1/rules/r1", Replaced(kRule, "\"R\"", "\"S\""));
  const Json revisions = BodyOf(Ask(Method::kGet, "/api/v1/rules/r1/revisions"))["revisions"];
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_EQ(revisions[0]["revision"], 2);
  const Json restored = BodyOf(Ask(Method::kPost, "/api/v1/rules/r1/revisions/1/restore"));
  EXPECT_EQ(restored["rule"]["name"], "R");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/rules/r1/revisions/9/restore")), "404 not_found");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/rules/r1/revisions/x/restore")), "404 not_found");
}

TEST_F(ServiceTest, RuleDocumentsAreJudged) {
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/other", kRule)), "400 id_mismatch");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/r1", "[]")), "400 wrong_type");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/rules/r1", "{")), "400 invalid_json");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/rules/none")), "404 not_found");
  const auto codes = [this](const std::string& rule) {
    return Ask(Method::kPut, "/api/v1/rules/r1", rule).body;
  };
  EXPECT_THAT(codes(Replaced(kRule, "\"lost\"", "\"nowhere\"")), HasSubstr("unknown_stage"));
  const std::string large = codes(Replaced(kRule, "Hi ", std::string(64 * 1024 + 1, 'x')));
  EXPECT_THAT(large, HasSubstr("\"severity\":\"error\""));
  EXPECT_THAT(large, HasSubstr("\"published_revision\":null"));
}

TEST_F(ServiceTest, RuleSendsItselfToMe) {
  Ask(Method::kPut, "/api/v1/rules/r1", kRule);
  const Response sent =
      Ask(Method::kPost, "/api/v1/rules/r1/test", R"({"record":"D-5","to":"+4915112345678"})");
  EXPECT_EQ(sent.status, 202) << sent.Body();
  const std::string key = BodyOf(sent)["key"].get<std::string>();
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/deliveries/" + key))["to"]["address"], "+4915112345678");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/rules/r1/test", R"({"record":"D-5","to":"nonsense"})")),
            "400 phone_invalid");
  EXPECT_EQ(
      Verdict(Ask(Method::kPost, "/api/v1/rules/r1/test", R"({"record":"D-99","to":"+4915112345678"})")),
      "404 not_found");
}

// Each of the six kinds comes to me, with the addresses in its text that a customer would get.
TEST_F(ServiceTest, RuleOfEveryKindSendsItselfToMe) {
  const auto put = [this](const std::string& path, const std::string& body) {
    const Response response = Ask(Method::kPut, "/api/v1/" + path, body);
    EXPECT_EQ(response.status, 200) << path << response.Body();
  };
  put("providers/tg",
      R"({"kind":"telegram","settings":{"bot_username":"@shopbot"},"secrets":{"bot_token":"1:A"}})");
  put("providers/live", R"({"kind":"live_chat"})");
  put("providers/wa", R"({"kind":"sandbox","settings":{}})");
  Json workspace = BodyOf(Ask(Method::kGet, "/api/v1/workspace"));
  workspace["templates"] =
      Json::array({{{"provider", "wa"}, {"name", "paid"}, {"language", "en"}, {"parameters", 1}}});
  put("workspace", DumpJson(workspace));
  put("records/deal/D-9",
      R"({"deal":{"id":"D-9","title":"Bike","number":"1009","pipeline":"sales","stage":"new"},"contacts":[{"id":"C-9","first_name":"Ana",)"
      R"("phones":[{"type":"mobile","value":"+4915112345678"}],"emails":[{"type":"home","value":"ana@example.com"}],)"
      R"("chats":[{"channel":"live","id":"77","created":"2026-11-01T10:00:00Z"}]}]})");
  const struct {
    const char* action;
    const char* to;
    const char* address;
  } rows[] = {
      {R"({"type":"send_sms","text":"Hi","provider":"sms-main"})", "0151 99999999", "+4915199999999"},
      {R"({"type":"send_email","from":"sales@shop.example","subject":"S","text":"{{ unsubscribe_url }}"})",
       "me@shop.example", "me@shop.example"},
      {R"({"type":"make_call","line":"line-berlin","say":{"text":"Hello"}})", "+4915199999999",
       "+4915199999999"},
      {R"({"type":"send_chat_message","text":"Hi"})", "4711", "4711"},
      {R"({"type":"send_whatsapp","provider":"wa","template":"paid","language":"en","parameters":{"1":"Hi"}})",
       "+4915199999999", "+4915199999999"},
      {R"({"type":"invite_to_messenger","channel":"tg","provider":"sms-main","text":"Come: {{ invite.link }}"})",
       "+4915199999999", "+4915199999999"},
  };
  const dispatch::Tokens tokens(store_->KeyFor("recado customers' links"));
  for (const auto& row : rows) {
    put("rules/me", R"({"id":"me","on":{"entity":"deal","pipeline":"sales","stage":"new"},"action":)" +
                        std::string(row.action) + "}");
    const Response sent = Ask(Method::kPost, "/api/v1/rules/me/test",
                              R"({"record":"D-9","to":")" + std::string(row.to) + "\"}");
    ASSERT_EQ(sent.status, 202) << row.action << sent.Body();
    const std::string key = BodyOf(sent)["key"].get<std::string>();
    const Json delivery = BodyOf(Ask(Method::kGet, "/api/v1/deliveries/" + key));
    EXPECT_EQ(delivery["to"]["address"], row.address) << row.action;
    const std::string text = delivery["content"].value("text", "");
    if (std::string(row.action).find("invite") != std::string::npos) {
      EXPECT_EQ(text,
                "Come: https://t.me/shopbot?start=" + tokens.Of(dispatch::Purpose::kInvitation, key, "tg"));
    }
    if (std::string(row.action).find("email") != std::string::npos) {
      EXPECT_THAT(text,
                  HasSubstr(kPublicUrl + ("/u/" + tokens.Of(dispatch::Purpose::kUnsubscribe, key, ""))));
    }
  }
}

TEST_F(ServiceTest, MetricsCountByProviderAndStatus) {
  EXPECT_THAT(std::string(Ask(Method::kGet, "/metrics").Body()),
              ::testing::Not(HasSubstr("status=\"accepted\"")));
  ASSERT_EQ(Ask(Method::kPost, "/api/v1/records/deal/D-1/move", R"({"stage":"paid"})").status, 200);
  const auto metrics = [this] { return std::string(Ask(Method::kGet, "/metrics").Body()); };
  const std::string wanted = "recado_deliveries_total{provider=\"sms-main\",status=\"accepted\"} 1";
  EXPECT_TRUE(SettleUntil([&] { return metrics().find(wanted) != std::string::npos; })) << metrics();
  EXPECT_THAT(metrics(), ::testing::Not(HasSubstr("recado_crm_source_ok")));
}

TEST(Counters, LabelsAreBoundedAndEscapedElsewhere) {
  Counters counters;
  std::vector<store::Change> changes;
  for (int i = 0; i < 250; ++i) {
    store::Change change;
    change.status = store::Status::kFailed;
    change.provider = "p" + std::to_string(i);
    changes.push_back(change);
  }
  store::Change other;
  other.kind = store::Change::Kind::kRule;
  changes.push_back(other);
  counters.Take(changes);
  const auto counts = counters.Counts();
  EXPECT_EQ(counts.size(), kMaxCountedProviders + 1);
  int64_t all = 0;
  for (const auto& [provider, by_status] : counts)
    all += by_status[static_cast<size_t>(store::Status::kFailed)];
  EXPECT_EQ(all, 250);
  EXPECT_EQ(counts.at("other")[static_cast<size_t>(store::Status::kFailed)], 150);
}

TEST_F(ServiceTest, ReadinessSaysHowTheCrmIs) {
  EXPECT_FALSE(BodyOf(Ask(Method::kGet, "/readyz")).contains("crm_source"));
  ASSERT_EQ(Ask(Method::kPut, "/api/v1/crm-source",
                R"({"kind":"bitrix24","settings":{"base_url":"http://127.0.0.1:1"},)"
                R"("secrets":{"webhook":"1/x","application_token":"t"}})")
                .status,
            200);
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/readyz"))["crm_source"], "ok");
  EXPECT_THAT(std::string(Ask(Method::kGet, "/metrics").Body()), HasSubstr("recado_crm_source_ok 1"));
}

// ---- Providers and settings

TEST_F(ServiceTest, SecretsAreNeverShownAgain) {
  const Response put = Ask(Method::kPut, "/api/v1/providers/tw",
                           R"({"kind":"twilio","settings":{"account_sid":"AC)"
                           "00000000000000000000000000000001"
                           R"(","from":"+15005550006"},"secrets":{"auth_token":"hunter2hunter2"}})");
  ASSERT_EQ(put.status, 200) << put.Body();
  for (const char* path :
       {"/api/v1/providers/tw", "/api/v1/providers", "/api/v1/workspace", "/api/v1/audit"}) {
    EXPECT_THAT(std::string(Ask(Method::kGet, path).Body()), ::testing::Not(HasSubstr("hunter2"))) << path;
  }
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/providers/tw"))["secrets_set"],
            Json::parse(R"(["auth_token"])"));
}

TEST_F(ServiceTest, ProviderThatCannotWorkIsRefused) {
  EXPECT_EQ(Ask(Method::kPut, "/api/v1/providers/p", R"({"kind":"pigeon"})").status, 400);
  EXPECT_EQ(Ask(Method::kPut, "/api/v1/providers/p", R"({"kind":"twilio","settings":{}})").status, 400);
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/providers/p", R"({"settings":{}})")), "400 missing_member");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/providers/p", R"({"kind":"sandbox","settings":[]})")),
            "400 wrong_type");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/providers/p", R"({"kind":"sandbox","secrets":{"a":1}})")),
            "400 wrong_type");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/providers/p")), "404 not_found");
}

TEST_F(ServiceTest, PauseHoldsUntilResumed) {
  EXPECT_EQ(BodyOf(Ask(Method::kPost, "/api/v1/pause", R"({"provider":"sms-main"})"))["providers"][0],
            "sms-main");
  EXPECT_EQ(BodyOf(Ask(Method::kPost, "/api/v1/pause"))["all"], true);
  EXPECT_EQ(BodyOf(Ask(Method::kPost, "/api/v1/resume"))["all"], false);
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/pause"))["providers"].size(), 1U);
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/pause", R"({"provider":"none"})")), "404 not_found");
}

TEST_F(ServiceTest, SettingsAreJudgedAndShownWithTheirProviders) {
  const Json workspace = BodyOf(Ask(Method::kGet, "/api/v1/workspace"));
  EXPECT_EQ(workspace["name"], "Bike Shop");
  const Json stored = BodyOf(Ask(Method::kGet, "/api/v1/providers"))["providers"];
  ASSERT_FALSE(stored.empty());
  EXPECT_EQ(workspace["providers"].size(), stored.size());
  EXPECT_EQ(Ask(Method::kPut, "/api/v1/workspace", R"({"name":7})").status, 400);
  EXPECT_EQ(Ask(Method::kPut, "/api/v1/schema", R"({"entities":{}})").status, 400);
  const Response put = Ask(Method::kPut, "/api/v1/workspace", DumpJson(workspace));
  EXPECT_EQ(put.status, 200) << put.Body();
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/workspace", DumpJson(workspace), {{"If-Match", "\"v1\""}})),
            "412 version_conflict");
}

// ---- Records, deliveries, files, suppressions

TEST_F(ServiceTest, MoveFiresTheRulesOfTheStage) {
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/records/deal/D-5/move", R"({"stage":"nowhere"})")),
            "400 stage_unknown_here");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/records/deal/none/move", R"({"stage":"paid"})")),
            "404 not_found");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/records/deal/D-5/move", R"({"stage":7})")), "400 wrong_type");
  const Response moved = Ask(Method::kPost, "/api/v1/records/deal/D-8/move", R"({"stage":"paid"})");
  ASSERT_EQ(moved.status, 200) << moved.Body();
  EXPECT_EQ(BodyOf(moved)["deal"]["stage"], "paid");
  engine_->Settle(now_);
  const Json page = BodyOf(Ask(Method::kGet, "/api/v1/deliveries?entity_id=D-8"));
  EXPECT_EQ(page["deliveries"].size(), 2U) << DumpJson(page);
  EXPECT_THAT(std::string(Ask(Method::kGet, "/api/v1/records/deal/D-8/timeline").Body()),
              HasSubstr("stage_changed"));
}

TEST_F(ServiceTest, DeliveriesAreFilteredAndPaged) {
  Ask(Method::kPost, "/api/v1/records/deal/D-8/move", R"({"stage":"paid"})");
  engine_->Settle(now_);
  const Json first = BodyOf(Ask(Method::kGet, "/api/v1/deliveries?limit=1"));
  ASSERT_EQ(first["deliveries"].size(), 1U);
  const Json second =
      BodyOf(Ask(Method::kGet, "/api/v1/deliveries?limit=1&after=" + first["next"].get<std::string>()));
  ASSERT_EQ(second["deliveries"].size(), 1U);
  EXPECT_NE(first["deliveries"][0]["key"], second["deliveries"][0]["key"]);
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/deliveries?status=flying")), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/deliveries?limit=0")), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/deliveries?limit=1001")), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/deliveries?after=x")), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/deliveries/none")), "404 not_found");
}

TEST_F(ServiceTest, ScheduledDeliveryCanBeCancelledOnce) {
  Ask(Method::kPost, "/api/v1/records/deal/D-8/move", R"({"stage":"in_discussion"})");
  engine_->Settle(now_);
  const Json page = BodyOf(Ask(Method::kGet, "/api/v1/deliveries?status=scheduled"));
  ASSERT_EQ(page["deliveries"].size(), 1U) << DumpJson(page);
  const std::string path = "/api/v1/deliveries/" + page["deliveries"][0]["key"].get<std::string>();
  EXPECT_EQ(Verdict(Ask(Method::kPost, path + "/resolve", R"({"outcome":"maybe"})")), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kPost, path + "/resolve", R"({"outcome":"sent"})")), "409 delivery_state");
  EXPECT_EQ(BodyOf(Ask(Method::kPost, path + "/cancel"))["status"], "cancelled");
  EXPECT_EQ(Verdict(Ask(Method::kPost, path + "/cancel")), "409 delivery_state");
}

TEST_F(ServiceTest, FilesComeBackAsDownloads) {
  EXPECT_EQ(Ask(Method::kPost, "/api/v1/files?name=a.pdf", "bytes").status, 201);
  const Response file = Ask(Method::kGet, "/api/v1/files/a.pdf");
  EXPECT_EQ(file.Body(), "bytes");
  EXPECT_EQ(file.Header("Content-Disposition"), "attachment");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/files?name=../a.pdf", "x")), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/files", "x")), "400 invalid_value");
  EXPECT_EQ(Ask(Method::kDelete, "/api/v1/files/a.pdf").status, 204);
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/files/a.pdf")), "404 not_found");
}

TEST_F(ServiceTest, SuppressedAddressesAreKeptAsMessagesCarryThem) {
  const Response put =
      Ask(Method::kPost, "/api/v1/suppressions", R"({"channel":"sms","address":"0151 23456789"})");
  ASSERT_EQ(put.status, 201) << put.Body();
  EXPECT_EQ(BodyOf(put)["address"], "+4915123456789");
  EXPECT_EQ(BodyOf(Ask(Method::kPost, "/api/v1/suppressions", R"({"address":"A@B.example"})"))["address"],
            "a@b.example");
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/suppressions"))["suppressions"].size(), 2U);
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/suppressions", R"({"channel":"pigeon","address":"x"})")),
            "400 invalid_value");
  EXPECT_EQ(Ask(Method::kDelete, "/api/v1/suppressions?channel=sms&address=%2B4915123456789").status, 204);
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/suppressions"))["suppressions"].size(), 1U);
}

TEST_F(ServiceTest, TokensAreMadeListedAndRevoked) {
  const Json made = BodyOf(Ask(Method::kPost, "/api/v1/tokens", R"({"name":"shop","role":"operator"})"));
  const std::pair<std::string, std::string> bearer{"Authorization",
                                                   "Bearer " + made["token"].get<std::string>()};
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/rules", "", {bearer}, std::nullopt)), "200");
  EXPECT_THAT(std::string(Ask(Method::kGet, "/api/v1/tokens").Body()),
              ::testing::Not(HasSubstr(made["token"].get<std::string>())));
  EXPECT_EQ(Ask(Method::kDelete, "/api/v1/tokens/" + made["id"].get<std::string>()).status, 204);
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/rules", "", {bearer}, std::nullopt)), "401 token_refused");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/tokens", R"({"role":"king"})")), "400 invalid_value");
}

}  // namespace
}  // namespace recado::server
