#include "core/base/limits.h"
#include "tests/core/rule/analysis_support.h"

namespace recado::rule {
namespace {

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

Diagnostics OfAction(Json action) {
  Json rule = RuleWith("{}");
  rule["action"] = std::move(action);
  return Findings(rule);
}

Diagnostics OfSms(std::string_view text, std::string_view provider = "sms-main", bool truncate = false) {
  Json rule = RuleWith("{}");
  rule["action"]["text"] = text;
  rule["action"]["provider"] = provider;
  if (truncate) rule["over_limit"] = "truncate";
  return Findings(rule);
}

TEST(SmsAnalysis, LongestTextOverTheLimitNamesTheField) {
  const auto longest = [](const std::string& text) {
    return Brief(OfSms(text), {"name", "actual", "limit"});
  };
  const std::string text = Repeat("a", 160) + "{{ deal.title }}";  // title: 40 at most
  EXPECT_EQ(longest(text), "info sms_may_need_more_segments /action/text name=deal.title");
  EXPECT_EQ(longest("b" + text),
            "warning sms_may_be_too_long /action/text name=deal.title actual=201 limit=200");
  EXPECT_EQ(longest("b" + text + "{{ deal.note }}"), "ok");  // a note has no bound, so nothing is certain
  EXPECT_EQ(longest("b" + Repeat("a", 160) + "{{ deal.title | truncate: 20 }}"),
            "info sms_may_need_more_segments /action/text name=deal.title");
  const Diagnostics found = OfSms("b" + text);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span->from, 164U);  // the placeholder itself
  EXPECT_EQ(Brief(OfSms("b" + text, "sms-main", true)), "info sms_may_be_too_long /action/text");
  EXPECT_EQ(Brief(OfSms("Order {{ deal.title }}", "sms-short"), {"limit"}),
            "warning sms_may_be_too_long /action/text limit=40");
}

TEST(SmsAnalysis, ShortestTextOverTheLimitIsAnError) {
  const std::string error = "error text_too_long /action/text";
  EXPECT_EQ(Brief(OfSms(Repeat("a", 200))), "ok");
  EXPECT_EQ(Brief(OfSms(Repeat("a", 201))), error);
  EXPECT_EQ(Brief(OfSms(Repeat("a", 201), "sms-main", true)), "warning text_too_long /action/text");
  // In every branch, and by every round of a loop.
  EXPECT_EQ(
      Brief(OfSms("{% if deal.vip %}" + Repeat("a", 201) + "{% else %}" + Repeat("b", 300) + "{% endif %}")),
      error);
  EXPECT_EQ(Brief(OfSms("{% if deal.vip %}" + Repeat("a", 201) + "{% endif %}")), "ok");
  EXPECT_EQ(Brief(OfSms("{% for i in (1..21) %}0123456789{% endfor %}")), error);
  EXPECT_EQ(Brief(OfSms("{% for i in (1..20) %}0123456789{% endfor %}")), "ok");
}

TEST(SmsAnalysis, SegmentsAreToldWhereEveryBoundIsKnown) {
  const auto segments = [](const std::string& text) { return Brief(OfSms(text), {"from", "to"}); };
  EXPECT_EQ(segments("Order {{ deal.title }}"), "info sms_may_need_more_segments /action/text from=1 to=2");
  EXPECT_EQ(segments("{{ deal.count }}"), "ok");
  EXPECT_EQ(segments(Repeat("a", 150) + "{{ deal.count }}"),
            "info sms_may_need_more_segments /action/text from=1 to=2");
  EXPECT_EQ(segments(Repeat("a", 150) + "{{ deal.note }}"), "ok");
  EXPECT_EQ(segments(Repeat("a", 170)), "ok");  // the meter shows it
}

TEST(CallAnalysis, TextThatTakesOverAMinuteToSpeak) {
  const auto say = [](size_t characters, int rate, std::string_view more = "") {
    return Brief(OfAction({{"type", "make_call"},
                           {"line", "line-1"},
                           {"say", {{"text", Repeat("a", characters) + std::string(more)}, {"rate", rate}}}}),
                 {"seconds"});
  };
  EXPECT_EQ(say(914, 100), "ok");
  EXPECT_EQ(say(915, 100), "warning say_too_long /action/say/text seconds=61");
  EXPECT_EQ(say(1800, 200), "ok");
  EXPECT_EQ(say(500, 50), "warning say_too_long /action/say/text seconds=66");
  EXPECT_EQ(say(900, 100, "{{ deal.title }}"), "info say_too_long /action/say/text seconds=62");
  EXPECT_EQ(say(900, 100, "{{ deal.note }}"), "ok");
}

TEST(CallAnalysis, LinesAndSoundFilesAreChecked) {
  const auto play = [](std::string_view url) {
    return Brief(OfAction({{"type", "make_call"}, {"line", "line-1"}, {"play", {{"url", url}}}}));
  };
  EXPECT_EQ(play("https://cdn.shop.example/hello.mp3"), "ok");
  EXPECT_EQ(play("http://cdn.shop.example/hello.mp3"), "error not_a_public_mp3 /action/play/url");
  EXPECT_EQ(play("https://cdn.shop.example/hello.wav"), "error not_a_public_mp3 /action/play/url");
  EXPECT_EQ(Brief(OfAction({{"type", "make_call"}, {"line", "line-2"}, {"say", {{"text", "Hello"}}}})),
            "error unknown_line /action/line");
}

TEST(PlaceholderAnalysis, OtherSystemsPlaceholders) {
  const auto found = [](std::string_view text) { return Brief(OfSms(text), {"placeholder", "suggestion"}); };
  const std::string at = "warning unrendered_placeholder /action/text placeholder=";
  EXPECT_EQ(found("Hi [FIRST NAME]"), at + "[FIRST NAME] suggestion={{ contact.first_name }}");
  EXPECT_EQ(found("Hi [Name]"), at + "[Name] suggestion={{ contact.first_name }}");
  EXPECT_EQ(found("Hi %%NAME%%"), at + "%%NAME%% suggestion={{ contact.first_name }}");
  EXPECT_EQ(found("Hi {contact.first_name}"),
            at + "{contact.first_name} suggestion={{ contact.first_name }}");
  EXPECT_EQ(found("Order {TITLE}"), at + "{TITLE} suggestion={{ deal.title }}");
  EXPECT_EQ(found("Hi {=Document:NAME}"), at + "{=Document:NAME}");
  EXPECT_EQ(found("Hi *|FNAME|*"), at + "*|FNAME|*");
  EXPECT_EQ(found("Hi %FNAME%"), at + "%FNAME%");
  EXPECT_EQ(found("[LINK] [link]"), at + "[LINK]\n" + at + "[link]");
  for (const std::string_view fine :
       {"[SALE] 20% off, 50% on bikes", "a [1] b", "{ }", "{1}", "5%OFF%", "%", "[",
        "{% raw %}{name}{% endraw %}", "{{ deal.title }}", "[Bike Shop]", "*|", "%%"}) {
    EXPECT_EQ(found(fine).find("placeholder"), std::string::npos) << fine;
  }
}

TEST(PlaceholderAnalysis, TripleBracesAreNamedBesideTheSyntaxFault) {
  const Diagnostics found = OfSms("Hi {{{ contact.first_name }}}");
  bool told = false;
  for (const Diagnostic& d : found) {
    if (d.code != DiagnosticCode::unrendered_placeholder) continue;
    told = true;
    EXPECT_EQ(d.fix->replacement, "{{ contact.first_name }}");
    EXPECT_EQ(d.span->from, 3U);
    EXPECT_EQ(d.span->to, 29U);
  }
  EXPECT_TRUE(told);
}

TEST(GreetingAnalysis, FieldThatMayBeEmptyBehindAGreeting) {
  const auto found = [](std::string_view text) {
    return Brief(OfSms(std::string(text) + "{{ deal.note }}"), {"name"});
  };
  const std::string info = "info may_be_empty /action/text name=contact.first_name";
  EXPECT_EQ(found("Hi {{ contact.first_name }}, "), info);
  EXPECT_EQ(found("Szanowny Panie {{ contact.first_name }}! "), info);
  EXPECT_EQ(found("Hi {{ contact.first_name | default: 'there' }}, "), "ok");
  EXPECT_EQ(found("Hi {{ deal.title }}, "), "ok");  // required
  EXPECT_EQ(found("Hi, your name is {{ contact.first_name }}. "), "ok");
  EXPECT_EQ(found("High {{ contact.first_name }}"), "ok");
  const Diagnostics diagnostics = OfSms("Hi {{ contact.first_name }} {{ deal.note }}");
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].fix->replacement, R"(contact.first_name | default: "there")");
}

