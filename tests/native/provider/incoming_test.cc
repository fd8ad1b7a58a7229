// What customers write, as each vendor brings it; and refusals that blame the address.
#include <gtest/gtest.h>

#include "native/provider/endpoint.h"
#include "native/provider/signing.h"
#include "native/provider/twilio_signature.h"

namespace recado::provider {
namespace {

const std::string kPublicUrl = "https://recado.example";

std::shared_ptr<const Vendor> Make(const std::string& kind, const char* settings,
                                   std::map<std::string, std::string> secrets) {
  Config config;
  config.id = "p1";
  config.kind = kind;
  config.settings = *ParseJson(settings);
  config.secrets = std::move(secrets);
  return FindVendorKind(kind)->make(config, {kPublicUrl});
}

// The room of channels' names is not part of this program.
std::string_view NameOf(rule::Channel channel) {
  return channel == rule::Channel::kSms ? "sms" : channel == rule::Channel::kChat ? "chat" : "whatsapp";
}

// "id channel from>to chat=… name=… text" of each, "start:payload" in the place of a text; "refused" where
// not authentic.
std::string Dump(const WebhookAnswer& answer) {
  if (!answer.authentic) return "refused";
  std::string out;
  for (const Incoming& one : answer.incoming) {
    out += (out.empty() ? "" : " | ") + one.id + " " + std::string(NameOf(one.channel)) + " " + one.from +
           ">" + one.to;
    if (!one.chat_id.empty()) out += " chat=" + one.chat_id;
    if (!one.name.empty()) out += " name=" + one.name;
    if (one.at.ms != 0) out += " at=" + std::to_string(one.at.ms / 1000);
    out += one.started ? " start:" + one.invitation : " " + one.text;
  }
  return out;
}

TEST(IncomingCall, Twilio) {
  const auto vendor = Make("twilio", R"({"account_sid":"AC1","from":"+1"})", {{"auth_token", "t"}});
  const auto read = [&](const std::string& body) {
    WebhookCall call{"POST", "/hooks/p1/incoming", {}, body, {}};
    call.headers.emplace_back("X-Twilio-Signature",
                              TwilioSignature(kPublicUrl + call.target, net::FormDecode(body), "t"));
    return Dump(vendor->ReadWebhook(call));
  };
  EXPECT_EQ(read("MessageSid=SM1&SmsStatus=received&From=%2B4915112345678&To=%2B491&Body=Stop%21"),
            "SM1 sms +4915112345678>+491 Stop!");
  EXPECT_EQ(read("SmsSid=SM1&SmsStatus=received&From=%2B49&To=%2B491&Body="), "SM1 sms +49>+491 ");
  EXPECT_EQ(read("SmsStatus=received&From=%2B49&Body=x"), "") << "without an id nobody could know it again";
  EXPECT_EQ(read("MessageSid=SM1&SmsStatus=received&Body=x"), "");
  EXPECT_EQ(read("MessageSid=SM1&MessageStatus=delivered&From=%2B49&Body=x"), "") << "a report";
  WebhookCall unsigned_call{
      "POST", "/hooks/p1/incoming", {}, "MessageSid=SM1&SmsStatus=received&From=1&Body=STOP", {}};
  EXPECT_EQ(Dump(vendor->ReadWebhook(unsigned_call)), "refused");
}

TEST(IncomingCall, VonageByTheAccountsAddress) {
  const auto vendor = Make("vonage", R"({"api_key":"a","from":"F"})", {{"api_secret", "s"}});
  const std::string target = vendor->AccountHook().substr(kPublicUrl.size());
  const auto read = [&](const std::string& method, const std::string& more, const std::string& body) {
    return Dump(vendor->ReadWebhook({method, target + more, {}, body, {}}));
  };
  EXPECT_EQ(
      read(
          "POST", "",
          R"({"msisdn":"4915112345678","to":"49301","messageId":"M1","text":"Hi","type":"text","timestamp":"1795340000"})"),
      "M1 sms +4915112345678>+49301 at=1795340000 Hi");
  EXPECT_EQ(read("GET", "&msisdn=4915112345678&to=49301&messageId=M1&text=Hall%C3%B6chen&type=unicode", ""),
            "M1 sms +4915112345678>+49301 Hallöchen");
  EXPECT_EQ(read("POST", "", R"({"msisdn":"49151","messageId":"M1","data":"00","type":"binary"})"), "");
  EXPECT_EQ(read("POST", "", R"({"messageId":"M1","text":"Hi","type":"text"})"), "");
  // The account's address vouches for no report.
  EXPECT_TRUE(vendor->ReadWebhook({"POST", target, {}, "client-ref=k1&messageId=M1&status=delivered", {}})
                  .updates.empty());
  EXPECT_EQ(Dump(vendor->ReadWebhook({"POST", "/hooks/p1/incoming", {}, R"({"type":"text"})", {}})),
            "refused");
}

TEST(IncomingCall, AMessagesOwnAddressBringsNothingFromCustomers) {
  const auto vendor = Make("vonage", R"({"api_key":"a","from":"F"})", {{"api_secret", "s"}});
  Outgoing out;
  out.key = "k1";
  out.message.channel = rule::Channel::kSms;
  const Request request = vendor->Send(out);
  const std::string hook = FieldOf(net::FormDecode(std::get<net::HttpRequest>(request).body), "callback")
                               .substr(kPublicUrl.size());
  EXPECT_EQ(
      Dump(vendor->ReadWebhook({"POST",
                                hook,
                                {},
                                R"({"msisdn":"4915112345678","messageId":"M1","text":"STOP","type":"text"})",
                                {}})),
      "");
}

TEST(IncomingCall, AMessagesOwnAddressReportsOnThatMessageAlone) {
  Outgoing out;
  out.key = "k1";
  out.message.channel = rule::Channel::kSms;
  const auto vonage = Make("vonage", R"({"api_key":"a","from":"F"})", {{"api_secret", "s"}});
  const Request form = vonage->Send(out);
  const std::string hook =
      FieldOf(net::FormDecode(std::get<net::HttpRequest>(form).body), "callback").substr(kPublicUrl.size());
  const WebhookAnswer told =
      vonage->ReadWebhook({"POST", hook, {}, "client-ref=k2&messageId=M2&status=failed", {}});
  ASSERT_EQ(told.updates.size(), 1u);
  EXPECT_EQ(told.updates.front().key, "k1");
  const auto bird = Make("messagebird", R"({"originator":"F"})", {{"access_key", "s"}});
  const Request json = bird->Send(out);
  const std::string report =
      TextOf(Parsed(std::get<net::HttpRequest>(json).body), "reportUrl").substr(kPublicUrl.size());
  const WebhookAnswer said =
      bird->ReadWebhook({"GET", report + "&reference=k2&id=m&status=sent", {}, "", {}});
  ASSERT_EQ(said.updates.size(), 1u);
  EXPECT_EQ(said.updates.front().key, "k1");
}

TEST(IncomingCall, InfobipByTheAccountsAddress) {
  const auto vendor = Make("infobip", R"({"from":"F"})", {{"api_key", "k"}});
  const std::string target = vendor->AccountHook().substr(kPublicUrl.size());
  const auto read = [&](const std::string& body) {
    return Dump(vendor->ReadWebhook({"POST", target, {}, body, {}}));
  };
  EXPECT_EQ(
      read(
          R"({"results":[{"messageId":"M1","from":"385916242493","to":"385921004026","text":"QUIZ Hi","cleanText":"Hi"},)"
          R"({"messageId":"M2","from":"BANK","to":"385921004026","text":"x"}],"messageCount":2})"),
      "M1 sms +385916242493>+385921004026 QUIZ Hi | M2 sms BANK>+385921004026 x");
  EXPECT_EQ(read(R"({"results":[{"messageId":"k1","status":{"groupId":3,"id":5}}]})"), "");
  for (const char* odd : {"", "[]", "{", R"({"results":7})", R"({"results":[7,{"text":1}]})"})
    EXPECT_EQ(read(odd), "") << odd;
}

TEST(IncomingCall, Telegram) {
  const auto vendor =
      Make("telegram", R"({"bot_username":"b"})", {{"bot_token", "1:A"}, {"webhook_secret", "w"}});
  const auto read = [&](const std::string& body, const std::string& secret = "w") {
    return Dump(vendor->ReadWebhook(
        {"POST", "/hooks/p1/update", {{"X-Telegram-Bot-Api-Secret-Token", secret}}, body, {}}));
  };
  const auto update = [](const std::string& message) {
    return R"({"update_id":7,"message":{"message_id":1,"from":{"id":42,"first_name":"Ana","last_name":"Souza"},)"
           R"("chat":{"id":991,"type":"private"},"date":1795340000,)" +
           message + "}}";
  };
  EXPECT_EQ(read(update(R"("text":"Oi")")), "7 chat 42> chat=991 name=Ana Souza at=1795340000 Oi");
  EXPECT_EQ(read(update(R"("text":"/start abc-_9")")),
            "7 chat 42> chat=991 name=Ana Souza at=1795340000 start:abc-_9");
  EXPECT_EQ(read(update(R"("text":"/start")")), "7 chat 42> chat=991 name=Ana Souza at=1795340000 start:");
  EXPECT_EQ(read(update(R"("text":"/started")")),
            "7 chat 42> chat=991 name=Ana Souza at=1795340000 /started");
  EXPECT_EQ(read(update(R"("caption":"my bike")")),
            "7 chat 42> chat=991 name=Ana Souza at=1795340000 my bike");
  EXPECT_EQ(read(update(R"("text":"Oi")"), "wrong"), "refused");
  EXPECT_EQ(read(R"({"update_id":7,"edited_message":{"text":"x"}})"), "");
  EXPECT_EQ(read(R"({"update_id":7,"message":{"chat":{"id":-5,"type":"group"},"text":"x"}})"), "");
  EXPECT_EQ(
      read(
          R"({"update_id":7,"message":{"from":{"id":1,"is_bot":true},"chat":{"id":5,"type":"private"},"text":"x"}})"),
      "");
  for (const char* odd : {"", "7", "[]", "{", R"({"message":[]})"}) EXPECT_EQ(read(odd), "") << odd;
}

TEST(IncomingCall, MessageBirdByTheAccountsAddress) {
  const auto vendor = Make("messagebird", R"({"originator":"F"})", {{"access_key", "s"}});
  const std::string target = vendor->AccountHook().substr(kPublicUrl.size());
  const auto read = [&](const std::string& method, const std::string& more, const std::string& body) {
    return Dump(vendor->ReadWebhook({method, target + more, {}, body, {}}));
  };
  const std::string shown = "M1 sms +4915112345678>+49301 at=1795340000 Hi";
  EXPECT_EQ(
      read("POST", "",
           "id=M1&recipient=49301&originator=4915112345678&body=Hi&createdDatetime=2026-11-22T09%3A33%3A20Z"),
      shown);
  EXPECT_EQ(
      read(
          "POST", "",
          R"({"id":"M1","recipient":"49301","originator":"4915112345678","payload":"Hi","createdDatetime":"2026-11-22T09:33:20+00:00"})"),
      shown);
  EXPECT_EQ(read("GET", "&id=M1&recipient=49301&originator=4915112345678&body=Hi", ""),
            "M1 sms +4915112345678>+49301 Hi");
  EXPECT_EQ(read("POST", "", "recipient=49301&originator=49151&body=Hi"), "") << "nobody could know it again";
  EXPECT_EQ(read("POST", "", "id=M1&body=Hi"), "");
  for (const char* odd : {"", "[]", "{", "7"}) EXPECT_EQ(read("POST", "", odd), "") << odd;
  // The account's address vouches for no report.
  EXPECT_TRUE(
      vendor->ReadWebhook({"GET", target + "&reference=k1&id=m&status=sent", {}, "", {}}).updates.empty());
  EXPECT_EQ(Dump(vendor->ReadWebhook({"POST", "/hooks/p1/status?key=account", {}, "id=M1&originator=1", {}})),
            "refused");
  const auto strict =
      Make("messagebird", R"({"originator":"F"})", {{"access_key", "s"}, {"signing_key", "k"}});
  EXPECT_EQ(Dump(strict->ReadWebhook({"POST", target, {}, "id=M1&originator=49151&body=STOP", {}})),
            "refused")
      << "with a signing key an address alone proves nothing";
}

TEST(IncomingCall, SmsApiByTheAccountsAddress) {
  const auto vendor = Make("smsapi", R"({"from":"F"})", {{"token", "s"}});
  const std::string target = vendor->AccountHook().substr(kPublicUrl.size());
  const auto read = [&](const std::string& body) {
    return vendor->ReadWebhook({"POST", target, {}, body, {}});
  };
  const WebhookAnswer answer =
      read("sms_to=48600&sms_from=48500100200&sms_text=Dzi%C4%99ki&sms_date=1795340000&username=u&MsgId=M1");
  EXPECT_EQ(Dump(answer), "M1 sms +48500100200>+48600 at=1795340000 Dzięki");
  EXPECT_EQ(answer.reply, "OK");
  EXPECT_EQ(Dump(read("sms_from=48500100200&sms_text=x")), "");
  EXPECT_EQ(Dump(read("sms_text=x&MsgId=M1")), "");
  EXPECT_TRUE(read("MsgId=M1&status=404").updates.empty());
  EXPECT_EQ(Dump(vendor->ReadWebhook({"POST", "/hooks/p1/status", {}, "sms_from=1&MsgId=M1", {}})),
            "refused");
}

// A mail server's report (RFC 3464) by the address that only the administrator knows.
TEST(IncomingCall, MailServersReportByTheAccountsAddress) {
  const char* settings =
      R"({"url":"smtp://127.0.0.1:25","mailboxes":[{"address":"s@shop.example"}],"bounce_address":"b@shop.example"})";
  const auto vendor = Make("smtp", settings, {{"report_secret", "s"}});
  const std::string target = vendor->AccountHook().substr(kPublicUrl.size());
  const std::string key(64, 'a');
  const auto read = [&](const std::string& mail, const std::string& receiver) {
    const std::string body =
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" +
        mail + "\n" + receiver + "\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + key +
        "@shop.example>\n\n--b--\n";
    const WebhookAnswer answer = vendor->ReadWebhook({"POST", target, {}, body, {}});
    EXPECT_TRUE(answer.authentic);
    if (answer.updates.size() != 1) return std::string("nothing");
    const StatusUpdate& update = answer.updates.front();
    EXPECT_EQ(update.key, key);
    return std::string(DeliveryStateName(update.state)) +
           (update.fault == AddressFault::kDead         ? " dead "
            : update.fault == AddressFault::kComplained ? " complained "
                                                        : " ") +
           update.text;
  };
  const std::string by_key = "Original-Envelope-Id: " + key + "\n";
  EXPECT_EQ(read(by_key, "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user\n"),
            "failed dead The mail came back: 550 5.1.1 No such user");
  EXPECT_EQ(read(by_key, "Action: failed\nStatus: 5.2.2\n"), "failed The mail came back: 5.2.2");
  EXPECT_EQ(read("Original-Envelope-Id: " + key + ">\n", "Action: delivered\nStatus: 2.0.0\n"), "delivered ");
  EXPECT_EQ(read("", "Action: delayed\nStatus: 4.4.1\n"), "sent The mail is delayed: 4.4.1");
  EXPECT_EQ(read("", "Action: relayed\nStatus: 2.0.0\n"), "sent ");
  EXPECT_EQ(read("", "No action\n"), "nothing");
  const std::string complaint =
      "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\n"
      "Feedback-Type: abuse\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <" +
      key + "@shop.example>\n\n--b--\n";
  const WebhookAnswer complained = vendor->ReadWebhook({"POST", target, {}, complaint, {}});
  ASSERT_EQ(complained.updates.size(), 1u);
  EXPECT_EQ(complained.updates.front().key, key);
  EXPECT_EQ(complained.updates.front().fault, AddressFault::kComplained);
  EXPECT_EQ(Dump(vendor->ReadWebhook({"POST", "/hooks/p1/status?key=account&token=x", {}, "", {}})),
            "refused");
  EXPECT_EQ(Make("smtp", settings, {})->AccountHook(), "") << "without a secret nobody can report";
  EXPECT_EQ(Dump(Make("smtp", settings, {})->ReadWebhook({"POST", target, {}, "", {}})), "refused");
}

TEST(IncomingCall, EdnaByTheAccountsAddress) {
  const auto vendor = Make("edna", R"({"cascade_id":"1"})", {{"api_key", "s"}});
  const std::string target = vendor->AccountHook().substr(kPublicUrl.size());
  const auto read = [&](const std::string& body) {
    return Dump(vendor->ReadWebhook({"POST", target, {}, body, {}}));
  };
  const auto call = [](const std::string& content, const std::string& person = R"({"userName":"alex"})") {
    return R"({"id":101,"subject":"shop_WA","subjectId":345,"subscriber":{"id":202,"identifier":"35700000000"},)"
           R"("userInfo":)" +
           person + R"(,"messageContent":)" + content + R"(,"receivedAt":"2026-11-22T09:33:20Z"})";
  };
  const std::string head = "101 whatsapp +35700000000>shop_WA chat=35700000000 name=";
  EXPECT_EQ(read(call(R"({"type":"TEXT","text":"Thank you","caption":null})")),
            head + "alex at=1795340000 Thank you");
  EXPECT_EQ(read(call(R"({"type":"IMAGE","text":null,"caption":"my bike"})",
                      R"({"firstName":"A","lastName":"B"})")),
            head + "A B at=1795340000 my bike");
  EXPECT_EQ(read(call(R"({"type":"AUDIO"})")), head + "alex at=1795340000 [AUDIO]");
  EXPECT_EQ(read(R"({"id":101,"messageContent":{"type":"TEXT","text":"x"}})"), "");
  EXPECT_EQ(read(R"({"subscriber":{"identifier":"357"},"messageContent":{"type":"TEXT","text":"x"}})"), "");
  for (const char* odd : {"", "[]", "{", R"({"messageContent":7})"}) EXPECT_EQ(read(odd), "") << odd;
  EXPECT_EQ(Dump(vendor->ReadWebhook({"POST", "/hooks/p1/status", {}, call("{}"), {}})), "refused");
}

std::string SignedByMeta(const std::string& body) {
  return "sha256=" + Hex(Hmac(Digest::kSha256, "app-secret", body));
}

TEST(IncomingCall, WhatsApp) {
  const auto vendor = Make("whatsapp_cloud", R"({"phone_number_id":"1"})",
                           {{"access_token", "t"}, {"app_secret", "app-secret"}});
  const auto read = [&](const std::string& message) {
    const std::string body =
        R"({"entry":[{"changes":[{"field":"messages","value":{"metadata":{"display_phone_number":"49301"},)"
        R"("contacts":[{"wa_id":"5511912345678","profile":{"name":"Ana"}}],"messages":[)" +
        message + "]}}]}]}";
    return Dump(vendor->ReadWebhook({"POST", "/", {{"X-Hub-Signature-256", SignedByMeta(body)}}, body, {}}));
  };
  const std::string head = R"({"from":"5511912345678","id":"wamid.1","timestamp":"1795340000",)";
  const std::string shown =
      "wamid.1 whatsapp +5511912345678>+49301 chat=5511912345678 name=Ana at=1795340000 ";
  EXPECT_EQ(read(head + R"("type":"text","text":{"body":"SAIR"}})"), shown + "SAIR");
  EXPECT_EQ(read(head + R"("type":"button","button":{"text":"Stop"}})"), shown + "Stop");
  EXPECT_EQ(read(head + R"("type":"image","image":{"caption":"my bike"}})"), shown + "my bike");
  EXPECT_EQ(read(head + R"("type":"audio","audio":{"id":"1"}})"), shown + "[audio]");
  EXPECT_EQ(read(head + R"("type":"reaction","reaction":{"emoji":"x"}})"), "");
  EXPECT_EQ(read(R"({"id":"wamid.1","type":"text","text":{"body":"x"}})"), "");
  EXPECT_EQ(read("7"), "");
}

TEST(IncomingCall, Messenger) {
  const auto vendor =
      Make("messenger", R"({"page_id":"99"})", {{"access_token", "t"}, {"app_secret", "app-secret"}});
  const auto read = [&](const std::string& event) {
    const std::string body = R"({"object":"page","entry":[{"messaging":[)" + event + "]}]}";
    return Dump(vendor->ReadWebhook({"POST", "/", {{"X-Hub-Signature-256", SignedByMeta(body)}}, body, {}}));
  };
  EXPECT_EQ(
      read(
          R"({"sender":{"id":"7"},"recipient":{"id":"99"},"timestamp":1795340000123,"message":{"mid":"m_1","text":"Hi"}})"),
      "m_1 chat 7>99 chat=7 at=1795340000 Hi");
  EXPECT_EQ(read(R"({"sender":{"id":"99"},"message":{"mid":"m_1","text":"Hi","is_echo":true}})"), "");
  EXPECT_EQ(read(R"({"sender":{"id":"7"},"read":{"watermark":1}})"), "");
}

TEST(IncomingCall, TextsAreBoundedAndWellFormed) {
  EXPECT_EQ(IncomingText("Hi"), "Hi");
  EXPECT_EQ(IncomingText("Hi \xFF there"), "Hi ");
  EXPECT_EQ(IncomingText(std::string(kMaxIncomingText - 1, 'x') + "ä").size(), kMaxIncomingText - 1);
  EXPECT_EQ(IncomingText(std::string(kMaxIncomingText + 9, 'x')).size(), kMaxIncomingText);
}

TEST(IncomingCall, MomentsOfVendors) {
  EXPECT_EQ(FromUnixSeconds(Json(1795340000)).ms, 1'795'340'000'000);
  EXPECT_EQ(FromUnixSeconds(Json("1795340000")).ms, 1'795'340'000'000);
  for (const Json& odd :
       {Json(), Json(-1), Json("x"), Json(""), Json("99999999999999999999"), Json(1e300), Json("-5")}) {
    EXPECT_EQ(FromUnixSeconds(odd).ms, 0) << odd.dump();
  }
}

// ---- Refusals that blame the address

AddressFault FaultOf(const std::string& kind, const char* settings,
                     std::map<std::string, std::string> secrets, int status, const std::string& body) {
  net::HttpResult result;
  result.status = status;
  result.written = true;
  result.body = body;
  Outgoing out;
  out.message.channel = kind == "telegram" ? rule::Channel::kChat : rule::Channel::kSms;
  const Outcome outcome = Make(kind, settings, std::move(secrets))->ReadSent(out, result);
  EXPECT_TRUE(outcome.fault == AddressFault::kNone || outcome.kind == Outcome::Kind::kPermanent) << body;
  return outcome.fault;
}

TEST(AddressFault, OfEachVendor) {
  const auto twilio = [](int code, int status = 400) {
    return FaultOf("twilio", R"({"account_sid":"AC1","from":"+1"})", {{"auth_token", "t"}}, status,
                   "{\"code\":" + std::to_string(code) + ",\"message\":\"m\"}");
  };
  EXPECT_EQ(twilio(21610), AddressFault::kOptedOut);
  EXPECT_EQ(twilio(21211), AddressFault::kDead);
  EXPECT_EQ(twilio(21614), AddressFault::kDead);
  for (const int code : {20003, 20429, 21212, 21408, 21606, 21617, 30007})
    EXPECT_EQ(twilio(code), AddressFault::kNone) << code;
  const auto vonage = [](int status) {
    return FaultOf("vonage", R"({"api_key":"a","from":"F"})", {{"api_secret", "s"}}, 200,
                   "{\"messages\":[{\"status\":\"" + std::to_string(status) + "\"}]}");
  };
  EXPECT_EQ(vonage(7), AddressFault::kOptedOut);
  EXPECT_EQ(vonage(33), AddressFault::kDead);
  for (const int status : {0, 1, 4, 6, 9, 15, 29}) EXPECT_EQ(vonage(status), AddressFault::kNone) << status;
  const auto smsapi = [](int code) {
    return FaultOf("smsapi", R"({"from":"F"})", {{"token", "t"}}, 200,
                   "{\"error\":" + std::to_string(code) + "}");
  };
  EXPECT_EQ(smsapi(13), AddressFault::kDead);
  EXPECT_EQ(smsapi(103), AddressFault::kNone);
  const auto telegram = [](int status, const std::string& said) {
    return FaultOf(
        "telegram", R"({"bot_username":"b"})", {{"bot_token", "1:A"}}, status,
        "{\"ok\":false,\"error_code\":" + std::to_string(status) + ",\"description\":\"" + said + "\"}");
  };
  EXPECT_EQ(telegram(403, "Forbidden: bot was blocked by the user"), AddressFault::kOptedOut);
  EXPECT_EQ(telegram(403, "Forbidden: user is deactivated"), AddressFault::kDead);
  EXPECT_EQ(telegram(400, "Bad Request: chat not found"), AddressFault::kNone);
}

TEST(AddressFault, OfAMailServersEnhancedCode) {
  const auto vendor =
      Make("smtp", R"({"url":"smtp://127.0.0.1:25","mailboxes":[{"address":"a@b.example"}]})", {});
  const auto fault = [&](int reply, const std::string& text) {
    net::SmtpResult result;
    result.failure = net::Failure::kOther;
    result.phase = net::SmtpResult::Phase::kEnvelope;
    result.reply = reply;
    result.reply_text = text;
    return vendor->ReadMailed(Outgoing(), result).fault;
  };
  for (const char* code : {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}) {
    EXPECT_EQ(fault(550, "550 " + std::string(code) + " No such user"), AddressFault::kDead) << code;
    EXPECT_EQ(fault(550, "550-" + std::string(code) + " No such user"), AddressFault::kDead) << code;
  }
  for (const char* text : {"550 No such user", "550 5.7.1 Spam", "550 5.2.2 Mailbox full",
                           "550 5.1.8 Bad sender", "550", "", "552 5.1.11 x", "550 5.1.1x y", "550 5.1"}) {
    EXPECT_EQ(fault(550, text), AddressFault::kNone) << text;
  }
  EXPECT_EQ(fault(450, "450 4.1.1 Try later"), AddressFault::kNone);
  EXPECT_EQ(fault(450, "450 5.1.1 Odd"), AddressFault::kNone);
}

// ---- The way out in mails, files in chats, live chat

TEST(MailOut, OffersTheWayOutToWhoGetsMarketing) {
  Outgoing out;
  out.message.channel = rule::Channel::kEmail;
  out.unsubscribe_url = "https://recado.example/u/x";
  const auto url = [&](const char* more) {
    const std::string settings =
        R"({"url":"smtp://127.0.0.1:25","mailboxes":[{"address":"a@b.example"}])" + std::string(more) + "}";
    return std::get<MailOut>(Make("smtp", settings.c_str(), {})->Send(out)).mail.unsubscribe_url;
  };
  EXPECT_EQ(url(""), "");
  EXPECT_EQ(url(R"(,"list_unsubscribe":"all")"), out.unsubscribe_url);
  out.marketing = true;
  EXPECT_EQ(url(""), out.unsubscribe_url);
}

TEST(ChatFile, GoesToTelegramAsADocument) {
  const auto vendor = Make("telegram", R"({"bot_username":"b"})", {{"bot_token", "1:A"}});
  Outgoing out;
  out.message.channel = rule::Channel::kChat;
  out.message.to.address = "991";
  out.message.text = "Your contract";
  out.message.attachments = {{"Contract.pdf", "contract.pdf"}};
  const auto dump = [&] {
    const Request request = vendor->Send(out);
    if (const auto* outcome = std::get_if<Outcome>(&request)) return outcome->Dump();
    return std::get<net::HttpRequest>(request).Dump();
  };
  EXPECT_EQ(dump(), "permanent 0 | The attachment Contract.pdf is not in the file store.");
  out.files["contract.pdf"] = "/store/1";
  EXPECT_EQ(dump(),
            "POST https://api.telegram.org/bot1:A/sendDocument Accept: application/json |  chat_id=991 "
            "caption=Your contract "
            "document@Contract.pdf");
  out.message.text = std::string(1'025, 'x');
  EXPECT_EQ(dump(), "permanent 0 | With a file the text may have 1,024 characters at most.");
  out.message.text = "x";
  out.message.attachments.push_back({"b.pdf", "b.pdf"});
  EXPECT_EQ(dump(), "permanent 0 | Telegram takes one file a message.");
}

TEST(ChatFile, PicturesGoToTelegramAsPhotos) {
  const auto vendor = Make("telegram", R"({"bot_username":"b"})", {{"bot_token", "1:A"}});
  for (const char* name : {"bike.jpg", "bike.PNG", "a.b.jpeg"}) {
    Outgoing out;
    out.message.channel = rule::Channel::kChat;
    out.message.to.address = "991";
    out.message.attachments = {{name, "f"}};
    out.files["f"] = "/store/1";
    const std::string dump = std::get<net::HttpRequest>(vendor->Send(out)).Dump();
    EXPECT_NE(dump.find("/sendPhoto"), std::string::npos) << dump;
    EXPECT_NE(dump.find("photo@" + std::string(name)), std::string::npos) << dump;
  }
  for (const char* name : {"jpg", "bike.svg", "bike.png.exe", ""}) EXPECT_FALSE(IsPhoto(name)) << name;
}

TEST(ChatFile, GoesToMetaByAnAddressOfOurs) {
  const auto whatsapp = Make("whatsapp_cloud", R"({"phone_number_id":"1"})", {{"access_token", "t"}});
  const auto messenger = Make("messenger", R"({"page_id":"99"})", {{"access_token", "t"}});
  Outgoing out;
  out.key = "k1";
  out.message.channel = rule::Channel::kChat;
  out.message.to.address = "991";
  out.message.text = "Your contract";
  out.message.attachments = {{"Contract.pdf", "contract.pdf"}};
  const auto body = [&](const std::shared_ptr<const Vendor>& vendor) {
    const Request request = vendor->Send(out);
    if (const auto* outcome = std::get_if<Outcome>(&request)) return Json(outcome->Dump());
    return Parsed(std::get<net::HttpRequest>(request).body);
  };
  EXPECT_EQ(body(whatsapp), "permanent 0 | The attachment Contract.pdf is not in the file store.");
  out.files["contract.pdf"] = "/store/1";
  for (const auto& vendor : {whatsapp, messenger}) {
    EXPECT_EQ(
        body(vendor),
        "permanent 0 | Files need the service's public address (--public-url), where they are fetched.");
  }
  out.file_links["contract.pdf"] = kPublicUrl + "/f/x";
  EXPECT_EQ(body(whatsapp)["type"], "document");
  EXPECT_EQ(
      body(whatsapp)["document"],
      Json({{"link", kPublicUrl + "/f/x"}, {"caption", "Your contract"}, {"filename", "Contract.pdf"}}));
  EXPECT_EQ(body(messenger)["message"]["text"], "Your contract\n" + kPublicUrl + "/f/x");
  out.message.text.clear();
  EXPECT_EQ(body(messenger)["message"]["attachment"]["type"], "file");
  EXPECT_FALSE(body(messenger)["message"].contains("text"));
  out.message.attachments[0].name = "bike.jpg";
  EXPECT_EQ(body(messenger)["message"]["attachment"]["type"], "image");
  EXPECT_EQ(body(whatsapp)["image"], Json({{"link", kPublicUrl + "/f/x"}, {"caption", ""}}));
  out.message.attachments.push_back({"b.pdf", "contract.pdf"});
  EXPECT_EQ(body(whatsapp), "permanent 0 | WhatsApp takes one file a message.");
}

TEST(LiveChat, CarriesChatMessagesAlone) {
  const auto vendor = Make("live_chat", "{}", {});
  Outgoing out;
  out.message.channel = rule::Channel::kChat;
  EXPECT_TRUE(std::holds_alternative<ChatOut>(vendor->Send(out)));
  out.message.channel = rule::Channel::kSms;
  EXPECT_EQ(std::get<Outcome>(vendor->Send(out)).Dump(), "permanent 0 | Live chat only sends chat messages.");
  EXPECT_EQ(vendor->resolution(), Resolution::kKeyed);
}

}  // namespace
}  // namespace recado::provider
