#include <gmock/gmock.h>

#include "native/crm/bitrix24_source.h"
#include "native/crm/directory.h"
#include "tests/native/directory/portal.h"
#include "tests/native/store/store_fixture.h"

namespace recado::directory {
namespace {

using store::Await;
using store::Unit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(LeakyBucket, DrainsTwoASecondAndHoldsABurst) {
  LeakyBucket bucket(3, 2);
  EXPECT_EQ(bucket.Take(0), 0);
  EXPECT_EQ(bucket.Take(0), 0);
  EXPECT_EQ(bucket.Take(0), 0);
  EXPECT_EQ(bucket.Take(0), 500);
  EXPECT_EQ(bucket.Take(0), 1'000);
  EXPECT_EQ(bucket.Take(10'000), 0);
  EXPECT_EQ(bucket.Take(9'000), 0);  // a clock that goes back drains nothing
}

TEST(Bitrix24Event, FormsOfTheDocumentedEvents) {
  struct Row {
    const char* body;
    Bitrix24Event::What what;
    int type;
    const char* id;
  };
  using What = Bitrix24Event::What;
  constexpr Row kRows[] = {
      {"event=ONCRMDEALUPDATE&data[FIELDS][ID]=7&ts=1736405807&auth[application_token]=t", What::kUpdated, 2,
       "7"},
      {"event=ONCRMDEALADD&data%5BFIELDS%5D%5BID%5D=8", What::kAdded, 2, "8"},
      {"event=OnCrmLeadDelete&data[FIELDS][ID]=9", What::kDeleted, 1, "9"},
      {"event=ONCRMCONTACTUPDATE&data[FIELDS][ID]=5", What::kUpdated, 3, "5"},
      {"event=ONCRMDEALMOVETOCATEGORY&data[FIELDS][ID]=7", What::kUpdated, 2, "7"},
      {"event=ONCRMDYNAMICITEMUPDATE&data[FIELDS][ID]=4&data[FIELDS][ENTITY_TYPE_ID]=128", What::kUpdated,
       128, "4"},
      {"event=ONCRMDYNAMICITEMADD_31&data[FIELDS][ID]=4&data[FIELDS][ENTITY_TYPE_ID]=31", What::kAdded, 31,
       "4"},
      {"event=ONCRMDYNAMICITEMUPDATE&data[FIELDS][ID]=4", What::kOther, 0, "4"},
      {"event=ONCRMDEALUSERFIELDADD&data[FIELDS][ID]=4", What::kOther, 2, "4"},
      {"event=ONTASKADD&data[FIELDS][ID]=4", What::kOther, 0, "4"},
      {"event=ONCRMDEALUPDATE&data[FIELDS][ID]=7;DROP", What::kUpdated, 2, ""},
      {"event=ONCRMDEALUPDATE&data[FIELDS][ID]=-1", What::kUpdated, 2, ""},
      {"", What::kOther, 0, ""},
      {"%%%&&&===", What::kOther, 0, ""},
  };
  for (const Row& row : kRows) {
    const Bitrix24Event event = ReadBitrix24Event("application/x-www-form-urlencoded", row.body);
    EXPECT_EQ(event.what, row.what) << row.body;
    EXPECT_EQ(event.type, row.type) << row.body;
    EXPECT_EQ(event.id, row.id) << row.body;
  }
  const std::string json =
      R"({"event":"ONCRMDEALUPDATE","data":{"FIELDS":{"ID":"759"}},"auth":{"application_token":"t"}})";
  EXPECT_EQ(ReadBitrix24Event("application/json", json).id, "759");
  EXPECT_EQ(Bitrix24Token("application/json", json), "t");
  EXPECT_EQ(Bitrix24Token("application/json", "[1"), "");
}

TEST(Bitrix24Snapshot, PhonesKeepOrderAndTypesMoneyIsExactDatesLoseTheirClock) {
  const Json item = *ParseJson(
      R"({"id":7,"title":"Two bikes","categoryId":3,"stageId":"C3:PAID","opportunity":1299.9,"currencyId":"EUR",)"
      R"("closedate":"2026-12-05T02:00:00+02:00","createdTime":"2026-11-01T10:00:00+02:00","contactIds":[6,5],)"
      R"("contactId":5,"companyId":9,"assignedById":1,"UF_CRM_TRACK":"PL1","UF_CRM_FEE":"9.90|EUR","UF_CRM_EMPTY":"",)"
      R"("UF_CRM_AT":"2026-12-01T10:00:00+01:00"})");
  const Json contact = *ParseJson(
      R"({"id":5,"name":"Ana","lastName":"Souza","fm":[{"typeId":"PHONE","valueType":"WORK","value":"+55 11 3091-0000"},)"
      R"({"typeId":"EMAIL","valueType":"HOME","value":"ana@example.com"},)"
      R"({"typeId":"PHONE","valueType":"MOBILE","value":"+5511912345678"}]})");
  const Bitrix24People people = PeopleOf(item);
  EXPECT_THAT(people.contacts, ElementsAre("5", "6"));  // the primary one first (R-073)
  EXPECT_EQ(people.company, "9");
  Bitrix24Parts parts{.item = item, .contacts = {contact}, .company = Json(), .user = Json()};
  EXPECT_EQ(
      DumpJson(SnapshotOfBitrix24("deal", parts, {{"UF_CRM_TRACK", "tracking_number"}})),
      R"({"deal":{"id":"7","title":"Two bikes","close_date":"2026-12-05","created":"2026-11-01T08:00:00Z","pipeline":"3",)"
      R"("stage":"C3:PAID","amount":{"amount":"1299.90","currency":"EUR"},"tracking_number":"PL1",)"
      R"("uf_crm_fee":{"amount":"9.90","currency":"EUR"},"uf_crm_at":"2026-12-01T09:00:00Z"},)"
      R"("contacts":[{"id":"5","first_name":"Ana","last_name":"Souza","phones":[{"type":"work","value":"+55 11 3091-0000"},)"
      R"({"type":"mobile","value":"+5511912345678"}],"emails":[{"type":"home","value":"ana@example.com"}]}]})");
}

TEST(Bitrix24Settings, FaultsPointAtTheirPlace) {
  const auto judge = [](const char* settings, std::map<std::string, std::string> secrets) {
    const auto read = ReadBitrix24(*ParseJson(settings), secrets);
    return read.ok() ? std::string("fine") : read.error().front().path;
  };
  const std::map<std::string, std::string> secrets = {{"webhook", "1/abc"}, {"application_token", "t"}};
  EXPECT_EQ(judge(R"({"base_url":"https://x.bitrix24.com/"})", secrets), "fine");
  EXPECT_EQ(judge(R"({})", secrets), "/settings/base_url");
  EXPECT_EQ(judge(R"({"base_url":"http://x.bitrix24.com"})", secrets), "/settings/base_url");
  EXPECT_EQ(judge(R"({"base_url":"https://u:p@x.bitrix24.com"})", secrets), "/settings/base_url");
  EXPECT_EQ(judge(R"({"base_url":"https://x.bitrix24.com","calls_per_second":0})", secrets),
            "/settings/calls_per_second");
  EXPECT_EQ(judge(R"({"base_url":"https://x.bitrix24.com","types":[]})", secrets), "/settings/types");
  EXPECT_EQ(judge(R"({"base_url":"https://x.bitrix24.com"})", {{"application_token", "t"}}),
            "/secrets/webhook");
  EXPECT_EQ(judge(R"({"base_url":"https://x.bitrix24.com"})", {{"webhook", "1/abc"}}),
            "/secrets/application_token");
  EXPECT_EQ(judge(R"({"base_url":"https://x.bitrix24.com"})",
                  {{"webhook", "1/../../x"}, {"application_token", "t"}}),
            "/secrets/webhook");
}

class Bitrix24Test : public store::StoreTest {
 protected:
  void SetUp() override { Connect(); }
  void TearDown() override { transfers_.Stop(std::chrono::milliseconds(100)); }

  void Connect() {
    const store::PutProvider put{.id = "bitrix24",
                                 .kind = "bitrix24",
                                 .settings = "{}",
                                 .secrets = {{"webhook", "1/s3cret"}},
                                 .if_match = {},
                                 .by = "",
                                 .now = now_};
    ASSERT_TRUE(Await<store::ProviderRow>([&](auto done) { store_->PutCrmSource(put, done); }).ok());
    Bitrix24Settings settings;
    settings.access.base_url = portal_.url();
    settings.access.webhook = "1/s3cret";
    settings.application_token = "token";
    source_ = std::make_unique<Bitrix24Source>(
        *store_, transfers_, settings,
        [this](int64_t ms) {
          slept_.push_back(ms);
          clock_ms_ += ms;
          return true;
        },
        [this] { return clock_ms_; });
  }
  // The portal says that something happened to an item.
  void Hook(const std::string& event, int id, const std::string& token = "token") {
    const std::string body = "event=" + event + "&data[FIELDS][ID]=" + std::to_string(id) +
                             "&ts=" + std::to_string(now_.ms / 1'000) + "&auth[application_token]=" + token;
    const auto taken = source_->TakeCall("application/x-www-form-urlencoded", body, now_);
    ASSERT_TRUE(taken.ok());
    EXPECT_EQ(*taken, token == "token");
  }
  void Turn(int64_t ms = 1'000) {
    now_.ms += ms;
    while (source_->Turn(now_)) {
    }
  }
  static Json Deal(const std::string& stage, const std::string& moved = "2020-01-01T00:00:00+00:00",
                   const std::string& from = "") {
    Json deal = {
        {"title", "Bike"}, {"categoryId", 0},   {"stageId", stage},  {"contactIds", Json::array({5})},
        {"contactId", 5},  {"assignedById", 1}, {"movedTime", moved}};
    if (!from.empty()) deal["previousStageId"] = from;
    return deal;
  }
  static Json Contact(const std::string& name) {
    return {{"name", name},
            {"fm", Json::array({{{"typeId", "PHONE"}, {"valueType", "MOBILE"}, {"value", "+491"}}})}};
  }
  // "stage_changed NEW>PAID", …
  std::vector<std::string> Events() {
    std::vector<std::string> list;
    const auto events = store_->UnplannedEvents(0, 100);
    for (const int64_t seq : *events) {
      const Json json = *ParseJson(store_->FindEvent(seq)->json);
      std::string text = json["type"].get<std::string>();
      if (text == "stage_changed") text += " " + json.value("from", "") + ">" + json["to"].get<std::string>();
      list.push_back(text);
    }
    return list;
  }

  Instant now_ = store::kNow;
  int64_t clock_ms_ = 0;
  std::vector<int64_t> slept_;
  Portal portal_;
  net::Transfers transfers_;
  std::unique_ptr<Bitrix24Source> source_;
};

TEST_F(Bitrix24Test, AStageMoveIsToldFromAnUpdateByWhatWasKnown) {
  portal_.Put(2, 7, Deal("NEW"));
  portal_.Put(3, 5, Contact("Ana"));
  Hook("ONCRMDEALADD", 7);
  Turn();
  EXPECT_THAT(Events(), ElementsAre("stage_changed >NEW"));
  const Json record = *ParseJson(store_->FindRecord("deal", "7")->json);
  EXPECT_EQ(record["contacts"][0]["first_name"], "Ana");
  EXPECT_EQ(record["responsible"]["mailboxes"][0], "eva@shop.example");
  portal_.Put(2, 7, Deal("PAID"));
  Hook("ONCRMDEALUPDATE", 7);
  Turn();
  Json renamed = Deal("PAID");
  renamed["title"] = "Two bikes";
  portal_.Put(2, 7, renamed);
  Hook("ONCRMDEALUPDATE", 7);
  Turn();
  Hook("ONCRMDEALUPDATE", 7);  // nothing changed
  Turn();
  EXPECT_THAT(Events(), ElementsAre("stage_changed >NEW", "stage_changed NEW>PAID", "record_updated"));
  EXPECT_TRUE(store_->DueSourceCalls(Instant{now_.ms + 1'000'000'000}, 10)->empty());
}

TEST_F(Bitrix24Test, AnItemNotKnownBeforeRunsRulesOnlyWhereItHasJustMoved) {
  portal_.Put(2, 7, Deal("PAID", "2020-01-01T00:00:00+00:00", "NEW"));  // stands there for years
  portal_.Put(2, 8, Deal("PAID", FormatInstant(now_), "NEW"));
  portal_.Put(3, 5, Contact("Ana"));
  Hook("ONCRMDEALUPDATE", 7);
  Hook("ONCRMDEALUPDATE", 8);
  Turn();
  EXPECT_THAT(Events(), ElementsAre("stage_changed NEW>PAID"));
  EXPECT_TRUE(store_->FindRecord("deal", "7").ok());
}

TEST_F(Bitrix24Test, AChangedContactRefreshesItsItems) {
  portal_.Put(2, 7, Deal("NEW"));
  portal_.Put(3, 5, Contact("Ana"));
  Hook("ONCRMDEALADD", 7);
  Turn();
  portal_.Put(3, 5, Contact("Anna"));
  Hook("ONCRMCONTACTUPDATE", 5);
  Hook("ONCRMCONTACTUPDATE", 99);  // on no item of ours
  Turn();
  EXPECT_THAT(Events(), ElementsAre("stage_changed >NEW", "record_updated"));
  EXPECT_THAT(store_->FindRecord("deal", "7")->json, HasSubstr("Anna"));
}

TEST_F(Bitrix24Test, ADeletedItemIsForgotten) {
  portal_.Put(2, 7, Deal("NEW"));
  portal_.Put(2, 8, Deal("NEW"));
  portal_.Put(3, 5, Contact("Ana"));
  Hook("ONCRMDEALADD", 7);
  Hook("ONCRMDEALADD", 8);
  Turn();
  Hook("ONCRMDEALDELETE", 7);
  portal_.Remove(2, 8);
  Hook("ONCRMDEALUPDATE", 8);  // deleted before we asked
  Turn();
  EXPECT_FALSE(store_->FindRecord("deal", "7").ok());
  EXPECT_FALSE(store_->FindRecord("deal", "8").ok());
  EXPECT_THAT(Events(),
              ElementsAre("stage_changed >NEW", "stage_changed >NEW", "record_deleted", "record_deleted"));
}

TEST_F(Bitrix24Test, AStrangersCallIsNotBelieved) {
  Hook("ONCRMDEALDELETE", 7, "wrong");
  Hook("ONCRMDEALDELETE", 7, "");
  EXPECT_TRUE(store_->DueSourceCalls(now_, 10)->empty());
  EXPECT_TRUE(portal_.Requests().empty());
}

TEST_F(Bitrix24Test, ManyItemsCostAFewCalls) {
  portal_.Put(3, 5, Contact("Ana"));
  for (int id = 1; id <= 60; ++id) {
    portal_.Put(2, id, Deal("NEW"));
    Hook("ONCRMDEALADD", id);
  }
  Turn();
  EXPECT_EQ(Events().size(), 60U);
  EXPECT_EQ(portal_.Requests().size(), 6U);  // 25, 25 and 10 items, and their people
}

TEST_F(Bitrix24Test, ABusyAccountIsGivenTime) {
  portal_.Put(2, 7, Deal("NEW"));
  portal_.Put(3, 5, Contact("Ana"));
  Hook("ONCRMDEALADD", 7);
  portal_.Fail(1, 503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
  portal_.Fail(1, 429, "OPERATION_TIME_LIMIT", "Method is blocked");
  portal_.Fail(1, 500, "INTERNAL_SERVER_ERROR");
  Turn();
  EXPECT_THAT(Events(), ElementsAre("stage_changed >NEW"));
  EXPECT_THAT(slept_, ElementsAre(2'000, 4'000, 8'000));
  EXPECT_TRUE(source_->status().empty());
}

TEST_F(Bitrix24Test, WhatCannotBeServedNowIsServedLaterAndSaid) {
  portal_.Put(2, 7, Deal("NEW"));
  portal_.Put(3, 5, Contact("Ana"));
  Hook("ONCRMDEALADD", 7);
  portal_.Fail(1, 401, "INVALID_CREDENTIALS", "Invalid request credentials");
  Turn();
  EXPECT_TRUE(Events().empty());
  ASSERT_FALSE(source_->status().empty());
  EXPECT_EQ(source_->status().front().code, DiagnosticCode::bitrix24_credentials);
  Turn(5'000);  // not yet
  EXPECT_EQ(portal_.Requests().size(), 1U);
  Turn(60'000);
  EXPECT_THAT(Events(), ElementsAre("stage_changed >NEW"));
  EXPECT_TRUE(source_->status().empty());
}

TEST_F(Bitrix24Test, EveryDocumentedErrorIsASentence) {
  const std::pair<const char*, DiagnosticCode> cases[] = {
      {"QUERY_LIMIT_EXCEEDED", DiagnosticCode::bitrix24_busy},
      {"OPERATION_TIME_LIMIT", DiagnosticCode::bitrix24_busy},
      {"NO_AUTH_FOUND", DiagnosticCode::bitrix24_credentials},
      {"INVALID_CREDENTIALS", DiagnosticCode::bitrix24_credentials},
      {"expired_token", DiagnosticCode::bitrix24_credentials},
      {"insufficient_scope", DiagnosticCode::bitrix24_permission},
      {"user_access_error", DiagnosticCode::bitrix24_permission},
      {"ERROR_METHOD_NOT_FOUND", DiagnosticCode::bitrix24_permission},
      {"OVERLOAD_LIMIT", DiagnosticCode::bitrix24_plan},
      {"PORTAL_DELETED", DiagnosticCode::bitrix24_plan},
      {"NOT_FOUND", DiagnosticCode::not_found},
      {"SOMETHING_NEW", DiagnosticCode::bitrix24_refused},
  };
  for (const auto& [code, means] : cases)
    EXPECT_EQ(Bitrix24Error("crm.item.get", code, "x").code, means) << code;
  EXPECT_EQ(Bitrix24Error("x", "ACCESS_DENIED", "REST is available only on commercial plans").code,
            DiagnosticCode::bitrix24_plan);
  EXPECT_EQ(Bitrix24Error("x", "ACCESS_DENIED", "Access denied").code, DiagnosticCode::bitrix24_permission);
}

TEST_F(Bitrix24Test, NobodyThereIsSaidWithoutTheWebhooksCode) {
  Bitrix24Settings settings;
  settings.access.base_url = "http://127.0.0.1:1";
  settings.access.webhook = "1/s3cret";
  Bitrix24Source nobody(
      *store_, transfers_, settings, [](int64_t) { return true; }, [] { return int64_t{0}; });
  const auto profile = nobody.Test();
  ASSERT_FALSE(profile.ok());
  EXPECT_EQ(profile.error().front().code, DiagnosticCode::bitrix24_unreachable);
  EXPECT_EQ(MessageOf(profile.error().front()).find("s3cret"), std::string::npos);
}

TEST_F(Bitrix24Test, SchemaHasPipelinesAllStagesAndNamedFields) {
  const auto schema = source_->FetchSchema();
  ASSERT_TRUE(schema.ok()) << Dump(schema.error());
  Diagnostics remarks;
  const auto parsed = crm::ParseSchema(*schema, remarks);
  ASSERT_TRUE(parsed.ok()) << Dump(parsed.error());
  const crm::Entity* deal = parsed->Find("deal");
  ASSERT_NE(deal, nullptr);
  ASSERT_EQ(deal->pipelines.size(), 2U);
  EXPECT_EQ(deal->pipelines[0].id, "0");
  EXPECT_EQ(deal->pipelines[0].stages.size(), 60U);  // two pages
  EXPECT_EQ(deal->pipelines[0].stages.back().kind, crm::StageKind::kLost);
  EXPECT_EQ(deal->fields.back().name, "uf_crm_track");
  EXPECT_EQ(deal->fields.back().title, "Tracking");
  EXPECT_NE(parsed->Find("lead"), nullptr);
}

class Bitrix24Timeline : public Bitrix24Test {
 protected:
  void Deliver(const std::string& name, store::Status status, const std::string& entity_id = "7") {
    store::Delivery d = DeliveryOf(name);
    d.entity_id = entity_id;
    d.provider = "sms-main";
    d.message = R"({"to":{"address":"+491"},"content":{"text":"Hi [b]Ana[/b]"}})";
    if (status == store::Status::kSkipped) {
      d.status = status;
      d.reason = "no_phone";
      d.next_at.reset();
    }
    const auto seqs = Plan({.through_seq = 0, .items = {}, .exits = {}, .changes = {}, .deliveries = {d}});
    ASSERT_TRUE(seqs.ok());
    if (status == store::Status::kSkipped) return;
    store::DeliveryChange change{
        .seq = seqs->front(), .expected = {store::Status::kScheduled}, .status = status};
    ASSERT_TRUE(Change({change}).ok());
  }
};

TEST_F(Bitrix24Timeline, EveryEndingIsWrittenOnceInOneBatch) {
  Deliver("a", store::Status::kAccepted);
  Deliver("b", store::Status::kFailed);
  Deliver("c", store::Status::kSkipped);
  Deliver("d", store::Status::kAccepted, "D-7");  // of the built-in directory: no number, no item there
  Deliver("e", store::Status::kInFlight);
  Turn();
  const auto comments = portal_.Comments();
  ASSERT_EQ(comments.size(), 3U);
  EXPECT_THAT(comments[0],
              HasSubstr("deal/7 SMS to +491 — rule r: sent through sms-main.\nHi (b)Ana(/b)\n(Recado "));
  EXPECT_THAT(comments[1], HasSubstr("failed."));
  EXPECT_THAT(comments[2], HasSubstr("not sent. no_phone"));
  EXPECT_THAT(portal_.Requests(), ElementsAre("batch"));
  Turn(24 * 3'600'000);
  EXPECT_EQ(portal_.Comments().size(), 3U);
}

TEST_F(Bitrix24Timeline, WhatMayHaveBeenWrittenIsLookedForFirst) {
  Deliver("a", store::Status::kAccepted);
  portal_.LoseAnswers(1);
  Turn();
  EXPECT_EQ(portal_.Comments().size(), 1U);
  EXPECT_FALSE(source_->status().empty());
  Turn(kNoteAgainMs);
  EXPECT_EQ(portal_.Comments().size(), 1U);  // found by its mark
  EXPECT_TRUE(store_->DueTimelineNotes(Instant{now_.ms + 1'000'000'000}, 10)->empty());
}

TEST_F(Bitrix24Timeline, WhatWasCertainlyNotWrittenIsWrittenLater) {
  Deliver("a", store::Status::kAccepted);
  portal_.Fail(kMaxBitrix24Attempts, 503, "QUERY_LIMIT_EXCEEDED");
  Turn();
  EXPECT_TRUE(portal_.Comments().empty());
  Reopen();
  Connect();
  Turn(kNoteAgainMs);
  EXPECT_EQ(portal_.Comments().size(), 1U);
}

TEST_F(Bitrix24Timeline, WithoutASourceNothingIsKept) {
  ASSERT_TRUE(Await<Unit>([&](auto done) { store_->DeleteCrmSource({}, done); }).ok());
  Deliver("a", store::Status::kAccepted);
  EXPECT_TRUE(store_->DueTimelineNotes(Instant{now_.ms + 1'000'000'000}, 10)->empty());
}

}  // namespace
}  // namespace recado::directory
