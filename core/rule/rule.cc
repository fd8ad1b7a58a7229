#include "core/rule/rule.h"

#include <algorithm>
#include <array>

namespace recado::rule {
namespace {

constexpr std::array<std::string_view, 16> kOperators = {
    "eq",      "ne",          "gt",       "ge",           "lt",          "le",        "in",    "not_in",
    "between", "not_between", "contains", "not_contains", "starts_with", "ends_with", "empty", "not_empty"};
constexpr std::array<std::string_view, 5> kChannels = {"sms", "email", "call", "chat", "whatsapp"};
constexpr std::array<std::string_view, 6> kActions = {
    "send_sms", "send_email", "make_call", "send_chat_message", "send_whatsapp", "invite_to_messenger"};

}  // namespace

std::string_view OperatorName(Operator op) {
  return kOperators[static_cast<size_t>(op)];
}

std::span<const std::string_view> OperatorNames() {
  return kOperators;
}

std::string_view ChannelName(Channel channel) {
  return kChannels[static_cast<size_t>(channel)];
}

std::optional<Channel> ChannelFromName(std::string_view name) {
  const auto* found = std::find(kChannels.begin(), kChannels.end(), name);
  if (found == kChannels.end()) return std::nullopt;
  return static_cast<Channel>(found - kChannels.begin());
}

Channel ChannelOf(const Action& action) {
  constexpr Channel kOf[] = {Channel::kSms,  Channel::kEmail,    Channel::kCall,
                             Channel::kChat, Channel::kWhatsApp, Channel::kSms};
  return kOf[action.index()];
}

std::string_view ActionTypeName(const Action& action) {
  return kActions[action.index()];
}

std::span<const std::string_view> ActionTypeNames() {
  return kActions;
}

Policy DefaultPolicy(Channel channel) {
  return channel == Channel::kEmail ? Policy::kAtLeastOnce : Policy::kAtMostOnce;
}

}  // namespace recado::rule
