// What must hold for any rule, record and event, tried on generated ones.
#include <map>

#include "tests/core/plan/support.h"

namespace recado::plan {
namespace {

// A small generator with a fixed seed (Knuth's MMIX constants).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  size_t Below(size_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<size_t>(state_ >> 33) % bound;
  }
  bool OneIn(size_t n) { return Below(n) == 0; }
  template <class T, size_t N>
  const T& Pick(const T (&list)[N]) {
    return list[Below(N)];
  }
  template <class T>
  const T& Pick(const std::vector<T>& list) {
    return list[Below(list.size())];
  }

 private:
  uint64_t state_;
};

// --- Keys

std::vector<Json> OneRuleOfEachType() {
  std::vector<Json> rules = {
      SmsRule(),
      MailRule(),
      ActionRule(R"({"type":"make_call","line":"l","say":{"text":"Hi"}})"),
      ActionRule(R"({"type":"send_chat_message","text":"Hi"})"),
      ActionRule(
          R"({"type":"send_whatsapp","provider":"wa","template":"t","language":"en","parameters":{}})"),
      ActionRule(
          R"({"type":"invite_to_messenger","channel":"telegram-1","provider":"sms-main","text":"{{ invite.link }}"})")};
  for (size_t i = 0; i < rules.size(); ++i) rules[i]["id"] = "rule-" + std::to_string(i);
  return rules;
}

using Keys = std::map<std::string, std::string>;  // "event rule" → key

void TakeKeys(const std::vector<Json>& rules, const Json& event, Keys& keys) {
  std::vector<rule::CompiledRulePtr> compiled;
  for (const Json& rule : rules) compiled.push_back(Compile(rule));
  const crm::Workspace workspace;
  PlanInput input;
  input.rules = compiled;
  input.workspace = &workspace;
  const Json answer = PlanEvent(event, input, OffsetUnit::kBytes);
  ASSERT_TRUE(answer.contains("deliveries")) << DumpJson(answer);
  for (const Json& delivery : answer["deliveries"]) {
    const std::string place = answer["event"].get<std::string>() + " " + delivery["rule"].get<std::string>();
    EXPECT_TRUE(keys.emplace(place, delivery["key"]).second) << place;
  }
}

Json EventOf(size_t event, size_t item) {
  Json json = Event(SampleSnapshot());
  json["id"] = "evt-" + std::to_string(event);
  json["entity_id"] = "D-" + std::to_string(item);
  json["snapshot"]["deal"]["id"] = json["entity_id"];
  return json;
}

TEST(PlanProperty, KeysAreUniqueForEachRuleAndEvent) {
  Keys keys;
  for (size_t event = 0; event < 40; ++event) TakeKeys(OneRuleOfEachType(), EventOf(event, event % 7), keys);
  std::map<std::string, std::string> places;
  for (const auto& [place, key] : keys) {
    EXPECT_TRUE(places.emplace(key, place).second) << place << " and " << places[key];
    EXPECT_EQ(key.size(), 64U);
  }
  EXPECT_EQ(keys.size(), 240U);
}

TEST(PlanProperty, KeysDependOnRuleItemEventAndChannelAlone) {
  Keys keys;
  for (size_t event = 0; event < 20; ++event) TakeKeys(OneRuleOfEachType(), EventOf(event, event % 3), keys);
  // Other rules around, in another order, with other texts; other data, another moment, events the other way
  // round, with ones between them that have nothing to do with it.
  std::vector<Json> others = OneRuleOfEachType();
  std::reverse(others.begin(), others.end());
  for (Json& rule : others) {
    rule["position"] = 3;
    rule["name"] = "Renamed";
    if (rule["action"].contains("text") && rule["action"]["type"] != "invite_to_messenger")
      rule["action"]["text"] = "Bye";
  }
  others.insert(others.begin() + 2, SmsRule(R"({"id":"another"})"));
  Keys again;
  for (size_t event = 20; event-- > 0;) {
    Keys unrelated;
    TakeKeys(others, EventOf(event + 100, event), unrelated);
    Json later = EventOf(event, event % 3);
    later["at"] = "2026-11-23T10:00:00Z";
    later["snapshot"]["contacts"][0]["first_name"] = "Eva";
    TakeKeys(others, later, again);
  }
  for (const auto& [place, key] : keys) EXPECT_EQ(again[place], key) << place;
}

