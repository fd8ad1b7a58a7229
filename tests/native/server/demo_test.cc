// The demo that --demo fills: what a visitor finds, and that it works.
#include <gmock/gmock.h>
#include <set>

#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(ServiceTest, DemoIsFilledOnceAndNotAgain) {
  const auto records = [this] { return BodyOf(Ask(Method::kGet, "/api/v1/records/deal"))["records"].size(); };
  const size_t filled = records();
  ASSERT_GT(filled, 0U);
  ASSERT_EQ(Ask(Method::kDelete, "/api/v1/rules/welcome").status, 204);
  ASSERT_TRUE(FillDemo(*store_, now_).ok());
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/rules/welcome")), "404 not_found")
      << "what people deleted stays so";
  EXPECT_EQ(records(), filled);
}

TEST_F(ServiceTest, DemoHasEveryActionAndMoreThanOneKindOfItemAndPipeline) {
  std::set<std::string> actions, entities, pipelines;
  const Json rules = BodyOf(Ask(Method::kGet, "/api/v1/rules"))["rules"];
  for (const Json& entry : rules) {
    const Json& rule = entry["rule"];
    actions.insert(rule["action"]["type"].get<std::string>());
    entities.insert(rule["on"]["entity"].get<std::string>());
    pipelines.insert(rule["on"]["pipeline"].get<std::string>());
  }
  EXPECT_THAT(actions, ElementsAre("invite_to_messenger", "make_call", "send_chat_message", "send_email",
                                   "send_sms", "send_whatsapp"));
  EXPECT_THAT(entities, ElementsAre("deal", "lead"));
  EXPECT_THAT(pipelines, ElementsAre("leads", "repairs", "sales"));
}

// What the demo's rules say to its records, word for word, as sent to a colleague.
TEST_F(ServiceTest, DemoMessagesReadNaturally) {
  const struct {
    const char* rule;
    const char* record;
    const char* text;  // that it begins with
  } rows[] = {
      {"on-its-way", "D-8", "E-bike is on its way: https://parcel.example/DE000008 Expected 03.12.2026."},
      {"on-its-way", "D-1", "City bike is on its way."},  // without a link
      {"repair-reminder", "D-13", "Hi Nora, we expect your bike on 04.12.2026, 10:00, repair 1013."},
      {"repair-ready", "D-15", "Hi Chlo\xC3\xA9, repair 1015 is ready: E-bike, battery check, 60,00"},
      {"lead-invitation", "L-1",
       "Hi Maja, ask us anything in Telegram: https://t.me/bikeshop.example?start="},
      {"lead-invitation", "L-3", "Hi In\xC3\xAAs, ask us anything in Telegram: https://t.me/"},
      {"lead-test-ride", "L-4", "Hi Mateo, your test ride on 02.12.2026 is booked. Our catalogue"},
  };
  for (const auto& row : rows) {
    const std::string at = "/api/v1/rules/" + std::string(row.rule) + "/test";
    const std::string body = R"({"record":")" + std::string(row.record) + R"(","to":"+4915123456789"})";
    const Response sent = Ask(Method::kPost, at, body);
    ASSERT_EQ(sent.status, 202) << row.rule << ' ' << row.record << sent.Body();
    const std::string key = BodyOf(sent)["key"].get<std::string>();
    const Json delivery = BodyOf(Ask(Method::kGet, "/api/v1/deliveries/" + key));
    EXPECT_THAT(delivery["content"]["text"].get<std::string>(), StartsWith(row.text)) << row.record;
  }
}

// A lead without a contact is the client itself; one whose contact has no mobile number gets no WhatsApp
// message.
TEST_F(ServiceTest, DemoLeadsAreTheirOwnClients) {
  const auto moved = [this](const std::string& id, const std::string& stage) {
    const Response answer =
        Ask(Method::kPost, "/api/v1/records/lead/" + id + "/move", R"({"stage":")" + stage + "\"}");
    EXPECT_EQ(answer.status, 200) << answer.Body();
    EXPECT_TRUE(SettleAll());
    return BodyOf(Ask(Method::kGet, "/api/v1/deliveries?entity_id=" + id))["deliveries"][0];
  };
  EXPECT_EQ(moved("L-4", "new")["to"]["address"], "+34655123456");
  EXPECT_EQ(moved("L-4", "qualified")["to"]["address"], "5512077");
  EXPECT_EQ(moved("L-3", "qualified")["to"]["address"], "5512034");
  EXPECT_EQ(moved("L-1", "qualified")["reason"], "no_chat");
  EXPECT_EQ(moved("L-2", "in_progress")["status"], "scheduled");
  EXPECT_EQ(moved("L-2", "new")["reason"], "no_phone_of_type");
}

TEST_F(ServiceTest, DemoRulesHaveOnlyTheFaultTheyAreMeantToHave) {
  const Json rules = BodyOf(Ask(Method::kGet, "/api/v1/rules"))["rules"];
  EXPECT_GE(rules.size(), 6U);
  for (const Json& rule : rules) {
    if (rule["id"] == "payment-received") {
      EXPECT_THAT(DumpJson(rule["diagnostics"]), HasSubstr("contact.frist_name"));
      EXPECT_FALSE(rule["draft"].is_null());
      continue;
    }
    EXPECT_THAT(DumpJson(rule["diagnostics"]), ::testing::Not(HasSubstr("\"severity\":\"error\"")))
        << rule["id"];
  }
}

}  // namespace
}  // namespace recado::server
