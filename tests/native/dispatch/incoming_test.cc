// The way back: reports by the vendor's own id, what customers write, invitations, tests.
#include <chrono>
#include <future>
#include <set>

#include "native/dispatch/tokens.h"
#include "tests/native/dispatch/dispatch_fixture.h"

namespace recado::dispatch {
namespace {

using provider::DeliveryState;
constexpr int64_t kMinute = 60'000;
constexpr int64_t kDay = 86'400'000;
const std::string kPhone = "+4915112345678";

class IncomingTest : public DispatchTest {
 protected:
  void Report(const std::string& reference, DeliveryState state, const std::string& provider = "sms-main") {
    sender_.reported = {.authentic = true, .reply = {}, .updates = {{"", reference, state, "why"}}};
    provider::WebhookCall call;
    call.at = now_;
    ASSERT_TRUE(engine_->TakeWebhook(provider, call).ok());
    engine_->Settle(now_);
  }
  void Receive(provider::Incoming incoming, const std::string& provider = "sms-main") {
    sender_.reported = {.authentic = true, .reply = {}, .updates = {}, .incoming = {std::move(incoming)}};
    provider::WebhookCall call;
    call.at = now_;
    ASSERT_TRUE(engine_->TakeWebhook(provider, call).ok());
    engine_->Settle(now_);
  }
  static provider::Incoming Sms(const std::string& text, const std::string& id = "M1",
                                const std::string& from = kPhone) {
    provider::Incoming incoming;
    incoming.id = id;
    incoming.from = from;
    incoming.text = text;
    return incoming;
  }
  static provider::Incoming Chat(const std::string& text, const std::string& id = "7",
                                 const std::string& chat = "991") {
    provider::Incoming incoming;
    incoming.id = id;
    incoming.channel = rule::Channel::kChat;
    incoming.from = "42";
    incoming.chat_id = chat;
    incoming.name = "Ana";
    incoming.text = text;
    return incoming;
  }
  std::string Why(const std::string& channel, const std::string& address) {
    const auto found = store_->FindSuppression(channel, address);
    return *found ? std::string(store::SuppressionKindName((*found)->kind)) : "";
  }
  // A test message, with the engine turning while it is under way.
  Result<Engine::Tested> Test(const plan::Message& message) {
    std::promise<Result<Engine::Tested>> answer;
    auto tested = answer.get_future();
    engine_->SendTest(message, now_,
                      [&](Result<Engine::Tested> result) { answer.set_value(std::move(result)); });
    while (tested.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) engine_->Settle(now_);
    return tested.get();
  }
  void PutKind(const std::string& id, const std::string& kind, const std::string& settings) {
    const store::PutProvider put{
        .id = id, .kind = kind, .settings = settings, .secrets = {}, .if_match = {}, .by = "", .now = now_};
    ASSERT_TRUE(Await<store::ProviderRow>([&](auto done) { store_->PutProvider(put, done); }).ok());
  }
};

// ---- Reports by the vendor's own id

TEST_F(IncomingTest, AReportWithoutOurKeyFindsItsMessage) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  Report("ref", DeliveryState::kDelivered, "another");
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  Report("unknown", DeliveryState::kDelivered);
  EXPECT_EQ(Deliveries(), Strings{"r:accepted"});
  Report("ref", DeliveryState::kDelivered);
  EXPECT_EQ(Deliveries(), Strings{"r:delivered"});
}

TEST_F(IncomingTest, AReportThatComesBeforeTheAnswerWaitsForIt) {
  PutRule("r");
  sender_.hold = true;
  Post(Event("e1", "D-1", "paid"));
  Report("SM1", DeliveryState::kDelivered);
  EXPECT_EQ(Deliveries(), Strings{"r:in_flight"});
  Outcome accepted = Says(Outcome::Kind::kAccepted);
  accepted.reference = "SM1";
  sender_.AnswerFirst(accepted);
  engine_->Settle(now_);
  EXPECT_EQ(Deliveries(), Strings{"r:delivered"});
  EXPECT_TRUE(store_->FoundReports()->empty());
}

TEST_F(IncomingTest, AReportThatWaitsSurvivesACrash) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  // As if the process had ended between the answer's write and the report's.
  ASSERT_TRUE(Await<std::vector<store::EarlyReport>>([&](auto done) {
                store_->KeepReports({{.provider = "sms-main", .reference = "SM1", .state = 2, .at = now_}},
                                    now_, done);
              }).ok());
  store::DeliveryChange change{.seq = Only().seq, .expected = {Status::kAccepted}};
  change.reference = "SM1";
  engine_.reset();
  ASSERT_TRUE(
      Await<std::vector<bool>>([&](auto done) { store_->ChangeDeliveries({change}, now_, done); }).ok());
  Start();
  engine_->Settle(now_);
  EXPECT_EQ(Deliveries(), Strings{"r:delivered"});
}

