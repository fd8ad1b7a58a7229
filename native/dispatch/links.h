// Links in an e-mail: finding them, and sending them through our own address so that a click is known.
//
// In html only what a person can click counts: href of <a> and <area>, and of these only http and https;
// mailto:, tel:, anchors inside the mail and our own unsubscribe address stay as they are. Nothing but the
// value of the attribute is changed; malformed html stays as malformed as it is. The text part of a mail is
// changed only where the provider's setting track_text says so: a long address in it may frighten people.
//
// Pure; linear; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace recado::dispatch {

inline constexpr size_t kMaxTrackedLinks = 1'000;     // the rest of a mail's links stay as they are
inline constexpr size_t kMaxTrackedUrlBytes = 8'192;  // longer ones stay: no browser promises more

struct Link {
  size_t from = 0, to = 0;  // where the attribute's value stands, without its quotes
  // The target as a browser would ask for it: entities resolved, line breaks gone, everything that is not
  // plain ASCII percent-encoded. Safe in a header.
  std::string url;
};

// In order. `own` is the beginning of our own addresses ("https://recado.example/u/"), whose links are left
// out.
std::vector<Link> LinksOf(std::string_view html, std::string_view own);

// The web addresses in plain text, as mail programs make links of them: from the scheme at the beginning of a
// word to a blank, an angle bracket or a quotation mark, without what ends a sentence.
std::vector<Link> TextLinksOf(std::string_view text, std::string_view own);

// With every target replaced by `track(url)`, which must give plain ASCII without quotes, spaces and
// brackets; "" leaves a link as it is.
std::string WithTrackedLinks(std::string_view html, std::string_view own,
                             const std::function<std::string(const std::string& url)>& track);
std::string WithTrackedTextLinks(std::string_view text, std::string_view own,
                                 const std::function<std::string(const std::string& url)>& track);

}  // namespace recado::dispatch
