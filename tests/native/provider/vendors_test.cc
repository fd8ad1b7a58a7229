// The vendors over HTTP as pure translation: a request out of a message, an outcome out of an answer,
// statuses out of a callback. Facts: the vendors' own documentation; signature vectors where they publish
// some.
#include <algorithm>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "native/provider/endpoint.h"
#include "native/provider/sender.h"
#include "native/provider/signing.h"
#include "native/provider/vonage_signature.h"

namespace recado::provider {
namespace {

constexpr std::string_view kPublicUrl = "https://recado.example";

// An RSA key made for this run: nothing secret needs to be kept.
const std::string& TestKey() {
  static const std::string key = [] {
    EVP_PKEY* pair = EVP_RSA_gen(2048);
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(bio, pair, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<size_t>(size));
    BIO_free(bio);
    EVP_PKEY_free(pair);
    return text;
  }();
  return key;
}

Config MakeConfig(const std::string& kind) {
  struct Row {
    const char* kind;
    const char* settings;
    std::map<std::string, std::string> secrets;
  };
  const Row rows[] = {
      {"vonage", R"({"api_key":"abcd1234","from":"AcmeInc"})", {{"api_secret", "s"}}},
      {"messagebird", R"({"originator":"Acme"})", {{"access_key", "k"}}},
      {"infobip", R"({"from":"Acme","base_url":"https://x1.api.infobip.com"})", {{"api_key", "k"}}},
      {"smsapi", R"({"from":"Acme"})", {{"token", "t"}}},
      {"http_sms",
       R"({"base_url":"https://gateway.example","path":"/send?to={{ number }}",
         "headers":{"Authorization":"Bearer {{ secret.token }}","Content-Type":"application/json"},
         "body":"{\"to\":\"{{ to }}\",\"text\":\"{{ text }}\",\"id\":\"{{ key }}\",\"n\":{{ segments }}}",
         "success":{"pointer":"/status","value":"ok"},"reference":"/id"})",
       {{"token", "t"}}},
      {"whatsapp_cloud",
       R"({"phone_number_id":1055})",
       {{"access_token", "t"}, {"app_secret", "app-secret"}, {"verify_token", "v"}}},
      {"edna",
       R"({"cascade_id":111,"templates":[{"name":"paid","language":"ru","text":"Привет, {{1}}! Заказ {{2}}."}]})",
       {{"api_key", "k"}}},
      {"voximplant",
       R"({"rule_id":7,"account_id":"42","lines":[{"id":"main","number":"+4930123456"}]})",
       {{"key_id", "kid"}, {"private_key", TestKey()}}},
      {"telegram", R"({"bot_username":"acme_bot"})", {{"bot_token", "1:A"}, {"webhook_secret", "w"}}},
      {"messenger",
       R"({"page_id":"99"})",
       {{"access_token", "t"}, {"app_secret", "app-secret"}, {"verify_token", "v"}}},
  };
  for (const Row& row : rows) {
    if (row.kind != kind) continue;
    Config config;
    config.id = "p1";
    config.kind = kind;
    config.settings = *ParseJson(row.settings);
    config.secrets = row.secrets;
    return config;
  }
  ADD_FAILURE() << kind;
  return {};
}

std::shared_ptr<const Vendor> Make(const Config& config, std::string_view public_url = "") {
  const Diagnostics faults = CheckConfig(config);
  EXPECT_EQ(Dump(faults), "");
  return FindVendorKind(config.kind)->make(config, {std::string(public_url)});
}
std::shared_ptr<const Vendor> Make(const std::string& kind, std::string_view public_url = "") {
  return Make(MakeConfig(kind), public_url);
}

Outgoing Sms(std::string text = "Hi Ana") {
  Outgoing out;
  out.key = "k1";
  out.at = *ParseInstant("2026-11-22T09:30:00Z");
  out.message.channel = rule::Channel::kSms;
  out.message.to.address = "+5511912345678";
  out.message.text = std::move(text);
  out.message.sms = *sms::Count(out.message.text, {});
  return out;
}
Outgoing Chat(std::string address) {
  Outgoing out = Sms();
  out.message.channel = rule::Channel::kChat;
  out.message.to.address = std::move(address);
  return out;
}
Outgoing Template(std::vector<std::pair<std::string, std::string>> parameters,
                  std::string language = "pt-BR") {
  Outgoing out = Sms();
  out.message.channel = rule::Channel::kWhatsApp;
  out.message.template_name = "paid";
  out.message.language = std::move(language);
  out.message.parameters = std::move(parameters);
  return out;
}
Outgoing Robocall() {
  Outgoing out = Sms();
  out.message.channel = rule::Channel::kCall;
  out.message.line = "main";
  out.message.say = rule::Say{.text = "Hi", .voice = "", .language = "de-DE", .rate = 90, .volume = 100};
  return out;
}

std::string RequestDump(const Request& request) {
  if (const auto* outcome = std::get_if<Outcome>(&request)) return outcome->Dump();
  const auto* http = std::get_if<net::HttpRequest>(&request);
  return http == nullptr ? "none" : http->Dump();
}

net::HttpResult Answer(int status, std::string body) {
  net::HttpResult result;
  result.status = status;
  result.body = std::move(body);
  result.written = true;
  return result;
}

std::string Dump(const WebhookAnswer& answer) {
  std::string out = answer.authentic ? "authentic" : "refused";
  if (!answer.reply.empty()) out += " \"" + answer.reply + "\"";
  for (const StatusUpdate& update : answer.updates) {
    out += " " + update.key + "/" + update.reference + "/" + std::string(DeliveryStateName(update.state)) +
           "/" + update.text;
  }
  return out;
}

// --- requests

TEST(VendorRequest, BytesOfEach) {
  const std::string json = " Accept: application/json Content-Type: application/json";
  const std::string form = " Accept: application/json Content-Type: application/x-www-form-urlencoded";
  struct Row {
    const char* kind;
    Outgoing out;
    std::string dump;
  };
  const Row rows[] = {
      {"vonage", Sms("é"),
       "POST https://rest.nexmo.com/sms/json" + form +
           " | "
           "api_key=abcd1234&api_secret=s&from=AcmeInc&to=5511912345678&text=%C3%A9&type=text&client-ref=k1"},
      {"vonage", Sms("привет"),
       "POST https://rest.nexmo.com/sms/json" + form +
           " | "
           "api_key=abcd1234&api_secret=s&from=AcmeInc&to=5511912345678&text=%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%"
           "D1%82&type=unicode&"
           "client-ref=k1"},
      {"messagebird", Sms(),
       "POST https://rest.messagebird.com/messages" + json +
           " Authorization: AccessKey k | "
           R"({"originator":"Acme","recipients":["5511912345678"],"body":"Hi Ana","datacoding":"plain","reference":"k1"})"},
      {"infobip", Sms(),
       "POST https://x1.api.infobip.com/sms/3/messages" + json +
           " Authorization: App k | "
           R"({"messages":[{"sender":"Acme","destinations":[{"to":"5511912345678","messageId":"k1"}],"content":{"text":"Hi Ana"}}]})"},
      {"smsapi", Sms(),
       "POST https://api.smsapi.com/sms.do" + form +
           " Authorization: Bearer t | "
           "to=5511912345678&from=Acme&message=Hi%20Ana&format=json&encoding=utf-8&details=1&idx=k1&"
           "check_idx=1"},
      {"http_sms", Sms("a\"b\\\n{{ x }}"),
       "POST https://gateway.example/send?to=5511912345678 Authorization: Bearer t Content-Type: "
       "application/json | "
       R"({"to":"+5511912345678","text":"a\"b\\\n{{ x }}","id":"k1","n":1})"},
      {"whatsapp_cloud", Template({{"2", "42"}, {"1", "Ana"}}),
       "POST https://graph.facebook.com/v23.0/1055/messages" + json +
           " Authorization: Bearer t | "
           R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"5511912345678","type":"template",)"
           R"("template":{"name":"paid","language":{"code":"pt_BR"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ana"},)"
           R"({"type":"text","text":"42"}]}]},"biz_opaque_callback_data":"k1"})"},
      {"whatsapp_cloud", Template({{"name", "Ana"}}),
       "POST https://graph.facebook.com/v23.0/1055/messages" + json +
           " Authorization: Bearer t | "
           R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"5511912345678","type":"template",)"
           R"("template":{"name":"paid","language":{"code":"pt_BR"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ana",)"
           R"("parameter_name":"name"}]}]},"biz_opaque_callback_data":"k1"})"},
      {"whatsapp_cloud", Chat("5511912345678"),
       "POST https://graph.facebook.com/v23.0/1055/messages" + json +
           " Authorization: Bearer t | "
           R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"5511912345678","type":"text",)"
           R"("text":{"preview_url":false,"body":"Hi Ana"},"biz_opaque_callback_data":"k1"})"},
      {"edna", Template({{"1", "Ana {{2}}"}, {"2", "42"}}, "ru"),
       "POST https://app.edna.io/api/cascade/schedule" + json +
           " X-API-KEY: k | "
           R"({"requestId":"k1","cascadeId":111,"subscriberFilter":{"address":"5511912345678","type":"PHONE"},)"
           R"("content":{"whatsappContent":{"contentType":"TEXT","text":"Привет, Ana {{2}}! Заказ 42."}}})"},
      {"telegram", Chat("991"),
       "POST https://api.telegram.org/bot1:A/sendMessage" + json + R"( | {"chat_id":991,"text":"Hi Ana"})"},
      {"telegram", Chat("@ana"),
       "POST https://api.telegram.org/bot1:A/sendMessage" + json +
           R"( | {"chat_id":"@ana","text":"Hi Ana"})"},
      {"messenger", Chat("7001"),
       "POST https://graph.facebook.com/v23.0/99/messages" + json +
           " Authorization: Bearer t | "
           R"({"recipient":{"id":"7001"},"messaging_type":"UPDATE","message":{"text":"Hi Ana","metadata":"k1"}})"},
  };
  for (const Row& row : rows) EXPECT_EQ(RequestDump(Make(row.kind)->Send(row.out)), row.dump) << row.kind;
}

