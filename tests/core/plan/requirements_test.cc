// One test for each group of requirements of the reference that speaks of sending: names carry the numbers.
#include "core/plan/invitation.h"
#include "tests/core/plan/support.h"

namespace recado::plan {
namespace {

std::string SmsTo(std::string_view phone_type, const Json& snapshot = SampleSnapshot()) {
  return Outcome(SmsRule(R"({"action":{"text":"x","phone_type":")" + std::string(phone_type) + "\"}}"),
                 snapshot);
}

std::string MailTo(std::string_view type, std::string_view use = "first",
                   const Json& snapshot = SampleSnapshot()) {
  return Outcome(MailRule(R"({"action":{"text":"x","email_type":")" + std::string(type) +
                          R"(","use_address":")" + std::string(use) + "\"}}"),
                 snapshot);
}

TEST(Sms, R003_R041_R103_R172_SendsTheConfiguredTextThroughTheProvider) {
  const Json answer = Answer({SmsRule()}, SampleSnapshot());
  const Json& delivery = answer["deliveries"][0];
  EXPECT_EQ(delivery["content"]["text"], "Hi Ana");
  EXPECT_EQ(delivery["provider"], "sms-main");
  EXPECT_EQ(delivery["channel"], "sms");
  EXPECT_EQ(DumpJson(delivery["sms"]), R"({"encoding":"gsm7","units":6,"segments":1,"characters":6})");
}

TEST(Sms, R004_R042_R177_TwoHundredCharactersAndNoMore) {
  const auto send = [](size_t n, const char* over = "skip") {
    Json snapshot = SampleSnapshot();
    std::string title;
    for (size_t i = 0; i < n; ++i) title += "é";  // characters, not bytes
    snapshot["deal"]["title"] = title;
    Json rule = SmsRule(R"({"action":{"text":"{{ deal.title }}"}})");
    rule["over_limit"] = over;
    return Answer({rule}, snapshot);
  };
  EXPECT_EQ(send(199)["deliveries"].size(), 1U);
  EXPECT_EQ(send(200)["deliveries"].size(), 1U);
  EXPECT_EQ(send(201)["skipped"][0]["reason"], "text_too_long");
  EXPECT_EQ(send(201)["skipped"][0]["arguments"]["actual"], "201");
  EXPECT_EQ(send(201, "truncate")["deliveries"][0]["sms"]["characters"], 200);
}

TEST(Sms, R105_R176_AnAmountDoesNotMakeTheMessageUnicode) {
  Json snapshot = SampleSnapshot();
  snapshot["contacts"][0]["language"] = "de";
  snapshot["deal"]["amount"] = Json{{"amount", "1299.00"}, {"currency", "EUR"}};
  const Json answer = Answer({SmsRule(R"({"action":{"text":"{{ deal.amount | money }}"}})")}, snapshot);
  EXPECT_EQ(answer["deliveries"][0]["content"]["text"], "1.299,00 €");  // U+0020 where CLDR has U+00A0
  EXPECT_EQ(answer["deliveries"][0]["sms"]["encoding"], "gsm7");
}

TEST(Sms, R004_CharactersAreWhatAReaderSees) {
  Json snapshot = SampleSnapshot();
  std::string flags;
  for (int i = 0; i < 200; ++i) flags += "🇧🇷";
  snapshot["deal"]["title"] = flags;
  const Json rule = SmsRule(R"({"action":{"text":"{{ deal.title }}"}})");
  EXPECT_EQ(Answer({rule}, snapshot)["deliveries"].size(), 1U);
  snapshot["deal"]["title"] = flags + "e";
  EXPECT_EQ(Answer({rule}, snapshot)["skipped"][0]["reason"], "text_too_long");
  const Json cut = Answer({Patched(rule, R"({"over_limit":"truncate"})")}, snapshot);
  EXPECT_EQ(cut["deliveries"][0]["content"]["text"], flags);
}

TEST(Sms, R005_AProvidersOwnLimitReplacesTheCommonOne) {
  const auto limited = [](int limit, size_t n) {
    const auto workspace =
        ClosedWorkspace(R"({"providers":[{"id":"sms-main","kind":"smsapi","settings":{"max_characters":)" +
                        std::to_string(limit) + "}}]}");
    Json snapshot = SampleSnapshot();
    snapshot["deal"]["title"] = std::string(n, 'a');
    return Outcome(SmsRule(R"({"action":{"text":"{{ deal.title }}"}})"), snapshot, workspace).substr(0, 13);
  };
  EXPECT_EQ(limited(10, 11), "text_too_long");
  EXPECT_EQ(limited(10, 10), "+551130910000");
  EXPECT_EQ(limited(300, 300), "+551130910000");
  EXPECT_EQ(limited(100'000, 60'000), "text_too_long") << "no 255 segments hold that";
}

TEST(Sms, R006_R043_R106_R178_TheTypeSelectsTheNumber) {
  EXPECT_EQ(SmsTo("work"), "+551130910000 work: x");
  EXPECT_EQ(SmsTo("mobile"), "+5511912345678 mobile: x") << "the first of two";
}

