#include <fstream>
#include <iterator>
#include <sys/stat.h>

#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

using RulesTest = StoreTest;

TEST_F(RulesTest, DraftIsNotPublished) {
  const auto rule = PutRule("{1}", false);
  EXPECT_EQ(rule->version, 1);
  EXPECT_FALSE(rule->published_revision);
  EXPECT_TRUE(rule->is_draft());
}

TEST_F(RulesTest, DraftBesideAPublishedRevisionLeavesItRunning) {
  PutRule("{1}", true).ok();
  const auto rule = PutRule("{2}", false);
  EXPECT_EQ(rule->published_revision, 1);
  EXPECT_EQ(rule->published, "{1}");
  EXPECT_EQ(rule->document, "{2}");
  EXPECT_TRUE(rule->is_draft());
}

TEST_F(RulesTest, PublishingTheSameTextMakesNoNewRevision) {
  PutRule("{1}", true).ok();
  EXPECT_EQ(PutRule("{1}", true)->published_revision, 1);
  EXPECT_EQ(PutRule("{2}", true)->published_revision, 2);
  EXPECT_EQ(store_->RuleRevisions("r")->size(), 2u);
}

TEST_F(RulesTest, OlderVersionIsRefusedAndNothingChanges) {
  PutRule("{1}", true).ok();
  PutRule("{2}", true, 1).ok();
  EXPECT_EQ(CodeOf(PutRule("{3}", true, 1)), "version_conflict");
  EXPECT_EQ(CodeOf(PutRule("{3}", true, 0)), "version_conflict");
  EXPECT_EQ(store_->FindRule("r")->document, "{2}");
}

TEST_F(RulesTest, IfMatchZeroCreatesOnly) {
  EXPECT_TRUE(PutRule("{1}", true, 0).ok());
}

TEST_F(RulesTest, IfMatchOfAMissingRuleIsRefused) {
  EXPECT_EQ(CodeOf(PutRule("{1}", true, 3)), "version_conflict");
}

TEST_F(RulesTest, PublishTakesTheDraft) {
  PutRule("{1}", false).ok();
  const auto publish = [&](std::string id, std::optional<int64_t> if_match) {
    return Await<RuleRow>([&](auto done) { store_->PublishRule(id, if_match, "eva", kNow, done); });
  };
  EXPECT_EQ(CodeOf(publish("x", {})), "not_found");
  EXPECT_EQ(CodeOf(publish("r", 9)), "version_conflict");
  EXPECT_EQ(publish("r", 1)->published, "{1}");
}

TEST_F(RulesTest, DeletedRuleIsGoneButItsRevisionsStay) {
  PutRule("{1}", true).ok();
  const auto remove = [&] {
    return Await<Unit>([&](auto done) { store_->DeleteRule("r", {}, "eva", kNow, done); });
  };
  EXPECT_TRUE(remove().ok());
  EXPECT_EQ(CodeOf(remove()), "not_found");
  EXPECT_EQ(CodeOf(store_->FindRule("r")), "not_found");
  EXPECT_TRUE(store_->ListRules()->empty());
  EXPECT_EQ(store_->FindRevision("r", 1)->document, "{1}");
  EXPECT_EQ(CodeOf(store_->FindRevision("r", 2)), "not_found");
  const auto again = PutRule("{2}", false, 0);
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->published_revision);
  EXPECT_EQ(PutRule("{2}", true)->published_revision, 2);
}

class ProvidersTest : public StoreTest {
 protected:
  Result<ProviderRow> Put(std::map<std::string, std::string> secrets, std::optional<int64_t> if_match = {}) {
    return Await<ProviderRow>([&](auto done) {
      store_->PutProvider({.id = "p",
                           .kind = "twilio",
                           .settings = R"({"from":"+1"})",
                           .secrets = std::move(secrets),
                           .if_match = if_match,
                           .by = "eva",
                           .now = kNow},
                          done);
    });
  }
};