TEST(VendorRequest, ACallIsAScenarioUnderAFreshToken) {
  const Request request = Make("voximplant", kPublicUrl)->Send(Robocall());
  const auto* http = std::get_if<net::HttpRequest>(&request);
  ASSERT_NE(http, nullptr);
  EXPECT_EQ(http->url, "https://api.voximplant.com/platform_api/StartScenarios");
  const net::Fields form = net::FormDecode(http->body);
  EXPECT_EQ(FieldOf(form, "rule_id"), "7");
  const Json call = *ParseJson(FieldOf(form, "script_custom_data"));
  EXPECT_EQ(TextOf(call, "to"), "+5511912345678");
  EXPECT_EQ(TextOf(call, "from"), "+4930123456");
  EXPECT_EQ(NumberOf(MemberOf(call, "say"), "rate"), 90);
  EXPECT_TRUE(TextOf(call, "report").starts_with("https://recado.example/hooks/p1/status?key=k1&token="));
  const std::string bearer = http->headers.back().second;
  ASSERT_TRUE(bearer.starts_with("Bearer "));
  const std::string claims = bearer.substr(bearer.find('.') + 1, bearer.rfind('.') - bearer.find('.') - 1);
  EXPECT_EQ(*DecodeBase64Url(claims), R"({"iss":42,"iat":1795339795,"exp":1795339860})");
}