TEST(Sms, R007_MissingTypeSkipsRule) {
  for (const char* type : {"home", "fax", "pager", "mailing", "other"})
    EXPECT_EQ(SmsTo(type), "no_phone_of_type") << type;
}
TEST(Sms, R044_MissingTypeSkipsRule) {
  EXPECT_EQ(SmsTo("home"), "no_phone_of_type");
}
TEST(Sms, R181_MissingTypeDoesNotFallBackToTheCompany) {
  EXPECT_EQ(SmsTo("fax"), "no_phone_of_type");
}
TEST(Sms, R182_WorkChosenButOnlyMobileThereSendsNothing) {
  EXPECT_EQ(SmsTo("work", WithContact(R"({"phones":[{"type":"mobile","value":"+5511912345678"}]})")),
            "no_phone_of_type");
}
TEST(Sms, R008_R045_R108_R180_AutoTakesTheFirstNumberOfTheCard) {
  EXPECT_EQ(SmsTo("auto"), "+551130910000 work: x");
  EXPECT_EQ(
      SmsTo(
          "auto",
          WithContact(
              R"({"phones":[{"type":"pager","value":"+5511912345678"},{"type":"work","value":"+551130910000"}]})")),
      "+5511912345678 pager: x");
  EXPECT_EQ(SmsTo("auto", SampleSnapshot(R"({"contacts":null})")), "+551130919999 fax: x")
      << "or of the company's";
}
TEST(Sms, R009_R046_R109_R183_OneProviderIsChosen) {
  EXPECT_FALSE(Compile(SmsRule(R"({"action":{"provider":null}})"))->valid);
  EXPECT_EQ(Outcome(SmsRule(R"({"action":{"provider":null}})"), SampleSnapshot()), "rule_invalid");
}
TEST(Sms, R110_R184_AProviderThatIsNotConnectedSendsNothing) {
  EXPECT_EQ(Outcome(SmsRule(R"({"action":{"provider":"other"}})"), SampleSnapshot(), ClosedWorkspace()),
            "no_provider");
  EXPECT_EQ(Outcome(SmsRule(), SampleSnapshot(), ClosedWorkspace()), "+551130910000 work: Hi Ana");
}
TEST(Sms, R104_R105_R176_ValuesAreFilledIn) {
  EXPECT_EQ(
      Outcome(
          SmsRule(
              R"({"action":{"text":"{{ client.first_name }}, {{ deal.amount | money }}, {{ deal.tracking_number }}"}})"),
          SampleSnapshot()),
      "+551130910000 work: Ana, €1,299.00, PL123");
}
TEST(Sms, R111_R185_TheFirstContactReceivesIt) {
  Json snapshot = SampleSnapshot();
  snapshot["contacts"].push_back(J(R"({"id":"C-2","phones":[{"type":"home","value":"+5511955555555"}]})"));
  EXPECT_EQ(SmsTo("auto", snapshot), "+551130910000 work: x");
  EXPECT_EQ(SmsTo("home", snapshot), "no_phone_of_type") << "the second contact is not asked";
}
TEST(Sms, R112_R186_TheContactWinsOverTheCompany) {
  const Json answer = Answer({SmsRule()}, SampleSnapshot());
  EXPECT_EQ(DumpJson(answer["deliveries"][0]["to"]),
            R"({"contact":"C-1","address":"+551130910000","type":"work"})");
  EXPECT_EQ(SmsTo("auto", WithContact(R"({"phones":[]})")), "no_phone") << "no fall-back to the company";
}