// --- E-mails

std::string OfEmail(std::string_view patch, std::initializer_list<std::string_view> arguments = {}) {
  Json rule = RuleWith("{}");
  rule["action"] = J(R"({"type":"send_email","subject":"Your order","text":"Thank you."})");
  rule.merge_patch(J(patch));
  return Brief(Findings(rule), arguments);
}

std::string OfHtml(std::string_view html, std::initializer_list<std::string_view> arguments = {}) {
  const Json patch = {{"action", {{"html", html}}}};
  return OfEmail(DumpJson(patch), arguments);
}

std::string OfSubject(std::string_view subject) {
  const Json patch = {{"action", {{"subject", subject}}}};
  return OfEmail(DumpJson(patch), {"actual"});
}

TEST(EmailAnalysis, Subject) {
  EXPECT_EQ(OfSubject(Repeat("a", kMaxSubjectCharacters)), "ok");
  EXPECT_EQ(OfSubject(Repeat("a", kMaxSubjectCharacters + 1)),
            "warning subject_long /action/subject actual=79");
  EXPECT_EQ(OfSubject(Repeat("a", kMaxSubjectCharacters - 1) + "{{ deal.title }}"), "ok");
  EXPECT_EQ(OfSubject("  "), "warning subject_empty /action/subject");
  EXPECT_EQ(OfSubject("{% comment %}later{% endcomment %}"), "warning subject_empty /action/subject");
  EXPECT_EQ(OfSubject("YOUR ORDER IS PAID"), "warning subject_all_caps /action/subject");
  EXPECT_EQ(OfSubject("ŻÓŁTE ROWERY"), "warning subject_all_caps /action/subject");
  EXPECT_EQ(OfSubject("DHL 1042"), "ok");
  EXPECT_EQ(OfSubject("訂單已付款，謝謝您"), "ok");  // no capitals in this script
  EXPECT_EQ(OfSubject("Order\\r\\nBcc: a@b.example"), "ok");
  EXPECT_EQ(OfSubject("Order\r\nBcc: a@b.example"), "error line_break_in_subject /action/subject");
}

