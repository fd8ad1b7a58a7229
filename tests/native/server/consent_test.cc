// Lists of addresses, the pages that customers follow links to, what they write, tests of a provider.
#include <future>
#include <gmock/gmock.h>
#include <mutex>

#include "core/base/sha256.h"
#include "native/dispatch/tokens.h"
#include "native/server/address_list.h"
#include "native/server/caretaker.h"
#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// ---- Lists as files

// "1 +49 sms why" of each row, "2 !code" of each bad one, in order of lines within each kind.
std::string Dump(const AddressList& list) {
  std::string out;
  for (const ListedRow& row : list.rows) {
    out += std::to_string(row.line) + " " + row.address + "/" + row.channel + "/" + row.reason + "; ";
  }
  for (const BadRow& row : list.bad)
    out += std::to_string(row.line) + " !" + std::string(CodeName(row.fault.code)) + "; ";
  return out + (list.cut ? "cut" : "");
}

TEST(AddressList, Csv) {
  struct Row {
    std::string_view body;
    std::string_view dump;
  };
  const Row rows[] = {
      {"", ""},
      {"\n\r\n \n", ""},
      {"+491\n+492\n", "1 +491//; 2 +492//; "},
      {"+491,sms,why\r\n", "1 +491/sms/why; "},
      {"address\n+491", "2 +491//; "},
      {"Reason,Address\nbecause,+491\n", "2 +491//because; "},
      {"\xEF\xBB\xBF"
       "address;channel\n+491;sms\n",
       "2 +491/sms/; "},
      {"address\tchannel\n+491\tcall\n", "2 +491/call/; "},
      {"address,reason\n\"+49 1\",\"said \"\"no\"\", twice\"\n", "2 +49 1//said \"no\", twice; "},
      {"address,channel\n,sms\n+491,sms\n", "3 +491/sms/; 2 !missing_member; "},
      {"+491\n\xFF\n+492\n", "1 +491//; 3 +492//; 2 !invalid_value; "},
      {"\"+491", "1 !import_quote_open; "},
      {"+490\na@b.example,email,\"x\n+492\n", "1 +490//; 3 +492//; 2 !import_quote_open; "},
      {"+491,sms,\"in two\nlines\"\n+492\n", "1 +491/sms/in two\nlines; 3 +492//; "},
  };
  for (const Row& row : rows) EXPECT_EQ(Dump(ReadCsvList(row.body)), row.dump) << row.body;
}

TEST(AddressList, Ndjson) {
  EXPECT_EQ(Dump(ReadNdjsonList("{\"address\":\"+491\",\"channel\":\"sms\"}\n\n\"a@b.example\"\n")),
            "1 +491/sms/; 3 a@b.example//; ");
  EXPECT_EQ(Dump(ReadNdjsonList("{\"address\":7}\n{}\n[]\n{\n{\"address\":\"+491\",\"channel\":null}\n")),
            "5 +491//; 1 !wrong_type; 2 !missing_member; 3 !wrong_type; 4 !invalid_json; ");
}

TEST(AddressList, IsBounded) {
  std::string body;
  for (size_t i = 0; i < kMaxListRows + 1; ++i) body += "1\n";
  EXPECT_TRUE(ReadCsvList(body).cut);
  EXPECT_EQ(ReadCsvList(body).rows.size(), kMaxListRows);
  EXPECT_TRUE(ReadNdjsonList(body).cut);
}

// ---- The API of the list

