// The sandbox: takes every message and sends none; what it took can be read at /api/v1/sandbox/messages.
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

class Sandbox final : public Vendor {
 public:
  Resolution resolution() const override { return Resolution::kKeyed; }
  Request Send(const Outgoing&) const override { return SandboxOut{}; }
};

// Mailboxes, so that e-mail rules can be tried out too; a bot's name, without which an invitation has no
// link.
constexpr Setting kSettings[] = {{"mailboxes", SettingType::kMailboxes},
                                 {"bot_username", SettingType::kText}};

}  // namespace

const VendorKind& SandboxKind() {
  static constexpr VendorKind kKind{
      .name = "sandbox",
      .settings = kSettings,
      .secrets = {},
      .check = nullptr,
      .make = [](const Config&, const Surroundings&) -> std::shared_ptr<const Vendor> {
        return std::make_shared<const Sandbox>();
      },
  };
  return kKind;
}

}  // namespace recado::provider