TEST(EmailAnalysis, Links) {
  const std::string at = "warning link_not_https /action/html value=";
  EXPECT_EQ(OfHtml("<a href=\"https://shop.example\">a</a>"), "ok");
  EXPECT_EQ(OfHtml("<a href='http://shop.example'>a</a>", {"value"}), at + "http://shop.example");
  EXPECT_EQ(OfHtml("<A HREF=HTTP://shop.example>a</A>", {"value"}), at + "HTTP://shop.example");
  EXPECT_EQ(OfHtml("<a href=\"www.shop.example\">a</a>", {"value"}), at + "www.shop.example");
  EXPECT_EQ(OfHtml("<a href=\"/orders\">a</a>", {"value"}), at + "/orders");
  EXPECT_EQ(OfHtml("<a href=\"http://shop.example/{{ deal.title | append: \"x>y\" }}\">a</a>", {"value"}),
            at + "http://shop.example/{{ deal.title | append: \"x>y\" }}");
  EXPECT_EQ(OfHtml("<img alt=\"\" src=\"http://shop.example/a.png\">", {"value"}),
            at + "http://shop.example/a.png");
  for (const std::string_view fine :
       {"<a href=\"{{ deal.note }}\">a</a>", "<a href=\"#top\">a</a>", "<a href=\"mailto:a@b.example\">a</a>",
        "<a href=\"tel:+49301\">a</a>", "<!-- <a href=\"http://old\"> -->",
        "<style>a{b:url(http://c)}</style>", "1 < 2 and http here", "<a>no link</a>"}) {
    EXPECT_EQ(OfHtml(fine), "ok") << fine;
  }
  EXPECT_EQ(OfEmail(R"({"action":{"text":"See http://shop.example/a now"}})", {"value"}),
            "warning link_not_https /action/text value=http://shop.example/a");
}

TEST(EmailAnalysis, LinkCarriesItsMendAndPlace) {
  Json rule = RuleWith("{}");
  rule["action"] = J(
      R"({"type":"send_email","subject":"Your order","text":"t","html":"<a href=\"http://a.example\">b</a>"})");
  const Diagnostics found = Findings(rule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fix->replacement, "https://a.example");
  EXPECT_EQ(found[0].span->from, 9U);
  EXPECT_EQ(found[0].span->to, 25U);
}

