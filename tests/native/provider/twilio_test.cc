// Twilio's dialect as pure translation: requests out of messages, outcomes out of answers, statuses out of
// callbacks.
#include <gtest/gtest.h>

#include "native/net/encode.h"
#include "native/provider/twilio_call.h"
#include "native/provider/twilio_signature.h"
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

constexpr std::string_view kPublicUrl = "https://recado.example";

Config MakeConfig(Json settings = {{"account_sid", "AC1"}, {"from", "+15005550006"}}) {
  Config config;
  config.id = "sms main";
  config.kind = "twilio";
  config.settings = std::move(settings);
  config.secrets = {{"auth_token", "12345"}};
  return config;
}

std::shared_ptr<const Vendor> Make(const Config& config, std::string_view public_url = "") {
  return FindVendorKind("twilio")->make(config, {std::string(public_url)});
}

Outgoing Sms(std::string text = "Hi Ana") {
  Outgoing out;
  out.key = "k1";
  out.at = *ParseInstant("2026-11-22T09:30:00.250Z");
  out.message.channel = rule::Channel::kSms;
  out.message.to.address = "+5511912345678";
  out.message.text = std::move(text);
  return out;
}

std::string RequestDump(const Request& request) {
  const auto* http = std::get_if<net::HttpRequest>(&request);
  return http == nullptr ? "none" : http->Dump();
}

TEST(TwilioRequest, BytesOfTheForm) {
  const std::string head =
      "POST https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json Accept: application/json "
      "Content-Type: "
      "application/x-www-form-urlencoded | To=%2B5511912345678&";
  EXPECT_EQ(RequestDump(Make(MakeConfig())->Send(Sms())), head + "From=%2B15005550006&Body=Hi%20Ana");
  EXPECT_EQ(RequestDump(Make(MakeConfig())->Send(Sms("é&=+%\r\n"))),
            head + "From=%2B15005550006&Body=%C3%A9%26%3D%2B%25%0D%0A");
  const Json service = {{"account_sid", "AC1"}, {"messaging_service_sid", "MG1"}};
  EXPECT_EQ(RequestDump(Make(MakeConfig(service))->Send(Sms())),
            head + "MessagingServiceSid=MG1&Body=Hi%20Ana");
  EXPECT_EQ(RequestDump(Make(MakeConfig(), kPublicUrl)->Send(Sms())),
            head +
                "From=%2B15005550006&Body=Hi%20Ana&StatusCallback=https%3A%2F%2Frecado.example%2Fhooks%2Fsms%"
                "2520main"
                "%2Fstatus%3Fkey%3Dk1");
}

TEST(TwilioRequest, PrivateAddressesOnlyWithAnAdministratorsBaseUrl) {
  const auto allowed = [](const Config& config) {
    return std::get<net::HttpRequest>(Make(config)->Send(Sms())).allow_private;
  };
  EXPECT_FALSE(allowed(MakeConfig()));
  Config own = MakeConfig();
  own.settings["base_url"] = "http://127.0.0.1:9000/";
  EXPECT_TRUE(allowed(own));
  EXPECT_TRUE(RequestDump(Make(own)->Send(Sms())).starts_with("POST http://127.0.0.1:9000/2010-04-01/"));
}

TEST(TwilioRequest, AccountCannotLeaveItsPlaceInThePath) {
  const Json settings = {{"account_sid", "AC1/../x?y#z"}, {"from", "F"}};
  EXPECT_TRUE(
      RequestDump(Make(MakeConfig(settings))->Send(Sms()))
          .starts_with("POST https://api.twilio.com/2010-04-01/Accounts/AC1%2F..%2Fx%3Fy%23z/Messages.json"));
}

TEST(TwilioRequest, FindAsksFromFiveSecondsBeforeTheAttempt) {
  EXPECT_EQ(
      RequestDump(Make(MakeConfig())->Find(Sms())),
      "GET "
      "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?To=%2B5511912345678&From=%2B15005550006&"
      "DateSent%3E=2026-11-22T09%3A29%3A55Z&PageSize=50 Accept: application/json | ");
}