// ---- Words

TEST_F(IncomingTest, StopPutsTheNumberOnTheListForTextsAlone) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  Receive(Sms(" Stop! "));
  EXPECT_EQ(Why("sms", kPhone), "stop_word");
  EXPECT_EQ(Why("call", kPhone), "");
  Post(Event("e2", "D-2", "paid"));
  EXPECT_EQ(Deliveries(), (Strings{"r:accepted", "r:skipped/suppressed"}));
  const auto audit = store_->ListAudit(0, 10);
  EXPECT_EQ(audit->front().actor, "customer");
  // No answer unless the workspace wants one.
  EXPECT_EQ(sender_.sent.size(), 1u);
}

TEST_F(IncomingTest, StartTakesItOff) {
  Receive(Sms("STOP"));
  Receive(Sms("START", "M2"));
  EXPECT_EQ(Why("sms", kPhone), "");
  // The old word again, as vendors repeat their calls, changes nothing.
  Receive(Sms("STOP"));
  EXPECT_EQ(Why("sms", kPhone), "");
}

TEST_F(IncomingTest, OrdinaryMessagesListNobody) {
  for (const std::string text : {"please stop calling", "OK", "", "stop by tomorrow?"})
    Receive(Sms(text, "M-" + text));
  EXPECT_EQ(Why("sms", kPhone), "");
  EXPECT_EQ(store_->ListIncoming({})->size(), 4u);
}

TEST_F(IncomingTest, AnUnauthenticCallIsForgotten) {
  sender_.reported = {.authentic = false, .reply = {}, .updates = {}, .incoming = {Sms("STOP")}};
  ASSERT_TRUE(engine_->TakeWebhook("sms-main", {}).ok());
  EXPECT_EQ(Why("sms", kPhone), "");
  EXPECT_TRUE(store_->ListIncoming({})->empty());
}

TEST_F(IncomingTest, WhatsAppStopHoldsForTemplatesAndItsChat) {
  provider::Incoming incoming = Sms("SAIR");
  incoming.channel = rule::Channel::kWhatsApp;
  incoming.chat_id = "4915112345678";
  Receive(incoming, "wa");
  EXPECT_EQ(Why("whatsapp", kPhone), "stop_word");
  EXPECT_EQ(Why("chat", "4915112345678"), "stop_word");
  EXPECT_EQ(Why("sms", kPhone), "");
}

TEST_F(IncomingTest, OneConfirmationWhereTheProviderIsSetUpSo) {
  PutKind("sms-main", "sandbox", R"({"confirm_stop":true})");
  Receive(Sms("SAIR"));
  Receive(Sms("SAIR"));
  EXPECT_EQ(sender_.Texts(),
            Strings{kPhone + " Nao enviaremos mais mensagens. Responda VOLTAR para receber de novo."});
  EXPECT_EQ(Why("sms", kPhone), "stop_word");
  EXPECT_EQ(Deliveries(), Strings{"/confirmation:accepted"});
}

TEST_F(IncomingTest, AMessageStandsInTheTimelineOfTheCustomersItems) {
  PutRule("r");
  Post(Event("e1", "D-1", "paid"));
  ++now_.ms;
  Receive(Sms("Is it blue?"));
  const auto timeline = store_->Timeline("deal", "D-1", 50);
  EXPECT_EQ(timeline->back().what, "incoming");
  EXPECT_EQ(timeline->back().text, "Is it blue?");
  EXPECT_EQ(store_->ListIncoming({})->front().customer, "contact:C-Ana");
  Receive(Sms("Hi", "M2", "+491"));
  EXPECT_EQ(store_->ListIncoming({.limit = 1})->front().customer, "");
}

