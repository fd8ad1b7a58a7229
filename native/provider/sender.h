// Sender: takes messages on their way and answers, later and on its own thread, what became of each.
//
// The one door between dispatch/ and the vendors. It finds the provider of each message, lets it make the
// request, hands that to net/ and has the answer read. Order among messages is the caller's business: give a
// customer's next message only after the answer to the one before.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "native/net/networks.h"
#include "native/provider/provider.h"
#include "native/provider/webhook.h"

namespace recado::provider {

// Keeps what sandbox providers take; implemented by store/. Taking the same key twice keeps one message
// (Resolution::kKeyed).
class SandboxSink {
 public:
  virtual ~SandboxSink() = default;
  // Durable when it returns true. Called from the sender's thread with as many messages as have come
  // together.
  virtual bool Take(const std::vector<const Outgoing*>& messages, std::string_view provider_id) = 0;
  // The same for a message to a chat that this service carries itself (live_chat). False where there is no
  // such.
  virtual bool TakeChatMessage(const Outgoing&, std::string_view) { return false; }
};

class Sender {
 public:
  // Called once for each message, on the sender's thread; must not block.
  using Done = std::function<void(const std::string& key, Outcome outcome)>;

  virtual ~Sender() = default;
  // Replaces the set of configured providers. Faults (unknown kind, missing or wrong settings) leave the old
  // one of that id in place.
  virtual Diagnostics Configure(std::vector<Config> configs) = 0;
  virtual void Send(std::string provider_id, Outgoing message, Done done) = 0;
  // For an ambiguous delivery: asks the vendor, where it is kFindable; kUnknown where the vendor doesn't know
  // either.
  virtual void Find(std::string provider_id, Outgoing message, Done done) = 0;
  virtual Resolution ResolutionOf(std::string_view provider_id) const = 0;
  // What a vendor's call to /hooks/{provider_id}/… says; not authentic where there is no such provider.
  virtual WebhookAnswer ReadWebhook(std::string_view provider_id, const WebhookCall& call) const;
  // The address to set up in the vendor's account, "" where there is none (Vendor::AccountHook).
  virtual std::string AccountHook(std::string_view provider_id) const;
  // Ends transfers under way within `grace`; what is not answered by then is reported kUnknown.
  virtual void Stop(std::chrono::milliseconds grace) = 0;
};

struct SenderOptions {
  // "https://recado.shop.example": vendors are asked to call back there. Empty: no callbacks.
  std::string public_url;
  // For messages that do not say when they are sent. Absent: the system's clock.
  std::function<Instant()> now;
  net::PrivateNetworks private_networks{};  // where administrators' addresses of providers may lead
};

// The real one. `sink` outlives it. After Stop, messages are answered at once on the caller's thread: not
// taken, to be tried again.
std::unique_ptr<Sender> MakeSender(SandboxSink& sink, SenderOptions options = {});

// Judges settings and secrets of one provider before they are stored (formats §7); errors point into
// {"kind","settings","secrets"}.
Diagnostics CheckConfig(const Config& config);
// What each kind takes, for whoever offers a form: [{"kind","settings":[{"name","type","required"}],
// "secrets":[{"name","required"}]}], by kind; settings that all take are among them. Types: text id url
// mail_url count duration lines mailboxes prices rate tls texts success templates.
Json DescribeKinds();

}  // namespace recado::provider