// --- preview(rule, record) says what plan(event) will say

TEST(PlanProperty, APreviewIsThePlanOfAnEntryAtThatMoment) {
  const crm::Workspace open;
  const crm::Workspace closed = ClosedWorkspace(R"({"quiet_hours":{"from":"08:00","to":"10:00"}})");
  Random random(5);
  constexpr const char* kPatches[] = {"{}",
                                      R"({"contacts":null})",
                                      R"({"company":null,"contacts":[]})",
                                      R"({"responsible":null})",
                                      R"({"deal":{"amount":null}})",
                                      R"({"deal":{"contract":null,"delivery_date":null}})"};
  constexpr const char* kRules[] = {
      "{}", R"({"transactional":false})", R"({"timing":{"run":"after","delay":"P1D"}})",
      R"({"timing":{"run":"before","delay":"P1D","field":"deal.delivery_date"}})",
      R"({"conditions":{"all":[{"field":"deal.amount","op":"gt","value":"100"}]}})"};
  for (int i = 0; i < 300; ++i) {
    const Json rule = Patched(random.Pick(OneRuleOfEachType()), random.Pick(kRules));
    const Json snapshot = SampleSnapshot(random.Pick(kPatches));
    const crm::Workspace& workspace = random.OneIn(2) ? open : closed;
    const auto compiled = Compile(rule, workspace);
    PlanInput input;
    input.rules = {&compiled, 1};
    input.workspace = &workspace;
    Json planned = PlanEvent(Event(snapshot), input, OffsetUnit::kBytes);
    Json preview = PreviewRule(compiled, snapshot, input, At("2026-11-22T09:30:00Z"), OffsetUnit::kBytes);
    for (Json* answer : {&planned, &preview}) {
      answer->erase("event");
      for (Json& delivery : (*answer)["deliveries"]) {
        // The key is the event's, and the link of an invitation is made of it.
        delivery.erase("key");
        if (rule["action"]["type"] == "invite_to_messenger") delivery["content"].erase("text");
      }
    }
    EXPECT_EQ(DumpJson(preview), DumpJson(planned)) << DumpJson(rule) << "\n" << DumpJson(snapshot);
  }
}

// --- A rule without errors and warnings is never skipped for its template

constexpr std::string_view kSchema = R"({"entities":[{"code":"deal","name":"Deal","pipelines":[],"fields":[
    {"name":"title","type":"text","max_length":40},{"name":"note","type":"text"},{"name":"pieces","type":"integer"},
    {"name":"rate","type":"decimal"},{"name":"amount","type":"money"},{"name":"fee","type":"money"},
    {"name":"delivery_date","type":"date"},{"name":"meeting","type":"datetime"},{"name":"express","type":"boolean"},
    {"name":"contract","type":"file"},{"name":"tags","type":"list"}]}]})";

constexpr const char* kVariables[] = {"deal.title",
                                      "deal.note",
                                      "deal.pieces",
                                      "deal.rate",
                                      "deal.amount",
                                      "deal.fee",
                                      "deal.delivery_date",
                                      "deal.meeting",
                                      "deal.express",
                                      "deal.contract",
                                      "deal.tags",
                                      "deal.tags[0]",
                                      "deal.contract.first",
                                      "deal.contract[0].name",
                                      "deal.title.size",
                                      "deal",
                                      "contact",
                                      "contact.first_name",
                                      "contacts",
                                      "contacts[0].first_name",
                                      "contacts.size",
                                      "client.name",
                                      "company",
                                      "company.name",
                                      "responsible.name",
                                      "workspace.name",
                                      "now",
                                      "contact.phones",
                                      "contact.phones[0].value",
                                      "deal.amount.amount",
                                      "deal.amount.currency",
                                      "nil"};
constexpr const char* kLiterals[] = {
    "0",     "3",      "-1",           "2.5",    "'a'",          "''",     "'7'",     "true",      "nil",
    "'EUR'", "'type'", "'first_name'", "'e164'", "'2026-12-01'", "'long'", "'yMMMd'", "'d. MMMM'", "','"};

class Maker {
 public:
  explicit Maker(Random& random) : random_(random) {}

  std::string Text() {
    std::string text = "T";
    for (size_t i = random_.Below(2) + 1; i > 0; --i) text += Piece();
    return text;
  }