TEST(Mail, R010_R012_R047_R048_R061_R121_SendsFromTheChosenMailbox) {
  const Json rule = MailRule(R"({"action":{"from":"sales@shop.example"}})");
  const Json answer = Answer({rule}, SampleSnapshot(), ClosedWorkspace());
  EXPECT_EQ(answer["deliveries"][0]["content"]["from"], "sales@shop.example");
  EXPECT_EQ(answer["deliveries"][0]["provider"], "mail");
  EXPECT_EQ(
      Outcome(MailRule(R"({"action":{"from":"ceo@shop.example"}})"), SampleSnapshot(), ClosedWorkspace()),
      "no_mailbox");
}
TEST(Mail, R011_R138_R139_AttachesTheContractOfTheDeal) {
  const Json rule =
      MailRule(R"({"action":{"attachments":[{"field":"deal.contract"},{"file":"catalog.pdf"}]}})");
  EXPECT_EQ(
      DumpJson(Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]["attachments"]),
      R"([{"name":"Contract.pdf","file":"files/contract.pdf"},{"name":"catalog.pdf","file":"catalog.pdf"}])");
}
TEST(Mail, R013_R049_LastUsedMailbox) {
  const Json rule = MailRule(R"({"action":{"from":{"auto":"last_used"}}})");
  EXPECT_EQ(Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]["from"], "sales@shop.example");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(R"({"responsible":{"last_used_mailbox":null}})")), "no_mailbox");
}
TEST(Mail, R062_R063_R122_R123_AutoMeansTheResponsiblesFirstMailbox) {
  EXPECT_EQ(Answer({MailRule()}, SampleSnapshot())["deliveries"][0]["content"]["from"], "eva@shop.example");
}
TEST(Mail, R124_ResponsibleWithoutMailboxSkipsRule) {
  EXPECT_EQ(Outcome(MailRule(), SampleSnapshot(R"({"responsible":{"mailboxes":[]}})")), "no_mailbox");
  EXPECT_EQ(Outcome(MailRule(), SampleSnapshot(R"({"responsible":null})")), "no_mailbox");
  EXPECT_EQ(Outcome(MailRule(), SampleSnapshot(R"({"responsible":{"mailboxes":["other@shop.example"]}})"),
                    ClosedWorkspace()),
            "no_mailbox");
}
TEST(Mail, R014_R050_R051_R066_R125_R126_R127_SubjectAndTextAreFilledIn) {
  const Json rule = MailRule(
      R"({"action":{"subject":"Order {{ deal.number }}","text":"Hi {{ contact.first_name }} {{ contact.last_name }}: {{ deal.tracking_number }}"}})");
  const Json content = Answer({rule}, SampleSnapshot())["deliveries"][0]["content"];
  EXPECT_EQ(content["subject"], "Order 1042");
  EXPECT_EQ(content["text"], "Hi Ana Souza: PL123");
}
TEST(Mail, R015_R052_R067_R128_TheTypeSelectsTheAddress) {
  EXPECT_EQ(MailTo("home"), "ana@example.com home: x");
  EXPECT_EQ(MailTo("work"), "work1@example.com work: x");
}
TEST(Mail, R016_MissingTypeSkipsRule) {
  EXPECT_EQ(MailTo("other"), "no_email_of_type");
}
TEST(Mail, R053_MissingTypeDoesNotFallBackToTheCompany) {
  EXPECT_EQ(MailTo("mailing"), "no_email_of_type");
}
TEST(Mail, R130_MissingTypeSkipsRule) {
  EXPECT_EQ(MailTo("other", "last"), "no_email_of_type");
}
TEST(Mail, R131_WorkChosenButOnlyHomeThereSendsNothing) {
  EXPECT_EQ(MailTo("work", "first", WithContact(R"({"emails":[{"type":"home","value":"ana@example.com"}]})")),
            "no_email_of_type");
}
TEST(Mail, R017_R054_AutoTakesTheFirstAddressOfTheCard) {
  EXPECT_EQ(MailTo("auto"), "ana@example.com home: x");
  EXPECT_EQ(MailTo("auto", "first", SampleSnapshot(R"({"contacts":null})")), "news@souza.example mailing: x");
}
TEST(Mail, R069_R070_R132_R133_FirstIsTheDefaultAndLastCanBeChosen) {
  EXPECT_EQ(Outcome(MailRule(R"({"action":{"text":"x"}})"), SampleSnapshot()), "ana@example.com home: x");
  EXPECT_EQ(MailTo("auto", "last"), "work2@example.com work: x");
}
TEST(Mail, R071_R134_FirstAndLastWithinTheType) {
  EXPECT_EQ(MailTo("work", "first"), "work1@example.com work: x");
  EXPECT_EQ(MailTo("work", "last"), "work2@example.com work: x");
  EXPECT_EQ(MailTo("home", "last"), "ana@example.com home: x");
}
TEST(Mail, R072_R135_FirstAndLastOfAllWithAuto) {
  EXPECT_EQ(MailTo("auto", "first"), "ana@example.com home: x");
  EXPECT_EQ(MailTo("auto", "last"), "work2@example.com work: x");
}
TEST(Mail, R073_R136_TheFirstContactReceivesIt) {
  Json snapshot = SampleSnapshot();
  snapshot["contacts"].push_back(J(R"({"id":"C-2","emails":[{"type":"other","value":"b@example.com"}]})"));
  EXPECT_EQ(MailTo("auto", "last", snapshot), "work2@example.com work: x");
}
TEST(Mail, R074_R137_TheContactWinsOverTheCompany) {
  EXPECT_EQ(MailTo("auto", "first", WithContact(R"({"emails":[]})")), "no_email");
}
TEST(Mail, R047_OneMissingAttachmentStopsTheWholeMail) {
  const Json rule = MailRule(R"({"action":{"attachments":[{"field":"deal.contract"},{"file":"gone.pdf"}]}})");
  World world;
  world.has_file = [](std::string_view file) { return file != "gone.pdf"; };
  EXPECT_EQ(Outcome(rule, SampleSnapshot(), {}, world), "attachment_missing");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(R"({"deal":{"contract":[]}})")), "attachment_missing");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(R"({"deal":{"contract":[{"file":"../../etc/passwd"}]}})")),
            "attachment_missing");
}
TEST(Mail, AValueCannotAddAHeader) {
  Json snapshot = SampleSnapshot();
  snapshot["deal"]["number"] = "1\r\nBcc: x@example.com";
  EXPECT_EQ(Answer({MailRule()}, snapshot)["deliveries"][0]["content"]["subject"],
            "Order 1 Bcc: x@example.com");
}
TEST(Mail, HtmlIsEscapedAndTextIsNot) {
  Json snapshot = WithContact(R"({"first_name":"<b>Ana & Co</b>"})");
  const Json rule =
      MailRule(R"({"action":{"html":"<p>{{ contact.first_name }}</p>","text":"{{ contact.first_name }}"}})");
  const Json content = Answer({rule}, snapshot)["deliveries"][0]["content"];
  EXPECT_EQ(content["html"], "<p>&lt;b&gt;Ana &amp; Co&lt;/b&gt;</p>");
  EXPECT_EQ(content["text"], "<b>Ana & Co</b>");
}

TEST(Chat, R162_TheLastCreatedChatIsUsed) {
  const Json rule = ActionRule(R"({"type":"send_chat_message","text":"x"})");
  const Json snapshot = WithContact(R"({"chats":[{"channel":"a","id":"1","created":"2026-11-01T10:00:00Z"},
      {"channel":"b","id":"2","created":"2026-11-03T10:00:00Z"},{"channel":"c","id":"3","created":"2026-11-02T10:00:00Z"},{"channel":"d","id":"4"}]})");
  EXPECT_EQ(Outcome(rule, snapshot), "2 b: x");
}
TEST(Chat, R161_R093_NoChannelAndNoChatAreReasons) {
  const Json rule = ActionRule(R"({"type":"send_chat_message","text":"x"})");
  EXPECT_EQ(Outcome(rule, WithContact(R"({"chats":[]})")), "no_chat");
  EXPECT_EQ(Outcome(rule, WithContact(R"({"chats":[{"channel":"gone","id":"1"}]})"), ClosedWorkspace()),
            "no_channel");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(), ClosedWorkspace()), "991 telegram-1: x");
}
TEST(Chat, R097_R167_AHiddenMessageNeedsNoConsentBecauseTheClientNeverSeesIt) {
  const Json rule = Patched(ActionRule(R"({"type":"send_chat_message","text":"x","hidden":true})"),
                            R"({"transactional":false})");
  const Json answer = Answer({rule}, WithContact(R"({"consent":null})"));
  EXPECT_EQ(DumpJson(answer["deliveries"][0]["content"]), R"({"text":"x","hidden":true})");
}

