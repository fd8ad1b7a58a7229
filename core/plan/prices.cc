#include "core/plan/prices.h"

namespace recado::plan {
namespace {

// "" where it is not there or no text; a prefix may be, the rest may not.
std::string Text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// What a number begins with; nothing for addresses that are none.
std::string_view DigitsOf(const Message& message) {
  std::string_view address = message.to.address;
  if (message.channel == rule::Channel::kEmail || message.channel == rule::Channel::kChat) return {};
  if (address.starts_with('+')) address.remove_prefix(1);
  return address;
}

}  // namespace

Prices::Prices(const crm::Provider& provider) {
  if (!provider.settings.is_object()) return;
  const auto list = provider.settings.find("prices");
  if (list == provider.settings.end() || !list->is_array()) return;
  for (const Json& entry : *list) {
    if (!entry.is_object()) continue;
    const std::string per = Text(entry, "per");
    const std::optional<Decimal> amount = Decimal::Parse(Text(entry, "amount"));
    if (!amount || (per != "segment" && per != "minute" && per != "message")) continue;
    const Per unit = per == "segment" ? Per::kSegment : per == "minute" ? Per::kMinute : Per::kMessage;
    prices_.push_back({Text(entry, "prefix"), unit, {*amount, Text(entry, "currency")}});
  }
}

std::optional<Money> Prices::CostOf(const Message& message) const {
  const std::string_view digits = DigitsOf(message);
  const Price* best = nullptr;
  for (const Price& price : prices_) {
    const bool fits = price.per == Per::kMessage ||
                      (price.per == Per::kSegment && message.channel == rule::Channel::kSms) ||
                      (price.per == Per::kMinute && message.channel == rule::Channel::kCall);
    if (!fits || !digits.starts_with(price.prefix)) continue;
    if (best == nullptr || price.prefix.size() > best->prefix.size()) best = &price;
  }
  if (best == nullptr) return std::nullopt;
  if (best->per != Per::kSegment) return best->money;
  const std::optional<Decimal> amount =
      best->money.amount.Times(Decimal(message.sms ? message.sms->segments : 1));
  if (!amount) return std::nullopt;
  return Money{*amount, best->money.currency};
}

}  // namespace recado::plan