TEST(VendorRequest, ChannelsAVendorLacksAreRefusedWithoutARequest) {
  for (const char* kind : {"vonage", "messagebird", "infobip", "smsapi", "http_sms", "telegram", "messenger",
                           "edna", "whatsapp_cloud"}) {
    EXPECT_TRUE(RequestDump(Make(kind)->Send(Robocall())).starts_with("permanent 0 | ")) << kind;
  }
  EXPECT_TRUE(RequestDump(Make("voximplant")->Send(Sms())).starts_with("permanent 0 | "));
  EXPECT_EQ(RequestDump(Make("edna")->Send(Template({}, "de"))),
            "permanent 0 | The text of the template paid (de) is not in the provider's settings.");
}

TEST(VendorRequest, WhatACustomerIsCalledStaysInItsPlace) {
  Config config = MakeConfig("http_sms");
  config.settings["headers"]["Content-Type"] = "application/x-www-form-urlencoded";
  config.settings["body"] = "to={{ to }}&text={{ text }}";
  EXPECT_TRUE(
      RequestDump(Make(config)->Send(Sms("a&to=1"))).ends_with("| to=%2B5511912345678&text=a%26to%3D1"));
  config.settings["headers"]["Content-Type"] = "text/xml";
  config.settings["body"] = "<m to='{{ to }}'>{{ text }}</m>";
  EXPECT_TRUE(RequestDump(Make(config)->Send(Sms("</m>&'")))
                  .ends_with("| <m to='+5511912345678'>&lt;/m&gt;&amp;&apos;</m>"));
  config.settings["headers"]["X-Text"] = "{{ text }}";  // a header with a line break is never sent
  const Request request = Make(config)->Send(Sms("a\r\nX: y"));
  EXPECT_NE(std::get<net::HttpRequest>(request).headers.back().second.find('\n'), std::string::npos);
}

// --- answers