TEST(Call, R022_R024_R037_SpeaksTheFilledInText) {
  const Json rule = ActionRule(
      R"({"type":"make_call","line":"line-1","say":{"text":"Hello {{ contact.first_name }}, order {{ deal.number }}","voice":"v","language":"en","rate":90,"volume":110}})");
  const Json delivery = Answer({rule}, SampleSnapshot(), ClosedWorkspace())["deliveries"][0];
  EXPECT_EQ(DumpJson(delivery["content"]),
            R"({"say":{"text":"Hello Ana, order 1042","voice":"v","language":"en","rate":90,"volume":110}})");
  EXPECT_EQ(delivery["channel"], "call");
  EXPECT_EQ(delivery["provider"], "sms-main");
  EXPECT_EQ(delivery["to"]["address"], "+551130910000");
}
TEST(Call, R020_R034_R146_WithoutTelephonyNothingIsCalled) {
  const Json rule = ActionRule(R"({"type":"make_call","line":"other","say":{"text":"x"}})");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(), ClosedWorkspace()), "no_telephony");
}
TEST(Call, R028_PlaysARecording) {
  const Json rule =
      ActionRule(R"({"type":"make_call","line":"l","play":{"url":"https://cdn.example/a.mp3"}})");
  EXPECT_EQ(DumpJson(Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]),
            R"({"play":{"url":"https://cdn.example/a.mp3"}})");
}

TEST(WhatsApp, R187_R191_SendsTheTemplateWithItsValues) {
  const Json rule = ActionRule(
      R"({"type":"send_whatsapp","provider":"wa","template":"discount","language":"pt_BR","parameters":{"1":"{{ contact.first_name }}","2":"10 %"}})");
  const Json delivery = Answer({rule}, SampleSnapshot())["deliveries"][0];
  EXPECT_EQ(DumpJson(delivery["content"]),
            R"({"template":"discount","language":"pt_BR","parameters":{"1":"Ana","2":"10 %"}})");
  EXPECT_EQ(delivery["channel"], "whatsapp");
}
TEST(WhatsApp, R189_TheChannelMustBeConnected) {
  const Json rule = ActionRule(
      R"({"type":"send_whatsapp","provider":"edna-2","template":"t","language":"en","parameters":{}})");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(), ClosedWorkspace()), "no_provider");
}

TEST(Invite, R196_SendsAnSmsWithTheLink) {
  const Json rule = ActionRule(
      R"({"type":"invite_to_messenger","channel":"telegram-1","provider":"sms-main","text":"Chat: {{ invite.link }}"})");
  World world;
  world.invite_link = [](std::string_view key) {
    return "https://t.me/b?start=" + std::string(key.substr(0, 4));
  };
  const Json delivery = Answer({rule}, SampleSnapshot(), ClosedWorkspace(), "{}", world)["deliveries"][0];
  EXPECT_EQ(delivery["channel"], "sms");
  EXPECT_EQ(delivery["content"]["text"],
            "Chat: https://t.me/b?start=" + delivery["key"].get<std::string>().substr(0, 4));
}
// Whoever previews counts the letters that will be sent: the bot's own name, and a token as long as the
// service's.
TEST(Invite, R196_ThePreviewsLinkIsAsLongAsTheRealOne) {
  const auto link = [](std::string_view bot) {
    const Json rule = ActionRule(
        R"({"type":"invite_to_messenger","channel":"tg","provider":"sms","text":"{{ invite.link }}"})");
    const Json workspace = {{"providers",
                             {{{"id", "sms"}, {"kind", "sandbox"}},
                              {{"id", "tg"}, {"kind", "telegram"}, {"settings", Json::parse(bot)}}}}};
    Diagnostics remarks;
    const auto closed = crm::ParseWorkspace(workspace, remarks);
    EXPECT_TRUE(closed.ok());
    return Answer({rule}, SampleSnapshot(), *closed)["deliveries"][0]["content"]["text"].get<std::string>();
  };
  const std::string token(kSampleInviteToken);
  EXPECT_EQ(token.size(), 32u);
  EXPECT_EQ(link(R"({"bot_username":"bike_shop_bot"})"), "https://t.me/bike_shop_bot?start=" + token);
  EXPECT_EQ(link(R"({"bot_username":"@bike_shop_bot"})"), "https://t.me/bike_shop_bot?start=" + token);
  EXPECT_EQ(link(R"({})"), "https://t.me/your_bot?start=" + token);
  EXPECT_EQ(link(R"({"bot_username":7})"), "https://t.me/your_bot?start=" + token);
}
TEST(Unsubscribe, TheAddressIsAVariableOfEveryText) {
  const Json rule = SmsRule(R"({"action":{"text":"No more? {{ unsubscribe_url }}"}})");
  EXPECT_EQ(Outcome(rule, SampleSnapshot()),
            "+551130910000 work: No more? https://recado.example/u/unsubscribe-of-this-client-alone");
  World world;
  world.unsubscribe_url = [](std::string_view key) {
    return "https://shop.example/u/" + std::string(key.substr(0, 4));
  };
  const Json delivery = Answer({rule}, SampleSnapshot(), {}, "{}", world)["deliveries"][0];
  EXPECT_EQ(delivery["content"]["text"],
            "No more? https://shop.example/u/" + delivery["key"].get<std::string>().substr(0, 4));
}
TEST(Unsubscribe, WithoutSuchAPlaceThereIsNothing) {
  World world;
  world.unsubscribe_url = [](std::string_view) { return std::string(); };
  EXPECT_EQ(Outcome(SmsRule(R"({"action":{"text":"No more? {{ unsubscribe_url }}."}})"), SampleSnapshot(), {},
                    world),
            "+551130910000 work: No more? .");
}

TEST(Invite, R199_WithoutTheTelegramChannelTheRuleDoesNotWork) {
  const Json rule = ActionRule(
      R"({"type":"invite_to_messenger","channel":"telegram-2","provider":"sms-main","text":"{{ invite.link }}"})");
  EXPECT_EQ(Outcome(rule, SampleSnapshot(), ClosedWorkspace()), "no_channel");
}