TEST(TwilioRequest, OtherChannelsAreRefusedWithoutARequest) {
  for (const rule::Channel channel :
       {rule::Channel::kEmail, rule::Channel::kChat, rule::Channel::kWhatsApp}) {
    Outgoing out = Sms();
    out.message.channel = channel;
    const Request request = Make(MakeConfig())->Send(out);
    ASSERT_TRUE(std::holds_alternative<Outcome>(request));
    EXPECT_EQ(std::get<Outcome>(request).kind, Outcome::Kind::kPermanent);
  }
}

Outgoing CallOut() {
  Outgoing out = Sms();
  out.message.channel = rule::Channel::kCall;
  out.message.line = "main";
  out.message.say = rule::Say{.text = "Hi <Ana> & Bo", .voice = "Polly.Camila", .language = "pt-BR"};
  return out;
}

const Json kWithLine = {{"account_sid", "AC1"},
                        {"from", "+15005550006"},
                        {"lines", {{{"id", "main"}, {"number", "+4930123456"}}}}};

TEST(TwilioCall, BytesOfTheForm) {
  EXPECT_EQ(
      RequestDump(Make(MakeConfig(kWithLine))->Send(CallOut())),
      "POST https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json Accept: application/json Content-Type: "
      "application/x-www-form-urlencoded | To=%2B5511912345678&From=%2B4930123456&Twiml=" +
          net::PercentEncode("<Response><Say voice=\"Polly.Camila\" language=\"pt-BR\">Hi &lt;Ana&gt; &amp; "
                             "Bo</Say></Response>"));
  EXPECT_EQ(
      RequestDump(Make(MakeConfig(kWithLine))->Find(CallOut())),
      "GET https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json?To=%2B5511912345678&From=%2B4930123456&"
      "StartTime%3E=2026-11-22T09%3A29%3A55Z&PageSize=50 Accept: application/json | ");
}

TEST(TwilioCall, Twiml) {
  plan::Message message = CallOut().message;
  message.say->rate = 80;
  message.say->volume = 200;
  EXPECT_EQ(TwimlOf(message),
            "<Response><Say voice=\"Polly.Camila\" language=\"pt-BR\"><prosody rate=\"80%\" "
            "volume=\"+6dB\">Hi &lt;Ana&gt; &amp; "
            "Bo</prosody></Say></Response>");
  message.say->voice = "woman";  // reads no SSML: the call would fail
  EXPECT_EQ(TwimlOf(message),
            "<Response><Say voice=\"woman\" language=\"pt-BR\">Hi &lt;Ana&gt; &amp; Bo</Say></Response>");
  message.say->text = "a\x01\"b'";
  message.say->voice.clear();
  message.say->language.clear();
  EXPECT_EQ(TwimlOf(message), "<Response><Say>a&quot;b&apos;</Say></Response>");
  message.play_url = "https://shop.example/a.mp3?x=1&y=2";
  EXPECT_EQ(TwimlOf(message), "<Response><Play>https://shop.example/a.mp3?x=1&amp;y=2</Play></Response>");
}

TEST(TwilioCall, WithoutANumberOrTooLongIsRefused) {
  Outgoing out = CallOut();
  EXPECT_TRUE(std::holds_alternative<Outcome>(
      Make(MakeConfig({{"account_sid", "AC1"}, {"messaging_service_sid", "MG1"}}))->Send(out)));
  out.message.say->text = std::string(5000, 'a');
  EXPECT_TRUE(std::holds_alternative<Outcome>(Make(MakeConfig(kWithLine))->Send(out)));
}