TEST(EmailAnalysis, WhatMailProgramsTakeOut) {
  const std::string at = " email_unsafe_html /action/html name=";
  EXPECT_EQ(OfHtml("<script>alert(1)</script>", {"name"}), "error" + at + "<script>");
  EXPECT_EQ(OfHtml("<iframe src=\"https://a.example\"></iframe>", {"name"}), "warning" + at + "<iframe>");
  EXPECT_EQ(OfHtml("<form></form>", {"name"}), "warning" + at + "<form>");
  EXPECT_EQ(OfHtml("<object></object><embed>", {"name"}),
            "warning" + at + "<object>\nwarning" + at + "<embed>");
  EXPECT_EQ(OfHtml("<a href=\"JavaScript:alert(1)\">a</a>", {"name"}), "error" + at + "javascript:");
  EXPECT_EQ(OfHtml("<p onclick=\"a()\">a</p>", {"name"}), "warning" + at + "onclick");
  EXPECT_EQ(OfHtml("<scripted>a</scripted>"), "ok");
  EXPECT_EQ(OfHtml("<p>script iframe form</p>"), "ok");
}

TEST(EmailAnalysis, PicturesTextAndPlaceholders) {
  EXPECT_EQ(OfHtml("<img src=\"https://a.example/b.png\">"), "warning image_without_alt /action/html");
  EXPECT_EQ(OfHtml("<img src=\"https://a.example/b.png\" alt>"), "ok");
  EXPECT_EQ(OfHtml("<img {% if deal.vip %}width=\"1\"{% endif %} alt=\"A bike\"/>"), "ok");
  EXPECT_EQ(OfEmail(R"({"action":{"html":"<p>a</p>","text":null}})"), "info email_without_text /action");
  EXPECT_EQ(OfHtml("<p>Hi [NAME]</p>", {"placeholder"}),
            "warning unrendered_placeholder /action/html placeholder=[NAME]");
  EXPECT_EQ(OfHtml("<a href=\"https://a.example/{NAME}\">a</a>", {"placeholder"}),
            "warning unrendered_placeholder /action/html placeholder={NAME}");
  EXPECT_EQ(OfHtml("<style>p{color:red}</style><p style=\"{name}\">a</p>"), "ok");
}

TEST(EmailAnalysis, SizeNearGmailsClipping) {
  const std::string row = Repeat("0123456789", 10);
  const auto loop = [&row](int rounds) {
    return OfHtml("{% for i in (1.." + std::to_string(rounds) + ") %}" + row + "{% endfor %}", {"actual"});
  };
  EXPECT_EQ(loop(1044), "ok");
  EXPECT_EQ(loop(1045), "warning email_may_be_clipped /action/html actual=104500");
}