TEST(VendorAnswer, Table) {
  struct Row {
    const char* kind;
    int status;
    const char* body;
    const char* dump;
  };
  const Row rows[] = {
      {"vonage", 200, R"({"messages":[{"status":"0","message-id":"M1"}]})",
       "accepted 200 ref=M1 | Vonage has the message."},
      {"vonage", 200, R"({"messages":[{"status":"1","error-text":"Throttled"}]})",
       "rate_limited 200 after=1000ms | Vonage 1: too many messages at once"},
      {"vonage", 200, R"({"messages":[{"status":"5"}]})", "retry 200 | Vonage 5: an error at Vonage"},
      {"vonage", 200, R"({"messages":[{"status":"4"}]})",
       "permanent 200 | Vonage 4: the API key or its secret is wrong"},
      {"vonage", 200, R"({"messages":[{"status":"77","error-text":"Odd"}]})",
       "permanent 200 | Vonage 77: Odd"},
      {"vonage", 200, R"({"messages":[{"status":"0","message-id":"M1"},{"status":"9"}]})",
       "accepted 200 ref=M1 | Vonage took only a part of it: Vonage 9: the Vonage account has no credit "
       "left"},
      {"vonage", 200, "{}", "unknown 200 | Vonage's answer could not be read."},
      {"vonage", 500, "", "unknown 500 | Vonage answered 500."},
      {"messagebird", 201, R"({"id":"m1"})", "accepted 201 ref=m1 | MessageBird has the message."},
      {"messagebird", 201, "<", "unknown 201 | MessageBird's answer could not be read."},
      {"messagebird", 422, R"({"errors":[{"code":25,"description":"no balance"}]})",
       "permanent 422 | MessageBird 25: the MessageBird account has no balance left"},
      {"messagebird", 429, "", "rate_limited 429 after=1000ms | MessageBird answered 429."},
      {"infobip", 200,
       R"({"messages":[{"messageId":"k1","status":{"groupId":1,"name":"PENDING_ACCEPTED","description":"sent"}}]})",
       "accepted 200 ref=k1 | Infobip: PENDING_ACCEPTED, sent"},
      {"infobip", 200,
       R"({"messages":[{"messageId":"k1","status":{"groupId":5,"name":"REJECTED_PREFIX","description":"no route"}}]})",
       "permanent 200 ref=k1 | Infobip: REJECTED_PREFIX, no route"},
      {"infobip", 200, R"({"messages":[{}]})", "unknown 200 | Infobip's answer could not be read."},
      {"infobip", 401,
       R"({"requestError":{"serviceException":{"messageId":"UNAUTHORIZED","text":"Invalid login details"}}})",
       "permanent 401 | Infobip: UNAUTHORIZED, Invalid login details"},
      {"smsapi", 200, R"({"count":1,"list":[{"id":"S1","status":"QUEUE"}]})",
       "accepted 200 ref=S1 | SMSAPI: QUEUE"},
      {"smsapi", 200, R"({"error":101,"message":"Authorization failed"})",
       "permanent 200 | SMSAPI 101: the token is wrong"},
      {"smsapi", 200, R"({"error":53,"message":"Not unique idx"})",
       "accepted 200 | SMSAPI 53: the message is there already"},
      {"smsapi", 200, R"({"error":201})", "retry 200 | SMSAPI 201: an error at SMSAPI"},
      {"smsapi", 200, "ERROR:101", "unknown 200 | SMSAPI's answer could not be read."},
      {"http_sms", 200, R"({"status":"ok","id":5})", "accepted 200 ref=5 | The gateway has the message."},
      {"http_sms", 200, R"({"status":"no"})", R"(permanent 200 | The gateway answered {"status":"no"})"},
      {"http_sms", 200, "ok", "unknown 200 | The gateway answered ok"},
      {"http_sms", 503, "", "retry 503 | The SMS gateway answered 503."},
      {"whatsapp_cloud", 200, R"({"messages":[{"id":"wamid.1","message_status":"accepted"}]})",
       "accepted 200 ref=wamid.1 | WhatsApp: accepted"},
      {"whatsapp_cloud", 200, "{}", "unknown 200 | WhatsApp's answer could not be read."},
      {"whatsapp_cloud", 400, R"({"error":{"code":130429,"message":"(#130429) Rate limit hit"}})",
       "rate_limited 400 after=1000ms | WhatsApp 130429: too many messages at once"},
      {"whatsapp_cloud", 400, R"({"error":{"code":132001,"message":"x"}})",
       "permanent 400 | WhatsApp 132001: there is no such template in this language"},
      {"whatsapp_cloud", 500, R"({"error":{"code":131016}})",
       "retry 500 | WhatsApp 131016: WhatsApp is not available for the moment"},
      {"whatsapp_cloud", 400,
       R"({"error":{"code":100,"error_data":{"details":"Bad name"},"message":"Invalid"}})",
       "permanent 400 | WhatsApp 100: Bad name"},
      {"edna", 200, "{}", "accepted 200 ref=k1 | edna has the message."},
      {"edna", 400, R"({"code":"cascade-not-found"})", "permanent 400 | edna: cascade-not-found"},
      {"telegram", 200, R"({"ok":true,"result":{"message_id":17}})",
       "accepted 200 ref=17 | Telegram has the message."},
      {"telegram", 403,
       R"({"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"})",
       "permanent 403 | Telegram 403: the customer has blocked the bot"},
      {"telegram", 429,
       R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}})",
       "rate_limited 429 after=7000ms | Telegram 429: Too Many Requests: retry after 7"},
      {"telegram", 200, "[", "unknown 200 | Telegram's answer could not be read."},
      {"messenger", 200, R"({"recipient_id":"7001","message_id":"m_1"})",
       "accepted 200 ref=m_1 | Messenger has the message."},
      {"messenger", 400, R"({"error":{"code":613}})",
       "rate_limited 400 after=1000ms | Messenger 613: too many messages at once"},
      {"voximplant", 200, R"({"result":1,"call_session_history_id":9})",
       "accepted 200 ref=9 | Voximplant is calling."},
      {"voximplant", 200, R"({"error":{"code":103,"msg":"Rule not found"}})",
       "permanent 200 | Voximplant 103: Rule not found"},
      {"voximplant", 429, R"({"error":{"code":1,"msg":"Too many"}})",
       "rate_limited 429 after=1000ms | Voximplant 1: Too many"},
      {"voximplant", 200, "{}", "unknown 200 | Voximplant's answer could not be read."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Make(row.kind)->ReadSent(Sms(), Answer(row.status, row.body)).Dump(), row.dump)
        << row.kind << " " << row.body;
  }
}