// --- What the reference tells as a story

// All six, each without a person.
TEST(Group, R001_R002_R031_R032_R055_R113_R114_RulesCallTextMailAndChatByThemselves) {
  const std::vector<Json> rules = {
      SmsRule(),
      MailRule(),
      ActionRule(R"({"type":"make_call","line":"line-1","say":{"text":"Hello"}})"),
      ActionRule(R"({"type":"send_chat_message","text":"Hello"})"),
      ActionRule(
          R"({"type":"send_whatsapp","provider":"wa","template":"t","language":"en","parameters":{}})"),
      ActionRule(
          R"({"type":"invite_to_messenger","channel":"telegram-1","provider":"sms-main","text":"{{ invite.link }}"})")};
  std::string channels;
  for (const Json& rule : rules) {
    const Json answer = Answer({rule}, SampleSnapshot());
    ASSERT_EQ(answer["deliveries"].size(), 1U) << DumpJson(answer);
    channels += answer["deliveries"][0]["channel"].get<std::string>() + " ";
  }
  EXPECT_EQ(channels, "sms email call chat whatsapp sms ");
}
TEST(Group, R056_R115_ARuleIsForOneKindOfRecord) {
  for (const char* kind : {"lead", "deal", "invoice", "quote", "order", "parcel"}) {
    const std::string event = R"({"to":"new","entity":")" + std::string(kind) + "\"}";
    Json snapshot = {{kind, {{"id", "X-1"}, {"stage", "new"}}}, {"contacts", SampleSnapshot()["contacts"]}};
    const Json ours =
        SmsRule(R"({"on":{"entity":")" + std::string(kind) + R"(","pipeline":null,"stage":"new"}})");
    const Json other = SmsRule(R"({"id":"other","on":{"entity":"ticket","pipeline":null,"stage":"new"}})");
    Diagnostics remarks;
    const auto schema = crm::ParseSchema(
        J(R"({"entities":[{"code":")" + std::string(kind) + R"("},{"code":"ticket"}]})"), remarks);
    std::vector<rule::CompiledRulePtr> rules;
    for (const Json& rule : {ours, other}) rules.push_back(rule::CheckRule(rule, *schema, {}).rule);
    const crm::Workspace workspace;
    PlanInput input;
    input.rules = rules;
    input.workspace = &workspace;
    const Json answer = PlanEvent(Event(snapshot, event), input, OffsetUnit::kBytes);
    ASSERT_EQ(answer["deliveries"].size(), 1U) << DumpJson(answer);
    EXPECT_EQ(answer["deliveries"][0]["rule"], "sms");
    EXPECT_TRUE(answer["skipped"].empty());
  }
}
TEST(Scenario, R060_R104_R103_R173_DeliveryStageSendsTheTrackingNumber) {
  const Json rule = SmsRule(
      R"({"on":{"stage":"delivery"},"action":{"text":"Your order {{ deal.number }} is on its way: {{ deal.tracking_number }}"}})");
  const Json answer =
      Answer({rule}, SampleSnapshot(R"({"deal":{"stage":"delivery"}})"), {}, R"({"to":"delivery"})");
  EXPECT_EQ(answer["deliveries"][0]["content"]["text"], "Your order 1042 is on its way: PL123");
}
TEST(Scenario, R174_R175_PaidStageTellsThatThePaymentArrived) {
  const Json rule =
      SmsRule(R"({"action":{"text":"We have received {{ deal.amount | money }}. Thank you!"}})");
  EXPECT_EQ(Outcome(rule, SampleSnapshot()), "+551130910000 work: We have received €1,299.00. Thank you!");
}
TEST(Scenario, R119_R120_R143_InvoiceStageMailsNameAmountAndInvoice) {
  const Json rule = MailRule(
      R"({"on":{"stage":"invoice"},"action":{"subject":"Invoice {{ deal.number }}","text":"Dear {{ client.first_name }} {{ client.last_name }}, {{ deal.amount | money }}","attachments":[{"field":"deal.invoice"}]}})");
  Json snapshot =
      SampleSnapshot(R"({"deal":{"stage":"invoice","invoice":[{"file":"i.pdf","name":"Invoice.pdf"}]}})");
  const Json content = Answer({rule}, snapshot, {}, R"({"to":"invoice"})")["deliveries"][0]["content"];
  EXPECT_EQ(content["subject"], "Invoice 1042");
  EXPECT_EQ(content["text"], "Dear Ana Souza, €1,299.00");
  EXPECT_EQ(DumpJson(content["attachments"]), R"([{"name":"Invoice.pdf","file":"i.pdf"}])");
}
TEST(Scenario, R082_R145_R147_R148_ClosedWonThanksByCallAndOffersADiscount) {
  const Json rule = Patched(
      ActionRule(
          R"({"type":"make_call","line":"line-1","say":{"text":"Thank you, {{ contact.first_name }}! Ten percent off your next order."}})"),
      R"({"on":{"stage":"won"}})");
  const Json answer = Answer({rule}, SampleSnapshot(R"({"deal":{"stage":"won"}})"), {}, R"({"to":"won"})");
  EXPECT_EQ(answer["deliveries"][0]["content"]["say"]["text"],
            "Thank you, Ana! Ten percent off your next order.");
}
TEST(Scenario, R094_R095_R163_R164_WonAsksForFeedbackInTheChat) {
  const Json rule =
      Patched(ActionRule(R"({"type":"send_chat_message","text":"How was it? https://shop.example/form"})"),
              R"({"on":{"stage":"won"}})");
  const Json answer = Answer({rule}, SampleSnapshot(R"({"deal":{"stage":"won"}})"), {}, R"({"to":"won"})");
  EXPECT_EQ(answer["deliveries"][0]["content"]["text"], "How was it? https://shop.example/form");
}
TEST(Scenario, R190_R195_EnteringTheStageOffersTheDiscountByWhatsApp) {
  const Json rule = ActionRule(
      R"({"type":"send_whatsapp","provider":"wa","template":"discount","language":"en","parameters":{"1":"{{ deal.title }}"}})");
  EXPECT_EQ(DumpJson(Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]["parameters"]),
            R"({"1":"Two bikes"})");
  EXPECT_TRUE(Answer({rule}, SampleSnapshot(), {}, R"({"to":"won"})")["deliveries"].empty());
}
TEST(Scenario, R200_DiscussStageInvitesToTheChat) {
  const Json rule = Patched(
      ActionRule(
          R"({"type":"invite_to_messenger","channel":"telegram-1","provider":"sms-main","text":"Let us talk: {{ invite.link }}"})"),
      R"({"on":{"stage":"discuss"}})");
  World world;
  world.invite_link = [](std::string_view) { return "https://t.me/shop"; };
  const Json answer =
      Answer({rule}, SampleSnapshot(R"({"deal":{"stage":"discuss"}})"), {}, R"({"to":"discuss"})", world);
  EXPECT_EQ(answer["deliveries"][0]["content"]["text"], "Let us talk: https://t.me/shop");
}

