#include <future>
#include <mutex>
#include <thread>

#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

constexpr const char* kTable = "id;Titel;Telefon\nD-77;Neu;keine\nD-78;Ohne;\n;kaputt;\n";

TEST_F(ServiceTest, AFileIsImportedWatchedAndReported) {
  const Response posted =
      Ask(Method::kPost, "/api/v1/imports?name=deals.csv&locale=de", kTable, {{"Content-Type", "text/csv"}});
  ASSERT_EQ(posted.status, 202) << posted.Body();
  const Json begun = BodyOf(posted);
  const std::string at = "/api/v1/imports/" + begun["id"].get<std::string>();
  EXPECT_EQ(posted.Header("Location"), at);
  EXPECT_EQ(begun["state"], "running");
  // The workspace's own region and currency, so that the same import can be repeated.
  EXPECT_EQ(begun["options"]["region"], "DE");
  importer_->RunQueued();
  const Json done = BodyOf(Ask(Method::kGet, at));
  EXPECT_EQ(done["state"], "done");
  EXPECT_EQ(done["created"], 2);
  EXPECT_EQ(done["bad"], 1);
  EXPECT_EQ(done["by"], "token test");
  const Response report = Ask(Method::kGet, at + "/faults");
  EXPECT_EQ(report.Header("Content-Type"), "application/x-ndjson");
  EXPECT_EQ((*ParseJson(report.Body().substr(0, report.Body().find('\n'))))["reason"]["code"],
            "import_phone");
  EXPECT_TRUE(
      Ask(Method::kGet, at + "/faults?format=csv").Body().starts_with("line,column,value,code,reason\r\n2,"));
  EXPECT_EQ(Verdict(Ask(Method::kGet, at + "/faults?format=xls")), "400 invalid_value");
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/imports"))["imports"][0]["name"], "deals.csv");
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/records/deal/D-77"))["deal"]["title"], "Neu");
  // The same file again is the same import, and nothing runs.
  const Response again =
      Ask(Method::kPost, "/api/v1/imports?name=deals.csv&locale=de", kTable, {{"Content-Type", "text/csv"}});
  EXPECT_EQ(BodyOf(again)["state"], "done");
}

TEST_F(ServiceTest, ATrialOfAnImportWritesNothing) {
  const Response tried = Ask(Method::kPost, "/api/v1/imports?dry_run=1&columns=%7B%22Titel%22%3Anull%7D",
                             kTable, {{"Content-Type", "text/csv"}});
  ASSERT_EQ(tried.status, 200) << tried.Body();
  EXPECT_EQ(BodyOf(tried)["columns"][0]["field"], "id");
  EXPECT_EQ(BodyOf(tried)["columns"][1]["field"], Json());
  EXPECT_EQ(BodyOf(tried)["rows"], 3);
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/records/deal/D-77")), "404 not_found");
  EXPECT_TRUE(BodyOf(Ask(Method::kGet, "/api/v1/imports"))["imports"].empty());
}

TEST_F(ServiceTest, AWaitingImportIsCancelled) {
  const Json begun =
      BodyOf(Ask(Method::kPost, "/api/v1/imports?locale=de", kTable, {{"Content-Type", "text/csv"}}));
  const std::string at = "/api/v1/imports/" + begun["id"].get<std::string>();
  EXPECT_EQ(Verdict(Ask(Method::kDelete, at, "", {}, store::Role::kViewer)), "403 role_insufficient");
  const Json ended = BodyOf(Ask(Method::kDelete, at));
  EXPECT_EQ(ended["state"], "stopped");
  EXPECT_NE(ended.dump().find("cancelled by token test"), std::string::npos) << ended.dump();
  importer_->RunQueued();
  EXPECT_EQ(BodyOf(Ask(Method::kGet, at))["state"], "stopped");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/records/deal/D-77")), "404 not_found");
  // Again: it stays as it is.
  EXPECT_EQ(BodyOf(Ask(Method::kDelete, at))["state"], "stopped");
  EXPECT_EQ(Verdict(Ask(Method::kDelete, "/api/v1/imports/none")), "404 not_found");
}

TEST_F(ServiceTest, ARunningImportEndsAfterTheBatchUnderWay) {
  constexpr int kRows = 60'000;
  std::string table = "id;Titel\n";
  for (int i = 0; i < kRows; ++i) table += "X-" + std::to_string(i) + ";Neu\n";
  const Json begun = BodyOf(Ask(Method::kPost, "/api/v1/imports", table, {{"Content-Type", "text/csv"}}));
  const std::string at = "/api/v1/imports/" + begun["id"].get<std::string>();
  std::promise<void> written;
  std::once_flag once;
  const int listener = store_->Subscribe([&](std::span<const store::Change> changes) {
    for (const store::Change& change : changes) {
      if (change.kind == store::Change::Kind::kImport) std::call_once(once, [&] { written.set_value(); });
    }
  });
  std::thread runs([&] { importer_->RunQueued(); });
  written.get_future().wait();
  const Json ended = BodyOf(Ask(Method::kDelete, at));
  runs.join();
  store_->Unsubscribe(listener);
  EXPECT_EQ(ended["state"], "stopped") << ended.dump();
  const int64_t created = ended["created"].get<int64_t>();
  EXPECT_GT(created, 0);
  EXPECT_LT(created, kRows);
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/records/deal/X-0")), "200");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/records/deal/X-" + std::to_string(kRows - 1))),
            "404 not_found");
}

TEST_F(ServiceTest, ImportsThatCannotBeReadAreRefused) {
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/imports", "Titel\nx\n")), "400 import_no_column");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/imports", "")), "400 import_no_header");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/imports?locale=xx", kTable)), "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/imports?columns=x", kTable)), "400 invalid_json");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/imports?entity=ship", kTable)), "404 not_found");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/imports", kTable, {}, store::Role::kViewer)),
            "403 role_insufficient");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/imports/none")), "404 not_found");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/imports/none/faults")), "404 not_found");
}

}  // namespace
}  // namespace recado::server