TEST_F(ServiceTest, SuppressionsSayWhy) {
  const auto put = [&](const std::string& body) {
    return BodyOf(Ask(Method::kPost, "/api/v1/suppressions", body));
  };
  EXPECT_EQ(put(R"({"address":"a@b.example"})")["kind"], "manual");
  EXPECT_EQ(put(R"({"address":"a@b.example"})")["reason"], "manual");
  EXPECT_EQ(put(R"({"address":"c@b.example","reason":"complaint"})")["kind"], "complaint");
  const Json said = put(R"({"address":"d@b.example","kind":"unsubscribed","reason":"by phone"})");
  EXPECT_EQ(said["kind"], "unsubscribed");
  EXPECT_EQ(said["reason"], "by phone");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/suppressions", R"({"address":"a@b.example","kind":"mood"})")),
            "400 invalid_value");
  EXPECT_EQ(Verdict(Ask(Method::kPost, "/api/v1/suppressions", R"({"channel":"sms","address":"nobody"})")),
            "400 phone_invalid");
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/suppressions?kind=complaint"))["suppressions"].size(), 1U);
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/suppressions?address=d%40b.example"))["suppressions"].size(),
            1U);
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/suppressions?kind=mood")), "400 invalid_value");
}

TEST_F(ServiceTest, SuppressionsArePagedWithoutLoss) {
  for (const char* channel : {"sms", "call", "whatsapp"}) {
    Ask(Method::kPost, "/api/v1/suppressions",
        R"({"address":"+4915123456789","channel":")" + std::string(channel) + "\"}");
  }
  Ask(Method::kPost, "/api/v1/suppressions", R"({"address":"z/z@b.example"})");
  size_t found = 0;
  std::string after;
  for (int pages = 0; pages < 9; ++pages) {
    const Json page = BodyOf(Ask(Method::kGet, "/api/v1/suppressions?limit=1&after=" + after));
    found += page["suppressions"].size();
    if (page["next"].is_null()) break;
    after = page["next"].get<std::string>();
    for (size_t at = 0; (at = after.find('+', at)) != std::string::npos;) after.replace(at, 1, "%2B");
  }
  EXPECT_EQ(found, 4U);
}

TEST_F(ServiceTest, AListIsImportedAndItsBadRowsAreTold) {
  const auto import = [&](const std::string& body, const std::string& type, const std::string& query = "") {
    return Ask(Method::kPost, "/api/v1/suppressions" + query, body, {{"Content-Type", type}});
  };
  const Response csv = import("address,channel\n0151 23456789,sms\nnobody,sms\nA@B.example,email\nx,pigeon\n",
                              "text/csv; charset=utf-8");
  ASSERT_EQ(csv.status, 200) << csv.Body();
  const Json report = BodyOf(csv);
  EXPECT_EQ(report["added"], 2);
  EXPECT_EQ(report["known"], 0);
  EXPECT_EQ(report["bad"], 2);
  EXPECT_EQ(report["rows"][0]["line"], 3);
  EXPECT_EQ(report["rows"][0]["code"], "phone_invalid");
  EXPECT_EQ(report["rows"][1]["line"], 5);
  const Json again =
      BodyOf(import("\"0151 23456789\"\n\"0151 23456780\"", "application/x-ndjson", "?channel=sms"));
  EXPECT_EQ(again["added"], 1);
  EXPECT_EQ(again["known"], 1);
  const Json list = BodyOf(Ask(Method::kGet, "/api/v1/suppressions?kind=import"));
  EXPECT_EQ(list["suppressions"].size(), 3U);
  EXPECT_EQ(list["suppressions"][0]["by"], "token test");
  EXPECT_EQ(Verdict(import("x", "text/html")), "415 media_type_unsupported");
}

// ---- Pages that customers see