TEST(Call, R021_R035_R083_R084_R085_R149_TheChosenLineCalls) {
  const auto workspace = ClosedWorkspace(R"({"providers":[
      {"id":"first","kind":"twilio","settings":{"lines":[{"id":"line-1","number":"+551130000000"}]}},
      {"id":"second","kind":"twilio","settings":{"lines":[{"id":"line-2","number":"+551140000000"}]}}]})");
  const Json rule = ActionRule(R"({"type":"make_call","line":"line-2","say":{"text":"x"}})");
  EXPECT_EQ(Answer({rule}, SampleSnapshot(), workspace)["deliveries"][0]["provider"], "second");
}
TEST(Call, R036_R086_R150_R151_EitherTextOrRecording) {
  EXPECT_FALSE(Compile(ActionRule(R"({"type":"make_call","line":"l"})"))->valid);
  EXPECT_FALSE(
      Compile(
          ActionRule(
              R"({"type":"make_call","line":"l","say":{"text":"x"},"play":{"url":"https://cdn.example/a.mp3"}})"))
          ->valid);
}
TEST(Call, R039_R088_R153_NameNumberAndDateAreSpoken) {
  const Json rule = ActionRule(
      R"({"type":"make_call","line":"l","say":{"text":"{{ contact.first_name }}: {{ deal.number }}, {{ deal.delivery_date | datetime: 'long' }}"}})");
  EXPECT_EQ(Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]["say"]["text"],
            "Ana: 1042, December 1, 2026");
}
TEST(Call, R023_R030_R089_R091_R154_R159_SpeedVolumeLanguageAndVoiceMayChangeAtAnyTime) {
  for (const int rate : {20, 100, 200}) {
    Json rule =
        ActionRule(R"({"type":"make_call","line":"l","say":{"text":"x","voice":"anna","language":"de"}})");
    rule["action"]["say"]["rate"] = rate;
    rule["action"]["say"]["volume"] = 220 - rate;
    const Json say = Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]["say"];
    EXPECT_EQ(say["rate"], rate);
    EXPECT_EQ(say["volume"], 220 - rate);
    EXPECT_EQ(say["voice"], "anna");
    EXPECT_EQ(say["language"], "de");
  }
  for (const int rate : {19, 201}) {
    Json rule = ActionRule(R"({"type":"make_call","line":"l","say":{"text":"x"}})");
    rule["action"]["say"]["rate"] = rate;
    EXPECT_FALSE(Compile(rule)->valid) << rate;
  }
}
TEST(Chat, R096_R165_R166_NameAmountAndDateAreWritten) {
  const Json rule = ActionRule(
      R"({"type":"send_chat_message","text":"{{ client.first_name }}: {{ deal.amount | money }} on {{ deal.delivery_date | datetime: 'short' }}"})");
  EXPECT_EQ(Outcome(rule, SampleSnapshot()), "991 telegram-1: Ana: €1,299.00 on 12/1/26");
}
TEST(Chat, R100_R101_R102_R169_R170_R171_FilesOfTheItemAndOfTheStore) {
  const Json rule = ActionRule(
      R"({"type":"send_chat_message","text":"x","attachments":[{"field":"deal.contract"},{"file":"coupon.pdf"}]})");
  EXPECT_EQ(
      DumpJson(Answer({rule}, SampleSnapshot())["deliveries"][0]["content"]["attachments"]),
      R"([{"name":"Contract.pdf","file":"files/contract.pdf"},{"name":"coupon.pdf","file":"coupon.pdf"}])");
  World world;
  world.has_file = [](std::string_view file) { return file != "coupon.pdf"; };
  EXPECT_EQ(Outcome(rule, SampleSnapshot(), {}, world), "attachment_missing");
}
TEST(Mail, R078_R141_TheWishToTrackClicksIsCarried) {
  for (const bool wanted : {true, false}) {
    Json rule = MailRule();
    rule["action"]["track_clicks"] = wanted;
    Diagnostics remarks;
    const auto snapshot = crm::ParseSnapshot(SampleSnapshot(), "deal", remarks);
    const Composed composed = Compose(*Compile(rule), "key", *snapshot, {}, At("2026-11-22T09:30:00Z"));
    ASSERT_TRUE(composed.ok());
    EXPECT_EQ(std::get<Message>(composed.outcome).track_clicks, wanted);
  }
}
TEST(WhatsApp, R193_R194_TheFirstContactAndNotTheCompany) {
  const Json rule = ActionRule(
      R"({"type":"send_whatsapp","provider":"wa","template":"t","language":"en","parameters":{}})");
  Json snapshot = SampleSnapshot();
  snapshot["contacts"].push_back(J(R"({"id":"C-2","phones":[{"type":"work","value":"+5511955555555"}]})"));
  EXPECT_EQ(DumpJson(Answer({rule}, snapshot)["deliveries"][0]["to"]),
            R"({"contact":"C-1","address":"+551130910000","type":"work"})");
  snapshot["contacts"][0]["phones"] = Json::array();
  EXPECT_EQ(Outcome(rule, snapshot), "no_phone") << "neither the second contact nor the company";
}

