// Live chat: chats that this service carries itself, between its page's inbox and a widget on the company's
// own site. Messages are rows that both read (/api/v1/chats/{id}/messages); nothing leaves the house.
#include "native/provider/endpoint.h"
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

class LiveChat final : public Vendor {
 public:
  // The row's key is the message's: the same message twice is one row.
  Resolution resolution() const override { return Resolution::kKeyed; }

  Request Send(const Outgoing& outgoing) const override {
    if (outgoing.message.channel != rule::Channel::kChat) return OnlySends("Live chat", "chat messages");
    return ChatOut{};
  }
};

}  // namespace

const VendorKind& LiveChatKind() {
  static constexpr VendorKind kKind{
      .name = "live_chat",
      .settings = {},
      .secrets = {},
      .check = nullptr,
      .make = [](const Config&, const Surroundings&) -> std::shared_ptr<const Vendor> {
        return std::make_shared<const LiveChat>();
      },
  };
  return kKind;
}

}  // namespace recado::provider