class WaysTest : public ServiceTest {
 protected:
  // A mail of a marketing rule with a tracked link, as the sandbox took it.
  void SendMail() {
    const char* rule =
        R"({"id":"news","transactional":false,"on":{"entity":"deal","pipeline":"sales","stage":"paid"},"action":{)"
        R"("type":"send_email","from":"sales@shop.example","subject":"News","track_clicks":true,)"
        R"("html":"<a href=\"https://shop.example/?a=1&amp;b=2\">x</a> <a href=\"{{ unsubscribe_url }}\">no more</a>"}})";
    ASSERT_EQ(Ask(Method::kPut, "/api/v1/rules/news", rule).status, 200);
    const char* event =
        R"({"id":"e-news","type":"stage_changed","at":"2027-01-15T08:00:00Z","entity":"deal","entity_id":"D-news",)"
        R"("pipeline":"sales","from":"new","to":"paid","snapshot":{"deal":{"id":"D-news","pipeline":"sales","stage":"paid"},)"
        R"("contacts":[{"id":"C-9","language":"de","emails":[{"type":"home","value":"ana@example.com"}],)"
        R"("consent":{"marketing":true}}]}})";
    std::promise<void> promise;
    std::once_flag once;
    const int listener = store_->Subscribe([&](std::span<const store::Change> changes) {
      for (const store::Change& change : changes) {
        if (change.kind == store::Change::Kind::kSandbox) std::call_once(once, [&] { promise.set_value(); });
      }
    });
    ASSERT_EQ(Ask(Method::kPost, "/api/v1/events", event).status, 202);
    engine_->Settle(now_);
    const auto taken = promise.get_future().wait_for(std::chrono::seconds(10));
    store_->Unsubscribe(listener);
    ASSERT_EQ(taken, std::future_status::ready);
    const Json page = BodyOf(Ask(Method::kGet, "/api/v1/sandbox/messages"));
    const std::string html = page["messages"][0]["content"]["html"].get<std::string>();
    const auto behind = [&](const std::string& mark) {
      const size_t at = html.find(mark);
      return at == std::string::npos ? std::string() : html.substr(at + mark.size(), 32);
    };
    click_ = behind("https://recado.example/t/");
    out_ = behind("https://recado.example/u/");
    ASSERT_EQ(click_.size(), 32U) << html;
    ASSERT_EQ(out_.size(), 32U) << html;
  }
  Response Stranger(Method method, const std::string& target, const std::string& body = "",
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
    return Ask(method, target, body, std::move(headers), std::nullopt);
  }
  bool Listed() {
    return !BodyOf(Ask(Method::kGet, "/api/v1/suppressions?address=ana%40example.com"))["suppressions"]
                .empty();
  }
  size_t Clicks() {
    EXPECT_TRUE(store::Await<store::Unit>([&](auto done) { store_->AddAudit({}, done); }).ok());
    const Json page = BodyOf(Ask(Method::kGet, "/api/v1/deliveries?rule=news"));
    const Json detail =
        BodyOf(Ask(Method::kGet, "/api/v1/deliveries/" + page["deliveries"][0]["key"].get<std::string>()));
    size_t clicks = 0;
    for (const Json& entry : detail["timeline"]) clicks += entry["what"] == "clicked" ? 1 : 0;
    return clicks;
  }
  std::string click_, out_;
};