TEST(Client, ALeadAloneIsItsOwnClient) {
  const Json snapshot = J(
      R"({"lead":{"id":"L-1","first_name":"Rui","stage":"new","phones":[{"type":"mobile","value":"11 91234-5678"}]},
      "workspace":{"default_region":"BR"}})");
  Json rule = SmsRule(
      R"({"on":{"entity":"lead","pipeline":null,"stage":"new"},"action":{"text":"Hi {{ client.first_name }}"}})");
  const Json answer = Answer({rule}, snapshot, {}, R"({"entity":"lead","entity_id":"L-1","to":"new"})");
  EXPECT_EQ(DumpJson(answer["deliveries"][0]["to"]),
            R"({"lead":"L-1","address":"+5511912345678","type":"mobile"})");
  EXPECT_EQ(answer["deliveries"][0]["content"]["text"], "Hi Rui");
}

// --- The answer as a whole

TEST(Plan, AnswersTheExampleOfTheFormat) {
  const Json answer = Answer({SmsRule(R"({"id":"deal-paid-sms"})"),
                              MailRule(R"({"id":"deal-paid-mail","action":{"email_type":"other"}})")},
                             SampleSnapshot());
  EXPECT_EQ(answer["event"], "evt-1");
  const Json& delivery = answer["deliveries"][0];
  // printf 'deal-paid-sms\ndeal\nD-7\nevt-1\nsms' | sha256sum
  EXPECT_EQ(delivery["key"], "3d812c88aaddbaf772c1fdf7a6b9274136206a3558e1ea519b6ce0f1786769f3");
  EXPECT_EQ(delivery["due"], "2026-11-22T09:30:00Z");
  EXPECT_EQ(answer["skipped"][0]["rule"], "deal-paid-mail");
  EXPECT_EQ(answer["skipped"][0]["reason"], "no_email_of_type");
}

TEST(Plan, RulesThatDoNotMatchAreNotMentioned) {
  for (const char* patch : {R"({"to":"new"})", R"({"entity":"lead"})", R"({"pipeline":"service"})",
                            R"({"type":"record_updated"})", R"({"type":"record_deleted"})"}) {
    const Json answer = Answer({SmsRule()}, SampleSnapshot(R"({"lead":{"id":"L"}})"), {}, patch);
    EXPECT_EQ(DumpJson(answer), R"({"event":"evt-1","deliveries":[],"skipped":[]})") << patch;
  }
  EXPECT_EQ(Answer({SmsRule(R"({"on":{"pipeline":null}})")}, SampleSnapshot(), {},
                   R"({"pipeline":"service"})")["deliveries"]
                .size(),
            1U);
}

TEST(Plan, RulesComeByPositionThenId) {
  const Json answer = Answer({SmsRule(R"({"id":"b","position":1})"), SmsRule(R"({"id":"c","position":-1})"),
                              SmsRule(R"({"id":"a","position":1})")},
                             SampleSnapshot());
  std::string order;
  for (const Json& delivery : answer["deliveries"]) order += delivery["rule"].get<std::string>();
  EXPECT_EQ(order, "cab");
}

TEST(Plan, FaultsOfTheEventAreAnError) {
  PlanInput input;
  const crm::Workspace workspace;
  input.workspace = &workspace;
  const auto code = [&](const Json& event) {
    return PlanEvent(event, input, OffsetUnit::kBytes)["error"]["code"];
  };
  EXPECT_EQ(code(J("[]")), "wrong_type");
  EXPECT_EQ(code(Event(SampleSnapshot(), R"({"at":"yesterday"})")), "invalid_instant");
  EXPECT_EQ(code(Event(SampleSnapshot(), R"({"snapshot":null})")), "missing_member");
  const Json error =
      PlanEvent(Event(SampleSnapshot(R"({"contacts":7})")), input, OffsetUnit::kBytes)["error"];
  EXPECT_EQ(error["path"], "/snapshot/contacts");
}

TEST(Plan, ASnapshotNewerThanTheEventShowsThatTheItemHasLeft) {
  Diagnostics remarks;
  const auto event = crm::ParseEvent(Event(SampleSnapshot(), R"({"snapshot":null})"), remarks);
  const auto snapshot = crm::ParseSnapshot(SampleSnapshot(R"({"deal":{"stage":"sent"}})"), "deal", remarks);
  const std::vector<rule::CompiledRulePtr> rules = {Compile(SmsRule())};
  const Planned planned = Plan(rules, *event, *snapshot, {});
  ASSERT_EQ(planned.skipped.size(), 1U);
  EXPECT_EQ(CodeName(planned.skipped[0].reason.code), "stage_left");
}

TEST(Preview, ShowsTheRuleAsIfTheItemEnteredItsStageNow) {
  PlanInput input;
  const crm::Workspace workspace;
  input.workspace = &workspace;
  const Json rule =
      SmsRule(R"({"enabled":false,"on":{"stage":"sent"},"timing":{"run":"after","delay":"PT10M"}})");
  const Json answer =
      PreviewRule(Compile(rule), SampleSnapshot(), input, At("2026-11-22T12:00:00Z"), OffsetUnit::kBytes);
  EXPECT_EQ(answer["event"], "preview");
  EXPECT_EQ(answer["deliveries"][0]["due"], "2026-11-22T12:10:00Z");
  EXPECT_EQ(answer["deliveries"][0]["content"]["text"], "Hi Ana");
}

