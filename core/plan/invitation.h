// The link that a customer follows into a chat with a messenger's bot (R-196; Telegram: the bot's name, and
// 1–64 letters of A-Z a-z 0-9 _ - behind `start`).
#pragma once

#include <string>
#include <string_view>

#include "core/crm/workspace.h"

namespace recado::plan {

// A token as long as those of the service, so that whoever previews counts what will be sent.
inline constexpr std::string_view kSampleInviteToken = "invitation-of-this-client-alone_";

// The bot's name without its "@", as its provider's settings say; "" where they don't, or `bot` is null.
std::string BotName(const crm::Provider* bot);

std::string InvitationLink(std::string_view bot_name, std::string_view token);

}  // namespace recado::plan
