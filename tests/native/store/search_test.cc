// What a delivery is found by, and what it is not found by any more.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "native/store/search_text.h"
#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

TEST(SearchExpression, WordsAreBeginningsAndSignsAreNothing) {
  const struct {
    const char* typed;
    const char* expression;
  } rows[] = {
      {"ana", R"("ana"*)"},
      {"  Ana\tSouza ", R"("Ana"* AND "Souza"*)"},
      {"D-7", R"("D-7"*)"},
      {"say \"hi\"", R"("say"* AND """hi"""*)"},
      {"a OR b", R"("a"* AND "OR"* AND "b"*)"},
      {"text:ana", R"("text:ana"*)"},
      {"NEAR(a b)", "\"NEAR(a\"* AND \"b)\"*"},
      {"ana - *", R"("ana"*)"},
      {"1042", R"("1042"*)"},
      {"123", R"("123"*)"},
      {"(11) 91234-5678", "(\"(11)\"* AND \"91234-5678\"*) OR \"11912345678\"*"},
      {"0151/234 567", R"(("0151/234"* AND "567"*) OR "151234567"*)"},
      {"12 3", R"("12"* AND "3"*)"},
      {"", ""},
      {"-", ""},
      {" \" ' * ", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(SearchExpression(row.typed), row.expression) << row.typed;
}

TEST(SearchExpression, LongInputIsCutBetweenCharactersAndWords) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "w ";
  const std::string expression = SearchExpression(many);
  EXPECT_EQ(std::count(expression.begin(), expression.end(), '*'), 10);
  std::string wide(199, 'a');
  wide += "é";
  EXPECT_EQ(SearchExpression(wide), "\"" + std::string(199, 'a') + "\"*");
}

TEST(SearchText, WordsOfHtmlHaveNoTags) {
  const struct {
    const char* html;
    const char* words;
  } rows[] = {
      {"<p>Hi <b>Ana</b></p>", " Hi  Ana  "},
      {"a<style>p { x }</style>b", "a b"},
      {"a<SCRIPT>x()</script>b", "a b"},
      {"a<!-- <b> -->b", "a b"},
      {"x &amp; y&nbsp;&lt;z", "x & y <z"},
      {"open <b", "open  "},
      {"<script>never closed", " "},
      {"&unknown;", "&unknown;"},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(WordsOfHtml(row.html), row.words) << row.html;
}

TEST(SearchText, LongTextIsBoundedAndWhole) {
  std::string text(kMaxSearchText, 'x');
  text.replace(text.size() - 1, 1, "é and more");
  SearchSource source;
  source.message = {{"content", {{"text", text}}}};
  const std::string found = SearchText(source);
  EXPECT_LE(found.size(), kMaxSearchText + 1);
  EXPECT_EQ(found.back(), '\n');
  EXPECT_EQ(found.find("\xC3"), std::string::npos);
}

class SearchTest : public StoreTest {
 protected:
  void SetUp() override {
    PutRule(R"({"id":"r","name":"Payment received"})", true).ok();
    NewEvent event = EventOf(
        "s",
        R"({"snapshot":{"deal":{"id":"D-1","title":"Two bikes","number":"1042"},"contacts":[)"
        R"({"id":"C-1","first_name":"Ana","last_name":"Gonçalves"},{"id":"C-2","first_name":"Jonas"}]}})");
    event.entity_id = "D-1";
    Ingest({event}).ok();
  }
  // A message to Ana that says `text`; answers its seq.
  int64_t Add(const std::string& name, const std::string& text, Instant created = kNow) {
    Delivery d = DeliveryOf(name);
    d.event_seq = 1;
    d.created_at = created;
    d.provider = "sms-main";
    if (!text.empty()) {
      d.status = Status::kAccepted;
      d.next_at.reset();
      d.address = "+5511912345678";
      d.message = DumpJson(Json{{"content", {{"text", text}}}, {"wire", {{"client_name", "Ana Gonçalves"}}}});
    }
    return Plan({.deliveries = {d}})->front();
  }
  std::vector<int64_t> Find(const std::string& typed, DeliveryFilter filter = {}) {
    filter.match = SearchExpression(typed);
    const auto page = store_->PageOfDeliveries(filter);
    EXPECT_TRUE(page.ok()) << typed << " " << Dump(page.error());
    std::vector<int64_t> seqs;
    if (!page.ok()) return seqs;
    for (const Delivery& d : page->deliveries) seqs.push_back(d.seq);
    return seqs;
  }
  std::string FileText() {
    Backup();
    std::ifstream file(folder_ / "copy.db", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void Backup() {
    std::filesystem::remove(folder_ / "copy.db");
    ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  }
};

TEST_F(SearchTest, EveryPartOfAMessageIsFound) {
  const int64_t seq = Add("a", "Your order is on its way");
  EXPECT_EQ(*store_->IndexDeliveries(100), 1u);
  const std::vector<int64_t> found = {seq};
  const std::string key = Sha256Hex("a");
  for (const std::string& typed :
       {std::string("order"), std::string("ORD way"), std::string("goncalves"), std::string("GONÇ"),
        std::string("two bikes"), std::string("1042"), std::string("D-1"), std::string("payment"),
        std::string("sms-main"), std::string("C-1"), key, key.substr(0, 12), std::string("+55 11 91234-5678"),
        std::string("011 91234 5678"), std::string("5678"), std::string("912345")}) {
    EXPECT_EQ(Find(typed), found) << typed;
  }
  for (const char* typed : {"orders", "jonas", "rder", "4567890", "bikes three", "678"}) {
    EXPECT_TRUE(Find(typed).empty()) << typed;
  }
}

TEST_F(SearchTest, WhatIsStillToComeIsFoundByItsRecordAndThenByItsText) {
  const int64_t seq = Add("a", "");
  store_->IndexDeliveries(100).ok();
  EXPECT_EQ(Find("bikes"), std::vector<int64_t>{seq});
  EXPECT_TRUE(Find("way").empty());
  Change({{.seq = seq,
           .expected = {Status::kScheduled},
           .status = Status::kSkipped,
           .reason = "no_phone",
           .reason_json = R"({"message":"There is no telephone number."})"}})
      .ok();
  EXPECT_FALSE(store_->PageOfDeliveries({.match = SearchExpression("bikes")})->complete);
  store_->IndexDeliveries(100).ok();
  EXPECT_EQ(Find("no_phone"), std::vector<int64_t>{seq});
  EXPECT_EQ(Find("telephone"), std::vector<int64_t>{seq});
  EXPECT_TRUE(store_->PageOfDeliveries({.match = SearchExpression("bikes")})->complete);
}

TEST_F(SearchTest, ErasedWordsAreFoundNoMoreAndLeaveTheFile) {
  const int64_t seq = Add("a", "zanzibar surprise");
  Add("b", "something else");
  store_->IndexDeliveries(100).ok();
  EXPECT_NE(FileText().find("zanzibar"), std::string::npos);
  const auto erased = Await<Unit>([&](auto done) {
    store_->EraseCustomer({.deliveries = {seq}, .events = {1}, .addresses = {}, .by = "eva"}, kNow, done);
  });
  ASSERT_TRUE(erased.ok());
  EXPECT_TRUE(Find("zanzibar").empty());
  store_->IndexDeliveries(100).ok();
  for (bool first = true; *store_->MergeSearch(first); first = false) {
  }
  for (const char* typed : {"zanzibar", "surprise", "5678", "goncalves"}) {
    const auto found = Find(typed);
    EXPECT_EQ(std::count(found.begin(), found.end(), seq), 0) << typed;
  }
  EXPECT_EQ(Find("payment").size(), 2u);  // the rule's name is nobody's
  EXPECT_EQ(FileText().find("zanzibar"), std::string::npos);
}

TEST_F(SearchTest, DeletedDeliveriesAreFoundNoMore) {
  Add("a", "zanzibar", Instant{kNow.ms - 40 * 86'400'000ll});
  store_->IndexDeliveries(100).ok();
  while (*store_->SumUpOneDay(kNow.ms / 86'400'000)) {
  }
  EXPECT_EQ(*store_->DeleteDeliveries(kNow, 100), 1u);
  EXPECT_TRUE(Find("zanzibar").empty());
  EXPECT_EQ(*store_->IndexDeliveries(100), 0u);
}

TEST_F(SearchTest, FiltersHoldTogetherAndPagesGoOn) {
  constexpr int64_t kDay = 86'400'000;
  for (int i = 0; i < 6; ++i) {
    Delivery d = DeliveryOf(std::to_string(i));
    d.created_at = Instant{kNow.ms + i * kDay};
    d.channel = i % 2 == 0 ? "sms" : "email";
    d.provider = i < 3 ? "one" : "two";
    d.status = i == 4 ? Status::kFailed : Status::kDelivered;
    Plan({.deliveries = {d}}).ok();
  }
  store_->IndexDeliveries(100).ok();
  const auto list = [&](DeliveryFilter filter) {
    std::vector<int64_t> seqs;
    const auto page = store_->PageOfDeliveries(filter);
    for (const Delivery& d : page->deliveries) seqs.push_back(d.seq);
    return seqs;
  };
  const auto day = [](int i) { return Instant{kNow.ms + i * kDay}; };
  EXPECT_EQ(list({.channel = "email"}), (std::vector<int64_t>{6, 4, 2}));
  EXPECT_EQ(list({.channel = "email", .provider = "one"}), (std::vector<int64_t>{2}));
  EXPECT_EQ(list({.from = day(2), .to = day(4)}), (std::vector<int64_t>{4, 3}));
  EXPECT_EQ(list({.from = day(6)}), (std::vector<int64_t>{}));
  EXPECT_EQ(list({.to = day(0)}), (std::vector<int64_t>{}));
  EXPECT_EQ(list({.status = Status::kFailed, .rule_id = "r", .channel = "sms"}), (std::vector<int64_t>{5}));
  EXPECT_EQ(list({.status = Status::kDelivered, .rule_id = "r", .from = day(5)}), (std::vector<int64_t>{6}));
  EXPECT_EQ(Find("bikes", {.channel = "sms", .to = day(3)}), (std::vector<int64_t>{}));
  EXPECT_EQ(Find("payment", {.channel = "sms", .to = day(3)}), (std::vector<int64_t>{3, 1}));
  DeliveryFilter paged{.match = SearchExpression("payment"), .limit = 4};
  const auto first = store_->PageOfDeliveries(paged);
  EXPECT_EQ(first->next, 3);
  paged.before_seq = first->next;
  const auto second = store_->PageOfDeliveries(paged);
  EXPECT_EQ(second->deliveries.size(), 2u);
  EXPECT_EQ(second->next, 0);
}

}  // namespace
}  // namespace recado::store
