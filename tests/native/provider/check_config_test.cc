#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "native/provider/sender.h"

namespace recado::provider {
namespace {

// "kind {settings} secret=value …" as it would be stored; the dump of what is wrong with it.
std::string Faults(const std::string& kind, const std::string& settings,
                   std::map<std::string, std::string> secrets = {}) {
  Config config;
  config.kind = kind;
  config.settings = *ParseJson(settings);
  config.secrets = std::move(secrets);
  return Dump(CheckConfig(config));
}

const std::string kKnown =
    "edna, http_sms, infobip, live_chat, messagebird, messenger, sandbox, smsapi, smtp, telegram, twilio, "
    "vonage, "
    "voximplant, "
    "whatsapp_cloud";

TEST(CheckConfig, UnknownKindNamesTheKnownOnes) {
  EXPECT_EQ(Faults("twillio", "{}"), "error unknown_provider_kind /kind kind=twillio known=" + kKnown);
  EXPECT_EQ(Faults("", "{}"), "error unknown_provider_kind /kind kind= known=" + kKnown);
}

TEST(CheckConfig, FlagsAndWordsOfTheListAreJudged) {
  EXPECT_EQ(Faults("sandbox", R"({"confirm_stop":true})"), "");
  EXPECT_EQ(Faults("sandbox", R"({"confirm_stop":"yes"})"),
            "error wrong_type /settings/confirm_stop what=confirm_stop expected=true or false actual=a text");
  EXPECT_EQ(Faults("sandbox", R"({"bot_username":"@shopbot"})"), "");
  EXPECT_EQ(Faults("sandbox", R"({"bot_username":""})"),
            "error invalid_value /settings/bot_username value= what=bot_username allowed=a text that is not "
            "empty");
  EXPECT_EQ(Faults("live_chat", "{}"), "");
  const auto smtp = [](const std::string& more) {
    return Faults("smtp",
                  R"({"url":"smtp://127.0.0.1:25","mailboxes":[{"address":"a@b.example"}],)" + more + "}");
  };
  EXPECT_EQ(smtp(R"("list_unsubscribe":"all")"), "");
  EXPECT_EQ(smtp(R"("list_unsubscribe":"never")"),
            "error invalid_value /settings/list_unsubscribe value=never what=list_unsubscribe "
            "allowed=marketing, all");
}

// What each kind cannot do without (formats §7).
TEST(CheckConfig, EveryKindNamesWhatIsMissing) {
  const std::pair<const char*, const char*> rows[] = {
      {"vonage", "/settings/api_key /settings/from /secrets/api_secret"},
      {"messagebird", "/settings/originator /secrets/access_key"},
      {"infobip", "/settings/from /secrets/api_key"},
      {"smsapi", "/settings/from /secrets/token"},
      {"http_sms", "/settings/base_url"},
      {"whatsapp_cloud", "/settings/phone_number_id /secrets/access_token"},
      {"edna", "/settings/cascade_id /secrets/api_key"},
      {"voximplant", "/settings/rule_id /settings/account_id /secrets/key_id /secrets/private_key"},
      {"telegram", "/settings/bot_username /secrets/bot_token"},
      {"messenger", "/settings/page_id /secrets/access_token"},
  };
  for (const auto& [kind, places] : rows) {
    Config config;
    config.kind = kind;
    std::string found;
    for (const Diagnostic& fault : CheckConfig(config)) {
      EXPECT_EQ(fault.code, DiagnosticCode::missing_member) << kind;
      found += (found.empty() ? "" : " ") + fault.path;
    }
    EXPECT_EQ(found, places) << kind;
  }
}

TEST(CheckConfig, FaultsOfTheGenericGatewayPointAtTheirPlace) {
  const std::string url = R"("base_url":"https://gateway.example")";
  EXPECT_EQ(Faults("http_sms",
                   "{" + url + R"(,"body":"{{ text","headers":{"X":"{{ a | b }}"},"path":"/{% if %}"})"),
            "error unclosed_block /settings/path 1..9 1:2 name=if closing=endif\n"
            "error value_missing /settings/path 7..7 1:8\n"
            "error unclosed_placeholder /settings/body 0..2 1:1 opening={{ closing=}}\n"
            "error unknown_filter /settings/headers/X 7..8 1:8 name=b");
  EXPECT_EQ(Faults("http_sms", "{" + url + R"(,"success":{"pointer":"status","value":1},"method":"DELETE"})"),
            "error invalid_value /settings/method what=method value=DELETE allowed=GET, POST, PUT\n"
            "error invalid_value /settings/success/pointer what=pointer value=\"status\" allowed=a JSON "
            "pointer like "
            "/messages/0/status");
  EXPECT_EQ(
      Faults("http_sms", "{" + url + R"(,"path":".org/{{ to }}"})"),
      "error invalid_value /settings/path what=path value=.org/{{ to }} allowed=a path that begins with "
      "a slash");
  EXPECT_EQ(Faults("http_sms", "{" + url + R"(,"headers":{"X":1},"success":{}})"),
            "error wrong_type /settings/headers/X what=X expected=a text actual=a number\n"
            "error missing_member /settings/success/pointer what=pointer\n"
            "error missing_member /settings/success/value what=value");
}

const std::string kAccount = "AC" + std::string(32, '0');
const std::map<std::string, std::string> kToken = {{"auth_token", "t"}};

TEST(CheckConfig, Twilio) {
  const std::string account = R"("account_sid":")" + kAccount + "\"";
  const std::string good = account + R"(,"from":"+15005550006")";
  EXPECT_EQ(Faults("twilio", "{" + good + "}", kToken), "");
  EXPECT_EQ(Faults("twilio", "{" + account + R"(,"messaging_service_sid":"MG1"})", kToken), "");
  EXPECT_EQ(Faults("twilio", "{" + account + "}", kToken), "error twilio_sender_missing /settings/from");
  EXPECT_EQ(Faults("twilio", "{" + good + "}"), "error missing_member /secrets/auth_token what=auth_token");
  EXPECT_EQ(Faults("twilio", "{" + good + "}", {{"auth_token", ""}}),
            "error missing_member /secrets/auth_token what=auth_token");
  EXPECT_EQ(Faults("twilio", "{" + good + "}", {{"auth_token", "t"}, {"token", "t"}}),
            "warning unknown_member /secrets/token name=token");
  EXPECT_EQ(Faults("twilio", R"({"account_sid":"AC1","from":"F"})", kToken),
            "warning twilio_account_unusual /settings/account_sid value=AC1");
  EXPECT_EQ(Faults("twilio", "{}"),
            "error missing_member /settings/account_sid what=account_sid\n"
            "error missing_member /secrets/auth_token what=auth_token\n"
            "error twilio_sender_missing /settings/from");
}

TEST(CheckConfig, Smtp) {
  const std::string boxes = R"("mailboxes":[{"address":"eva@shop.example","name":"Eva"}])";
  const std::map<std::string, std::string> login = {{"username", "u"}, {"password", "p"}};
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://127.0.0.1:2525",)" + boxes + "}"), "");
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://127.0.0.1:2525",)" + boxes + "}", login), "");
  EXPECT_EQ(Faults("smtp", R"({"url":"smtps://mail.example",)" + boxes + "}", login), "");
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://mail.example","tls":"required",)" + boxes + "}", login), "");
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://mail.example",)" + boxes + "}", login),
            "warning smtp_password_unprotected /settings/tls");
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://127.0.0.1",)" + boxes + "}", {{"username", "u"}}),
            "error missing_member /secrets/password what=password");
  EXPECT_EQ(Faults("smtp", "{" + boxes + "}"), "error missing_member /settings/url what=url");
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://h"})"),
            "error missing_member /settings/mailboxes what=mailboxes");
  for (const char* url :
       {"mail.example", "http://h", "smtp://u:p@h", "smtp://", "smtp://h?x=y", "smtp://h\\r\\nX"}) {
    EXPECT_TRUE(Faults("smtp", std::string(R"({"url":")") + url + "\"," + boxes + "}")
                    .starts_with("error invalid_value /settings/url"))
        << url;
  }
  EXPECT_EQ(Faults("smtp", R"({"url":"smtp://h","mailboxes":[{"address":"eva"},7,{}]})"),
            "error invalid_value /settings/mailboxes/0/address value=eva what=address allowed=an address "
            "like sales@shop.example\n"
            "error wrong_type /settings/mailboxes/1 what=mailboxes expected=an object actual=a number\n"
            "error missing_member /settings/mailboxes/2/address what=address");
}

TEST(CheckConfig, CommonSettings) {
  EXPECT_EQ(
      Faults("sandbox", R"({"max_characters":160,"daily_limit":1,"timeout":"PT30S","base_url":"https://h/x",
      "lines":[{"id":"a","number":"+49","name":"n"}],"rate":{"messages_per_second":0.5,"segments_per_second":10,"concurrent":2},
      "prices":[{"prefix":"55","per":"segment","amount":"0.0450","currency":"EUR"}],"mailboxes":[]})"),
      "");
  const std::pair<const char*, const char*> rows[] = {
      {R"({"max_charaters":1})", "warning unknown_member /settings/max_charaters name=max_charaters"},
      {R"({"max_characters":"160"})",
       "error wrong_type /settings/max_characters what=max_characters expected=a whole number actual=a text"},
      {R"({"max_characters":0})",
       "error invalid_value /settings/max_characters value=0 what=max_characters allowed=1 or more"},
      {R"({"daily_limit":1.5})",
       "error wrong_type /settings/daily_limit what=daily_limit expected=a whole number actual=a number"},
      {R"({"base_url":"ftp://h"})",
       "error invalid_value /settings/base_url value=ftp://h what=base_url allowed=an address like "
       "https://api.vendor.example"},
      {R"({"base_url":7})",
       "error wrong_type /settings/base_url what=base_url expected=a text actual=a number"},
      {R"({"timeout":"PT0S"})",
       "error invalid_value /settings/timeout value=PT0S what=timeout allowed=a duration like PT30S, at most "
       "PT10M"},
      {R"({"timeout":"P1D"})",
       "error invalid_value /settings/timeout value=P1D what=timeout allowed=a duration like PT30S, at most "
       "PT10M"},
      {R"({"timeout":"PT10M1S"})",
       "error invalid_value /settings/timeout value=PT10M1S what=timeout allowed=a duration like PT30S, at "
       "most PT10M"},
      {R"({"lines":{}})", "error wrong_type /settings/lines what=lines expected=a list actual=an object"},
      {R"({"lines":[{"id":""}]})",
       "error invalid_value /settings/lines/0/id value= what=id allowed=a text that is not empty"},
      {R"({"rate":[]})", "error wrong_type /settings/rate what=rate expected=an object actual=a list"},
      {R"({"rate":{"messages_per_second":0}})",
       "error invalid_value /settings/rate/messages_per_second value=0 what=messages_per_second allowed=more "
       "than 0"},
      {R"({"rate":{"concurrent":0}})",
       "error invalid_value /settings/rate/concurrent value=0 what=concurrent allowed=1 or more"},
      {R"({"prices":[{"prefix":"+55","per":"hour","amount":"x","currency":"eur"}]})",
       "error invalid_value /settings/prices/0/prefix value=+55 what=prefix allowed=the first digits of a "
       "number, like 55\n"
       "error invalid_value /settings/prices/0/per value=hour what=per allowed=segment, minute, message\n"
       "error invalid_value /settings/prices/0/amount value=x what=amount allowed=a decimal text like "
       "0.0450\n"
       "error invalid_value /settings/prices/0/currency value=eur what=currency allowed=a code like EUR"},
      {"[]", "error wrong_type /settings what=settings expected=an object actual=a list"},
  };
  for (const auto& [settings, dump] : rows) EXPECT_EQ(Faults("sandbox", settings), dump) << settings;
}

// What the page's form offers is what is judged: a settings object with exactly the described names has none
// unknown.
TEST(DescribeKinds, EveryKindWithItsOwnAndTheCommonSettings) {
  const Json kinds = DescribeKinds();
  std::string names;
  for (const Json& kind : kinds) {
    names += (names.empty() ? "" : ", ") + kind["kind"].get<std::string>();
    Config config;
    config.kind = kind["kind"].get<std::string>();
    for (const Json& setting : kind["settings"]) config.settings[setting["name"].get<std::string>()] = "x";
    for (const Json& secret : kind["secrets"]) config.secrets[secret["name"].get<std::string>()] = "x";
    EXPECT_THAT(Dump(CheckConfig(config)), ::testing::Not(::testing::HasSubstr("unknown_member")))
        << config.kind;
    EXPECT_THAT(kind["settings"].dump(), ::testing::HasSubstr("daily_limit"));
  }
  EXPECT_EQ(names, kKnown);
}

}  // namespace
}  // namespace recado::provider