// ---- Invitations (R-196 … R-204, C-20)

class InvitationTest : public IncomingTest {
 protected:
  void SetUp() override {
    PutKind("tg", "telegram", R"({"bot_username":"shop_bot"})");
    Put(R"({"id":"invite","on":{"entity":"deal","pipeline":"sales","stage":"paid"},"action":{"type":"invite_to_messenger",)"
        R"("channel":"tg","provider":"sms-main","text":"Chat: {{ invite.link }}"}})");
    Put(R"({"id":"chat","on":{"entity":"deal","pipeline":"sales","stage":"won"},"action":{"type":"send_chat_message",)"
        R"("text":"Hi {{ contact.first_name }}"}})");
    Post(Event("e1", "D-1", "paid"));
  }
  void Put(const std::string& json) {
    store::PutRule put{.id = (*ParseJson(json))["id"].get<std::string>(),
                       .document = json,
                       .publish = true,
                       .if_match = {},
                       .by = "",
                       .now = now_};
    ASSERT_TRUE(Await<store::RuleRow>([&](auto done) { store_->PutRule(put, done); }).ok());
  }
  // What stands behind "start=" in the SMS.
  std::string Payload() {
    const std::string& text = sender_.sent.front().message.message.text;
    return text.substr(text.find("start=") + 6);
  }
  void StartBot(const std::string& payload, const std::string& provider = "tg",
                const std::string& chat = "991") {
    provider::Incoming incoming = Chat("", "u" + std::to_string(++updates_), chat);
    incoming.started = true;
    incoming.invitation = payload;
    Receive(std::move(incoming), provider);
  }
  // Sends the chat message for another deal of the same customer.
  std::string ChatOutcome() {
    const std::string id = "w" + std::to_string(++updates_);
    Post(Event(id, "D-" + id, "won"));
    const auto row = store_->ListDeliveries({.limit = 1})->front();
    return std::string(StatusName(row.status)) + (row.reason.empty() ? "" : "/" + row.reason);
  }
  int updates_ = 0;
};

TEST_F(InvitationTest, R197_TheLinkBindsAndTheFirstTextMakesTheChat) {
  const std::string& text = sender_.sent.front().message.message.text;
  EXPECT_TRUE(text.starts_with("Chat: https://t.me/shop_bot?start=")) << text;
  EXPECT_LE(Payload().size(), 64u);
  EXPECT_EQ(Payload().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
            std::string::npos);
  EXPECT_EQ(ChatOutcome(), "skipped/no_chat");
  StartBot(Payload());
  EXPECT_EQ(ChatOutcome(), "skipped/no_chat") << "pressing Start is no text (C-20)";
  Receive(Chat("Hello"), "tg");
  EXPECT_EQ(ChatOutcome(), "accepted");
  EXPECT_EQ(sender_.Texts().back(), "991 Hi Ana");
  EXPECT_EQ(sender_.sent.back().provider, "tg");
  EXPECT_EQ(store_->ListIncoming({})->front().customer, "contact:C-Ana");
  ++now_.ms;
  Receive(Chat("Is it blue?", "8"), "tg");
  EXPECT_EQ(store_->Timeline("deal", "D-1", 50)->back().text, "Is it blue?");
}

TEST_F(InvitationTest, AForgedPayloadBindsNobody) {
  std::string forged = Payload();
  forged[20] = forged[20] == 'A' ? 'B' : 'A';
  for (const std::string& payload : {std::string(), forged, std::string("x"), std::string(64, 'A')}) {
    StartBot(payload);
    EXPECT_TRUE(store_->ListChats(0, 10)->empty()) << payload;
  }
  Receive(Chat("Hello"), "tg");
  EXPECT_EQ(ChatOutcome(), "skipped/no_chat");
  ASSERT_EQ(store_->ListChats(0, 10)->size(), 1u) << "a chat with somebody unknown";
  EXPECT_EQ(store_->ListChats(0, 10)->front().customer, "");
}