TEST_F(WaysTest, LookingNeverUnsubscribesAndOneClickDoes) {
  SendMail();
  const Response page = Stranger(Method::kGet, "/u/" + out_ + "?lang=de");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(std::string(page.Body()), HasSubstr("<html lang=\"de\">"));
  EXPECT_THAT(std::string(page.Body()), HasSubstr("Soll <strong>ana@example.com</strong>"));
  EXPECT_THAT(std::string(page.Body()), HasSubstr("Bike Shop"));
  EXPECT_EQ(Stranger(Method::kHead, "/u/" + out_).status, 200);
  EXPECT_FALSE(Listed());
  const Response done = Stranger(Method::kPost, "/u/" + out_ + "?lang=de", "List-Unsubscribe=One-Click",
                                 {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(done.status, 200);
  EXPECT_THAT(std::string(done.Body()), HasSubstr("bekommt von uns keine Nachrichten mehr"));
  EXPECT_TRUE(Listed());
  EXPECT_EQ(Stranger(Method::kPost, "/u/" + out_).status, 200);
  EXPECT_THAT(std::string(Stranger(Method::kGet, "/u/" + out_).Body()), Not(HasSubstr("<button")));
}

// The mail is still in somebody's mailbox when its content has gone from here.
TEST_F(WaysTest, TheWayOutOutlivesTheContent) {
  SendMail();
  ASSERT_TRUE(SettleUntil([&] { return store_->CountDeliveries()->contains(store::Status::kAccepted); }));
  const std::string workspace = DumpJson([&] {
    Json json = BodyOf(Ask(Method::kGet, "/api/v1/workspace"));
    json["retention"] = {{"deliveries_days", 2}};
    return json;
  }());
  ASSERT_EQ(Ask(Method::kPut, "/api/v1/workspace", workspace).status, 200);
  now_.ms += 29 * 86'400'000ll;
  Caretaker care(*store_, [this] { return now_; });
  care.Turn();
  const std::string page(Stranger(Method::kGet, "/u/" + out_ + "?lang=en").Body());
  EXPECT_THAT(page, HasSubstr("Should <strong>this address</strong> get no more messages from us?"));
  EXPECT_THAT(page, Not(HasSubstr("ana@")));
  EXPECT_FALSE(store_->FindSuppression("email", "ana@example.com")->has_value());
  EXPECT_EQ(Stranger(Method::kPost, "/u/" + out_).status, 200);
  EXPECT_TRUE(store_->FindSuppression("email", "ana@example.com")->has_value());
  EXPECT_FALSE(store_->FindSuppression("email", "jonas@example.com")->has_value());
  EXPECT_FALSE(Listed()) << "the address itself is not in the list";
  now_.ms += 2 * 86'400'000ll;
  Caretaker(*store_, [this] { return now_; }).Turn();
  EXPECT_EQ(Stranger(Method::kGet, "/u/" + out_).status, 404);
}

TEST_F(WaysTest, FilesOfChatMessagesAreFetchedByTheirAddressAlone) {
  ASSERT_EQ(
      Ask(Method::kPost, "/api/v1/files?name=offer.pdf", "%PDF-1", {{"Content-Type", "application/pdf"}})
          .status,
      201);
  store::PlanBatch batch;
  store::Delivery d;
  d.key = Sha256Hex("chat");
  d.rule_id = "r";
  d.channel = "chat";
  d.due = d.created_at = now_;
  d.status = store::Status::kAccepted;
  d.message = R"({"channel":"chat","provider":"p","to":{"address":"1"},"content":{"text":"x"},)"
              R"("wire":{"attachments":[{"name":"Angebot \"1\" ä.pdf","file":"offer.pdf"}]}})";
  batch.deliveries.push_back(d);
  ASSERT_TRUE(
      store::Await<std::vector<int64_t>>([&](auto done) { store_->CommitPlan(batch, now_, done); }).ok());
  const dispatch::Tokens tokens(store_->KeyFor("recado customers' links"));
  const auto token = [&](const std::string& file) {
    return tokens.Of(dispatch::Purpose::kFile, d.key, file);
  };
  const Response file = Stranger(Method::kGet, "/f/" + token("offer.pdf"));
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.Body(), "%PDF-1");
  EXPECT_EQ(file.Header("Content-Type"), "application/pdf");
  EXPECT_EQ(file.Header("Content-Disposition"), "attachment; filename=\"Angebot _1_ __.pdf\"");
  EXPECT_EQ(file.Header("Content-Security-Policy"), "sandbox; default-src 'none'");
  for (const std::string& wrong :
       {token("catalog.pdf"), token("../recado.db.key"), std::string("x"), std::string(32, 'A'),
        tokens.Of(dispatch::Purpose::kClick, d.key, "offer.pdf")}) {
    EXPECT_EQ(Stranger(Method::kGet, "/f/" + wrong).status, 404) << wrong;
  }
  now_.ms += 31 * 86'400'000ll;
  EXPECT_EQ(Stranger(Method::kGet, "/f/" + token("offer.pdf")).status, 404) << "too old";
}

TEST_F(WaysTest, ThePageIsSafeToShow) {
  SendMail();
  const Response page = Stranger(Method::kGet, "/u/" + out_);
  EXPECT_THAT(std::string(page.Header("Content-Security-Policy")), HasSubstr("default-src 'none'"));
  EXPECT_THAT(std::string(page.Header("Content-Security-Policy")), Not(HasSubstr("unsafe")));
  EXPECT_EQ(page.Header("Cache-Control"), "no-store");
  EXPECT_EQ(page.Header("Referrer-Policy"), "no-referrer");
  EXPECT_THAT(std::string(page.Body()), Not(HasSubstr("<script")));
}

