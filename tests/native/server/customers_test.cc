#include <gmock/gmock.h>

#include "native/server/caretaker.h"
#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

using store::Await;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kDayMs = 86'400'000;

class CareTest : public ServiceTest {
 protected:
  // Ana (C-1, demo) is sent something and it has been accepted.
  void SendToAna() {
    const auto move = [&](const char* stage) {
      EXPECT_EQ(
          Ask(Method::kPost, "/api/v1/records/deal/D-1/move", std::string(R"({"stage":")") + stage + "\"}")
              .status,
          200);
    };
    move("paid");
    EXPECT_TRUE(SettleAll());
    move("new");
    EXPECT_TRUE(SettleAll());
  }
  std::string Everything() {
    return std::string(Ask(Method::kGet, "/api/v1/customers/export?contact=C-1").Body());
  }
};

TEST_F(CareTest, ExportHasEverythingOfACustomerAndNothingOfOthers) {
  SendToAna();
  const Json json = *ParseJson(Everything());
  EXPECT_FALSE(json["records"].empty());
  EXPECT_FALSE(json["deliveries"].empty());
  EXPECT_FALSE(json["events"].empty());
  EXPECT_THAT(DumpJson(json["addresses"]), HasSubstr("+5511912345678"));
  EXPECT_THAT(DumpJson(json["addresses"]), HasSubstr("ana.souza@customer.example"));
  EXPECT_THAT(DumpJson(json), Not(HasSubstr("Jonas")));
  // By any of the addresses it is the same.
  const Json by_address = BodyOf(Ask(Method::kGet, "/api/v1/customers/export?address=%2B55+11+91234-5678"));
  EXPECT_EQ(by_address["deliveries"].size(), json["deliveries"].size());
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/customers/export")), "400 missing_member");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/customers/export?contact=C-1", "", {}, store::Role::kEditor)),
            "403 role_insufficient");
}

TEST_F(CareTest, ErasingLeavesKeysCountsAndAFingerprintThatIsNeverSentTo) {
  SendToAna();
  const auto before = *store_->CountDeliveries();
  const Response erased = Ask(Method::kDelete, "/api/v1/customers?contact=C-1");
  ASSERT_EQ(erased.status, 200) << erased.Body();
  EXPECT_GT(BodyOf(erased)["erased"]["deliveries"], 0);
  EXPECT_EQ(*store_->CountDeliveries(), before);
  const Json after = *ParseJson(Everything());
  for (const char* kind : {"records", "deliveries", "events", "sandbox", "incoming", "chats"})
    EXPECT_TRUE(after[kind].empty()) << kind;
  const auto all = store_->ListDeliveries({});
  for (const store::Delivery& delivery : *all) {
    const auto whole = store_->FindDelivery(delivery.key);
    EXPECT_THAT(whole->message + whole->customer + whole->reason_json + whole->address,
                Not(HasSubstr("91234")));
  }
  EXPECT_TRUE(store_->FindSuppression("sms", "+5511912345678")->has_value());
  EXPECT_TRUE(store_->FindSuppression("email", "ana.souza@customer.example")->has_value());
  EXPECT_FALSE(store_->FindSuppression("sms", "+4915123456789")->has_value());
  const auto suppressions = store_->ListSuppressions({.limit = 100});
  for (const store::Suppression& one : *suppressions) EXPECT_THAT(one.address, Not(HasSubstr("55119")));
  // The log is written behind the answers; a write that is waited for comes after it.
  store::Await<store::Unit>([&](auto done) { store_->DeleteSuppression("sms", "nobody", done); }).ok();
  const Json audit = BodyOf(Ask(Method::kGet, "/api/v1/audit"));
  ASSERT_GE(audit["entries"].size(), 2u);
  EXPECT_EQ(audit["entries"][0]["action"], "customer.export");
  EXPECT_EQ(audit["entries"][1]["action"], "customer.erase");
  EXPECT_THAT(DumpJson(audit["entries"][1]), Not(HasSubstr("C-1")));
  // Others are as they were.
  EXPECT_THAT(BodyOf(Ask(Method::kGet, "/api/v1/records/deal/D-2")).dump(), HasSubstr("Jonas"));
}

TEST_F(CareTest, RetentionErasesContentThenDeliveriesAndKeepsTheSums) {
  SendToAna();
  Json workspace = BodyOf(Ask(Method::kGet, "/api/v1/workspace"));
  workspace["retention"] = {{"content_days", 30}, {"deliveries_days", 90}};
  ASSERT_EQ(Ask(Method::kPut, "/api/v1/workspace", DumpJson(workspace)).status, 200);
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/workspace"))["retention"]["content_days"], 30);
  const std::string days = "/api/v1/statistics?by=rule&from=" + FormatDate(DateFromDays(now_.ms / kDayMs)) +
                           "&to=" + FormatDate(DateFromDays(now_.ms / kDayMs));
  const Json sums = BodyOf(Ask(Method::kGet, days));
  EXPECT_GT(sums["total"]["deliveries"], 0);
  const auto count = store_->ListDeliveries({})->size();
  Caretaker care(*store_, [this] { return now_; });
  care.Turn();
  EXPECT_THAT(Everything(), HasSubstr("\"content\""));
  now_.ms += 31 * kDayMs;
  care.Turn();
  const auto aged = store_->ListDeliveries({});
  for (const store::Delivery& delivery : *aged) {
    const bool ended = delivery.status != store::Status::kScheduled && delivery.status != store::Status::kDue;
    EXPECT_EQ(ended && !delivery.message.empty(), false) << delivery.rule_id;
  }
  EXPECT_EQ(store_->ListDeliveries({})->size(), count);
  now_.ms += 61 * kDayMs;
  care.Turn();
  const auto kept = store_->ListDeliveries({});
  for (const store::Delivery& delivery : *kept) {
    EXPECT_FALSE(store::IsFinal(delivery.status)) << delivery.rule_id;
  }
  EXPECT_EQ(BodyOf(Ask(Method::kGet, days)), sums);
}