net::HttpResult Answer(int status, std::string body, std::string retry_after = "") {
  net::HttpResult result;
  result.status = status;
  result.body = std::move(body);
  result.written = true;
  if (!retry_after.empty()) result.headers.emplace_back("retry-after", std::move(retry_after));
  return result;
}

TEST(TwilioAnswer, Table) {
  struct Row {
    int status;
    const char* body;
    const char* retry_after;
    const char* dump;
  };
  const Row rows[] = {
      {201, R"({"sid":"SM1","status":"queued"})", "", "accepted 201 ref=SM1 | Twilio: queued"},
      {200, R"({"sid":"SM1"})", "", "accepted 200 ref=SM1 | Twilio:"},
      {201, "", "", "unknown 201 | Twilio's answer could not be read."},
      {201, "{", "", "unknown 201 | Twilio's answer could not be read."},
      {201, "null", "", "unknown 201 | Twilio's answer could not be read."},
      {201, R"({"sid":7})", "", "unknown 201 | Twilio's answer could not be read."},
      {201, R"({"sid":""})", "", "unknown 201 | Twilio's answer could not be read."},
      {204, "", "", "unknown 204 | Twilio's answer could not be read."},
      {301, "", "", "permanent 301 | Twilio answered 301."},
      {400, "", "", "permanent 400 | Twilio answered 400."},
      {400, R"({"code":"21211"})", "", "permanent 400 | Twilio answered 400."},
      {400, R"([{"code":21211}])", "", "permanent 400 | Twilio answered 400."},
      {400, R"({"code":21211,"message":"x"})", "",
       "permanent 400 | Twilio 21211: the receiver's number is not valid"},
      {400, R"({"code":12,"message":"New\n thing"})", "", "permanent 400 | Twilio 12: New thing"},
      {401, R"({"code":20003})", "",
       "permanent 401 | Twilio 20003: the account SID or the auth token is wrong"},
      {403, "", "", "permanent 403 | Twilio answered 403."},
      {404, "", "5", "permanent 404 | Twilio answered 404."},
      {408, "", "", "retry 408 | Twilio answered 408."},
      {425, "", "2", "retry 425 after=2000ms | Twilio answered 425."},
      {429, "", "", "rate_limited 429 after=1000ms | Twilio answered 429."},
      {429, "", "0", "rate_limited 429 after=0ms | Twilio answered 429."},
      {429, "", "-3", "rate_limited 429 after=0ms | Twilio answered 429."},
      {429, "", "999999", "rate_limited 429 after=3600000ms | Twilio answered 429."},
      {429, "", "soon", "rate_limited 429 after=1000ms | Twilio answered 429."},
      {429, R"({"code":20429})", "2",
       "rate_limited 429 after=2000ms | Twilio 20429: too many requests at once"},
      {500, R"({"code":20429})", "2",
       "rate_limited 500 after=2000ms | Twilio 20429: too many requests at once"},
      {500, "", "2", "unknown 500 | Twilio answered 500."},
      {501, "", "", "permanent 501 | Twilio answered 501."},
      {502, "", "", "unknown 502 | Twilio answered 502."},
      {503, "", "", "retry 503 | Twilio answered 503."},
      {503, "", "9", "retry 503 after=9000ms | Twilio answered 503."},
      {504, "", "", "unknown 504 | Twilio answered 504."},
      {505, "", "", "permanent 505 | Twilio answered 505."},
      {599, "", "", "unknown 599 | Twilio answered 599."},
  };
  const auto vendor = Make(MakeConfig());
  for (const Row& row : rows) {
    EXPECT_EQ(vendor->ReadSent(Sms(), Answer(row.status, row.body, row.retry_after)).Dump(), row.dump);
  }
}

