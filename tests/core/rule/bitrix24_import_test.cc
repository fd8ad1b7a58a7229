#include "core/rule/bitrix24_import.h"

#include <fstream>
#include <sstream>

#include "core/base/limits.h"
#include "core/crm/bitrix24_names.h"
#include "core/rule/check.h"

#include "gtest/gtest.h"

namespace recado::rule {
namespace {

Imported Import(std::string_view json, std::string_view stage = "paid") {
  const auto document = ParseJson(json);
  EXPECT_TRUE(document.ok()) << json;
  return ImportBitrix24(*document, crm::BuiltInSchema(), {"deal", stage});
}

// The first rule's member, or the diagnostics.
std::string Member(const Imported& imported, std::string_view pointer) {
  if (!imported.diagnostics.empty()) return Dump(imported.diagnostics);
  const Json::json_pointer place("/0" + std::string(pointer));
  return imported.rules.contains(place) ? DumpJson(imported.rules[place]) : "none";
}

std::string Sms(std::string_view more) {
  return R"([{"Type":"CrmSendSmsActivity","Name":"A1","Properties":{"MessageText":"Hi","ProviderId":"p"})" +
         std::string(more) + "}]";
}

struct Row {
  std::string_view robot;
  std::string_view expected;
};

TEST(Bitrix24Import, RobotsBecomeActions) {
  const Row rows[] = {
      {R"({"Type":"CrmSendSmsActivity","Properties":{"MessageText":"{=Document:TITLE}","ProviderId":"p","PhoneType":"MOBILE"}})",
       R"({"type":"send_sms","text":"{{ deal.title }}","phone_type":"mobile","provider":"p"})"},
      {R"({"Type":"CrmSendEmailActivity","Properties":{"MessageFrom":"Shop <a@shop.example>","Subject":"S","MessageText":"T","MessageTextType":"plain","EmailType":"HOME","EmailSelectRule":"last","UseLinkTracker":"Y"}})",
       R"({"type":"send_email","from":"a@shop.example","subject":"S","text":"T","email_type":"home","use_address":"last","track_clicks":true})"},
      {R"({"Type":"VoximplantCallActivity","Properties":{"OutputNumber":"l","UseAudioFile":"Y","AudioFile":"https://a.example/b.mp3"}})",
       R"({"type":"make_call","line":"l","play":{"url":"https://a.example/b.mp3"}})"},
      {R"({"Type":"VoximplantCallActivity","Properties":{"OutputNumber":"l","Text":"{{Amount}}","VoiceLanguage":"v"}})",
       R"({"type":"make_call","line":"l","say":{"text":"{{ deal.amount }}","voice":"v"}})"},
      {R"({"Type":"ImOpenLinesMessageActivity","Properties":{"MessageText":"x","IsSystem":"Y"}})",
       R"({"type":"send_chat_message","text":"x","hidden":true})"},
      {R"({"Type":"CrmSendWhatsAppMessageActivity","Properties":{"ProviderId":"w","TemplateId":"t","Language":"en","Placeholders":["{=Document:TITLE}"]}})",
       R"({"type":"send_whatsapp","provider":"w","template":"t","language":"en","phone_type":"auto","parameters":{"1":"{{ deal.title }}"}})"},
      {R"({"Type":"CrmInviteToTelegramActivity","Properties":{"ChannelId":"c","ProviderId":"p","MessageText":"Chat:"}})",
       R"({"type":"invite_to_messenger","channel":"c","provider":"p","phone_type":"auto","text":"Chat: {{ invite.link }}"})"},
  };
  for (const Row& row : rows) {
    const Imported imported = Import("[" + std::string(row.robot) + "]");
    EXPECT_EQ(Member(imported, "/action"), row.expected);
    const auto parsed = ParseRules(Json{{"rules", imported.rules}});
    ASSERT_EQ(parsed.size(), 1U);
    EXPECT_EQ(Dump(parsed[0].diagnostics), "") << row.robot;
  }
}

TEST(Bitrix24Import, TimeOfRunning) {
  const Row rows[] = {
      {R"()", R"({"run":"immediately"})"},
      {R"(,"Delay":{})", R"({"run":"immediately"})"},
      {R"(,"Delay":{"type":"after","value":"0"})", R"({"run":"immediately"})"},
      {R"(,"ExecuteAfterPrevious":1)", R"({"run":"immediately","wait_for_previous":true})"},
      {R"(,"Delay":{"type":"after","value":10,"valueType":"i"})", R"({"run":"after","delay":"PT10M"})"},
      {R"(,"Delay":{"type":"after","value":"2","valueType":"h"})", R"({"run":"after","delay":"PT2H"})"},
      {R"(,"Delay":{"type":"before","value":"1","valueType":"d","basis":"{=Document:CLOSEDATE}"})",
       R"({"run":"before","delay":"P1D","field":"deal.close_date"})"},
      {R"(,"Delay":{"type":"before","value":"1","valueType":"d"})",
       "error bitrix24_timing /0/Delay name=before"},
      {R"(,"Delay":{"type":"after","value":"1","valueType":"m"})", "error bitrix24_timing /0/Delay name=1"},
      {R"(,"Delay":{"type":"in","value":"1"})", "error bitrix24_timing /0/Delay name=in"},
      {R"(,"Delay":{"type":"after","value":"1","valueType":"d","basis":"{=Document:TITLE}"})",
       "error bitrix24_timing /0/Delay/basis name={=Document:TITLE}"},
      {R"(,"Delay":{"type":"after","value":"1","valueType":"d","workTime":"1"})",
       "warning bitrix24_setting_left_out /0/Delay/workTime name=workTime"},
  };
  for (const Row& row : rows) EXPECT_EQ(Member(Import(Sms(row.robot)), "/timing"), row.expected) << row.robot;
}

std::string Items(std::string_view items) {
  return Sms(R"(,"Condition":{"items":[)" + std::string(items) + "]}");
}

TEST(Bitrix24Import, Conditions) {
  const Row rows[] = {
      {R"([{"object":"Document","field":"OPPORTUNITY","operator":">","value":"5000"},"AND"])",
       R"({"all":[{"field":"deal.amount","op":"gt","value":"5000"}]})"},
      {R"([{"field":"TITLE","operator":"contain","value":"x"},"OR"],[{"field":"TITLE","operator":"!empty"},"OR"])",
       R"({"any":[{"field":"deal.title","op":"contains","value":"x"},{"field":"deal.title","op":"not_empty"}]})"},
      {R"([{"field":"STAGE_ID","operator":"in","value":["a","b"]},"AND"])",
       R"({"all":[{"field":"deal.stage","op":"in","value":["a","b"]}]})"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(Member(Import(Items(row.robot)), "/conditions"), row.expected) << row.robot;
  for (
      const std::string_view bad :
      {R"([{"field":"TITLE","operator":"contain","value":"x"},"OR"],[{"field":"TITLE","operator":"!empty"},"AND"])",
       R"([{"field":"NOPE","operator":"=","value":"x"},"AND"])",
       R"([{"field":"TITLE","operator":"~","value":"x"}])",
       R"([{"object":"Variable","field":"TITLE","operator":"=","value":"x"}])",
       R"([{"field":"TITLE","operator":"=","value":"{=Document:ID}"}])",
       R"([{"field":"TITLE","operator":"="}])", R"([{"field":"CONTACT.PHONE","operator":"=","value":"1"}])",
       R"([{"field":"TITLE","operator":"=","value":["x"]}])", R"(1)", R"([[]])"}) {
    const Imported imported = Import(Items(bad));
    ASSERT_EQ(imported.diagnostics.size(), 1U) << bad;
    EXPECT_EQ(CodeName(imported.diagnostics[0].code), "bitrix24_condition") << bad;
  }
}

TEST(Bitrix24Import, FaultsHaveTheirPath) {
  const Row rows[] = {
      {R"([{"Type":"CrmSendSmsActivity","Properties":{"MessageText":"Hi {=Document:TILTE}","ProviderId":"p"}}])",
       "error bitrix24_unknown_field /0/Properties/MessageText 3..20 1:4 name=TILTE suggestion=TITLE "
       "fix={=Document:TITLE}"},
      {R"([{"Type":"CrmSendSmsActivity","Properties":{"messagetext":"{=Variable:A}","ProviderId":"p"}}])",
       "error bitrix24_process_value /0/Properties/messagetext 0..13 1:1 name=Variable:A"},
      {R"([{"Type":"CrmSendSmsActivity","Properties":[]}])",
       "error missing_member /0/Properties what=MessageText\nerror missing_member /0/Properties "
       "what=ProviderId"},
      {R"([{"Type":"Task2Activity","Properties":{}}])",
       "warning bitrix24_robot_left_out /0/Type name=Task2Activity"},
      {R"({"result":[{"Type":7,"Properties":{}}]})", "warning bitrix24_robot_left_out /result/0/Type name=7"},
      {R"([5])", "error wrong_type /0 what=rule expected=a rule or a robot actual=a number"},
      {R"("x")", "error wrong_type what=rule expected=a rule or a robot actual=a text"},
      {R"({"rules":[{"id":"r","on":{"entity":"lead"},"action":{"type":"send_call","say":{"text":"{=Document:CLOSDATE}"}}}]})",
       "error bitrix24_unknown_field /rules/0/action/say/text 0..20 1:1 name=CLOSDATE suggestion=CLOSEDATE "
       "fix={=Document:CLOSEDATE}"},
  };
  for (const Row& row : rows) EXPECT_EQ(Dump(Import(row.robot).diagnostics), row.expected) << row.robot;
  EXPECT_EQ(Dump(Import(Sms(""), "").diagnostics), "error bitrix24_stage_missing /0");
  EXPECT_EQ(Import("[]").rules.size(), 0U);
}

TEST(Bitrix24Import, RulesKeepEverythingButTheirForms) {
  const Imported imported = Import(
      R"({"rules":[{"id":"r","extra":1,"on":{"entity":"lead","stage":"s"},"action":{"type":"send_email","subject":"{=Document:NAME}","html":"{% if lead.title %}{{ lead.title }}{% endif %}","text":"{{Last name}}"}}]})");
  EXPECT_EQ(Dump(imported.diagnostics), "");
  EXPECT_EQ(
      DumpJson(imported.rules),
      R"([{"id":"r","extra":1,"on":{"entity":"lead","stage":"s"},"action":{"type":"send_email","subject":"{{ lead.first_name }}","html":"{% if lead.title %}{{ lead.title }}{% endif %}","text":"{{ lead.last_name }}"}}])");
}

TEST(Bitrix24Import, TooManyRulesAreRefused) {
  Json robots = Json::array();
  for (size_t i = 0; i < kMaxRulesInDocument + 1; ++i)
    robots.push_back({{"Type", "X"}, {"Properties", Json::object()}});
  const Imported imported = ImportBitrix24(robots, crm::BuiltInSchema(), {"deal", "s"});
  EXPECT_EQ(Dump(imported.diagnostics), "error too_many_items what=rules actual=1001 limit=1000");
}

// docs/import-bitrix24.md: lines of ```bitrix24 blocks in pairs, the second behind an arrow.
TEST(Bitrix24Import, ExamplesOfTheDocumentationHold) {
  std::ifstream file(RECADO_SOURCE "/docs/import-bitrix24.md");
  if (!file) GTEST_SKIP() << "the documentation is not here";
  const auto names = crm::Bitrix24Names(crm::BuiltInSchema(), "deal");
  const std::string arrow = "→ ";
  bool inside = false;
  std::string form;
  int checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("```", 0) == 0) {
      inside = line == "```bitrix24";
    } else if (inside && line.rfind(arrow, 0) == 0) {
      const auto converted = liquid::bitrix24::FromBitrix24(form, names);
      EXPECT_EQ(converted.text, line.substr(arrow.size())) << form;
      EXPECT_EQ(Dump(converted.diagnostics), "") << form;
      ++checked;
    } else if (inside) {
      form = line;
    }
  }
  EXPECT_GE(checked, 10);
}

}  // namespace
}  // namespace recado::rule
