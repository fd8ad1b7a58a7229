#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/crm/email.h"
#include "core/crm/schema.h"
#include "core/crm/snapshot.h"
#include "core/crm/workspace.h"

namespace recado::crm {
namespace {

Json J(std::string_view text) {
  const Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() ? *json : Json();
}

// "code /path" of each finding, one a line; "ok" where there is none.
std::string Brief(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) {
    if (!out.empty()) out += '\n';
    out += std::string(CodeName(d.code)) + " " + d.path;
    if (!d.Argument("suggestion").empty()) out += " (" + std::string(d.Argument("suggestion")) + ")";
  }
  return out.empty() ? "ok" : out;
}

template <class Parse>
std::string Faults(Parse parse) {
  Diagnostics remarks;
  const auto result = parse(remarks);
  return Brief(result.ok() ? remarks : result.error());
}

std::string SnapshotFaults(std::string_view text) {
  return Faults([&](Diagnostics& remarks) { return ParseSnapshot(J(text), "", remarks); });
}

Snapshot Read(std::string_view text, std::string_view entity = "") {
  Diagnostics remarks;
  const Result<Snapshot> snapshot = ParseSnapshot(J(text), entity, remarks);
  EXPECT_TRUE(snapshot.ok()) << Dump(snapshot.ok() ? remarks : snapshot.error());
  return snapshot.ok() ? *snapshot : Snapshot();
}

struct Row {
  const char* input;
  const char* findings;
};

TEST(Snapshot, ReportsEveryFaultAtItsPlace) {
  const Row rows[] = {
      {R"({"deal":{"id":"D-1"}})", "ok"},
      {R"([])", "wrong_type "},
      {R"({})", "missing_item "},
      {R"({"deal":[]})", "wrong_type /deal"},
      {R"({"deal":{"id":7}})", "wrong_type /deal/id"},
      {R"({"deal":{},"contacts":{}})", "wrong_type /contacts"},
      {R"({"deal":{},"contacts":["Ana"]})", "wrong_type /contacts/0"},
      {R"({"deal":{},"contacts":[{"id":"1","phones":"+55"}]})", "wrong_type /contacts/0/phones"},
      {R"({"deal":{},"contacts":[{"phones":[{"type":1,"value":2}]}]})",
       "wrong_type /contacts/0/phones/0/type\nwrong_type /contacts/0/phones/0/value"},
      {R"({"deal":{},"contacts":[{"consent":{"marketing":"yes"}}]})",
       "wrong_type /contacts/0/consent/marketing"},
      {R"({"deal":{},"contacts":[{"consent":{"supressed":[]}}]})",
       "unknown_member /contacts/0/consent/supressed (suppressed)"},
      {R"({"deal":{},"contacts":[{"chats":[{"channel":"t","id":"1","created":"yesterday"}]}]})",
       "invalid_instant /contacts/0/chats/0/created"},
      {R"({"deal":{},"contact":{}})", "unknown_member /contact (contacts)"},
      {R"({"deal":{},"responsible":{"mailboxes":[7]}})", "wrong_type /responsible/mailboxes/0"},
      {R"({"deal":{},"workspace":{"currency":"euro"}})", "not_a_currency /workspace/currency"},
      {R"({"deal":{},"workspace":{"time_zone":"Mars/Base"}})", "unknown_time_zone /workspace/time_zone"},
      {R"({"deal":{},"contacts":[{"time_zone":"Mars/Base"}]})", "unknown_time_zone /contacts/0/time_zone"},
      {R"({"deal":{},"contacts":[{"first_name":null,"phones":null}],"company":null})", "ok"},
  };
  for (const Row& row : rows) EXPECT_EQ(SnapshotFaults(row.input), row.findings) << row.input;
}

TEST(Snapshot, AWrongZoneOfAContactIsOnlyAWarning) {
  Diagnostics remarks;
  const auto snapshot =
      ParseSnapshot(J(R"({"deal":{},"contacts":[{"time_zone":"Mars/Base"}]})"), "deal", remarks);
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ(snapshot->contacts.front().time_zone, "");
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_EQ(remarks.front().severity, Severity::kWarning);
}

// R-073, R-074, R-111, R-112, R-136, R-137, R-185, R-186, R-193, R-194
TEST(Snapshot, R073_TheFirstContactIsTheClient) {
  const Snapshot two = Read(R"({"deal":{},"contacts":[{"id":"C-1"},{"id":"C-2"}],"company":{"id":"K"}})");
  EXPECT_EQ(two.client_kind(), ClientKind::kContact);
  EXPECT_EQ(two.client()->id, "C-1");
  EXPECT_EQ(two.document.root().Find("client.id").AsString(), "C-1");
  EXPECT_EQ(two.document.root().Find("contact.id").AsString(), "C-1");
}

TEST(Snapshot, TheCompanyIsTheClientWhereThereIsNoContact) {
  const Snapshot snapshot = Read(R"({"deal":{},"contacts":[],"company":{"id":"K"}})");
  EXPECT_EQ(snapshot.client_kind(), ClientKind::kCompany);
  EXPECT_TRUE(snapshot.document.root().Find("contact").IsNil());
  EXPECT_EQ(snapshot.document.root().Find("client.id").AsString(), "K");
}

TEST(Snapshot, ALeadAloneIsItsOwnClient) {
  const Snapshot lead = Read(R"({"lead":{"id":"L","phones":[{"type":"work","value":"1"}]}})");
  EXPECT_EQ(lead.client_kind(), ClientKind::kLead);
  EXPECT_EQ(lead.client()->phones.size(), 1U);
  EXPECT_EQ(Read(R"({"lead":{"id":"L"},"company":{"id":"K"}})").client_kind(), ClientKind::kCompany);
  EXPECT_EQ(Read(R"({"deal":{"id":"D"}})").client(), nullptr);
}

// R-068, R-107, R-129, R-179: the type stands on the value, and the order is the card's.
TEST(Snapshot, R068_TypesAndOrderOfTheCardAreKept) {
  const Snapshot snapshot = Read(R"({"deal":{},"contacts":[{"phones":
      [{"type":"work","value":"1"},{"type":"mobile","value":"  "},{"type":"home","value":"3"},{"value":"4"}]}]})");
  const auto& phones = snapshot.client()->phones;
  ASSERT_EQ(phones.size(), 3U) << "a blank value is no number";
  EXPECT_EQ(phones[0].type, "work");
  EXPECT_EQ(phones[1].type, "home");
  EXPECT_EQ(phones[2].type, "");
}

