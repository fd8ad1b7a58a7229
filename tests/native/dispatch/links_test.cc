#include "native/dispatch/links.h"

#include <gtest/gtest.h>

#include "native/dispatch/tokens.h"

namespace recado::dispatch {
namespace {

constexpr std::string_view kOwn = "https://recado.example/u/";

std::string Targets(std::string_view html) {
  std::string out;
  for (const Link& link : LinksOf(html, kOwn)) out += (out.empty() ? "" : " ") + link.url;
  return out;
}

std::string Tracked(std::string_view html) {
  int number = 0;
  return WithTrackedLinks(html, kOwn, [&](const std::string&) { return "T" + std::to_string(++number); });
}

struct Row {
  std::string_view html;
  std::string_view becomes;
};

TEST(Links, WhatAPersonCanClickIsTracked) {
  constexpr Row kRows[] = {
      {R"(<a href="https://shop.example/">x</a>)", R"(<a href="T1">x</a>)"},
      {R"(<A HREF='HTTP://shop.example'>x</A>)", R"(<A HREF='T1'>x</A>)"},
      {R"(<a class=b href=https://shop.example/x>x</a>)", R"(<a class=b href=T1>x</a>)"},
      {"<area href = \" https://shop.example \" shape=rect>", "<area href = \"T1\" shape=rect>"},
      {R"(<a href="https://a.example">1</a><a href="https://b.example">2</a>)",
       R"(<a href="T1">1</a><a href="T2">2</a>)"},
      {R"(<a title="<a href=x>" href="https://a.example">1</a>)", R"(<a title="<a href=x>" href="T1">1</a>)"},
      {"<p>before <a\nhref=\"https://a.example\">x</a> after", "<p>before <a\nhref=\"T1\">x</a> after"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Tracked(row.html), row.becomes);
}

TEST(Links, AddressesInPlainTextAreTrackedAsMailProgramsSeeThem) {
  constexpr Row kRows[] = {
      {"See https://shop.example/a?b=1.", "See T1."},
      {"https://a.example https://b.example", "T1 T2"},
      {"(https://a.example/x_(y)) and <HTTP://b.example>", "(T1) and <T2>"},
      {"https://a.example, or https://b.example!?", "T1, or T2!?"},
      {"line\nhttps://a.example\nline", "line\nT1\nline"},
      {"\"https://a.example\" 'https://b.example'", "\"T1\" 'T2'"},
      {"xhttps://a.example", "xhttps://a.example"},
      {"https:// https:///x http://? ftp://a.example mailto:a@b.example",
       "https:// https:///x http://? ftp://a.example mailto:a@b.example"},
      {"out: https://recado.example/u/abc", "out: https://recado.example/u/abc"},
      {"", ""},
      {"https://", "https://"},
  };
  for (const Row& row : kRows) {
    int number = 0;
    EXPECT_EQ(WithTrackedTextLinks(row.html, kOwn,
                                   [&](const std::string&) { return "T" + std::to_string(++number); }),
              row.becomes)
        << row.html;
  }
  EXPECT_EQ(TextLinksOf("https://a.example/ü", "").front().url, "https://a.example/%C3%BC");
}

TEST(Links, EverythingElseStaysAsItIs) {
  for (const std::string_view html : {"",
                                      "no html",
                                      "https://shop.example in a text",
                                      R"(<a href="mailto:a@b.example">x</a>)",
                                      R"(<a href="tel:+4915112345678">x</a>)",
                                      R"(<a href="sms:+49">x</a>)",
                                      R"(<a href="#top">x</a>)",
                                      R"(<a href="/relative">x</a>)",
                                      R"(<a href="//shop.example">x</a>)",
                                      R"x(<a href="javascript:alert(1)">x</a>)x",
                                      R"(<a href="data:text/html,x">x</a>)",
                                      R"(<a href="ftp://a.example">x</a>)",
                                      R"(<a href="https://">x</a>)",
                                      R"(<a href="https:///x">x</a>)",
                                      R"(<a href="https://recado.example/u/abc?lang=de">out</a>)",
                                      R"(<a name="x">x</a>)",
                                      R"(<a href>x</a>)",
                                      R"(<a href="">x</a>)",
                                      R"(<img src="https://a.example/p.png">)",
                                      R"(<link href="https://a.example/s.css">)",
                                      R"(<form action="https://a.example">)",
                                      R"(<!-- <a href="https://a.example">x</a> -->)",
                                      R"(<script>'<a href="https://a.example">'</script>)",
                                      R"(<style>a{background:url(https://a.example)}</style>)",
                                      R"(</a href="https://a.example">)",
                                      R"(<a href="https://a.example)"}) {
    EXPECT_EQ(Tracked(html), html);
  }
}

TEST(Links, AMailThatIsCutOffIsLeftAlone) {
  for (const std::string_view html :
       {R"(x <a href="https://a.example)", R"(x <a href="https://a.example>y</a>)",
        "<a href=https://a.example", R"(<a href="https://a.example" title="x)"}) {
    EXPECT_EQ(Tracked(html), html);
  }
}

TEST(Links, TargetsAreAsABrowserWouldAskForThem) {
  constexpr Row kRows[] = {
      {R"(<a href="https://a.example/?a=1&amp;b=2">x</a>)", "https://a.example/?a=1&b=2"},
      {R"(<a href="https://a.example/?a=1&b=2">x</a>)", "https://a.example/?a=1&b=2"},
      {R"(<a href="https://a.example/?a=1&#38;b=2&#x26;c=3">x</a>)", "https://a.example/?a=1&b=2&c=3"},
      {R"(<a href="https://a.example/?q=&quot;x&quot;">x</a>)", "https://a.example/?q=%22x%22"},
      {R"(<a href="https://a.example/?copy=1&copy=2">x</a>)", "https://a.example/?copy=1&copy=2"},
      {R"(<a href="https://a.example/ä b">x</a>)", "https://a.example/%C3%A4%20b"},
      {R"(<a href="https://a.example/&#228;">x</a>)", "https://a.example/%C3%A4"},
      {"<a href=\"https://a.example/\r\nSet-Cookie:x=1\">x</a>", "https://a.example/Set-Cookie:x=1"},
      {"<a href=\"https://a.example/&#13;&#10;X:1\">x</a>", "https://a.example/X:1"},
      {"<a href=\"https://a.example/a\tb\">x</a>", "https://a.example/ab"},
      {"<a href=\"https://a.example/&#x110000;&#99999999999;&;&#;&#x;\">x</a>",
       "https://a.example/%EF%BF%BD&#99999999999;&;&#;&#x;"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Targets(row.html), row.becomes);
}

TEST(Links, AreBounded) {
  std::string html;
  for (size_t i = 0; i < kMaxTrackedLinks + 5; ++i) html += "<a href=\"https://a.example/\">x</a>";
  EXPECT_EQ(LinksOf(html, kOwn).size(), kMaxTrackedLinks);
  EXPECT_EQ(Targets("<a href=\"https://a.example/" + std::string(kMaxTrackedUrlBytes, 'x') + "\">x</a>"), "");
  EXPECT_EQ(
      Targets("<a href=\"https://a.example/" + std::string(kMaxTrackedUrlBytes / 2, '\x80') + "\">x</a>"),
      "");
}

// ---- Tokens

const std::string kKey(32, 'k');
const std::string kDelivery = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

TEST(Tokens, FitOneDeliveryOnePurposeOneSubject) {
  const Tokens tokens(kKey);
  const std::string token = tokens.Of(Purpose::kClick, kDelivery, "https://a.example");
  EXPECT_EQ(token.size(), 32u);
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
            std::string::npos);
  EXPECT_TRUE(tokens.Fits(token, Purpose::kClick, kDelivery, "https://a.example"));
  EXPECT_FALSE(tokens.Fits(token, Purpose::kClick, kDelivery, "https://b.example"));
  EXPECT_FALSE(tokens.Fits(token, Purpose::kUnsubscribe, kDelivery, "https://a.example"));
  std::string other = kDelivery;
  other.back() = '0';
  EXPECT_FALSE(tokens.Fits(token, Purpose::kClick, other, "https://a.example"));
  EXPECT_FALSE(Tokens(std::string(32, 'l')).Fits(token, Purpose::kClick, kDelivery, "https://a.example"));
}

TEST(Tokens, AChangedLetterFitsNothing) {
  const Tokens tokens(kKey);
  const std::string token = tokens.Of(Purpose::kUnsubscribe, kDelivery, "");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.Fits(changed, Purpose::kUnsubscribe, kDelivery, "")) << i;
  }
}

TEST(Tokens, NameTheirDelivery) {
  const Tokens tokens(kKey);
  const auto prefix = Tokens::PrefixOf(tokens.Of(Purpose::kInvitation, kDelivery, "tg"));
  ASSERT_TRUE(prefix);
  EXPECT_EQ(*prefix, std::string("\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb", 12));
  for (const std::string_view bad :
       {"", "x", "0123456789012345678901234567890", "012345678901234567890123456789012",
        "0123456789012345678901234567890=", "01234567890123456789012345678 01",
        "01234567890123456789012345678/01"}) {
    EXPECT_FALSE(Tokens::PrefixOf(bad)) << bad;
    EXPECT_FALSE(tokens.Fits(bad, Purpose::kInvitation, kDelivery, "tg")) << bad;
  }
  EXPECT_EQ(tokens.Of(Purpose::kClick, "no key", "x"), "");
}

}  // namespace
}  // namespace recado::dispatch