TEST_F(InvitationTest, APayloadForAnotherBotBindsNobody) {
  PutKind("tg2", "telegram", R"({"bot_username":"other_bot"})");
  StartBot(Payload(), "tg2");
  EXPECT_TRUE(store_->ListChats(0, 10)->empty());
}

TEST_F(InvitationTest, AnOldInvitationBindsNobody) {
  now_.ms += 31 * kDay;
  StartBot(Payload());
  EXPECT_TRUE(store_->ListChats(0, 10)->empty());
}

TEST_F(InvitationTest, FollowedAgainItBindsAgain) {
  StartBot(Payload());
  StartBot(Payload());
  EXPECT_EQ(store_->ListChats(0, 10)->size(), 1u);
  StartBot(Payload(), "tg", "992");
  EXPECT_EQ(store_->ListChats(0, 10)->size(), 2u) << "on a second phone";
}

TEST_F(InvitationTest, WhoeverBlockedTheBotComesBackByStart) {
  StartBot(Payload());
  Receive(Chat("Hello"), "tg");
  Outcome blocked = Says(Outcome::Kind::kPermanent, "blocked");
  blocked.fault = provider::AddressFault::kOptedOut;
  sender_.script = {blocked};
  EXPECT_EQ(ChatOutcome(), "failed/refused_by_provider");
  EXPECT_EQ(ChatOutcome(), "skipped/suppressed");
  StartBot("");
  EXPECT_EQ(ChatOutcome(), "accepted");
}

// ---- Links

class LinkTest : public IncomingTest {
 protected:
  void SetUp() override {
    EngineOptions options;
    options.public_url = "https://recado.example";
    engine_ = nullptr;
    engine_ = std::make_unique<Engine>(*store_, sender_, directory_.get(), options);
    engine_->Start(now_);
    PutKind("mail", "sandbox", R"({"mailboxes":[{"address":"shop@shop.example"}]})");
  }
  void Mail(const std::string& more, bool transactional = true) {
    const std::string json =
        R"({"id":"m","transactional":)" + std::string(transactional ? "true" : "false") +
        R"(,"on":{"entity":"deal","pipeline":"sales","stage":"paid"},"action":{"type":"send_email","from":"shop@shop.example",)"
        R"("subject":"S","html":"<a href=\"https://shop.example/?a=1&amp;b=2\">x</a> <a href=\"{{ unsubscribe_url }}\">no</a>")" +
        more + "}}";
    store::PutRule put{.id = "m", .document = json, .publish = true, .if_match = {}, .by = "", .now = now_};
    ASSERT_TRUE(Await<store::RuleRow>([&](auto done) { store_->PutRule(put, done); }).ok());
    Json event = Event("e1", "D-1", "paid");
    event["snapshot"]["contacts"][0]["language"] = "pt-BR";
    event["snapshot"]["contacts"][0]["emails"] =
        Json::array({{{"type", "home"}, {"value", "Ana@Example.com"}}});
    event["snapshot"]["contacts"][0]["consent"]["marketing"] = true;
    Post(std::move(event));
    ASSERT_EQ(sender_.sent.size(), 1u) << Dump();
  }
  std::string Dump() {
    std::string out;
    for (const std::string& one : Deliveries()) out += one + " ";
    return out;
  }
  const std::string& Html() { return *sender_.sent.front().message.message.html; }
  // The token behind `mark` in the html that was sent.
  std::string TokenBehind(const std::string& mark) {
    const size_t at = Html().find(mark);
    return at == std::string::npos ? "" : Html().substr(at + mark.size(), 32);
  }
};

TEST_F(LinkTest, ClicksAreKnownAndLeadToTheTarget) {
  Mail(R"(,"track_clicks":true)");
  const std::string token = TokenBehind("https://recado.example/t/");
  ASSERT_EQ(token.size(), 32u) << Html();
  EXPECT_EQ(Html().find("shop.example/?a"), std::string::npos);
  const auto target = engine_->FollowLink(token, true, now_);
  EXPECT_EQ(**target, "https://shop.example/?a=1&b=2");
  Flush();
  EXPECT_EQ(Only().history.back().what, "clicked");
  EXPECT_EQ(Only().history.back().text, "https://shop.example/?a=1&b=2");
  EXPECT_EQ(Deliveries(), Strings{"m:accepted"});
  // What was composed, and what people see of it, has the author's own links.
  EXPECT_NE(Only().message.find("https://shop.example/?a=1&amp;b=2"), std::string::npos);
}