TEST_F(CareTest, RetentionThatIsMisspeltIsRefused) {
  for (const char* wrong :
       {R"({"retention":30})", R"({"retention":{"days":30}})", R"({"retention":{"content_days":0}})",
        R"({"retention":{"content_days":"30"}})", R"({"retention":{"content_days":36501}})"}) {
    EXPECT_EQ(Ask(Method::kPut, "/api/v1/workspace", wrong).status, 400) << wrong;
  }
}

TEST_F(CareTest, StatisticsCountByStatusAndSumCostsExactly) {
  ASSERT_EQ(
      Ask(Method::kPut, "/api/v1/providers/sms-main",
          R"({"kind":"sandbox","settings":{"prices":[{"prefix":"","per":"segment","amount":"0.1","currency":"EUR"},)"
          R"({"prefix":"55","per":"segment","amount":"0.00725","currency":"USD"}]}})")
          .status,
      200);
  SendToAna();  // deliveries over the sandbox: an SMS to Brazil
  const auto all = store_->ListDeliveries({});
  const auto sms = std::find_if(all->begin(), all->end(), [](const store::Delivery& d) {
    return d.channel == "sms" && d.status == store::Status::kAccepted;
  });
  ASSERT_NE(sms, all->end());
  EXPECT_GT(sms->cost.segments, 0);
  EXPECT_EQ(sms->cost.currency, "USD");
  const Json shown = BodyOf(Ask(Method::kGet, "/api/v1/deliveries/" + sms->key));
  EXPECT_EQ(shown["cost"]["amount"], sms->cost.amount);
  EXPECT_EQ(shown["cost"]["reported"], false);
  const Json by_provider = BodyOf(Ask(Method::kGet, "/api/v1/statistics?by=provider"));
  bool found = false;
  for (const Json& group : by_provider["groups"]) {
    if (group["provider"] != "sms-main") continue;
    found = true;
    EXPECT_EQ(group["cost"][0]["currency"], "USD");
    EXPECT_EQ(group["segments"], sms->cost.segments);
  }
  EXPECT_TRUE(found);
  const Json by_day = BodyOf(Ask(Method::kGet, "/api/v1/statistics"));
  EXPECT_EQ(by_day["groups"].size(), 30U);
  EXPECT_EQ(by_day["total"]["deliveries"], static_cast<int64_t>(all->size()));
  // Summed up in the past they are the same as summed up now.
  now_.ms += 2 * kDayMs;
  Caretaker(*store_, [this] { return now_; }).Turn();
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/statistics"))["total"], by_day["total"]);
  for (const char* wrong : {"?by=colour", "?from=yesterday", "?to=2026-13-01",
                            "?from=2026-11-02&to=2026-11-01", "?from=2020-01-01&to=2026-11-01"}) {
    EXPECT_EQ(Ask(Method::kGet, std::string("/api/v1/statistics") + wrong).status, 400) << wrong;
  }
}

TEST_F(ServiceTest, ACrmSourceIsSetUpWithoutShowingItsSecrets) {
  EXPECT_EQ(Ask(Method::kGet, "/api/v1/crm-source").status, 204);
  EXPECT_EQ(Ask(Method::kPost, "/hooks/crm/bitrix24", "auth[application_token]=t", {}, std::nullopt).status,
            403);
  const std::string body =
      R"({"kind":"bitrix24","settings":{"base_url":"https://shop.bitrix24.eu"},"secrets":{"webhook":"1/s3cret","application_token":"t0ken"}})";
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/crm-source", body, {}, store::Role::kEditor)),
            "403 role_insufficient");
  const Response put = Ask(Method::kPut, "/api/v1/crm-source", body);
  ASSERT_EQ(put.status, 200) << put.Body();
  const std::string shown(Ask(Method::kGet, "/api/v1/crm-source").Body());
  EXPECT_THAT(shown, Not(HasSubstr("s3cret")));
  EXPECT_THAT(shown, Not(HasSubstr("t0ken")));
  EXPECT_EQ((*ParseJson(shown))["secrets_set"], (Json{"application_token", "webhook"}));
  const auto hook = [&](const std::string& token) {
    return Ask(Method::kPost, "/hooks/crm/bitrix24",
               "event=ONCRMDEALUPDATE&data[FIELDS][ID]=7&auth[application_token]=" + token,
               {{"Content-Type", "application/x-www-form-urlencoded"}}, std::nullopt)
        .status;
  };
  EXPECT_EQ(hook("wrong"), 403);
  EXPECT_EQ(hook("t0ken"), 200);
  EXPECT_EQ(store_->DueSourceCalls(now_, 10)->size(), 1U);
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/crm-source", R"({"kind":"salesforce","settings":{}})")),
            "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/crm-source", R"({"kind":"bitrix24","settings":{}})")),
            "400 invalid_value");
  EXPECT_EQ(Ask(Method::kDelete, "/api/v1/crm-source").status, 204);
  EXPECT_TRUE(store_->DueSourceCalls(now_, 10)->empty());
}

}  // namespace
}  // namespace recado::server