TEST_F(WaysTest, ThePageSpeaksTheMessagesLanguageElseTheBrowsers) {
  SendMail();
  const auto language = [&](const std::string& query, const std::string& accept) {
    const std::string body(
        Stranger(Method::kGet, "/u/" + out_ + query, "", {{"Accept-Language", accept}}).Body());
    return body.substr(body.find("lang=\"") + 6, 2);
  };
  EXPECT_EQ(language("?lang=pt-BR", "de"), "pt");
  EXPECT_EQ(language("?lang=PL", ""), "pl");
  EXPECT_EQ(language("", "fr-FR, es;q=0.8, en;q=0.5"), "es");
  EXPECT_EQ(language("?lang=xx", "fr"), "en");
  EXPECT_EQ(language("?lang=%22%3E%3Cscript%3E", ""), "en");
}

TEST_F(WaysTest, WrongTokensLeadNowhere) {
  SendMail();
  std::string forged = out_;
  forged[31] = forged[31] == 'A' ? 'B' : 'A';
  for (const std::string& token :
       {forged, click_, std::string("x"), std::string(32, 'A'), std::string(5'000, 'A')}) {
    EXPECT_EQ(Stranger(Method::kGet, "/u/" + token).status, 404) << token;
    EXPECT_EQ(Stranger(Method::kPost, "/u/" + token).status, 404) << token;
  }
  EXPECT_FALSE(Listed());
  for (const std::string& token :
       {out_, std::string("x"), std::string(32, 'A'), std::string("https:%2F%2Fevil.example")}) {
    const Response answer = Stranger(Method::kGet, "/t/" + token);
    EXPECT_EQ(answer.status, 404) << token;
    EXPECT_EQ(answer.Header("Location"), "");
  }
}

TEST_F(WaysTest, AClickIsKnownAndLeadsToTheTarget) {
  SendMail();
  const Response answer = Stranger(Method::kGet, "/t/" + click_);
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(answer.Header("Location"), "https://shop.example/?a=1&b=2");
  EXPECT_EQ(answer.Header("Cache-Control"), "no-store");
  EXPECT_EQ(Clicks(), 1U);
}

TEST_F(WaysTest, ProgramsThatLookAheadDoNotClick) {
  SendMail();
  EXPECT_EQ(Stranger(Method::kHead, "/t/" + click_).status, 302);
  for (const auto& header : {std::pair<std::string, std::string>{"Purpose", "prefetch"},
                             {"Sec-Purpose", "prefetch;prerender"},
                             {"X-Purpose", "preview"},
                             {"X-Moz", "prefetch"}}) {
    EXPECT_EQ(Stranger(Method::kGet, "/t/" + click_, "", {header}).status, 302);
  }
  EXPECT_EQ(Clicks(), 0U);
}

TEST_F(WaysTest, WithoutAPublicAddressThePagesAreOff) {
  SendMail();
  api_->public_url = "";
  EXPECT_EQ(Stranger(Method::kGet, "/u/" + out_).status, 404);
  EXPECT_EQ(Stranger(Method::kPost, "/u/" + out_).status, 404);
  EXPECT_EQ(Stranger(Method::kGet, "/t/" + click_).status, 404);
  EXPECT_FALSE(Listed());
}

// ---- What customers write

TEST_F(ServiceTest, WhatCustomersWriteIsListedInPages) {
  std::vector<store::NewIncoming> rows;
  for (const char* id : {"1", "2", "3"}) {
    store::NewIncoming one;
    one.message = store::Incoming{.provider = "live",
                                  .vendor_id = id,
                                  .channel = "chat",
                                  .sender = "v-1",
                                  .chat_id = "c-1",
                                  .text = "Text " + std::string(id),
                                  .at = now_};
    one.chat =
        store::ChatRow{.provider = "live", .chat_id = "c-1", .customer = "contact:C-1", .created_at = now_};
    rows.push_back(std::move(one));
  }
  ASSERT_TRUE(
      store::Await<std::vector<int64_t>>([&](auto done) { store_->TakeIncoming(rows, now_, done); }).ok());
  const Json first = BodyOf(Ask(Method::kGet, "/api/v1/incoming?limit=2"));
  EXPECT_EQ(first["incoming"][0]["text"], "Text 3");
  const Json second =
      BodyOf(Ask(Method::kGet, "/api/v1/incoming?limit=2&after=" + first["next"].get<std::string>()));
  EXPECT_EQ(second["incoming"].size(), 1U);
  EXPECT_TRUE(second["next"].is_null());
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/incoming?provider=other"))["incoming"].size(), 0U);
  const Json chats = BodyOf(Ask(Method::kGet, "/api/v1/chats"));
  ASSERT_EQ(chats["chats"].size(), 1U);
  EXPECT_EQ(chats["chats"][0]["customer"], "contact:C-1");
  const std::string id = chats["chats"][0]["id"].get<std::string>();
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/chats/" + id + "/messages"))["messages"].size(), 3U);
  EXPECT_EQ(
      BodyOf(Ask(Method::kGet, "/api/v1/chats/c-1/messages?channel=live&limit=2"))["messages"][1]["text"],
      "Text 3");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/chats/99/messages")), "404 not_found");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/chats/x/messages")), "404 not_found");
}