// Nothing came back: known not to be taken, or nobody knows. Never an acceptance, never for good.
TEST(VendorAnswer, WithoutAnAnswer) {
  for (const char* kind : {"vonage", "messagebird", "infobip", "smsapi", "http_sms", "whatsapp_cloud", "edna",
                           "telegram", "messenger", "voximplant"}) {
    net::HttpResult lost;
    lost.failure = net::Failure::kTimeout;
    EXPECT_EQ(Make(kind)->ReadSent(Sms(), lost).kind, Outcome::Kind::kRetry) << kind;
    lost.written = true;
    EXPECT_EQ(Make(kind)->ReadSent(Sms(), lost).kind, Outcome::Kind::kUnknown) << kind;
  }
}

TEST(VendorAnswer, NeverShowsASecret) {
  for (const char* kind : {"telegram", "whatsapp_cloud", "messenger"}) {
    net::HttpResult lost;
    lost.failure = net::Failure::kReset;
    lost.written = true;
    EXPECT_EQ(Make(kind)->ReadSent(Chat("1"), lost).text.find("1:A"), std::string::npos) << kind;
  }
}

TEST(VendorResolution, OfEach) {
  const std::pair<const char*, Resolution> rows[] = {
      {"vonage", Resolution::kEchoing},  {"messagebird", Resolution::kEchoing},
      {"infobip", Resolution::kEchoing}, {"smsapi", Resolution::kKeyed},
      {"http_sms", Resolution::kBlind},  {"whatsapp_cloud", Resolution::kEchoing},
      {"edna", Resolution::kEchoing},    {"telegram", Resolution::kBlind},
      {"messenger", Resolution::kBlind}, {"voximplant", Resolution::kEchoing}};
  for (const auto& [kind, resolution] : rows) {
    EXPECT_EQ(Make(kind, kPublicUrl)->resolution(), resolution) << kind;
    if (resolution != Resolution::kEchoing) continue;
    EXPECT_EQ(Make(kind)->resolution(), Resolution::kBlind) << kind;
  }
}

// --- signatures

