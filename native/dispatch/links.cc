#include "native/dispatch/links.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/base/utf8.h"
#include "core/rule/html_scan.h"

namespace recado::dispatch {
namespace {

struct Entity {
  std::string_view name;
  char means;
};
// The ones that are needed to write an address; others mean characters that no address has.
constexpr Entity kEntities[] = {{"amp", '&'}, {"quot", '"'}, {"apos", '\''}, {"lt", '<'}, {"gt", '>'}};
constexpr size_t kLongestEntity = 10;  // between "&" and ";"

// Appends what "#38", "#x26" or "amp" means; false: nothing known.
bool AppendEntity(std::string_view name, std::string& out) {
  for (const Entity& entity : kEntities) {
    if (entity.name != name) continue;
    out += entity.means;
    return true;
  }
  if (name.size() < 2 || name[0] != '#') return false;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return false;
  utf8::Append(out, static_cast<char32_t>(std::min<uint32_t>(code, 0x110000)));
  return true;
}

std::string Unescaped(std::string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '&') {
      const size_t end = value.substr(0, std::min(value.size(), i + 2 + kLongestEntity)).find(';', i);
      if (end != std::string_view::npos && AppendEntity(value.substr(i + 1, end - i - 1), out)) {
        i = end;
        continue;
      }
    }
    out += value[i];
  }
  return out;
}

bool IsBlank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// As browsers read an address (WHATWG URL): blanks at both ends, line breaks and tabs anywhere do not count.
std::string AsAsked(std::string_view raw) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  while (!raw.empty() && IsBlank(raw.front())) raw.remove_prefix(1);
  while (!raw.empty() && IsBlank(raw.back())) raw.remove_suffix(1);
  std::string out;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (byte > ' ' && byte < 0x7F && c != '"' && c != '<' && c != '>') {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view start) {
  const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + ('a' - 'A') == b); };
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [&](char b, char a) { return same(a, b); });
}

// http and https with something behind the slashes.
bool IsWebAddress(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (StartsWithIgnoringCase(url, scheme)) {
      return url.size() > scheme.size() && url[scheme.size()] != '/' && url[scheme.size()] != '?' &&
             url[scheme.size()] != '#';
    }
  }
  return false;
}

constexpr size_t kLongestScheme = 8;  // "https://"

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Where the address that begins at `from` ends: the sentence's own signs and a bracket that was opened before
// it are not its.
size_t EndOfAddress(std::string_view text, size_t from) {
  size_t to = from;
  int open = 0;
  for (; to < text.size() && !IsBlank(text[to]) &&
         std::string_view("<>\"").find(text[to]) == std::string_view::npos;
       ++to) {
    if (text[to] == '(') ++open;
    if (text[to] == ')' && --open < 0) break;
  }
  while (to > from && std::string_view(".,;:!?'*]}").find(text[to - 1]) != std::string_view::npos) --to;
  return to;
}

std::string Replaced(std::string_view text, const std::vector<Link>& links,
                     const std::function<std::string(const std::string& url)>& track) {
  std::string out;
  size_t copied = 0;
  for (const Link& link : links) {
    const std::string tracked = track(link.url);
    if (tracked.empty()) continue;
    out.append(text.substr(copied, link.from - copied)).append(tracked);
    copied = link.to;
  }
  return out.append(text.substr(copied));
}

}  // namespace

std::vector<Link> LinksOf(std::string_view html, std::string_view own) {
  std::vector<Link> links;
  rule::HtmlScanner scanner(html);
  while (links.size() < kMaxTrackedLinks && scanner.Next()) {
    if (scanner.is_text() || (scanner.name() != "a" && scanner.name() != "area")) continue;
    const rule::HtmlScanner::Attribute* href = scanner.Find("href");
    if (href == nullptr || href->value.empty() || href->value.size() > kMaxTrackedUrlBytes) continue;
    std::string url = AsAsked(Unescaped(href->value));
    if (!IsWebAddress(url) || url.size() > kMaxTrackedUrlBytes) continue;
    if (!own.empty() && url.starts_with(own)) continue;
    const size_t from = scanner.OffsetOf(href->value);
    const size_t to = from + href->value.size();
    // A tag or a value that the mail's end cuts off is no link.
    if (to == html.size() || !scanner.whole().ends_with('>')) continue;
    links.push_back({from, to, std::move(url)});
  }
  return links;
}

std::vector<Link> TextLinksOf(std::string_view text, std::string_view own) {
  std::vector<Link> links;
  for (size_t at = 0; at < text.size() && links.size() < kMaxTrackedLinks;) {
    const bool begins = at == 0 || !IsWordByte(text[at - 1]);
    if (!begins || !IsWebAddress(text.substr(at, kLongestScheme + 1))) {
      ++at;
      continue;
    }
    const size_t to = EndOfAddress(text, at);
    std::string url = AsAsked(text.substr(at, to - at));
    const bool fits =
        to - at <= kMaxTrackedUrlBytes && url.size() <= kMaxTrackedUrlBytes && IsWebAddress(url);
    if (fits && (own.empty() || !url.starts_with(own))) links.push_back({at, to, std::move(url)});
    at = std::max(to, at + 1);
  }
  return links;
}

std::string WithTrackedLinks(std::string_view html, std::string_view own,
                             const std::function<std::string(const std::string& url)>& track) {
  return Replaced(html, LinksOf(html, own), track);
}

std::string WithTrackedTextLinks(std::string_view text, std::string_view own,
                                 const std::function<std::string(const std::string& url)>& track) {
  return Replaced(text, TextLinksOf(text, own), track);
}

}  // namespace recado::dispatch