// --- Reasons, in the order of formats §4: each snapshot and rule has its own fault and all later ones.

TEST(Skips, R_TheFirstReasonInTheOrderOfTheFormatIsGiven) {
  Json rule = SmsRule(
      R"({"transactional":false,"action":{"text":"{{ deal.title }}","phone_type":"home","provider":"gone"},
      "conditions":{"all":[{"field":"deal.amount","op":"lt","value":{"amount":"1","currency":"USD"}}]}})");
  Json snapshot = SampleSnapshot(R"({"deal":{"title":""},"contacts":[],"company":null})");
  const auto workspace = ClosedWorkspace();
  const auto now = [&] { return Outcome(rule, snapshot, workspace); };
  rule["enabled"] = false;
  rule["action"]["text"] = "{{";
  EXPECT_EQ(now(), "rule_disabled");
  rule["enabled"] = true;
  EXPECT_EQ(now(), "rule_invalid");
  rule["action"]["text"] = "{{ deal.title }}";
  EXPECT_EQ(now(), "currency_mismatch");
  rule["conditions"]["all"][0]["value"]["currency"] = "EUR";
  EXPECT_EQ(now(), "condition_false");
  rule.erase("conditions");
  EXPECT_EQ(now(), "no_client");
  snapshot["contacts"] = J(R"([{"id":"C-1","consent":{"suppressed":["11 3091-0000"]}}])");
  EXPECT_EQ(now(), "no_provider");
  rule["action"]["provider"] = "sms-main";
  EXPECT_EQ(now(), "no_phone");
  snapshot["contacts"][0]["phones"] = J(R"([{"type":"work","value":"12"}])");
  EXPECT_EQ(now(), "no_phone_of_type");
  rule["action"]["phone_type"] = "work";
  EXPECT_EQ(now(), "phone_invalid");
  snapshot["contacts"][0]["phones"][0]["value"] = "+55 11 3091 0000";
  EXPECT_EQ(now(), "suppressed");
  snapshot["contacts"][0]["consent"].erase("suppressed");
  EXPECT_EQ(now(), "no_consent");
  snapshot["contacts"][0]["consent"]["marketing"] = true;
  rule["action"]["text"] = "{{ deal.title | append: deal.title }}{{ 1 | divided_by: deal.zero }}";
  snapshot["deal"]["zero"] = 0;
  EXPECT_EQ(now(), "template_error");
  rule["action"]["text"] = "{{ deal.title }} ";
  EXPECT_EQ(now(), "text_empty");
  snapshot["deal"]["title"] = std::string(201, 'x');
  EXPECT_EQ(now(), "text_too_long");
  snapshot["deal"]["title"] = "y";
  EXPECT_EQ(now(), "+551130910000 work: y ");
}

TEST(Skips, MailReasonsInOrder) {
  Json rule = MailRule(
      R"({"action":{"email_type":"work","text":"{{ deal.title }}","attachments":[{"field":"deal.contract"}]}})");
  Json snapshot = SampleSnapshot(R"({"deal":{"title":"","contract":null},"responsible":null})");
  snapshot["contacts"] = J(R"([{"id":"C-1","consent":{"suppressed":["ANA@example.com"]}}])");
  const auto now = [&] { return Outcome(rule, snapshot, ClosedWorkspace()); };
  EXPECT_EQ(now(), "no_mailbox");
  rule["action"]["from"] = "eva@shop.example";
  EXPECT_EQ(now(), "no_email");
  snapshot["contacts"][0]["emails"] = J(R"([{"type":"home","value":"ana"}])");
  EXPECT_EQ(now(), "no_email_of_type");
  rule["action"]["email_type"] = "home";
  EXPECT_EQ(now(), "email_invalid");
  snapshot["contacts"][0]["emails"][0]["value"] = "ana@example.com";
  EXPECT_EQ(now(), "suppressed");
  snapshot["contacts"][0].erase("consent");
  EXPECT_EQ(now(), "text_empty");
  snapshot["deal"]["title"] = "x";
  EXPECT_EQ(now(), "attachment_missing");
  snapshot["deal"]["contract"] = J(R"({"file":"a.pdf"})");
  EXPECT_EQ(now(), "ana@example.com home: x");
}

TEST(Skips, TheServicesSuppressionListCounts) {
  World world;
  world.suppression = [](std::string_view address, rule::Channel channel) -> std::optional<std::string> {
    if (address != "+551130910000" || channel != rule::Channel::kSms) return std::nullopt;
    return "stop_word";
  };
  EXPECT_EQ(Outcome(SmsRule(), SampleSnapshot(), {}, world), "suppressed");
  const Json skip = Answer({SmsRule()}, SampleSnapshot(), {}, "{}", world)["skipped"][0];
  EXPECT_EQ(skip["arguments"]["reason"], "stop_word");
  EXPECT_EQ(skip["message"], "+551130910000 is on the list of addresses that get no messages (stop_word).");
}

TEST(Skips, SayWhatExactly) {
  const Json skip = Answer({SmsRule(R"({"action":{"phone_type":"home"}})")}, SampleSnapshot())["skipped"][0];
  EXPECT_EQ(skip["message"], "The client has no phone number of the type home.");
  EXPECT_EQ(skip["arguments"]["type"], "home");
}

TEST(Language, TheClientsElseTheWorkspaces) {
  const Json rule = SmsRule(R"({"action":{"text":"{{ deal.amount | money }}"}})");
  EXPECT_EQ(Outcome(rule, WithContact(R"({"language":"de"})")), "+551130910000 work: 1.299,00 €");
  Json snapshot = WithContact(R"({"language":null})");
  snapshot["workspace"]["language"] = "pt-BR";
  EXPECT_EQ(Outcome(rule, snapshot), "+551130910000 work: € 1.299,00");
}

}  // namespace
}  // namespace recado::plan