TEST(Signing, VonageVectors) {
  const net::Fields fields = {{"text", "A=1&B=2"},
                              {"api_key", "abcd1234"},
                              {"from", "AcmeInc"},
                              {"timestamp", "1461605396"},
                              {"to", "447700900000"}};
  const std::string secret = "my_secret_key_for_testing";
  for (const char* signature : {"05492c471d7a255732bba816180b796c", "8b689f1989603e1f18747b5eca046a17",
                                "4AD85A4D243C36BDF61EB1611E0EDCA1DB3DD5E8",
                                "96b537543b355cfa40794220e501b64cb18d73e63660332685b4947b7caf067b",
                                "d25ee72462bed4a2cd05fe828d0dbfaca10e3e7674b1fca539c678051757a1bbd90c8e2a04d7"
                                "422758e313515dc6c2dcbf935dfabd13efb54d76ecb233c0adff"}) {
    EXPECT_TRUE(IsVonageSignature(signature, fields, secret)) << signature;
    EXPECT_FALSE(IsVonageSignature(signature, fields, "other")) << signature;
    EXPECT_FALSE(IsVonageSignature(signature, {{"to", "1"}}, secret)) << signature;
  }
  EXPECT_FALSE(IsVonageSignature("", fields, secret));
}

constexpr const char* kBirdToken =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI6MTYyNTQ3OTIwMCwiZXhwIjoxNjI1NDc5MjYwLCJqdGkiOiI5M2U1NTAwNi1hMGU4LTQ1"
    "MjYtYTE5MC1mYTVmZjAwZWExMTYiLCJ1cmxfaGFzaCI6I"
    "jQxZjA1ZjBkZGQwYTIyYWIyMDlhYzQ2ZjQ3YzQ1NzJkOWNlZmEyNTdlZDc0YjI0MDA0YmFlNzUzZWNlNmMyNjAiLCJwYXlsb2FkX2hhc"
    "2giOiJkZmZkNjAyMWJiMmJkNWIwYWY2NzYyOTA4MDllYz"
    "NhNTMxOTFkZDgxYzdmNzBhNGIyODY4OGEzNjIxODI5ODZmIn0._H--TOuYFLpeEH39-rg5E3IHVkjHozBcaKVWPRC5m9I";

// The vendor's own reference set, with its negative cases.
TEST(Signing, MessageBirdVectors) {
  Config config = MakeConfig("messagebird");
  config.secrets["signing_key"] = "36efdd1aace2e26cd490f0d951138253bef2f7c6d34d18981da781555cc4cebb";
  const auto authentic = [&](std::string target, std::string body, const char* at,
                             std::string token = kBirdToken) {
    WebhookCall call{"GET",
                     std::move(target),
                     {{"MessageBird-Signature-JWT", std::move(token)}},
                     std::move(body),
                     *ParseInstant(at)};
    return Make(config, "https://example.com")->ReadWebhook(call).authentic;
  };
  const std::string target = "/path?bar=1&foo=2";
  EXPECT_TRUE(authentic(target, "Hello, World!", "2021-07-05T10:00:00Z"));
  EXPECT_TRUE(authentic(target, "Hello, World!", "2021-07-05T10:01:04Z"));
  EXPECT_FALSE(authentic(target, "Hello, World!", "2021-07-05T09:59:50Z"));  // not yet
  EXPECT_FALSE(authentic(target, "Hello, World!", "2021-07-05T10:02:00Z"));  // expired
  EXPECT_FALSE(authentic("/path?foo=2&bar=1", "Hello, World!", "2021-07-05T10:00:00Z"));
  EXPECT_FALSE(authentic(target, "Hello, World?", "2021-07-05T10:00:00Z"));
  EXPECT_FALSE(authentic(target, "", "2021-07-05T10:00:00Z"));
  EXPECT_FALSE(authentic(target, "Hello, World!", "2021-07-05T10:00:00Z", ""));
  EXPECT_FALSE(authentic(target, "Hello, World!", "2021-07-05T10:00:00Z",
                         Base64Url(R"({"alg":"none"})") + "." + Base64Url("{}") + "."));
  config.secrets["signing_key"] = "other";
  EXPECT_FALSE(authentic(target, "Hello, World!", "2021-07-05T10:00:00Z"));
}

TEST(Signing, MetaVector) {
  const std::string body = R"({"object":"whatsapp_business_account","entry":[]})";
  for (const char* kind : {"whatsapp_cloud", "messenger"}) {
    const auto authentic = [&](std::string signature, std::string raw) {
      return Make(kind)
          ->ReadWebhook({"POST",
                         "/hooks/p1/status",
                         {{"x-hub-signature-256", std::move(signature)}},
                         std::move(raw),
                         {}})
          .authentic;
    };
    const std::string good = "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f";
    EXPECT_TRUE(authentic(good, body)) << kind;
    EXPECT_FALSE(authentic(good, body + " ")) << kind;
    EXPECT_FALSE(authentic(good.substr(7), body)) << kind;
    EXPECT_FALSE(authentic("", body)) << kind;
  }
}