  // A record whose fields have the types of the schema, or are absent or empty.
  Json Snapshot() {
    const Json texts[] = {"",           "Ana",   "12",  "1.5",  "Grüße", "<b>",
                          "2026-12-01", "x y z", "a,b", "%FF%", "soon"};
    const auto text = [&] { return random_.Pick(texts); };
    Json deal = {{"id", "D"}, {"pipeline", "sales"}, {"stage", "paid"}};
    const auto put = [&](const char* name, const std::vector<Json>& values) {
      const size_t way = random_.Below(6);
      if (way == 0) deal[name] = nullptr;
      if (way > 1) deal[name] = random_.Pick(values);
    };
    put("title", {text(), text()});
    put("note", {text(), text()});
    put("pieces", {0, 1, 7, -2, 999'999'999});
    put("rate", {0, 1.25, -7.5, 12});
    put("amount", {J(R"({"amount":"0","currency":"EUR"})"), J(R"({"amount":"12.50","currency":"USD"})")});
    put("fee", {J(R"({"amount":"3.10","currency":"EUR"})"), J(R"({"amount":"-1","currency":"JPY"})")});
    put("delivery_date", {"2026-12-01", "2024-02-29"});
    put("meeting", {"2026-11-22T09:30:00Z", "2026-03-29T01:30:00+02:00"});
    put("express", {true, false});
    put("contract",
        {J("[]"), J(R"([{"file":"a.pdf","name":"A"}])"), J(R"([{"file":"a"},{"file":"b","name":""}])")});
    put("tags", {J("[]"), J(R"(["b","a"])"), J(R"([""])")});
    Json snapshot = {{"deal", std::move(deal)}};
    snapshot["workspace"] = {{"default_region", "DE"}, {"currency", "EUR"}};
    Json contact = {{"id", "C"}, {"phones", J(R"([{"type":"work","value":"+4930123456"}])")}};
    if (random_.OneIn(2)) contact["first_name"] = text();
    if (random_.OneIn(3)) contact["last_name"] = text();
    snapshot["contacts"].push_back(std::move(contact));
    if (random_.OneIn(3)) snapshot["contacts"].push_back({{"id", "C-2"}, {"first_name", text()}});
    if (random_.OneIn(2)) snapshot["company"] = {{"id", "K"}, {"name", text()}};
    if (random_.OneIn(2)) snapshot["responsible"] = {{"id", "U"}, {"name", text()}};
    return snapshot;
  }

 private:
  std::string Variable() { return random_.Pick(kVariables); }
  std::string Argument() { return random_.OneIn(3) ? Variable() : random_.Pick(kLiterals); }

  std::string Filter() {
    constexpr const char* kPlain[] = {"abs",
                                      "capitalize",
                                      "ceil",
                                      "compact",
                                      "downcase",
                                      "escape",
                                      "first",
                                      "floor",
                                      "last",
                                      "newline_to_br",
                                      "reverse",
                                      "round",
                                      "size",
                                      "sort",
                                      "sort_natural",
                                      "strip",
                                      "strip_html",
                                      "sum",
                                      "uniq",
                                      "upcase",
                                      "url_encode",
                                      "url_decode",
                                      "base64_encode",
                                      "base64_decode",
                                      "money",
                                      "currency",
                                      "datetime",
                                      "decimal",
                                      "phone",
                                      "sms_safe",
                                      "transliterate",
                                      "money_with_currency",
                                      "money_without_currency",
                                      "money_without_trailing_zeros",
                                      "plural"};
    constexpr const char* kWithOne[] = {"append",
                                        "at_least",
                                        "at_most",
                                        "compact",
                                        "concat",
                                        "currency",
                                        "date",
                                        "datetime",
                                        "decimal",
                                        "default",
                                        "divided_by",
                                        "find",
                                        "find_index",
                                        "has",
                                        "join",
                                        "map",
                                        "minus",
                                        "modulo",
                                        "money",
                                        "plus",
                                        "prepend",
                                        "reject",
                                        "remove",
                                        "replace",
                                        "round",
                                        "slice",
                                        "sort",
                                        "sort_natural",
                                        "split",
                                        "sum",
                                        "times",
                                        "truncate",
                                        "truncatewords",
                                        "uniq",
                                        "where",
                                        "money: width",
                                        "datetime: date",
                                        "datetime: format",
                                        "decimal: digits",
                                        "phone",
                                        "phone: region",
                                        "transliterate"};
    constexpr const char* kWithTwo[] = {"find",          "has",   "ngettext", "reject",        "replace",
                                        "replace_first", "slice", "truncate", "truncatewords", "where"};
    switch (random_.Below(5)) {
      case 0:
      case 1:
        return random_.Pick(kPlain);
      case 2:
        return std::string(random_.Pick(kWithTwo)) + ": " + Argument() + ", " + Argument();
      default:
        return std::string(random_.Pick(kWithOne)) + ": " + Argument();
    }
  }