TEST(TwilioAnswer, FailuresAreJudgedByWhetherTheRequestWasWritten) {
  using net::Failure;
  struct Row {
    Failure failure;
    bool written;
    Outcome::Kind kind;
  };
  using Kind = Outcome::Kind;
  for (const Row& row : {
           Row{Failure::kResolve, false, Kind::kRetry},
           Row{Failure::kConnect, false, Kind::kRetry},
           Row{Failure::kTls, false, Kind::kRetry},
           Row{Failure::kTimeout, false, Kind::kRetry},
           Row{Failure::kReset, false, Kind::kRetry},
           Row{Failure::kCancelled, false, Kind::kRetry},
           Row{Failure::kOther, false, Kind::kRetry},
           Row{Failure::kForbiddenAddress, false, Kind::kPermanent},
           Row{Failure::kBadRequest, false, Kind::kPermanent},
           Row{Failure::kTimeout, true, Kind::kUnknown},
           Row{Failure::kReset, true, Kind::kUnknown},
           Row{Failure::kCancelled, true, Kind::kUnknown},
           Row{Failure::kTls, true, Kind::kUnknown},
           Row{Failure::kOther, true, Kind::kUnknown},
       }) {
    net::HttpResult result;
    result.failure = row.failure;
    result.written = row.written;
    EXPECT_EQ(Make(MakeConfig())->ReadSent(Sms(), result).kind, row.kind) << net::FailureName(row.failure);
  }
}

TEST(TwilioAnswer, BackOffDoublesUpToAMinute) {
  const int64_t seconds[] = {1, 1, 2, 4, 8, 16, 32, 60, 60};
  for (int attempt = 0; attempt < 9; ++attempt) {
    Outgoing out = Sms();
    out.attempt = attempt;
    EXPECT_EQ(Make(MakeConfig())->ReadSent(out, Answer(429, "")).retry_after,
              std::chrono::seconds(seconds[attempt]));
  }
}

TEST(TwilioAnswer, LongTextsAreCutAtACharacter) {
  std::string message;
  for (int i = 0; i < 400; ++i) message += "é";
  const Outcome outcome =
      Make(MakeConfig())->ReadSent(Sms(), Answer(400, R"({"code":1,"message":")" + message + "\"}"));
  EXPECT_LE(outcome.text.size(), 504U);
  EXPECT_TRUE(outcome.text.ends_with("é…")) << outcome.text;
}

TEST(TwilioFound, ListsWithoutTheMessageLeaveTheDoubt) {
  const auto vendor = Make(MakeConfig());
  for (const char* body :
       {"", "[]", "{}", R"({"messages":{}})", R"({"messages":[]})", R"({"messages":[1,null,{}]})",
        R"({"messages":[{"sid":"SM1","body":"Hi Ana","to":"+5511912345678","direction":"inbound"}]})",
        R"({"messages":[{"sid":"SM1","body":"Hi","to":"+5511912345678","direction":"outbound-api"}]})",
        R"({"messages":[{"sid":"SM1","body":"Hi Ana","to":"+1","direction":"outbound-api"}]})",
        R"({"messages":[{"body":"Hi Ana","to":"+5511912345678","direction":"outbound-api"}]})"}) {
    EXPECT_EQ(vendor->ReadFound(Sms(), Answer(200, body)).kind, Outcome::Kind::kUnknown) << body;
  }
  const char* good =
      R"({"messages":[{"sid":"SM1","body":"Hi Ana","to":"+5511912345678","direction":"outbound-api"}]})";
  EXPECT_EQ(vendor->ReadFound(Sms(), Answer(200, good)).reference, "SM1");
  EXPECT_EQ(vendor->ReadFound(Sms(), Answer(500, good)).kind, Outcome::Kind::kUnknown);
}

// --- signatures: every vector of the table of known signatures, token 12345

constexpr std::string_view kUrl = "https://mycompany.com/myapp.php?foo=1&bar=2";

net::Fields Classic(const std::string& caller = "+14158675309") {
  return {{"CallSid", "CA1234567890ABCDE"},
          {"Caller", caller},
          {"Digits", "1234"},
          {"From", caller},
          {"To", "+18005551212"}};
}