TEST(EmailAnalysis, MarketingNeedsAWayOut) {
  EXPECT_EQ(OfEmail(R"({"transactional":false})"), "info email_without_unsubscribe /action");
  EXPECT_EQ(OfEmail(R"({"transactional":false,"action":{"text":"To unsubscribe, answer STOP."}})"), "ok");
  EXPECT_EQ(OfEmail(R"({"transactional":false,"action":{"text":"Newsletter abmelden: https://a.example"}})"),
            "ok");
  EXPECT_EQ(OfEmail(R"({"transactional":true})"), "ok");
}

TEST(EmailAnalysis, APastedNewsletterIsNotListedEndlessly) {
  const Diagnostics found = OfAction({{"type", "send_email"},
                                      {"subject", "News"},
                                      {"text", "t"},
                                      {"html", Repeat("<img src=\"https://a.example\">", 500)}});
  EXPECT_EQ(found.size(), kMaxTextFindings);
}

// --- What is connected

TEST(ConnectionAnalysis, EveryMissingConnectionIsNamed) {
  const auto of = [](std::string_view action) { return Brief(OfAction(J(action))); };
  EXPECT_EQ(of(R"({"type":"send_sms","text":"Hi","provider":"sms-mian"})"),
            "error unknown_provider /action/provider");
  EXPECT_EQ(of(R"({"type":"send_email","subject":"s","text":"t","from":"eve@shop.example"})"),
            "error unknown_mailbox /action/from");
  EXPECT_EQ(
      of(R"({"type":"invite_to_messenger","channel":"tg","provider":"sms-main","text":"{{ invite.link }}"})"),
      "error unknown_channel /action/channel");
}

// --- Ordinary rules

Diagnostics OfDocument(const Json& document, const crm::Schema& schema, const crm::Workspace& workspace) {
  Diagnostics all;
  for (Checked& checked : CheckRules(document, schema, workspace)) {
    for (Diagnostic& d : checked.diagnostics) {
      if (d.severity != Severity::kInfo) all.push_back(std::move(d));
    }
  }
  return all;
}

TEST(OrdinaryRules, ExamplesOfTheFormatsAreNotWarnedOf) {
  const char* example = R"({"rules":[
    {"id":"deal-paid-sms","name":"Payment received","enabled":true,"position":10,"transactional":true,
     "on":{"entity":"deal","pipeline":"sales","stage":"paid"},
     "conditions":{"all":[{"field":"deal.amount","op":"ge","value":"100.00"}]},"timing":{"run":"immediately"},
     "action":{"type":"send_sms","text":"Hi {{ contact.first_name | default: \"there\" }}","phone_type":"auto","provider":"sms-main"}},
    {"id":"deal-paid-mail","on":{"entity":"deal","pipeline":"sales","stage":"paid"},
     "action":{"type":"send_email","subject":"Your payment","html":"<p>Thank you.</p>"}}]})";
  EXPECT_EQ(Brief(OfDocument(J(example), crm::BuiltInSchema(), crm::Workspace())), "ok");
}

TEST(OrdinaryRules, DemonstrationIsNotWarnedOf) {
  std::string text;
  FILE* file = std::fopen(RECADO_SOURCE "/native/server/demo.json", "rb");
  if (file == nullptr) GTEST_SKIP() << "no demonstration";
  char buffer[4096];
  for (size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, n);
  std::fclose(file);
  const Json demo = J(text);
  Diagnostics remarks;
  const auto schema = crm::ParseSchema(demo["schema"], remarks);
  Json settings = demo["workspace"];
  settings["providers"] = demo["providers"];
  auto workspace = crm::ParseWorkspace(settings, remarks);
  ASSERT_TRUE(schema.ok() && workspace.ok());
  workspace->closed = true;
  Json document = {{"rules", Json::array()}};
  for (const Json& entry : demo["rules"]) {
    if (entry["publish"].get<bool>()) document["rules"].push_back(entry["rule"]);
  }
  EXPECT_EQ(Brief(OfDocument(document, *schema, *workspace)), "ok");
}

}  // namespace
}  // namespace recado::rule
