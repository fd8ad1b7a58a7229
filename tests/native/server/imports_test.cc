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
