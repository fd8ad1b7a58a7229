#include "core/plan/variables.h"

#include <span>
#include <utility>
#include <vector>

namespace recado::plan {

liquid::Document Variables(const crm::Snapshot& snapshot, const Settings& settings, Instant now,
                           std::string_view invite_link, std::string_view unsubscribe_url) {
  liquid::Builder builder;
  const liquid::Value base = builder.Keep(snapshot.document);
  std::vector<liquid::Member> more = {{"now", builder.Text(FormatInstant(now))}};
  if (!base.Has("workspace")) {
    const liquid::Member members[] = {{"name", builder.Text(settings.name())},
                                      {"default_region", builder.Text(settings.region())},
                                      {"language", builder.Text(settings.workspace_language())},
                                      {"time_zone", builder.Text(settings.zone())},
                                      {"currency", builder.Text(settings.currency())}};
    more.push_back({"workspace", builder.Object(members)});
  }
  if (!unsubscribe_url.empty()) more.push_back({"unsubscribe_url", builder.Text(unsubscribe_url)});
  if (!invite_link.empty()) {
    const liquid::Member members[] = {{"link", builder.Text(invite_link)}};
    more.push_back({"invite", builder.Object(members)});
  }
  const liquid::Value root = builder.With(base, std::span<const liquid::Member>(more));
  return std::move(builder).Finish(root);
}

}  // namespace recado::plan