TEST_F(ProvidersTest, SecretsAreNamedButNotShown) {
  const auto put = Put({{"auth_token", "hush-hush-hush"}});
  EXPECT_EQ(put->secret_names, std::vector<std::string>{"auth_token"});
  EXPECT_TRUE(put->secrets.empty());
  EXPECT_TRUE(store_->FindProvider("p")->secrets.empty());
  EXPECT_EQ(store_->ProvidersWithSecrets()->front().secrets.at("auth_token"), "hush-hush-hush");
}

TEST_F(ProvidersTest, SecretsNotGivenStayAndEmptyOnesGo) {
  Put({{"a", "1"}, {"b", "2"}}).ok();
  Put({{"a", ""}, {"c", "3"}}).ok();
  EXPECT_EQ(store_->ProvidersWithSecrets()->front().secrets,
            (std::map<std::string, std::string>{{"b", "2"}, {"c", "3"}}));
}

TEST_F(ProvidersTest, NoFileOfTheStoreHoldsASecretInTheClear) {
  Put({{"auth_token", "hush-hush-hush"}}).ok();
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream file(path() + suffix, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    ASSERT_FALSE(bytes.empty());
    EXPECT_EQ(bytes.find("hush-hush"), std::string::npos) << suffix;
  }
}

TEST_F(ProvidersTest, KeyFileAndStoreAreTheOwnersAlone) {
  for (const char* suffix : {"", ".key", "-wal"}) {
    struct stat about {};
    ASSERT_EQ(stat((path() + suffix).c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u) << suffix;
  }
}

TEST_F(ProvidersTest, AnotherKeyDoesNotOpenTheSecrets) {
  Put({{"auth_token", "x"}}).ok();
  store_.reset();
  auto other = OpenSqlite({.path = path(), .key = std::string(64, 'a')});
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(CodeOf((*other)->ProvidersWithSecrets()), "store_corrupt");
  EXPECT_EQ((*other)->ListProviders()->size(), 1u);
}

TEST_F(ProvidersTest, KeysOfTheWrongFormAreRefused) {
  for (const char* key : {"short", "zz", "abcd"}) {
    EXPECT_EQ(CodeOf(OpenSqlite({.path = folder_ / "other.db", .key = key})), "bad_key") << key;
  }
}

TEST_F(ProvidersTest, ReadableKeyFileIsRefused) {
  store_.reset();
  chmod((path() + ".key").c_str(), 0644);
  EXPECT_EQ(CodeOf(OpenSqlite({.path = path(), .key = {}})), "bad_key");
}

TEST_F(ProvidersTest, VersionsGuardProvidersAndSettings) {
  Put({}).ok();
  EXPECT_EQ(CodeOf(Put({}, 2)), "version_conflict");
  EXPECT_EQ(Put({}, 1)->version, 2);
  const auto document = [&](std::optional<int64_t> if_match) {
    return Await<Document>(
        [&](auto done) { store_->PutDocument("schema", "{}", if_match, "eva", kNow, done); });
  };
  EXPECT_EQ(store_->FindDocument("schema")->version, 0);
  EXPECT_EQ(CodeOf(document(1)), "version_conflict");
  EXPECT_EQ(document(0)->version, 1);
  EXPECT_EQ(store_->FindDocument("schema")->json, "{}");
}

TEST_F(ProvidersTest, DeletedProviderIsGone) {
  Put({}).ok();
  const auto remove = [&](std::optional<int64_t> if_match) {
    return Await<Unit>([&](auto done) { store_->DeleteProvider("p", if_match, "eva", kNow, done); });
  };
  EXPECT_EQ(CodeOf(remove(7)), "version_conflict");
  EXPECT_TRUE(remove(1).ok());
  EXPECT_EQ(CodeOf(remove({})), "not_found");
}

class PeopleTest : public StoreTest {
 protected:
  PeopleTest() { Put({.id = "eva", .name = "Eva", .role = Role::kEditor, .created_at = kNow}); }
  void Put(User user) {
    ASSERT_TRUE(Await<Unit>([&](auto done) { store_->PutUser(user, done); }).ok());
  }
  Instant In(int64_t ms) { return Instant{kNow.ms + ms}; }
};

TEST_F(PeopleTest, LinkWorksOnceAndNotTooLate) {
  for (const char* hash : {"one", "two"}) {
    Await<Unit>([&](auto done) { store_->PutSignInLink({hash, "eva", In(100)}, done); }).ok();
  }
  const auto redeem = [&](const char* hash, Instant now) {
    return Await<User>([&](auto done) { store_->RedeemSignInLink(hash, now, done); });
  };
  EXPECT_EQ(redeem("one", In(50))->id, "eva");
  EXPECT_EQ(CodeOf(redeem("one", In(50))), "not_found");
  EXPECT_EQ(CodeOf(redeem("two", In(100))), "not_found");
  EXPECT_EQ(CodeOf(redeem("three", In(0))), "not_found");
}

TEST_F(PeopleTest, LinkForNobodyIsRefused) {
  EXPECT_EQ(CodeOf(Await<Unit>([&](auto done) {
              store_->PutSignInLink({"h", "nobody", In(9)}, done);
            })),
            "storage_unavailable");
}

TEST_F(PeopleTest, SessionEndsByTimeBySignOutAndByLosingTheRole) {
  const auto session = [&](const char* hash) {
    const Session s{
        .hash = hash, .user_id = "eva", .role = Role::kEditor, .created_at = kNow, .expires_at = In(9)};
    return Await<Unit>([&](auto done) { store_->PutSession(s, done); });
  };
  session("a").ok();
  EXPECT_TRUE(store_->FindSession("a", In(8)).ok());
  EXPECT_EQ(CodeOf(store_->FindSession("a", In(9))), "not_found");
  Await<Unit>([&](auto done) { store_->DeleteSession("a", done); }).ok();
  EXPECT_EQ(CodeOf(store_->FindSession("a", In(8))), "not_found");
  session("b").ok();
  Put({.id = "eva", .name = "Eva", .role = Role::kViewer});
  EXPECT_EQ(CodeOf(store_->FindSession("b", In(8))), "not_found");
}

TEST_F(PeopleTest, RevokedTokenIsNotFoundButListed) {
  const Token token{.hash = std::string("\0h", 2), .name = "ci", .role = Role::kAdmin, .created_at = kNow};
  Await<Unit>([&](auto done) { store_->PutToken(token, done); }).ok();
  EXPECT_EQ(store_->FindToken(token.hash)->role, Role::kAdmin);
  EXPECT_EQ(CodeOf(store_->FindToken("h")), "not_found");
  Await<Unit>([&](auto done) { store_->RevokeToken(token.hash, kNow, done); }).ok();
  EXPECT_EQ(CodeOf(store_->FindToken(token.hash)), "not_found");
  EXPECT_EQ(store_->ListTokens()->size(), 1u);
}

TEST_F(PeopleTest, AuditIsNewestFirst) {
  for (const char* action : {"one", "two"}) {
    Await<Unit>([&](auto done) {
      store_->AddAudit({.at = kNow, .actor = "eva", .action = action}, done);
    }).ok();
  }
  EXPECT_EQ(store_->ListAudit(0, 10)->front().action, "two");
  EXPECT_EQ(store_->ListAudit(2, 10)->size(), 1u);
}

class RecordsTest : public StoreTest {
 protected:
  Result<Record> Put(const std::string& id, std::optional<int64_t> if_match,
                     std::optional<NewEvent> event = {}) {
    const Record record{.entity = "deal", .id = id, .json = "{}", .pipeline = "sales", .stage = "new"};
    return Await<Record>([&](auto done) { store_->PutRecord(record, if_match, event, kNow, done); });
  }
};

TEST_F(RecordsTest, RecordAndItsEventAreKeptTogetherOrNotAtAll) {
  EXPECT_EQ(Put("D-1", 0, EventOf("a"))->version, 1);
  EXPECT_EQ(store_->UnplannedEvents(0, 9)->size(), 1u);
  EXPECT_EQ(CodeOf(Put("D-1", 1, EventOf("a", "[1]"))), "event_conflict");
  EXPECT_EQ(store_->FindRecord("deal", "D-1")->version, 1);
  EXPECT_EQ(CodeOf(Put("D-1", 0, EventOf("b"))), "version_conflict");
  EXPECT_EQ(store_->UnplannedEvents(0, 9)->size(), 1u);
}

TEST_F(RecordsTest, ListIsByIdAndPaged) {
  for (const char* id : {"b", "a", "c"}) Put(id, {}).ok();
  EXPECT_EQ(store_->ListRecords({.entity = "deal", .after_id = "a", .limit = 1})->records.front().id, "b");
  EXPECT_EQ(store_->ListRecords({.entity = "deal", .stage = "paid"})->records.size(), 0u);
  EXPECT_EQ(store_->ListRecords({.entity = "lead"})->records.size(), 0u);
}

TEST_F(RecordsTest, WordsAreLookedForAStretchAtATime) {
  for (const char* id : {"bike-1", "boat-1", "bike-2", "bike-3"}) Put(id, {}).ok();
  const auto first = store_->ListRecords({.entity = "deal", .words = "BIKE", .limit = 2});
  ASSERT_EQ(first->records.size(), 2u);
  EXPECT_EQ(first->records.back().id, "bike-2");
  EXPECT_EQ(first->next, "bike-2");
  const auto second =
      store_->ListRecords({.entity = "deal", .words = "bike", .after_id = first->next, .limit = 2});
  ASSERT_EQ(second->records.size(), 1u);
  EXPECT_EQ(second->next, "");
  EXPECT_TRUE(store_->ListRecords({.entity = "deal", .words = "car"})->records.empty());
  EXPECT_EQ(store_->ListRecords({.entity = "deal", .words = "car"})->next, "");
}

TEST_F(RecordsTest, APageThatIsFullAndTheLastHasNoNext) {
  for (const char* id : {"a", "b"}) Put(id, {}).ok();
  EXPECT_EQ(store_->ListRecords({.entity = "deal", .limit = 2})->next, "");
  EXPECT_EQ(store_->ListRecords({.entity = "deal", .limit = 1})->next, "a");
}

TEST_F(RecordsTest, FileIsFoundByNameAndIdAndReplacedByName) {
  const auto put = [&](const std::string& bytes) {
    return Await<File>([&](auto done) { store_->PutFile("a.pdf", "application/pdf", bytes, kNow, done); });
  };
  const auto first = put("one");
  const auto second = put("second");
  EXPECT_EQ(store_->FindFile("a.pdf")->id, second->id);
  EXPECT_EQ(store_->FindFile(second->id)->bytes, 6);
  EXPECT_EQ(CodeOf(store_->FindFile(first->id)), "not_found");
  std::ifstream file(second->path);
  EXPECT_EQ(std::string((std::istreambuf_iterator<char>(file)), {}), "second");
  EXPECT_NE(access(first->path.c_str(), F_OK), 0);
  Await<Unit>([&](auto done) { store_->DeleteFile(second->id, done); }).ok();
  EXPECT_NE(access(second->path.c_str(), F_OK), 0);
  EXPECT_EQ(CodeOf(store_->FindFile("a.pdf")), "not_found");
}

TEST_F(RecordsTest, SandboxKeepsOneMessageAKey) {
  provider::Outgoing outgoing;
  outgoing.key = Sha256Hex("k");
  outgoing.message.text = "Hi";
  outgoing.message.to.address = "+1";
  EXPECT_TRUE(store_->Take({&outgoing, &outgoing}, "sandbox"));
  EXPECT_TRUE(store_->Take({&outgoing}, "sandbox"));
  const auto messages = store_->SandboxMessages(0, 10);
  ASSERT_EQ(messages->size(), 1u);
  EXPECT_EQ(messages->front().to, "+1");
  EXPECT_EQ(messages->front().key, outgoing.key);
}

}  // namespace
}  // namespace recado::store