// ---- Tests of a provider

TEST_F(ServiceTest, AProviderIsTestedWhateverIsPaused) {
  Ask(Method::kPost, "/api/v1/pause");
  const Response tested =
      AskWhileItTurns(Method::kPost, "/api/v1/providers/sms-main/test", R"({"to":"0151 23456789"})");
  ASSERT_EQ(tested.status, 200) << tested.Body();
  const Json answer = BodyOf(tested);
  EXPECT_EQ(answer["outcome"], "accepted");
  EXPECT_EQ(answer["text"], "Taken by the sandbox.");
  const Json delivery = BodyOf(Ask(Method::kGet, "/api/v1/deliveries/" + answer["key"].get<std::string>()));
  EXPECT_EQ(delivery["status"], "accepted");
  EXPECT_EQ(delivery["to"]["address"], "+4915123456789");
}

TEST_F(ServiceTest, TestsOfEveryChannel) {
  const auto test = [&](const std::string& id, const std::string& body) {
    return Verdict(AskWhileItTurns(Method::kPost, "/api/v1/providers/" + id + "/test", body));
  };
  EXPECT_EQ(test("mail-main", R"({"to":"ana@example.com","channel":"email"})"), "200");
  EXPECT_EQ(test("calls-main", R"({"to":"+4915123456789","channel":"call"})"), "200");
  EXPECT_EQ(test("sms-main", R"({"to":"991","channel":"chat","text":"Hi"})"), "200");
  EXPECT_EQ(test("sms-main",
                 R"({"to":"+4915123456789","channel":"whatsapp","template":"t","parameters":{"1":"x"}})"),
            "200");
  EXPECT_EQ(test("sms-main", R"({"to":"+4915123456789","channel":"whatsapp"})"), "400 missing_member");
  EXPECT_EQ(test("sms-main", R"({"to":"+4915123456789","channel":"email"})"), "400 email_invalid");
  EXPECT_EQ(test("sms-main", R"({"to":"a@b.example","channel":"email"})"), "400 missing_member");
  EXPECT_EQ(test("sms-main", R"({"to":"nobody"})"), "400 phone_invalid");
  EXPECT_EQ(test("sms-main", R"({"to":"1","channel":"pigeon"})"), "400 invalid_value");
  EXPECT_EQ(test("sms-main", "{}"), "400 missing_member");
  EXPECT_EQ(test("nobody", R"({"to":"+4915123456789"})"), "404 not_found");
}

}  // namespace
}  // namespace recado::server