TEST(Signing, Base64UrlRoundTrip) {
  for (const std::string& text : {std::string(), std::string("f"), std::string("fo"),
                                  std::string("\xff\xfe\xfd", 3), std::string("\0a", 2)}) {
    EXPECT_EQ(DecodeBase64Url(Base64Url(text)), text);
  }
  for (const char* bad : {"a", "====", "a+b/", "YQ==", "YR"})
    EXPECT_EQ(DecodeBase64Url(bad), std::nullopt) << bad;
}

// --- callbacks

// The target that our own request told the vendor.
std::string TargetOf(const std::string& kind, const Outgoing& out, std::string_view member) {
  const Request request = Make(kind, kPublicUrl)->Send(out);
  const std::string body = std::get<net::HttpRequest>(request).body;
  const size_t at = body.find("recado.example", body.find(member));
  const std::string rest = body.substr(at + std::string_view("recado.example").size());
  const std::string url = rest.substr(0, std::min(rest.find('"'), rest.find('\\')));
  if (url.starts_with('/')) return url;
  return net::FormDecode("u=" + rest.substr(0, rest.find('&'))).front().second;
}

TEST(VendorWebhook, ReportsOfUnsignedVendorsCarryOurToken) {
  struct Row {
    const char* kind;
    const char* member;
    const char* method;
    const char* query;
    const char* body;
    const char* dump;
  };
  const Row rows[] = {
      {"vonage", "callback", "POST", "", "client-ref=k1&messageId=M1&status=delivered&err-code=0",
       "authentic k1/M1/delivered/"},
      {"vonage", "callback", "POST", "",
       R"({"client-ref":"k1","messageId":"M1","status":"failed","err-code":3})",
       "authentic k1/M1/undelivered/Vonage 3: the receiver's number is not in use"},
      {"vonage", "callback", "GET", "&client-ref=k1&messageId=M1&status=rejected&err-code=99", "",
       "authentic k1/M1/failed/Vonage 99"},
      {"vonage", "callback", "POST", "", "status=unknown", "authentic"},
      {"messagebird", "reportUrl", "GET",
       "&id=m1&reference=k1&status=delivery_failed&statusReason=unknown%20subscriber", "",
       "authentic k1/m1/undelivered/MessageBird: unknown subscriber"},
      {"infobip", "url", "POST", "", R"({"results":[{"messageId":"k1","status":{"groupId":3,"id":5}}]})",
       "authentic k1/k1/delivered/"},
      {"infobip", "url", "POST", "", R"({"results":[{"messageId":"k1","status":{"groupId":3,"id":2}}]})",
       "authentic k1/k1/sent/"},
      {"infobip", "url", "POST", "", R"({"results":[{"messageId":"k2","status":{"groupId":3,"id":5}}]})",
       "authentic"},
      {"infobip", "url", "POST", "",
       R"({"results":[{"messageId":"k1","status":{"groupId":2},"error":{"id":1,"description":"Unknown subscriber"}}]})",
       "authentic k1/k1/undelivered/Infobip 1: Unknown subscriber"},
      {"smsapi", "notify_url", "GET", "&MsgId=S1&status=404&idx=k1", "", "authentic \"OK\" k1/S1/delivered/"},
      {"smsapi", "notify_url", "GET", "&MsgId=S1&status=404,405", "",
       "authentic \"OK\" k1/S1/undelivered/SMSAPI 405: not delivered."},
      {"smsapi", "notify_url", "GET", "&status=999", "", "authentic \"OK\""},
  };
  for (const Row& row : rows) {
    const std::string target = TargetOf(row.kind, Sms(), row.member) + row.query;
    const auto read = [&](const std::string& called) {
      return Dump(Make(row.kind, kPublicUrl)->ReadWebhook({row.method, called, {}, row.body, {}}));
    };
    EXPECT_EQ(read(target), row.dump) << row.kind << " " << target;
    std::string other = target;
    other.replace(other.find("key=k1"), 6, "key=k2");  // the token is that message's alone
    EXPECT_EQ(read(other), "refused") << row.kind;
    EXPECT_EQ(read("/hooks/p1/status"), "refused") << row.kind;
  }
}

