#include "core/plan/invitation.h"

namespace recado::plan {

std::string BotName(const crm::Provider* bot) {
  if (bot == nullptr || !bot->settings.is_object()) return {};
  const auto name = bot->settings.find("bot_username");
  if (name == bot->settings.end() || !name->is_string()) return {};
  std::string bare = name->get<std::string>();
  if (!bare.empty() && bare.front() == '@') bare.erase(0, 1);
  return bare;
}

std::string InvitationLink(std::string_view bot_name, std::string_view token) {
  std::string link = "https://t.me/";
  return link.append(bot_name).append("?start=").append(token);
}

}  // namespace recado::plan