  std::string Expression() {
    std::string text = random_.OneIn(8) ? Argument() : Variable();
    for (size_t i = random_.Below(3); i > 0; --i) text += " | " + Filter();
    return text;
  }

  std::string Condition() {
    constexpr const char* kOperators[] = {"==", "!=", "<", "<=", ">", ">=", "contains"};
    std::string text = Variable() + " " + random_.Pick(kOperators) + " " + Argument();
    if (random_.OneIn(4)) text += std::string(random_.OneIn(2) ? " and " : " or ") + Variable();
    return text;
  }

  std::string Piece() {
    switch (random_.Below(9)) {
      case 0:
        return "{% if " + Condition() + " %}a{% elsif " + Condition() + " %}b{% else %}c{% endif %}";
      case 1:
        return "{% for x in " + Variable() + " limit: " + Argument() + " %}{{ x | " + Filter() +
               " }}{% endfor %}";
      case 2:
        return "{% assign v = " + Expression() + " %}{{ v | " + Filter() + " }}";
      case 3:
        return "{% case " + Variable() + " %}{% when " + Argument() + " %}{{ " + Expression() +
               " }}{% endcase %}";
      case 4:
        return "{% for i in (1.." + std::string(random_.Pick(kLiterals)) + ") %}{{ i | " + Filter() +
               " }}{% endfor %}";
      case 5:
        return "{% capture c %}{{ " + Expression() + " }}{% endcapture %}{{ c | " + Filter() + " }}";
      case 6:
        return random_.OneIn(20) ? "{% render 'block' %}"
                                 : "{% tablerow x in " + Variable() + " %}{{ x }}{% endtablerow %}";
      default:
        return "{{ " + Expression() + " }}";
    }
  }

  Random& random_;
};

#if defined(__EMSCRIPTEN__) || !defined(__OPTIMIZE__)
constexpr int kTemplates = 600;
#else
constexpr int kTemplates = 6'000;
#endif

TEST(TemplateProperty, ARuleWithoutErrorsAndWarningsIsNeverSkippedForItsTemplate) {
  Diagnostics remarks;
  const auto schema = crm::ParseSchema(J(kSchema), remarks);
  ASSERT_TRUE(schema.ok());
  const crm::Workspace workspace;
  Random random(20261122);
  Maker maker(random);
  int clean = 0;
  int failing = 0;  // of the others: that the generator makes what fails
  for (int i = 0; i < kTemplates; ++i) {
    const Json rule = SmsRule(DumpJson({{"action", {{"text", maker.Text()}}}}));
    const rule::Checked checked = rule::CheckRule(rule, *schema, workspace);
    ASSERT_NE(checked.rule, nullptr);
    bool warned = false;
    for (const Diagnostic& finding : checked.diagnostics) warned |= finding.severity != Severity::kInfo;
    clean += warned ? 0 : 1;
    PlanInput input;
    input.workspace = &workspace;
    for (int record = 0; record < 12; ++record) {
      const Json snapshot = maker.Snapshot();
      const Json answer =
          PreviewRule(checked.rule, snapshot, input, At("2026-11-22T09:30:00Z"), OffsetUnit::kBytes);
      ASSERT_FALSE(answer.contains("error")) << DumpJson(answer);
      const bool failed = !answer["skipped"].empty() && answer["skipped"][0]["reason"] == "template_error";
      failing += failed ? 1 : 0;
      ASSERT_FALSE(failed && !warned) << DumpJson(rule["action"]["text"]) << "\n"
                                      << DumpJson(snapshot) << "\n"
                                      << DumpJson(answer);
    }
  }
  EXPECT_GT(clean, kTemplates / 8);
  EXPECT_GT(failing, kTemplates / 20);
}

}  // namespace
}  // namespace recado::plan
