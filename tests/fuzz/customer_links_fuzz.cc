// E-mail html as anybody may write it: links are found where they stand, and only they are changed.
#include <cstdint>
#include <cstdlib>

#include "native/dispatch/links.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace recado::dispatch;
  const std::string_view html(reinterpret_cast<const char*>(bytes), size);
  constexpr std::string_view kOwn = "https://r.example/u/";
  const std::vector<Link> links = LinksOf(html, kOwn);
  Require(links.size() <= kMaxTrackedLinks);
  size_t last = 0;
  for (const Link& link : links) {
    Require(link.from >= last && link.from < link.to && link.to < html.size());
    last = link.to;
    Require(link.url.size() <= kMaxTrackedUrlBytes && !link.url.starts_with(kOwn));
    // What goes into a Location header can neither end it nor lead anywhere but to the web.
    for (const char c : link.url) Require(c > ' ' && c < '\x7F' && c != '"' && c != '<' && c != '>');
    Require(link.url.size() > 7 && (link.url[0] == 'h' || link.url[0] == 'H'));
  }
  // Left alone, nothing changes; tracked, the same links stand in the same order with everything around them
  // as it was.
  Require(WithTrackedLinks(html, kOwn, [](const std::string&) { return std::string(); }) == html);
  const std::string tracked =
      WithTrackedLinks(html, kOwn, [](const std::string&) { return std::string("https://r.example/t/x"); });
  size_t expected = html.size();
  for (const Link& link : links) expected += 21 - (link.to - link.from);
  Require(tracked.size() == expected);
  size_t end = 0;
  for (const Link& link : TextLinksOf(html, kOwn)) {
    Require(link.from >= end && link.from < link.to && link.to <= html.size());
    end = link.to;
    Require(link.url.size() <= kMaxTrackedUrlBytes && !link.url.starts_with(kOwn));
    for (const char c : link.url) Require(c > ' ' && c < '\x7F' && c != '"' && c != '<' && c != '>');
  }
  Require(WithTrackedTextLinks(html, kOwn, [](const std::string&) { return std::string(); }) == html);
  return 0;
}