TEST(TwilioSignature, KnownVectors) {
  const std::string tail = "/myapp.php?foo=1&bar=2";
  const net::Fields repeated = {
      {"Sid", "CA123"}, {"SidAccount", "AC123"}, {"Digits", "5678"}, {"Digits", "1234"}, {"Digits", "1234"}};
  const std::string hashed =
      std::string(kUrl) + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  struct Row {
    std::string url;
    net::Fields form;
    const char* signature;
  };
  for (const Row& row : std::vector<Row>{
           {std::string(kUrl), Classic(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
           {std::string(kUrl), Classic("+12349013030"), "0/KCTR6DLpKmkAf8muzZqo1nDgQ="},
           {"https://mycompany.com:443" + tail, Classic(), "kvajT1Ptam85bY51eRf/AJRuM3w="},
           {"http://mycompany.com:80" + tail, Classic(), "0ZXoZLH/DfblKGATFgpif+LLRf4="},
           {"http://mycompany.com:1234" + tail, Classic(), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="},
           {std::string(kUrl), repeated, "IK+Dwps556ElfBT0I3Rgjkr1wJU="},
           {hashed, {}, "a9nBmqA0ju/hNViExpshrM61xv4="},
       }) {
    EXPECT_EQ(TwilioSignature(row.url, row.form, "12345"), row.signature) << row.url;
  }
}

TEST(TwilioSignature, DefaultPortMayBeWrittenOrNot) {
  const std::string form = net::FormEncode(Classic());
  const auto fits = [&](std::string_view signature, std::string_view url) {
    return IsTwilioSignature(signature, url, form, "12345");
  };
  EXPECT_TRUE(fits("RSOYDt4T1cUTdK1PDd93/VVr8B8=", kUrl));
  EXPECT_TRUE(fits("RSOYDt4T1cUTdK1PDd93/VVr8B8=", "https://mycompany.com:443/myapp.php?foo=1&bar=2"));
  EXPECT_TRUE(fits("kvajT1Ptam85bY51eRf/AJRuM3w=", kUrl));
  EXPECT_TRUE(fits("0ZXoZLH/DfblKGATFgpif+LLRf4=", "http://mycompany.com/myapp.php?foo=1&bar=2"));
  EXPECT_FALSE(fits("Zmvh+3yNM1Phv2jhDCwEM3q5ebU=", "http://mycompany.com/myapp.php?foo=1&bar=2"));
  EXPECT_FALSE(fits("RSOYDt4T1cUTdK1PDd93/VVr8B8=", "https://mycompany.com:8443/myapp.php?foo=1&bar=2"));
}

TEST(TwilioSignature, RefusesWhatWasChanged) {
  const std::string form = net::FormEncode(Classic());
  const std::string_view right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
  EXPECT_FALSE(IsTwilioSignature("", kUrl, form, "12345"));
  EXPECT_FALSE(IsTwilioSignature("RSOYDt4T1cUTdK1PDd93/VVr8B8", kUrl, form, "12345"));
  EXPECT_FALSE(IsTwilioSignature(right, kUrl, form + "&Extra=1", "12345"));
  EXPECT_FALSE(IsTwilioSignature(right, kUrl, "", "12345"));
  EXPECT_FALSE(IsTwilioSignature(right, "https://mycompany.com/myapp.php?foo=1&bar=3", form, "12345"));
  EXPECT_FALSE(IsTwilioSignature(right, kUrl, form, "12346"));
  EXPECT_FALSE(IsTwilioSignature(right, "", form, "12345"));
  // Without a token anybody could sign.
  EXPECT_FALSE(IsTwilioSignature(TwilioSignature(kUrl, Classic(), ""), kUrl, form, ""));
}

TEST(TwilioSignature, JsonBodyIsCheckedByItsHash) {
  const std::string url =
      std::string(kUrl) + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  const std::string_view signature = "a9nBmqA0ju/hNViExpshrM61xv4=";
  EXPECT_TRUE(IsTwilioSignature(signature, url, R"({"property": "value", "boolean": true})", "12345"));
  EXPECT_FALSE(IsTwilioSignature(signature, url, R"({"property": "value", "boolean": false})", "12345"));
  EXPECT_FALSE(IsTwilioSignature(signature, url, "", "12345"));
}

// --- status callbacks

WebhookCall Call(const std::string& target, const std::string& body) {
  WebhookCall call{"POST", target, {}, body, {}};
  call.headers.emplace_back("x-twilio-signature", TwilioSignature(std::string(kPublicUrl) + target,
                                                                  net::FormDecode(body), "12345"));
  return call;
}

std::string Dump(const WebhookAnswer& answer) {
  std::string out = answer.authentic ? "authentic" : "refused";
  for (const StatusUpdate& update : answer.updates) {
    out += " " + update.key + "/" + update.reference + "/" + std::string(DeliveryStateName(update.state)) +
           "/" + update.text;
  }
  return out;
}

TEST(TwilioWebhook, Table) {
  const std::string target = "/hooks/sms-main/status?key=k1";
  const std::pair<const char*, const char*> rows[] = {
      {"MessageSid=SM1&MessageStatus=delivered", "authentic k1/SM1/delivered/"},
      {"MessageSid=SM1&MessageStatus=read", "authentic k1/SM1/read/"},
      {"SmsSid=SM1&SmsStatus=sent", "authentic k1/SM1/sent/"},
      {"MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003",
       "authentic k1/SM1/undelivered/Twilio 30003: the receiver's phone could not be reached"},
      {"MessageSid=SM1&MessageStatus=failed&ErrorCode=99&ErrorMessage=odd",
       "authentic k1/SM1/failed/Twilio 99: odd"},
      {"MessageSid=SM1&MessageStatus=failed&ErrorCode=99999999999999999999", "authentic k1/SM1/failed/"},
      {"MessageSid=SM1&MessageStatus=canceled", "authentic k1/SM1/failed/"},
      {"CallSid=CA1&CallStatus=completed", "authentic k1/CA1/delivered/"},
      {"CallSid=CA1&CallStatus=busy", "authentic k1/CA1/undelivered/Twilio: busy"},
      {"CallSid=CA1&CallStatus=failed", "authentic k1/CA1/failed/"},
      {"MessageSid=SM1&MessageStatus=received", "authentic"},
      {"MessageSid=SM1", "authentic"},
      {"", "authentic"},
  };
  for (const auto& [body, dump] : rows) {
    EXPECT_EQ(Dump(ReadWebhook(MakeConfig(), kPublicUrl, Call(target, body))), dump) << body;
  }
}

TEST(TwilioWebhook, UnsignedCallsSayNothing) {
  const WebhookCall good = Call("/hooks/sms-main/status?key=k1", "MessageSid=SM1&MessageStatus=delivered");
  WebhookCall call = good;
  call.headers.clear();
  EXPECT_EQ(Dump(ReadWebhook(MakeConfig(), kPublicUrl, call)), "refused");
  call = good;
  call.body += "&x=y";
  EXPECT_EQ(Dump(ReadWebhook(MakeConfig(), kPublicUrl, call)), "refused");
  call = good;
  call.target = "/hooks/sms-main/status?key=k2";
  EXPECT_EQ(Dump(ReadWebhook(MakeConfig(), kPublicUrl, call)), "refused");
  EXPECT_EQ(Dump(ReadWebhook(MakeConfig(), "https://other.example", good)), "refused");
  EXPECT_EQ(Dump(ReadWebhook(MakeConfig(), "", good)), "refused");
  Config sandbox;
  sandbox.kind = "sandbox";
  EXPECT_EQ(Dump(ReadWebhook(sandbox, kPublicUrl, good)), "refused");
}

}  // namespace
}  // namespace recado::provider