TEST(Snapshot, KnowsCustomTypesByTheEventOrBySight) {
  EXPECT_EQ(Read(R"({"rental":{"id":"R-1"}})").entity, "rental");
  EXPECT_EQ(Read(R"({"company":{"id":"K"},"rental":{"id":"R-1"}})", "rental").entity_id, "R-1");
}

TEST(Event, ReportsEveryFaultAtItsPlace) {
  const auto faults = [](std::string_view text) {
    return Faults([&](Diagnostics& remarks) { return ParseEvent(J(text), remarks); });
  };
  const Row rows[] = {
      {R"({"id":"e","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D","to":"paid"})",
       "ok"},
      {R"({})",
       "missing_member /id\nmissing_member /type\nmissing_member /at\nmissing_member /entity\nmissing_member "
       "/entity_id"},
      {R"({"id":"","type":"moved","at":"now","entity":"a\nb","entity_id":"D","to":"x"})",
       "empty_value /id\ninvalid_value /type\ninvalid_instant /at\ninvalid_id /entity"},
      {R"({"id":"e","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D"})",
       "missing_member /to"},
      {R"({"id":"e","type":"record_deleted","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D"})",
       "ok"},
      {R"({"id":"e","type":"record_deleted","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D","snapshot":[]})",
       "wrong_type /snapshot"},
      {R"({"id":"e","type":"record_deleted","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D","pipline":"x"})",
       "unknown_member /pipline (pipeline)"},
  };
  for (const Row& row : rows) EXPECT_EQ(faults(row.input), row.findings) << row.input;
}

TEST(Event, PrintsWhatItRead) {
  const char* text =
      R"({"id":"e","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D","pipeline":"sales","from":"new","to":"paid","snapshot":{"deal":{}}})";
  Diagnostics remarks;
  EXPECT_EQ(DumpJson(ToJson(*ParseEvent(J(text), remarks))), text);
}

TEST(CanonicalJson, EqualValuesHaveEqualTexts) {
  const auto canonical = [](std::string_view text) { return CanonicalJson(J(text)); };
  EXPECT_EQ(canonical(R"({"b":1,"a":[1,{"d":null,"c":"é"}]})"), R"({"a":[1,{"c":"é","d":null}],"b":1})");
  EXPECT_EQ(canonical(R"({"b":1.0,"a":1e2})"), canonical(R"({"a":100,"b":1})"));
  EXPECT_EQ(canonical("-0.0"), canonical("0"));
  EXPECT_EQ(canonical(R"("\u00e9")"), canonical("\"é\""));
  EXPECT_NE(canonical("[1,2]"), canonical("[2,1]"));
  EXPECT_NE(canonical(R"("1")"), canonical("1"));
  EXPECT_NE(canonical("1.5"), canonical("1"));
  EXPECT_EQ(canonical("{}"), "{}");
  EXPECT_EQ(canonical("[[],{}]"), "[[],{}]");
}