TEST(VendorWebhook, Voximplant) {
  const Request request = Make("voximplant", kPublicUrl)->Send(Robocall());
  const Json call =
      *ParseJson(FieldOf(net::FormDecode(std::get<net::HttpRequest>(request).body), "script_custom_data"));
  const std::string path = TextOf(call, "report").substr(kPublicUrl.size());
  const auto read = [&](const char* body) {
    return Dump(Make("voximplant", kPublicUrl)->ReadWebhook({"POST", path, {}, body, {}}));
  };
  EXPECT_EQ(read(R"({"result":"completed"})"), "authentic k1//delivered/");
  EXPECT_EQ(read(R"({"result":486})"), "authentic k1//undelivered/Voximplant 486: the line was busy.");
  EXPECT_EQ(read(R"({"result":500})"), "authentic k1//failed/Voximplant: 500");
  EXPECT_EQ(read("[]"), "authentic");
}

TEST(VendorWebhook, EdnaHasOneAddressForTheAccount) {
  const std::string hook = Make("edna", kPublicUrl)->AccountHook();
  ASSERT_TRUE(hook.starts_with("https://recado.example/hooks/p1/status?key=account&token="));
  const std::string target = hook.substr(kPublicUrl.size());
  const auto read = [&](const std::string& called, const char* body) {
    return Dump(Make("edna", kPublicUrl)->ReadWebhook({"POST", called, {}, body, {}}));
  };
  EXPECT_EQ(read(target, R"({"requestId":"k1","status":"DELIVERED"})"), "authentic k1//delivered/");
  EXPECT_EQ(read(target, R"({"requestId":"k1","status":"failed","error":"error-subject-unknown"})"),
            "authentic k1//failed/edna: error-subject-unknown");
  EXPECT_EQ(read("/hooks/p1/status?key=account&token=x", R"({"requestId":"k1","status":"READ"})"), "refused");
}

std::string SignedByMeta(const std::string& body) {
  return "sha256=" + Hex(Hmac(Digest::kSha256, "app-secret", body));
}

TEST(VendorWebhook, Meta) {
  const std::string statuses =
      R"({"entry":[{"changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.1","status":"read","biz_opaque_callback_data":"k1"},)"
      R"({"id":"wamid.2","status":"failed","errors":[{"code":131026,"title":"Undeliverable","error_data":{"details":"No WhatsApp"}}]}]}}]}]})";
  EXPECT_EQ(
      Dump(Make("whatsapp_cloud")
               ->ReadWebhook({"POST", "/", {{"X-Hub-Signature-256", SignedByMeta(statuses)}}, statuses, {}})),
      "authentic k1/wamid.1/read/ /wamid.2/failed/WhatsApp 131026: No WhatsApp");
  const std::string delivered =
      R"({"object":"page","entry":[{"messaging":[{"delivery":{"mids":["m_1"],"watermark":1}}]}]})";
  EXPECT_EQ(Dump(Make("messenger")
                     ->ReadWebhook(
                         {"POST", "/", {{"X-Hub-Signature-256", SignedByMeta(delivered)}}, delivered, {}})),
            "authentic /m_1/delivered/");
  for (const char* odd : {"[]", "7", "{", R"({"entry":[7,{"changes":"x"}]})"}) {
    EXPECT_EQ(Dump(Make("whatsapp_cloud")
                       ->ReadWebhook({"POST", "/", {{"X-Hub-Signature-256", SignedByMeta(odd)}}, odd, {}})),
              "authentic")
        << odd;
  }
  for (const char* kind : {"whatsapp_cloud", "messenger"}) {
    const auto shake = [&](const char* query) {
      return Dump(Make(kind)->ReadWebhook({"GET", std::string("/hooks/p1/status?") + query, {}, "", {}}));
    };
    EXPECT_EQ(shake("hub.mode=subscribe&hub.verify_token=v&hub.challenge=1158201444"),
              "authentic \"1158201444\"");
    EXPECT_EQ(shake("hub.mode=subscribe&hub.verify_token=x&hub.challenge=1"), "refused");
    EXPECT_EQ(shake(""), "refused");
  }
}

TEST(VendorWebhook, TelegramRepeatsItsSecret) {
  const auto read = [](const char* secret) {
    return Dump(
        Make("telegram")
            ->ReadWebhook(
                {"POST", "/hooks/p1/status", {{"X-Telegram-Bot-Api-Secret-Token", secret}}, "{}", {}}));
  };
  EXPECT_EQ(read("w"), "authentic");
  EXPECT_EQ(read("x"), "refused");
  EXPECT_EQ(read(""), "refused");
}

}  // namespace
}  // namespace recado::provider