TEST_F(LinkTest, TheTextPartIsFollowedWhereItsProviderSaysSo) {
  PutKind("mail", "sandbox", R"({"mailboxes":[{"address":"shop@shop.example"}],"track_text":true})");
  Mail(R"(,"text":"See https://shop.example/x. No more: {{ unsubscribe_url }}","track_clicks":true)");
  const std::string& text = *sender_.sent.front().message.message.plain;
  ASSERT_EQ(text.find("See https://recado.example/t/"), 0u) << text;
  EXPECT_NE(text.find("No more: https://recado.example/u/"), std::string::npos) << text;
  const auto target = engine_->FollowLink(text.substr(29, 32), true, now_);
  ASSERT_TRUE(*target) << text;
  EXPECT_EQ(**target, "https://shop.example/x");
}

TEST_F(LinkTest, TheTextPartStaysAsItIsOtherwise) {
  Mail(R"(,"text":"See https://shop.example/x.","track_clicks":true)");
  EXPECT_EQ(*sender_.sent.front().message.message.plain, "See https://shop.example/x.");
}

TEST_F(LinkTest, LookingIsNoClick) {
  Mail(R"(,"track_clicks":true)");
  const size_t before = Only().history.size();
  EXPECT_TRUE(*engine_->FollowLink(TokenBehind("https://recado.example/t/"), false, now_));
  Flush();
  EXPECT_EQ(Only().history.size(), before);
}

TEST_F(LinkTest, ClicksAreBounded) {
  Mail(R"(,"track_clicks":true)");
  const std::string token = TokenBehind("https://recado.example/t/");
  for (int i = 0; i < 60; ++i) {
    EXPECT_TRUE(*engine_->FollowLink(token, true, now_));
    Flush();
  }
  const Delivery row = Only();
  EXPECT_EQ(std::count_if(row.history.begin(), row.history.end(),
                          [](const auto& e) { return e.what == "clicked"; }),
            50);
}

TEST_F(LinkTest, NoOtherTokenLeadsAnywhere) {
  Mail(R"(,"track_clicks":true)");
  std::string token = TokenBehind("https://recado.example/t/");
  EXPECT_FALSE(*engine_->FollowLink(TokenBehind("https://recado.example/u/"), true, now_))
      << "another purpose";
  token[30] = token[30] == 'A' ? 'B' : 'A';
  for (const std::string& bad :
       {token, std::string(), std::string(32, 'A'), std::string("../../etc"), std::string(500, 'A')}) {
    EXPECT_FALSE(*engine_->FollowLink(bad, true, now_)) << bad;
  }
}

TEST_F(LinkTest, WithoutTrackingTheLinksAreTheAuthors) {
  Mail("");
  EXPECT_NE(Html().find("https://shop.example/?a=1&amp;b=2"), std::string::npos);
  EXPECT_EQ(Html().find("/t/"), std::string::npos);
}

TEST_F(LinkTest, UnsubscribingListsTheAddressOnce) {
  Mail(R"(,"track_clicks":true)");
  EXPECT_NE(Html().find("?lang=pt-BR"), std::string::npos);
  const std::string token = TokenBehind("https://recado.example/u/");
  const auto looked = engine_->FindUnsubscribing(token);
  ASSERT_TRUE(looked.ok() && *looked);
  EXPECT_EQ((*looked)->address, "ana@example.com");
  EXPECT_FALSE((*looked)->done);
  EXPECT_EQ(Why("email", "ana@example.com"), "") << "looking changes nothing";
  EXPECT_TRUE((*engine_->Unsubscribe(token, now_))->done);
  EXPECT_EQ(Why("email", "ana@example.com"), "unsubscribed");
  const size_t entries = Only().history.size();
  EXPECT_TRUE((*engine_->Unsubscribe(token, now_))->done);
  EXPECT_EQ(Only().history.size(), entries) << "again changes nothing";
  EXPECT_EQ((*store_->FindSuppression("email", "ana@example.com"))->delivery, Only().key);
  for (const std::string& bad :
       {std::string(), std::string(32, 'A'), TokenBehind("https://recado.example/t/")}) {
    EXPECT_FALSE(*engine_->Unsubscribe(bad, now_)) << bad;
  }
}

TEST_F(LinkTest, AddressesAreOnTheListWhateverTheirCase) {
  Mail("");
  ASSERT_TRUE(*engine_->Unsubscribe(TokenBehind("https://recado.example/u/"), now_));
  Json event = Event("e2", "D-2", "paid");
  event["snapshot"]["contacts"][0]["emails"] =
      Json::array({{{"type", "home"}, {"value", "ANA@example.COM"}}});
  Post(std::move(event));
  EXPECT_EQ(Deliveries(), (Strings{"m:accepted", "m:skipped/suppressed"}));
}

TEST_F(LinkTest, MarketingOffersTheWayOut) {
  Mail("", false);
  EXPECT_TRUE(sender_.sent.front().message.marketing);
  EXPECT_EQ(sender_.sent.front().message.unsubscribe_url,
            "https://recado.example/u/" + TokenBehind("https://recado.example/u/") + "?lang=pt-BR");
}

TEST_F(LinkTest, TransactionalMailsSayThatTheyAre) {
  Mail("");
  EXPECT_FALSE(sender_.sent.front().message.marketing);
}

TEST_F(IncomingTest, WithoutAPublicAddressThereIsNoWayOutAndNothingTracked) {
  PutRule("r", "Out: {{ unsubscribe_url }}.");
  Post(Event("e1", "D-1", "paid"));
  EXPECT_EQ(sender_.Texts(), Strings{kPhone + " Out: ."});
}

// ---- Tests of a provider (R-029, R-158)

TEST_F(IncomingTest, R029_ATestGoesOutAtOnceWhateverIsPausedOrFull) {
  PutKind("sms-main", "sandbox", R"({"daily_limit":1})");
  EXPECT_EQ(Try([&](auto done) { engine_->SetPaused("", true, "", now_, done); }), "");
  plan::Message message;
  message.channel = rule::Channel::kSms;
  message.provider = "sms-main";
  message.to.address = kPhone;
  message.text = "Test";
  for (int i = 0; i < 2; ++i) {
    const auto tested = Test(message);
    ASSERT_TRUE(tested.ok());
    EXPECT_EQ(tested->outcome.reference, "ref");
  }
  EXPECT_EQ(Deliveries(), (Strings{"/test:accepted", "/test:accepted"}));
}

TEST_F(IncomingTest, R029_ATestGoesThroughItsProviderAsItWasJustPut) {
  plan::Message message;
  message.channel = rule::Channel::kSms;
  message.provider = "new";
  message.to.address = kPhone;
  std::vector<size_t> known;
  for (const char* id : {"new", "newer"}) {
    PutKind(id, "sandbox", "{}");  // no turn of the engine in between
    message.provider = id;
    ASSERT_TRUE(Test(message).ok());
    known.push_back(sender_.known_at_send);
  }
  EXPECT_EQ(known[1], known[0] + 1) << "each test left behind the providers' newest settings";
  EXPECT_EQ(known[1], sender_.configured.size());
}

TEST_F(IncomingTest, R158_ATestTellsTheVendorsAnswerAndIsNotRepeated) {
  plan::Message message;
  message.channel = rule::Channel::kSms;
  message.provider = "sms-main";
  message.to.address = kPhone;
  message.text = "Test";
  sender_.script = {Says(Outcome::Kind::kRetry, "not now"), Says(Outcome::Kind::kUnknown, "who knows")};
  EXPECT_EQ(Test(message)->outcome.text, "not now");
  EXPECT_EQ(Test(message)->outcome.text, "who knows");
  Advance(60 * kMinute);
  EXPECT_EQ(sender_.sent.size(), 2u);
  EXPECT_EQ(Deliveries(), (Strings{"/test:failed/refused_by_provider", "/test:ambiguous"}));
}

}  // namespace
}  // namespace recado::dispatch