TEST(Workspace, ReportsEveryFaultAtItsPlace) {
  const auto faults = [](std::string_view text) {
    return Faults([&](Diagnostics& remarks) { return ParseWorkspace(J(text), remarks); });
  };
  const Row rows[] = {
      {"{}", "ok"},
      {R"({"default_region":"XX"})", "unknown_region /default_region"},
      {R"({"time_zone":"Berlin"})", "unknown_time_zone /time_zone"},
      {R"({"currency":"€"})", "not_a_currency /currency"},
      {R"({"providers":[{"id":"a"},{"id":"a","kind":"smtp"}]})",
       "missing_member /providers/0/kind\nduplicate_id /providers/1/id"},
      {R"({"providers":[{"id":"a","kind":"smtp","settings":{"mailboxes":[{"address":"nobody"}]}}]})",
       "not_an_email /providers/0/settings/mailboxes/0/address"},
      {R"({"providers":[{"id":"a","kind":"twilio","settings":{"max_characters":0}}]})",
       "out_of_range /providers/0/settings/max_characters"},
      {R"({"providers":[{"id":"a","kind":"twilio","settings":{"anything":{"goes":1}}}]})", "ok"},
      {R"({"calendars":[{"id":"c","week":{"mon":[["09:00","24:00"]],"moon":[]}}]})",
       "unknown_member /calendars/0/week/moon (mon)"},
      {R"({"calendars":[{"id":"c","week":{"mon":[["18:00","09:00"]]}}]})",
       "empty_time_span /calendars/0/week/mon/0"},
      {R"({"calendars":[{"id":"c","week":{"mon":[["9","18:00"]]}}]})",
       "invalid_value /calendars/0/week/mon/0/0"},
      {R"({"calendars":[{"id":"c","week":{"mon":["09:00"]},"holidays":["25.12.2026"]}]})",
       "wrong_type /calendars/0/week/mon/0\ninvalid_value /calendars/0/holidays/0"},
      {R"({"calendars":[{"id":"c","week":{"mon":"09:00","tue":[[9,"18:00"]]},"holidays":[20261225]}]})",
       "wrong_type /calendars/0/week/mon\nwrong_type /calendars/0/week/tue/0/0\nwrong_type "
       "/calendars/0/holidays/0"},
      {R"({"quiet_hours":{"from":"21:00"}})", "missing_member /quiet_hours/to"},
      {R"({"quiet_hours":{"from":"21:00","to":"21:00"}})", "empty_time_span /quiet_hours"},
      {R"({"templates":[{"provider":"p","name":"n","parameters":-1}]})",
       "out_of_range /templates/0/parameters"},
      {R"({"templates":[{"provider":"p","name":"n","text":1}]})", "wrong_type /templates/0/text"},
      {R"({"retention":30})", "wrong_type /retention"},
  };
  for (const Row& row : rows) EXPECT_EQ(faults(row.input), row.findings) << row.input;
}

TEST(Workspace, ASnapshotsOwnFillsInWhatIsNotGiven) {
  const auto read = [](std::string_view text) {
    Diagnostics remarks;
    Result<Workspace> workspace = ParseWorkspace(J(text), remarks);
    EXPECT_TRUE(workspace.ok()) << Dump(workspace.error());
    if (!workspace.ok()) return Workspace();
    workspace->closed = false;
    return *std::move(workspace);
  };
  const Workspace own =
      read(R"({"name":"Own","default_region":"BR","language":"pt-BR","time_zone":"America/Sao_Paulo",
      "currency":"BRL","calendars":[{"id":"c","week":{}}],"providers":[{"id":"p","kind":"sandbox"}],
      "quiet_hours":{"from":"21:00","to":"08:00"},
      "templates":[{"provider":"p","name":"t","language":"en","parameters":1}]})");
  Workspace base;
  EXPECT_EQ(ToJson(Merge(base, own)), ToJson(own));
  base.closed = true;
  EXPECT_EQ(ToJson(Merge(base, own)), ToJson(base)) << "a workspace that was given stands alone";
  const Workspace lists =
      read(R"({"providers":[{"id":"q","kind":"smtp"}],"quiet_hours":{"from":"20:00","to":"07:00"}})");
  const Workspace both = Merge(lists, own);
  ASSERT_EQ(both.providers.size(), 1U);
  EXPECT_EQ(both.providers.front().id, "q");
  ASSERT_EQ(both.calendars.size(), 1U);
  EXPECT_EQ(both.quiet_hours, lists.quiet_hours);
  EXPECT_EQ(both.name, "Own");
}

TEST(Workspace, PrintsWhatItRead) {
  const Json json = J(
      R"({"name":"Bike Shop","default_region":"BR","language":"pt-BR","time_zone":"America/Sao_Paulo","currency":"EUR",
      "providers":[{"id":"sms","kind":"twilio","settings":{"lines":[{"id":"l","number":"+1","name":"n"}]}}],
      "calendars":[{"id":"c","time_zone":"UTC","week":{"mon":[["09:00","12:00"],["13:00","24:00"]]},"holidays":["2026-12-25"]}],
      "quiet_hours":{"from":"21:00","to":"08:00"},"templates":[{"provider":"w","name":"t","language":"en","parameters":2,"text":"Hello {{1}}"}],
      "retention":{"content_days":30}})");
  Diagnostics remarks;
  const Result<Workspace> workspace = ParseWorkspace(json, remarks);
  ASSERT_TRUE(workspace.ok());
  EXPECT_TRUE(workspace->closed);
  EXPECT_TRUE(remarks.empty()) << "what the service keeps in its settings is known: " << Dump(remarks);
  EXPECT_EQ(DumpJson(ToJson(*workspace)), DumpJson(json));
}

TEST(Schema, ReportsEveryFaultAtItsPlace) {
  const auto faults = [](std::string_view text) {
    return Faults([&](Diagnostics& remarks) { return ParseSchema(J(text), remarks); });
  };
  const Row rows[] = {
      {R"({"entities":[{"code":"deal"}]})", "ok"},
      {"{}", "missing_member /entities"},
      {R"({"entities":[{"code":"deal"},{"code":"deal"}]})", "duplicate_id /entities/1/code"},
      {R"({"entities":[{"code":"deal","fields":[{"name":"n"}]}]})",
       "missing_member /entities/0/fields/0/type"},
      {R"({"entities":[{"code":"deal","fields":[{"name":"n","type":"number"}]}]})",
       "invalid_value /entities/0/fields/0/type"},
      {R"({"entities":[{"code":"deal","pipelines":[{"id":"p","stages":[{"id":"s","kind":"opn"}]}]}]})",
       "invalid_value /entities/0/pipelines/0/stages/0/kind (open)"},
  };
  for (const Row& row : rows) EXPECT_EQ(faults(row.input), row.findings) << row.input;
}

TEST(Schema, PrintsWhatItRead) {
  const char* text =
      R"({"entities":[{"code":"deal","name":"Deal","pipelines":[{"id":"sales","name":"Sales","stages":[{"id":"paid","name":"Paid","kind":"won"}]}],"fields":[{"name":"number","type":"text","required":true,"max_length":20}]}]})";
  Diagnostics remarks;
  EXPECT_EQ(DumpJson(ToJson(*ParseSchema(J(text), remarks))), text);
}

TEST(Email, AcceptsWhatAMailServerTakes) {
  for (const char* good :
       {"ana@example.com", "a.b+c@sub.example.co", "josé@exämple.de", "x@1a.io", "a'b@ex-am.com"}) {
    EXPECT_TRUE(IsEmailAddress(good)) << good;
  }
}

TEST(Email, RefusesEverythingElse) {
  for (const char* bad : {"", "ana", "@example.com", "ana@", "ana@localhost", "a b@example.com",
                          "ana@exam ple.com", ".a@example.com", "a.@example.com", "a..b@example.com",
                          "ana@-example.com", "ana@example-.com", "ana@.com", "ana@example.", "ana@127.0.0.1",
                          "\"a\"@example.com", "ana@example.com\r\nBcc: x@example.com", "a@b@example.com"}) {
    EXPECT_FALSE(IsEmailAddress(bad)) << bad;
  }
  EXPECT_TRUE(IsEmailAddress(std::string(64, 'a') + "@example.com"));
  EXPECT_FALSE(IsEmailAddress(std::string(65, 'a') + "@example.com"));
}

}  // namespace
}  // namespace recado::crm
